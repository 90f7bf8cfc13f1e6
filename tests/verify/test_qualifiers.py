"""Other words for the same bound pass, and a bound that is new or gone is found."""

import pytest

from digest.verify.verdicts import check

SCALES = (
    "Kiln at Work\nKiln exceeds 90% precision and trains on only 25% of the logs. The maximum throughput gain of 40% "
    "and 12% came on sharded and single nodes. It reads manuals of 50+ pages; a page costs no more than $0.02. "
    "Forecasts reach out, extending to six seconds. Noise falls by 10 dB. Each site passes 70% of its tests."
)
TRUE = [
    "Kiln tops 90% precision.",
    "Kiln passes 90% precision.",
    "Kiln 只用四分之一的日志训练。",
    "The throughput gain peaks at 40% on sharded nodes.",
    "Kiln 可读 50 页以上的手册。",
    "A page costs at most $0.02.",
    "Forecasts go up to six seconds.",
    "Each site passes 70% of its tests.",
    "Noise falls by 10 dB.",
    "Its decoder doubles as a filter; Kiln apps exceed 90% precision.",
]
FALSE = [
    ("Kiln reaches exactly 90% precision.", "qualifier"),
    ("Throughput rose by 40% on sharded nodes.", "qualifier"),
    ("Noise falls by 10%.", "unit"),
    ("A page costs at least $0.02.", "qualifier"),
]


@pytest.mark.parametrize("sentence", TRUE)
def test_other_words_for_a_bound_pass(sentence: str) -> None:
    assert check(sentence, {"a": SCALES}).name == "supported"


@pytest.mark.parametrize(("sentence", "fault"), FALSE)
def test_another_bound_is_found(sentence: str, fault: str) -> None:
    assert check(sentence, {"a": SCALES}).fault == fault


def test_what_only_looks_like_an_amount_is_none() -> None:
    source = "Index\nThe Larch 2000 index rose on Friday over a million-scale corpus with a 1M context window."
    assert check("拉奇 2000 指数周五上涨。", {"a": source}).name == "supported"
    assert check("It holds a 1M context on a million-scale corpus.", {"a": source}).name == "supported"


def test_a_share_told_as_a_fraction_of_one_is_the_inverse() -> None:
    source = "Prune\nThe network is 39x smaller than the full one."
    assert check("网络缩小到原来的 1/39。", {"a": source}).name == "supported"
    assert check("网络缩小到原来的 1/21。", {"a": source}).name != "supported"
