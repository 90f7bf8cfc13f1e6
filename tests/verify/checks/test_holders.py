"""A figure must stay with the name that its source gives it to."""

import pytest

from digest.verify.checks.holders import siblings
from digest.verify.sentences.reading import read
from digest.verify.verdicts import check

SOURCE = (
    "Lantern: Reading Maps of Four Towns\n"
    "Experiments on four datasets (MapNet, RoadBench, CityQA and TownSet) show gains. It has a peak of 22.7% MRR on "
    "CityQA and 17.8% on RoadBench. GlowNet outperforms DimNet, achieving 88.5% precision. DuskNet surpasses "
    "NightNet by 4.5%, against 61.3% for NightNet."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Lantern's peak gain is 22.7% MRR on CityQA.",
        "GlowNet reaches 88.5% precision, ahead of DimNet.",
        "NightNet trails DuskNet by 4.5%.",
    ],
)
def test_a_figure_beside_its_own_name_is_supported(sentence: str) -> None:
    verdict = check(sentence, {"a": SOURCE})

    assert (verdict.name, verdict.fault) == ("supported", "")


@pytest.mark.parametrize(
    "sentence",
    [
        "Lantern's peak gain is 22.7% MRR on TownSet.",
        "Of two readers, DimNet came out on top with 88.5% precision.",
    ],
)
def test_a_figure_beside_a_rivals_name_is_a_swap(sentence: str) -> None:
    assert check(sentence, {"a": SOURCE}).fault == "swap"


def test_the_names_of_a_list_are_siblings() -> None:
    found = siblings(read("Title\nWe tried MapNet, RoadBench (an old one) and CityQA. DimNet is older."))

    assert [sorted(group) for group in found] == [["n:cityqa", "n:mapnet", "n:roadbench"]]
