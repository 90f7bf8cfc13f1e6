"""Which figure of the sources a sentence's figure repeats, and whether it is said of the same thing."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.verify.figures import Fault, bound, derived, dimension, missing, same_value, shared, turned
from digest.verify.layout import Figure
from digest.verify.lexicon import measures
from digest.verify.reading import Reading, Sentence

_WEIGHTS = {"m": 2.0, "n": 2.0, "s": 1.5, "w": 1.0, "c": 1.0}
_SMALL = 12
_MARGIN = 0.9
_WORDS_THAT_TELL = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure of a source that has the sentence's value, and how much of what stands around both agrees."""

    figure: Figure
    sentence: Sentence
    source: Reading
    likeness: float


def check_figures(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return the first fault among a sentence's figures, in their order."""
    for sentence in said.sentences:
        for figure in sentence.figures:
            fault = _check(figure, sentence, said, sources)
            if fault:
                return fault
    return None


def _check(figure: Figure, sentence: Sentence, said: Reading, sources: Sequence[Reading]) -> Fault | None:
    found = candidates(figure, sentence, sources)
    if not found:
        return _unfound(figure, said, sources)
    faults = [(_compare(figure, sentence, candidate, said), candidate) for candidate in found]
    if any(fault is None for fault, _ in faults):
        return None
    return faults[0][0]


def candidates(figure: Figure, sentence: Sentence, sources: Sequence[Reading]) -> list[Candidate]:
    """List the sources' figures of the same value, the one most alike in its surroundings first."""
    found = [
        Candidate(other, part, source, _likeness(figure, sentence, other, part, source))
        for source in sources
        for part in source.sentences
        for other in part.figures
        if same_value(figure.quantity, other.quantity)
    ]
    found.sort(key=lambda c: (-_exact(figure, c.figure), -c.likeness, c.figure.quantity.start))
    exact = [c for c in found if _exact(figure, c.figure)]
    return exact or found


def _exact(figure: Figure, other: Figure) -> bool:
    (one, a), (two, b) = dimension(figure.quantity), dimension(other.quantity)
    return one == two and abs(a - b) <= 1e-6 * max(abs(a), abs(b), 1e-9)


def _likeness(figure: Figure, sentence: Sentence, other: Figure, part: Sentence, source: Reading) -> float:
    around = shared(part, other)
    score = 0.0
    for anchor in figure.own:
        if anchor in other.own:
            score += _WEIGHTS[anchor[0]]
        elif anchor in other.near or anchor in around:
            score += _WEIGHTS[anchor[0]] * 0.5
    score += 0.05 * sum(a.id in around for a in sentence.anchors)
    subject = {a.id for a in sentence.anchors if a.id[0] == "n"}
    return score + 0.2 * len(subject & source.anchors)


def _unfound(figure: Figure, said: Reading, sources: Sequence[Reading]) -> Fault | None:
    quantity = figure.quantity
    if quantity.unit == "" and not re.search(r"\d", quantity.text) and quantity.value <= _SMALL and quantity.value >= 1:
        return None
    for source in sources:
        if derived(quantity, source.figures) or _stands(figure, source):
            return None
    faults = [missing(quantity, source) for source in sources]
    return next((fault for fault in faults if fault.name != "number"), faults[0] if faults else Fault("number"))


def _stands(figure: Figure, source: Reading) -> bool:
    """Whether the very characters stand there as a version, rank or date, which are no measures."""
    text = figure.quantity.text.strip()
    return any(
        q.kind != "amount" and re.search(rf"(?<![\d.]){re.escape(text)}(?![\d.])", q.text) for q in source.quantities
    )


def _compare(figure: Figure, sentence: Sentence, candidate: Candidate, said: Reading) -> Fault | None:
    other = candidate.figure
    return (
        bound(figure, other, candidate.sentence)
        or turned(figure, other)
        or _measured(figure, candidate, said)
        or _misplaced(figure, sentence, candidate)
    )


def _metrics(ids: Iterable[str]) -> frozenset[str]:
    return frozenset(i for i in ids if i[0] == "m" or i in measures())


def _measured(figure: Figure, candidate: Candidate, said: Reading) -> Fault | None:
    """A known metric beside the figure that the source does not have at all, or has beside another figure."""
    mine = _metrics(figure.own)
    if not mine:
        return None
    around = candidate.figure.own | candidate.figure.near | shared(candidate.sentence, candidate.figure)
    if any(_alike(metric, around) for metric in mine):
        return None
    if not any(_alike(metric, candidate.source.anchors) for metric in mine):
        theirs = _metrics(around)
        return Fault("metric", _around(candidate)) if theirs or said.chinese == candidate.source.chinese else None
    if _metrics(candidate.figure.own):
        return Fault("metric", _around(candidate))
    return None


def _alike(metric: str, ids: Iterable[str]) -> bool:
    ids = frozenset(ids)
    if metric in ids:
        return True
    group = next((group for group in _GROUPS if metric in group), None)
    return group is not None and bool(group & ids)


_GROUPS = tuple(
    frozenset(f"m:{name}" for name in group.split()) | frozenset(f"s:{name}" for name in group.split())
    for group in (
        "flops cost compute computationalcost", "watchtime viewduration dwelltime timespent usagetime duration usage listeningtime listening",
        "follows follower", "engagement interaction engagementrate", "orders order purchases completedorder", "revenue adrevenue sales", "gmv sales",
        "cvr conversions conversion", "ctr clicks clickcount", "latency speedup time", "hr hits", "memory storage cache", "impressions exposure", "hallucinationrate hallucination",
        "accuracy emscore", "throughput speed", "userretention retention", "cost price fee", "f1 macro",
    )
)  # fmt: skip


def _misplaced(figure: Figure, sentence: Sentence, candidate: Candidate) -> Fault | None:
    """A name or noun beside the figure that the source has beside another figure, and not beside this one."""
    own = candidate.figure.own
    around = candidate.figure.near | shared(candidate.sentence, candidate.figure)
    subjects = candidate.source.subjects
    for rival in candidate.source.figures:
        if not _rival(figure, rival) or same_value(figure.quantity, rival.quantity):
            continue
        stolen = (figure.own & rival.own) - own - around - subjects
        lost = rival.own - own - subjects
        if not lost or not _telling(stolen):
            continue
        gain = _score(figure.own - subjects, rival.own) - _score(figure.own - subjects, own, around)
        other = next((f for f in sentence.figures if f is not figure and same_value(f.quantity, rival.quantity)), None)
        if other is not None:
            gain += _score(other.own - subjects, own) - _score(other.own - subjects, rival.own, rival.near)
        if gain > _MARGIN:
            return Fault("swap", rival.quantity.text)
    return None


def _telling(ids: Iterable[str]) -> bool:
    ids = list(ids)
    return any(i[0] in "mns" for i in ids) or len(ids) > _WORDS_THAT_TELL


def _rival(figure: Figure, other: Figure) -> bool:
    return dimension(figure.quantity)[0] == dimension(other.quantity)[0]


def _score(mine: Iterable[str], theirs: frozenset[str], around: frozenset[str] = frozenset()) -> float:
    return sum(_WEIGHTS[i[0]] * (1.0 if i in theirs else 0.5 if i in around else 0.0) for i in mine)


def _around(candidate: Candidate) -> str:
    start, end = candidate.figure.cell
    return candidate.source.text[start:end].strip()
