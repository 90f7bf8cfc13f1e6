"""A denial on one side is held against what the other says of the same thing."""

import pytest

from digest.verify.checks.denials import check_denials
from digest.verify.sentences.clauses import clause_bounds
from digest.verify.sentences.denying import denials, may_deny
from digest.verify.sentences.reading import read
from digest.verify.verdicts import check

BRIDGE = (
    "Bridge sensors in Utrecht\n"
    "The Utrecht sensors detect cracks early, but cannot compensate for frozen mortar. "
    "The controller works by avoiding explicit terrain mapping. "
    "Operators can inspect, download and annotate the sensor recordings. "
    "The alarm rarely wakes the night crew. Vendors of Kestrel may end up paying for repairs. "
    "Kestrel's losses are small: more than 80% of repair losses are covered by insurance, and energy efficiency rose. "
    "The valve blocks overheated coolant. No crew member reported a leaking gasket near the northern pier. "
    "Two lanes stay open; the ferry is closed and the tunnel is not."
)


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("The sensors in Utrecht can compensate for mortar that is frozen.", "negation"),
        ("The controller has to build an explicit terrain mapping first.", "negation"),
        ("Operators of the sensor recordings cannot download them.", "negation"),
        ("The crew member reported a leaking gasket near the northern pier.", "negation"),
        ("The alarm repeatedly wakes the night crew.", "comparison"),
        ("Vendors of Kestrel are bound to pay for repairs.", "certainty"),
    ],
)
def test_a_reversed_denial_is_found(sentence: str, fault: str) -> None:
    verdict = check(sentence, {"bridge": BRIDGE})
    assert (verdict.name, verdict.fault) == ("contradicted", fault)


@pytest.mark.parametrize(
    "sentence",
    [
        "The sensors in Utrecht cannot make up for frozen mortar.",
        "The controller does without explicit terrain mapping.",
        "Operators can download the sensor recordings and annotate them.",
        "No crew member told of a leaking gasket near the northern pier.",
        "The valve supports safety as it blocks overheated coolant.",
        "Insurance covers more than 80% of repair losses.",
        "The alarm seldom wakes the crew at night.",
    ],
)
def test_a_denial_kept_in_other_words_passes(sentence: str) -> None:
    assert check(sentence, {"bridge": BRIDGE}).name == "supported"


@pytest.mark.parametrize(
    "sentence",
    [
        "Juniper lifts video consumption by 7%.",
        "Insurance covers 80% of the damage.",
        "保险覆盖了损失的 80%。",
        "The index needs no retraining, 无需人工标注。",
    ],
)
def test_shares_and_consumption_tell_no_fall(sentence: str) -> None:
    source = (
        "Juniper in numbers\nJuniper drives a 7% video consumption improvement. Insurance covered 80% of losses and of "
        "damage. The index works without retraining and without manual labels."
    )
    assert check(sentence, {"juniper": source}).name == "supported"


def test_a_text_that_says_both_denies_neither() -> None:
    source = read("On ice\nThe harbour crane lifts frozen cargo. In storms the harbour crane cannot lift cargo.")
    assert check_denials(read("The harbour crane can lift cargo in a storm."), [source]) is None


def test_an_elliptic_denial_leaves_the_question_open() -> None:
    source = read("On roads\nThe old tunnel is inspected daily; the new tunnel is not.")
    assert check_denials(read("The new tunnel is not inspected daily."), [source]) is None


def test_idioms_deny_nothing() -> None:
    sentence = read("They not only sell rods but avoid nets, 避免浪费。").sentences[0]
    assert [sentence.text[d.start : d.end] for d in denials(sentence)] == ["avoid", "避免"]


def test_words_that_are_known_anyway_do_not_count_as_denials() -> None:
    sentence = read("The omitted parts and leak-free pipes stay.").sentences[0]
    known = frozenset(a.id for a in sentence.anchors)
    middle = sentence.text.index("leak")
    assert not may_deny(sentence, 0, middle, known)
    assert may_deny(sentence, 0, middle, frozenset())
    assert may_deny(sentence, middle, sentence.end, known)


def test_the_bounds_of_a_clause_stand_around_a_place() -> None:
    sentence = read("One part, another part; the last.").sentences[0]
    assert clause_bounds(sentence, 12) == (9, 22)
    assert clause_bounds(sentence, 26) == (23, sentence.end)
