"""What a sentence compares with is what its source compares with there."""

import pytest

from digest.verify.verdicts import check

SOURCE = (
    "Sorrel: A Planner for Warehouse Robots\n"
    "Compared to manual scheduling, which takes an hour, Sorrel plans a shift 40 times as fast. It improves throughput "
    "by 12% over state-of-the-art planners, and gives a gain of 7% on the Dijkstra baseline. "
    "Human planners and greedy search were tried as well."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Sorrel plans a shift 40 times as fast as manual scheduling.",
        "Next to scheduling by hand, which is manual, Sorrel is 40 times as fast.",
        "Throughput rises by 12% over the best planners so far.",
        "Over all shifts throughput rises by 12%.",
        "与人工排班相比，Sorrel 的排班速度快 40 倍。",
        "Sorrel gains 7% over Dijkstra.",
    ],
)
def test_the_source_s_own_comparand_passes(sentence: str) -> None:
    verdict = check(sentence, {"a": SOURCE})
    assert (verdict.name, verdict.fault) == ("supported", "")


@pytest.mark.parametrize(
    "sentence",
    [
        "Next to greedy search, Sorrel plans a shift 40 times as fast.",
        "Sorrel improves throughput by 12% relative to human operators.",
    ],
)
def test_another_comparand_is_a_wrong_baseline(sentence: str) -> None:
    assert check(sentence, {"a": SOURCE}).name != "supported"
