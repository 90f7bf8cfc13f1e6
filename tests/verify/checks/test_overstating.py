"""A clause may claim no more than its source: not all for most, not certain for perhaps."""

import pytest

from digest.verify.verdicts import check

POND = (
    "A Pond Study\nMost herons avoid the northern reeds. The new fence may keep foxes out. The gain in hatching was "
    "not significant. Some frogs ate more flies after rain."
)


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("All herons avoid the northern reeds.", "qualifier"),
        ("The new fence is certain to keep foxes out.", "certainty"),
        ("The gain in hatching was significant.", "certainty"),
        ("Some frogs ate fewer flies after rain.", "sign"),
        ("No herons avoid the northern reeds.", "negation"),
    ],
)
def test_more_than_the_source_says_is_found(sentence: str, fault: str) -> None:
    verdict = check(sentence, {"a": POND})
    assert (verdict.name, verdict.fault) == ("contradicted", fault)


@pytest.mark.parametrize(
    "sentence",
    [
        "Most herons stay away from the northern reeds.",
        "Hatching showed no significant gain.",
        "Foxes may be kept out by the new fence.",
        "After rain, some frogs ate more flies.",
    ],
)
def test_what_it_says_in_other_words_passes(sentence: str) -> None:
    assert check(sentence, {"a": POND}).name == "supported"
