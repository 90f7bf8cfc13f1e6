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


def test_a_rise_told_by_its_two_ends_may_be_told_by_its_size() -> None:
    source = "Score\nThe method lifts the board score from 61.53 to 77.41."
    assert check("该方法使得分提高近 16 分。", {"a": source}).name == "supported"
    assert check("该方法使得分提高近 26 分。", {"a": source}).name != "supported"


def test_a_small_count_of_the_same_things_is_the_same() -> None:
    source = "Set\nWe test seven frontier models on a set with five typical scenarios."
    assert check("The set covers nine typical scenarios.", {"a": source}).fault == "number"
    assert check("数据集涵盖九种典型场景。", {"a": source}).fault == "number"
    assert check("The set has five typical scenarios.", {"a": source}).name == "supported"


def test_a_count_in_words_is_no_share() -> None:
    source = "Eight Releases\nWe follow Eight Releases. Harm drops by at least 8% in one dimension."
    assert check("The study follows eight releases.", {"a": source}).name == "supported"


FIELD = (
    "Fallow: Soil Maps from Drones\n"
    "We flew for over 90 days. Fallow holds more than 10 billion points, surpassing a 32B model by 7.6% accuracy. "
    "Its error falls to as low as 2.5%. Six large models and eleven farms took part; recall gains 9.2%."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "The team flew for 90 days.",
        "Fallow 存有 100 多亿个点。",
        "Fallow 的准确率比一个 32B 模型高 7.6%。",
        "误差最低降到 2.5%。",
        "六个多模态大模型参与了实验。",
        "With eleven farms, recall gains 9.2%.",
    ],
)
def test_spans_sizes_and_best_cases_are_no_lost_bounds(sentence: str) -> None:
    verdict = check(sentence, {"a": FIELD})
    assert (verdict.name, verdict.fault) == ("supported", "")


def test_a_lost_best_case_is_found() -> None:
    assert check("误差降到 2.5%。", {"a": FIELD}).fault == "qualifier"


def test_a_month_alone_is_told_without_a_number_too() -> None:
    source = {"a": "Staff\nShe came back in mid-January and left in June."}
    assert check("她 1 月中旬回归，6 月离开。", source).name == "supported"
    assert check("她 2 月中旬回归。", source).fault == "date"


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The guild spent over two months in the kitchens.", "The guild spent more than two months in the kitchens."),
        ("The shelf holds all 3M-plus jars.", "The shelf holds all 3M+ jars."),
        ("Plain grafting tops out at 60% accuracy.", "The accuracy of grafting peaks at 60%."),
        (
            "AjarNet 在两项指标上都超过五个先进基线。",
            "AjarNet outperforms five state-of-the-art baselines on both metrics.",
        ),
        ("AjarNet lifts stay time by 0.54%.", "AjarNet is live, enhancing overall stay time by 0.54%."),
        (
            "AjarNet cuts latency by 15x to 36x.",
            "AjarNet keeps choices while reducing follow-up latency by 15-36x.",
        ),
        ("AjarNet 承担 25% 的 QPS。", "AjarNet handles 25% of total queries per second."),
        ("AjarNet wins on three QA sets.", "AjarNet wins on three question-answering sets."),
    ],
)
def test_a_bound_a_rival_or_a_term_in_other_words_passes(sentence: str, source: str) -> None:
    assert check(sentence, {"a": f"A Report\n{source}"}).name == "supported"


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The guild spent two months in the kitchens.", "The guild spent more than two months in the kitchens."),
        ("The shelf holds all 3M jars.", "The shelf holds all 3M+ jars."),
        ("Grafting has an accuracy of over 60%.", "The accuracy of grafting peaks at 60%."),
    ],
)
def test_a_bound_that_is_dropped_or_turned_is_found(sentence: str, source: str) -> None:
    assert check(sentence, {"a": f"A Report\n{source}"}).name != "supported"
