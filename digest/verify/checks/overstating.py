"""Whether a clause claims more than its source: significance, certainty, all where it says most, none for all."""

import re
from collections.abc import Sequence

from digest.verify.checks.fault import Fault
from digest.verify.sentences.clauses import Clause

_NONE = frozenset({"no", "none", "neither", "没有", "无"})
_PART_OF = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|most|some|half) (?:out )?of (?:the )?"
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\b|\d+\s?个?(?:中|里)有?\s?\d+"
)
_PARTS = frozenset({"most", "some", "only"})
_HEADS = 3  # anchors after "all" among which its noun stands


def overstated(clause: Clause, best: Clause, near: Sequence[Clause]) -> Fault | None:
    """Significant where the source denies it, certain where it only may be, all where it says most."""
    there = frozenset[str]().union(*(other.classes for other in near))
    text = best.sentence.text
    if "significant" in clause.classes and there & {"not significant", "insignificant"} and "significant" not in there:
        return Fault("certainty", text)
    if "certain" in clause.classes and "certain" not in there and ("modal" in there or "not certain" in there):
        return Fault("certainty", text)
    if any(
        _quantified(clause, "all") & _none_of(o)
        or ("negation" not in o.classes and _none_of(clause) & _quantified(o, "all"))
        for o in near
    ):
        return Fault("negation", text)
    if "not all" in clause.classes and "all" in there and "not all" not in there and not there & _PARTS:
        return Fault("negation", text)
    some = _of_same(clause, near) or any(_PART_OF.search(_text_of(other)) for other in near)
    if "all" in clause.classes and "all" not in there and some:
        return Fault("qualifier", text)
    return None


def _of_same(clause: Clause, near: Sequence[Clause]) -> bool:
    """Whether what the clause says of all of something the source says of most, some or only those."""
    mine = _quantified(clause, "all")
    return any(mine & _quantified(other, "most", "some", "only") for other in near)


def _none_of(clause: Clause) -> frozenset[str]:
    """Return the ids of the word right after "no", "none of the"."""
    found: set[str] = set()
    for mention in clause.sentence.mentions:
        if clause.start <= mention.start and mention.end <= clause.end and mention.text.lower() in _NONE:
            after = [a for a in clause.sentence.anchors if mention.end <= a.start and a.end <= clause.end]
            found |= {a.id for a in after if a.start == after[0].start}
    return frozenset(found)


def _quantified(clause: Clause, *names: str) -> frozenset[str]:
    """Return the ids of the first content words after each quantifier of a clause."""
    found: set[str] = set()
    for mention in clause.sentence.mentions:
        if clause.start <= mention.start and mention.end <= clause.end and mention.of("class", *names):
            after = [a for a in clause.sentence.anchors if mention.end <= a.start and a.end <= clause.end]
            found |= {a.id for a in after[:_HEADS]}
    return frozenset(found)


def _text_of(clause: Clause) -> str:
    return clause.sentence.text[clause.start - clause.sentence.start : clause.end - clause.sentence.start]
