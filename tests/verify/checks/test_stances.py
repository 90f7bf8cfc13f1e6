"""A side that a sentence takes is held against the source's on the same noun, and denials against denials."""

import pytest

from digest.verify.verdicts import check

POTTERY = (
    "The Potters' Yard\n"
    "Kiln Vesta needs no training when a new potter joins. Glaze losses rise with the number of firings. "
    "The clay mixer lacks support for square moulds. Cracking disappears once the racks are covered. "
    "Fine sand makes the pots less susceptible to frost. A second firing brought a significant rise in hardness "
    "(p=0.02). The guild abandoned the wheel tax for small potters. Vesta outperforms Ceres on wide bowls. "
    "Drying time stays constant as the racks fill up. Slow cooling improved the hardness of glazed tiles. "
    "All five test tiles were accepted by the guild. Thick walls failed to bring any broad savings in fuel. "
    "The yard turned down the offer from Delft. A kiln runs only with a licensed potter."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Kiln Vesta still requires training when a new potter joins.",
        "新陶工加入时，Vesta 窑炉离不开训练。",
        "Glaze losses go down with the number of firings.",
        "The clay mixer supports square moulds.",
        "Cracking persists once the racks are covered.",
        "Fine sand makes the pots more susceptible to frost.",
        "A second firing brought a significant drop in hardness (p=0.02).",
        "The guild keeps the wheel tax for small potters.",
        "Vesta does worse than Ceres on wide bowls.",
        "Drying time grows as the racks fill up.",
        "Slow cooling lowered the hardness of glazed tiles.",
        "Not all five test tiles were accepted by the guild.",
        "Thick walls made broad savings in fuel possible.",
    ],
)
def test_the_other_side_is_found(sentence: str) -> None:
    assert check(sentence, {"yard": POTTERY}).name != "supported"


@pytest.mark.parametrize(
    "sentence",
    [
        "Kiln Vesta does not have to undergo training when a new potter joins.",
        "No training is needed by kiln Vesta when a new potter joins.",
        "With more firings, glaze losses go up.",
        "The clay mixer does not support square moulds.",
        "As the racks fill up, drying time stays constant.",
        "The hardness of glazed tiles rose with slow cooling.",
        "Small potters no longer pay the wheel tax.",
        "On wide bowls, Ceres is worse than Vesta.",
        "The yard rejected the offer from Delft.",
        "The yard stayed away from the offer from Delft.",
    ],
)
def test_the_same_side_in_other_words_passes(sentence: str) -> None:
    assert check(sentence, {"yard": POTTERY}).name == "supported"
