"""The words of the frame, in both languages."""

import re
import string
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.packed import packed
from digest.render import wording
from digest.render.phrases import COUNTED, PHRASES

CODE = Path(wording.__file__).parent


def test_both_languages_have_the_same_phrases_and_nouns() -> None:
    assert set(PHRASES["en"]) == set(PHRASES["zh"])
    assert set(COUNTED["en"]) == set(COUNTED["zh"])


def test_both_languages_take_values_that_the_call_gives() -> None:
    optional = {"more", "total", "first"}  # the languages count co-authors differently
    for key, english in PHRASES["en"].items():
        fields = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (english, PHRASES["zh"][key])
        ]
        assert fields[0] - optional == fields[1] - optional, key


def test_no_phrase_is_dead() -> None:
    files = [*CODE.glob("*.py"), *packed("templates").rglob("*.*")]
    used = "\n".join(file.read_text("utf-8") for file in files if file.name != "phrases.py")
    dead = [key for key in PHRASES["en"] if f'"{key}"' not in used and f"'{key}'" not in used]
    assert [key for key in dead if not key.startswith(("status_", "verdict_", "kind_", "category_"))] == []


def test_chinese_uses_full_width_punctuation_and_spaces() -> None:
    for key, text in PHRASES["zh"].items():
        plain = re.sub(r"\{\w+\}", "", text)
        assert not re.search(r"[\u4e00-\u9fff][,;:!?]", plain), key
        assert not re.search(r"[\u4e00-\u9fff][A-Za-z]|[A-Za-z][\u4e00-\u9fff]", plain), key


@pytest.mark.parametrize(
    ("language", "noun", "number", "words"),
    [
        ("en", "paper", 1, "1 paper"),
        ("en", "paper", 0, "0 papers"),
        ("en", "paper", 1200, "1,200 papers"),
        ("en", "episode", 1, "1 podcast episode"),
        ("zh", "paper", 1, "1 篇论文"),
        ("zh-TW", "tweet", 26, "26 条推文"),
    ],
)
def test_numbers_agree_with_their_nouns(language: str, noun: str, number: int, words: str) -> None:
    assert wording.count(language, noun, number) == words


@pytest.mark.parametrize(
    ("language", "name", "words"),
    [
        ("en", "2026-W25", "Week 25, 2026"),
        ("zh", "2026-W05", "2026年第5周"),
        ("en", "2026-06-21", "Sunday, 21 June 2026"),
        ("zh", "2026-06-21", "2026年6月21日 星期日"),
        ("en", "special", "special"),
    ],
)
def test_periods_are_worded(language: str, name: str, words: str) -> None:
    assert wording.period(language, name) == words


def test_dates_and_short_names() -> None:
    moment = datetime(2026, 6, 21, 7, tzinfo=UTC)
    assert wording.day("en", moment) == "21 June 2026"
    assert wording.day("zh", moment) == "2026年6月21日"
    assert wording.short_period("2026-W05") == "W05"
    assert wording.short_period("2026-06-21") == "2026-06-21"
    assert wording.html_language("zh") == "zh-CN"
    assert wording.html_language("en") == "en"


def test_parentheses() -> None:
    assert wording.parenthesis("zh", "x") == "（x）"
    assert wording.parenthesis("en", "x") == " (x)"


def test_chinese_and_latin_are_spaced() -> None:
    assert wording.spaced("提升CTR达1.2%以上") == "提升 CTR 达 1.2% 以上"
    assert wording.spaced("用A做B的C") == "用 A 做 B 的 C"
    assert wording.spaced("已 spaced") == "已 spaced"


def test_a_cadence_is_worded_and_an_editors_category_stays() -> None:
    assert wording.category("zh", "weekly") == "周刊"
    assert wording.category("en", "daily") == "Daily"
    assert wording.category("en", "Deep dives") == "Deep dives"


def test_sentences_are_joined_by_the_languages_rule() -> None:
    assert wording.joined("en", ["One.", "Two."]) == "One. Two."
    assert wording.joined("zh", ["一。", "二。"]) == "一。二。"
    assert wording.joined("zh", ["One.", "二。"]) == "One. 二。"
    assert wording.joined("en", []) == ""


def test_counts_by_kind() -> None:
    assert wording.by_kind("en", {"by_kind": {"tweet": 1, "paper": 2, "post": 0, "odd": 3}}) == ["2 papers", "1 tweet"]
    assert wording.by_kind("en", {}) == []


def test_a_language_bears_its_own_name_or_its_tag() -> None:
    assert [wording.language_name(tag) for tag in ("en", "zh-CN", "fr")] == ["English", "中文", "fr"]
