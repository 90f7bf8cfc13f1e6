"""The field's terms and measures in the language of an edition."""

from pathlib import Path

import pytest

from digest.verify.verdicts import check
from digest.write import vocabulary
from digest.write.telling import facets, telling
from digest.write.vocabulary import measure, terms_in, word
from tests.write.test_framing import item, told

FOLDER = Path(vocabulary.__file__).parent


def test_a_term_of_the_field_is_said_in_the_editions_language() -> None:
    (term,) = terms_in("Sequential recommendation with spoons")
    assert (word(term, "en"), word(term, "zh")) == (term.english, term.chinese)
    assert (term.english.lower(), term.chinese) == ("sequential recommendation", "序列推荐")


def test_what_is_measured_is_said_in_the_editions_language_where_there_are_words() -> None:
    assert (measure("Order Volume", "zh"), measure("Order Volume", "en")) == ("订单量", "Order Volume")
    assert measure("spoons bent", "zh") == "spoons bent"


@pytest.mark.parametrize(
    "words", ["order volume", "cost per click", "total watch time", "retention rate", "throughput"]
)
def test_a_measure_s_chinese_words_hold_against_a_source_that_has_the_english_ones(words: str) -> None:
    source = f"We propose SpoonRank, a ranker. In online A/B tests SpoonRank increases {words} by 1.2%."
    assert check(f"SpoonRank 的{measure(words, 'zh')} +1.2%。", {"a": source}).name == "supported"


@pytest.mark.parametrize("file", ["glossary.tsv", "measures.tsv"])
def test_no_word_stands_twice(file: str) -> None:
    rows = [line for line in (FOLDER / file).read_text("utf-8").splitlines() if not line.startswith("#")]
    words = [row.split("\t")[0].lower() for row in rows]
    assert len(words) == len(set(words))


def test_a_facet_that_another_one_holds_is_left_out() -> None:
    paper = item("arxiv:x:1", "Distillation of Soups", "We propose SoupMind for reasoning distillation.", kind="paper")
    assert [term.english for term in facets(telling(told(paper), {}, "en"))] == ["reasoning distillation"]


def test_what_a_paper_turns_from_is_no_side_of_it() -> None:
    for title, text in (
        ("Fast Ladles Beyond Knowledge Distillation", "We propose LadleX for soups."),
        ("Fast Ladles", "Unlike collaborative filtering, we propose LadleX for soups."),
        ("Fast Ladles", "Existing approaches present popularity bias. We propose LadleX for soups."),
    ):
        assert facets(telling(told(item("arxiv:x:1", title, text, kind="paper")), {}, "en")) == []
