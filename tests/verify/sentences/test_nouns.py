"""The noun that an amount measures is read from the shape of its sentence, known to the lexicon or not."""

import pytest

from digest.verify.sentences.nouns import noun
from digest.verify.sentences.reading import read
from digest.verify.verdicts import check

SOURCE = (
    "Willow: a Scheduler for Clinics\n"
    "Willow raises bed occupancy by 6.2% over manual planning. It needs 35% fewer nurse hours at the same accuracy. "
    "A pilot showed a 4.4% increase in patient throughput and beat rivals by a margin of 3% in staff ratings. "
    "Planning uses only 2.5% of the available memory. Precision reached 91.5%."
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It needs 5% fewer nurse hours than before.", "nurse hours"),
        ("A 5% rise in bed occupancy followed.", "bed occupancy followed"),
        ("The gain in bed occupancy is 5%.", "bed occupancy"),
        ("It raises bed occupancy on weekdays by 5%.", "bed occupancy"),
        ("It leads by a margin of 5% in staff ratings.", "staff ratings"),
        ("It takes 5% of the memory.", "memory"),
        ("床位占用率因此提升 5%。", "床位占用率"),
        ("The score is 5%.", None),
        ("It is 5% more than before.", None),
    ],
)
def test_the_noun_is_found(text: str, found: str | None) -> None:
    (figure,) = (f for s in read(text).sentences for f in s.figures)
    place = noun(read(text).text, figure.quantity, (0, len(text)))
    assert (read(text).text[slice(*place)].strip() if place else None) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "The gain in parking fees is 4.4%.",
        "Willow cuts parking fees by 4.4%.",
        "停车收入数额提升 4.4%。",
        "Willow's recall is 3% ahead of its rivals.",
    ],
)
def test_another_noun_is_a_fault(sentence: str) -> None:
    assert check(sentence, {"a": SOURCE}).fault in {"metric", "sign"}


@pytest.mark.parametrize(
    "sentence",
    [
        "With accuracy unchanged, Willow needs 35% fewer nurse hours.",
        "Patient throughput rose by 4.4% in the pilot.",
        "Willow's bed occupancy is 6.2% higher.",
        "Willow improves patient throughput scores by 4.4%.",
        "Precision is 91.5%.",
    ],
)
def test_the_same_noun_is_supported(sentence: str) -> None:
    assert check(sentence, {"a": SOURCE}).name == "supported"


def test_a_rank_belongs_to_its_measure() -> None:
    source = {"a": "Alder: a retriever\nAlder gains 9.3% in Recall@20 and 4.1% in NDCG@5 over BM25."}
    assert check("Alder gains 9.3% in Precision@20 over BM25.", source).fault == "metric"
    assert check("Alder gains 9.3% in R@20 over BM25.", source).name == "supported"
