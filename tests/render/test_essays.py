"""The editor's essays: Markdown in, harmless HTML out."""

from pathlib import Path

import pytest

from digest.errors import ConfigError
from digest.render.essays import essay, essay_html, load
from digest.render.words import minutes_for, words_in


def test_front_matter_wins_over_the_text() -> None:
    made = essay("a-name", '---\ntitle: "Given"\nsummary: In short.\nlanguage: en\n---\n# Heading\n\nBody text.')
    assert (made.slug, made.title, made.summary, made.language) == ("a-name", "Given", "In short.", "en")
    assert made.text == "Body text."


def test_without_front_matter_the_heading_is_the_title() -> None:
    made = essay("x", "# The *title*\r\n\r\nFirst [link](https://a.example) words.")
    assert made.title == "The *title*"
    assert made.summary == "First link words."
    assert made.words == 5  # the address counts as words of the text
    assert essay("only-text", "No heading.").title == "only-text"
    assert essay("z", "# 标题\n\n中文正文。").language == "zh"


def test_foreign_markup_does_not_pass() -> None:
    text = (
        "<script>alert(1)</script>\n\n[a](javascript:alert(1)) [b](https://ok.example) [c](other.md)\n\n"
        "![i](https://evil.example/i.png)\n\n<img src=x onerror=alert(1)>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    html = essay_html(essay("x", text))
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert '<a href="https://ok.example" rel="noopener noreferrer">b</a>' in html
    assert "<td>1</td>" in html


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    tmp_path.joinpath("b.md").write_text("# B\n\ntext", "utf-8")
    tmp_path.joinpath("a.md").write_text("# A\n\ntext", "utf-8")
    tmp_path.joinpath("c.txt").write_text("no", "utf-8")
    assert [one.title for one in load(tmp_path)] == ["A", "B"]
    assert load(tmp_path / "none") == ()


def test_another_encoding_is_said_so(tmp_path: Path) -> None:
    tmp_path.joinpath("a.md").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="save it as UTF-8"):
        load(tmp_path)


def test_words_are_counted_in_both_languages() -> None:
    assert words_in("Two words") == 2
    assert words_in("state-of-the-art don't 3.5") == 3
    assert words_in("中文 and 英文") == 5
    assert minutes_for("") == 1
    assert minutes_for("word " * 2300) == 10
    assert minutes_for("字" * 4000) == 10
