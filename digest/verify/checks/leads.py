"""Whether what a sentence says of one name stands in its source under that name, and not under another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from digest.verify.alike.amounts import same_value
from digest.verify.alike.words import weigh
from digest.verify.checks.fault import Fault
from digest.verify.sentences.figures import Figure
from digest.verify.sentences.reading import Reading, Sentence

_TURN = re.compile(r"[;；]")
_OPENING = re.compile(r"\W*(?:(?:the|in contrast|meanwhile|and|while|its|their)\b\W*)*", re.IGNORECASE)
_FIGURE = 2.5
_LEAST = 2.5  # shared weight below which a stretch is not what the sentence tells
_MARGIN = 1.6  # how much more of it must stand under the other name


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a sentence between semicolons with its first name, `lead`; `opens` where that stands right in front."""

    text: str
    ids: frozenset[str]
    lead: str
    opens: bool
    figures: tuple[Figure, ...]


def check_leads(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return what a sentence says of its leading name where the source says it of another name that leads there.

    Both names must each lead a stretch of the same source, so that they are rivals there; a stretch that holds the
    sentence's name anywhere is no fault.
    """
    for sentence in said.sentences:
        for stretch in stretches(sentence):
            for source in sources:
                fault = _against(stretch, source)
                if fault:
                    return fault
    return None


def stretches(sentence: Sentence) -> Iterator[Stretch]:
    """Part a sentence at its semicolons."""
    cuts = [0, *(m.end() for m in _TURN.finditer(sentence.text)), len(sentence.text)]
    for left, right in pairwise(cuts):
        start, end = sentence.start + left, sentence.start + right
        anchors = [a for a in sentence.anchors if start <= a.start and a.end <= end]
        lead = next((a for a in anchors if a.id[0] == "n"), None)
        opens = lead is not None and bool(_OPENING.fullmatch(sentence.text[left : lead.start - sentence.start]))
        held = tuple(f for f in sentence.figures if start <= f.quantity.start < end)
        ids = frozenset(a.id for a in anchors)
        yield Stretch(sentence.text[left:right].strip(), ids, lead.id if lead else "", opens, held)


def _against(mine: Stretch, source: Reading) -> Fault | None:
    there = _stretches_of(source)
    leads = {s.lead for s in there[1:]}
    if not mine.lead or mine.lead not in leads:
        return None
    under = max((_common(mine, s, source) for s in there if mine.lead in s.ids), default=0.0)
    others = [
        (_common(mine, s, source), s)
        for s in there[1:]  # a title opens with what all of the text is about
        if s.opens
        and mine.lead not in s.ids
        and s.lead not in mine.ids
        and not s.lead.startswith(mine.lead)
        and not mine.lead.startswith(s.lead)
        and _titled(s.lead, source) >= _titled(mine.lead, source)
    ]
    best, other = max(others, key=lambda row: row[0], default=(0.0, None))
    if other is None or best < _LEAST or best < under * _MARGIN:
        return None
    return Fault("swap", other.text)


def _titled(name: str, source: Reading) -> bool:
    """Whether the title holds a name, or the family of it ("LOGOS" of "LOGOS-1B"): then the whole text is about it."""
    return any(i[0] == "n" and name.startswith(i) for i in source.title)


def _common(mine: Stretch, other: Stretch, source: Reading) -> float:
    shared = (mine.ids & other.ids) - {mine.lead}
    told = sum(any(same_value(a.quantity, b.quantity) for b in other.figures) for a in mine.figures)
    return told * _FIGURE + weigh(shared, source)


@lru_cache(maxsize=512)
def _stretches_of(source: Reading) -> tuple[Stretch, ...]:
    return tuple(stretch for part in source.sentences for stretch in stretches(part))
