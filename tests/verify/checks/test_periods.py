"""Quarters, half-years, spans of years and the years of figures must be the source's."""

import pytest

from digest.verify.verdicts import check

SOURCE = (
    "Harbour posts $56 billion in Q1 revenue\n"
    "The port grew in the first half of the year. We read 4,400 ledgers from 1980 to 2023. "
    "The share of audited ledgers rose from roughly 4% in 1990 to nearly 28% in 2020."
)

TRUE = [
    "Harbour's first-quarter revenue was $56 billion.",
    "Harbour 一季度营收 560 亿美元。",
    "上半年港口增长。",
    "They read 4,400 ledgers of 1980-2023.",
    "1980 年至 2023 年间共读了 4400 本账本。",
    "Audited ledgers were nearly 28% in 2020, against roughly 4% in 1990.",
]
FAULTY = [
    "Harbour's third-quarter revenue was $56 billion.",
    "Harbour 公布第四季度营收 560 亿美元。",
    "下半年港口增长。",
    "They read 4,400 ledgers from 1990 to 2023.",
    "1990 年至 2023 年间共读了 4400 本账本。",
    "Audited ledgers were roughly 4% in 1980 and nearly 28% in 2020.",
]


@pytest.mark.parametrize("sentence", TRUE)
def test_the_sources_periods_in_other_words_are_supported(sentence: str) -> None:
    verdict = check(sentence, {"a": SOURCE})

    assert (verdict.name, verdict.fault) == ("supported", "")


@pytest.mark.parametrize("sentence", FAULTY)
def test_another_period_is_a_wrong_date(sentence: str) -> None:
    assert check(sentence, {"a": SOURCE}).fault == "date"


def test_a_source_without_periods_tells_none() -> None:
    assert check("The port grew in the second quarter.", {"a": "Harbour\nThe port grew."}).fault == ""
