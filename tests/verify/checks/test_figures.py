"""A figure in another form passes, and one that says another amount, unit or measure is found."""

import pytest

from digest.verify.verdicts import check

KILN = (
    "Kiln at Work\n"
    "Kiln was trained for 60 GPU-hours on 230 048 pairs. It scores 0.962 on Anagram and 0.588 on Riddle, "
    "retaining 97.9% +/- 1.2% of its precision. The plant delivers 12,144 MW, and its parks cost USD 116.43 Billion. "
    "Checks hold with <=0.6 percentage-point deviation. We tried models from 3 to 30B. "
    "A vote takes 84 s, against 1.74 s for a lookup. Size shrinks from 793M to 644M parameters. "
    "It improves recall by up to 5.1% under heavy noise while reducing bandwidth by 24%. "
    "Loss was sampled between 80-150 and 150-250 meters. Posts of 2019-2020 were read. Even the best model gets 57%. "
    "Handoffs swing scores by -8 to +13 points, which accounts for ~70% of the variance, and cut cycles by 100x. "
    "It computes paths 10-30 times faster. Serving is 2-9x faster, and an absolute gain of 2.62% in F1 "
    "follows. The last step was 89,861."
)
TRUE = [
    "Kiln was trained on about 230 thousand pairs.",
    "Kiln 用约 23 万对数据训练。",
    "Kiln retains 97.9% of its precision, give or take 1.2%.",
    "The plant delivers 12.1 GW.",
    "The parks cost $116.43 billion.",
    "这些园区耗资 1164.3 亿美元。",
    "偏差不超过 0.6 个百分点。",
    "Models from 3B to 30B were tried.",
    "A vote needs 84 seconds a question instead of 1.74.",
    "At 644M parameters the model is nearly a fifth smaller than the 793M one.",
    "Under heavy noise recall rises by up to 5.1%.",
    "读取了 2019–2020 年的帖子。",
    "The best model gets no more than 57%.",
    "F1 gains 2.62 points.",
    "Handoffs can swing scores by anything from -8 to +13 points.",
    "这约可解释 70% 的方差。",
    "周期降到百分之一。",
    "Paths are 10 to 30 times quicker with Kiln, which computes them.",
    "最后一步是第 89,861 步。",
]
FALSE = [
    ("Kiln was trained for 60 GPU-days.", "unit"),
    ("Kiln scores about 0.926 on Anagram.", "number"),
    ("The plant delivers 121 GW.", "number"),
    ("Loss was sampled between 80-150 feet.", "unit"),
    ("Serving is 2-12x faster.", "number"),
    ("Under heavy noise recall falls by up to 5.1%.", "sign"),
    ("Handoffs explain 70% of the variance.", "qualifier"),
    ("周期降到千分之一。", "number"),
    ("Deviation is at least 0.6 percentage points.", "qualifier"),
]


@pytest.mark.parametrize("sentence", TRUE)
def test_another_form_of_an_amount_passes(sentence: str) -> None:
    verdict = check(sentence, {"a": KILN})
    assert (verdict.name, verdict.fault) == ("supported", "")


@pytest.mark.parametrize(("sentence", "fault"), FALSE)
def test_another_amount_or_unit_is_found(sentence: str, fault: str) -> None:
    assert check(sentence, {"a": KILN}).fault == fault


MEASURES = (
    "Osier: Small Segmenters\n"
    "Osier lifts accuracy by 1.4% and BACC by 2.9% over a plain agent, and runs 17.8% faster. Model parameters fall "
    "by 31.5%, and editing success grows from 42% to 89%. The average ASR is 2.92% and 3.75% on the two targets. "
    "Profit is 6% higher on equal revenue."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Osier 的参数量减少 31.5%。",
        "编辑成功率由 42% 升到 89%。",
        "Osier gains 1.4% accuracy and 2.9% BACC.",
        "Osier 准确率高 1.4%，推理快 17.8%。",
    ],
)
def test_a_measure_in_other_words_or_lent_by_another_figure_is_no_fault(sentence: str) -> None:
    assert check(sentence, {"a": MEASURES}).name == "supported"


@pytest.mark.parametrize(
    "sentence",
    [
        "Osier lifts recall by 1.4%.",
        "The average false positive rate is 2.92% and 3.75% on the two targets.",
        "Revenue is 6% higher.",
    ],
)
def test_another_measure_is_found_also_before_a_list(sentence: str) -> None:
    assert check(sentence, {"a": MEASURES}).fault == "metric"
