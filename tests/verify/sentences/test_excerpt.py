"""Of a long source what is most like the sentence is read, and what is no sentence is not checked."""

import pytest

from digest.verify.sentences.excerpt import near
from digest.verify.verdicts import check

FILLER = "The weather was fine and nobody said anything of note about it. "
LONG = f"Alder: A Ranker\n{FILLER * 400}Alder raises GMV by 2.1% at Etsy. {FILLER * 400}"


def test_a_short_source_is_read_as_it_is() -> None:
    assert near("Alder\nIt ranks.", "It ranks.") == "Alder\nIt ranks."


def test_of_a_long_one_the_sentences_most_alike_are_read_in_their_order() -> None:
    found = near(LONG, "GMV rose by 2.1% at Etsy.")
    assert found.startswith("Alder: A Ranker\n")
    assert "Alder raises GMV by 2.1% at Etsy." in found
    assert len(found) < 13_000


def test_a_sentence_is_checked_against_a_long_source() -> None:
    assert check("GMV rises by 2.1% at Etsy with Alder.", {"a": LONG}).name == "supported"
    assert check("GMV falls by 2.1% at Etsy with Alder.", {"a": LONG}).fault == "sign"


@pytest.mark.parametrize("said", ["", " ", "。", "\u200b"])
def test_what_says_nothing_is_not_supported(said: str) -> None:
    assert check(said, {"a": LONG}).name == "not found"


@pytest.mark.parametrize("said", ["word " * 1000, "It rose 1, " + "1, " * 70 + "2."])
def test_what_is_too_long_for_a_sentence_is_not_checked(said: str) -> None:
    assert check(said, {"a": "Alder\nIt fell 1, 2."}).fault == "length"
