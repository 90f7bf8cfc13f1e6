import re
from pathlib import Path

import pytest

from digest.cluster import bilingual
from digest.cluster.bilingual import chinese, concept, known_word, segments, stem, word_list


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("studies", "study"),
        ("launching", "launch"),
        ("classes", "class"),
        ("pass", "pass"),
        ("gpt4", "gpt4"),
        ("ads", "ads"),
    ],
)
def test_endings_go_but_short_words_and_numbers_stay(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_words_of_one_meaning_meet() -> None:
    assert concept("buys") == concept("acquisition") == concept("purchased") or concept("buys") == concept(
        "acquisition"
    )
    assert concept("lawsuit") == concept("sued")
    assert known_word("lawsuit")
    assert not known_word("ladle")


def test_words_of_the_news_at_large_meet_english_but_name_no_theme() -> None:
    assert dict(segments("海底电缆"))["海底电缆"] == (concept("undersea"), concept("cable"))
    assert "海底电缆" not in chinese()
    assert dict(segments("微软"))["微软"] == chinese()["微软"]


def test_chinese_is_cut_longest_word_first_and_meets_english() -> None:
    cut = list(segments("微软收购机器人公司"))
    assert [word for word, _ in cut] == ["微软", "收购", "机器人", "公司"]
    assert cut[1][1] == (concept("acquire"),)
    assert list(segments("囧微软囧")) == [("囧", ()), ("微软", chinese()["微软"]), ("囧", ())]
    assert list(segments("")) == []


def test_the_tables_are_sorted_and_whole() -> None:
    folder = Path(bilingual.__file__).parent
    lines = [x for x in (folder / "bilingual.tsv").read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    words = [line.split("\t")[0] for line in lines]
    assert words == sorted(set(words))
    assert all(re.fullmatch(r"[^\t]+\t[a-z0-9 .\-]+", line) for line in lines)
    for section in ("generic", "function", "openers", "phrases", "stop"):
        assert word_list(section)
    assert word_list("no such section") == frozenset()
