"""The figures of a sentence, each with what belongs to it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from digest.quantity import Quantity
from digest.verify.sentences.comparands import comparands
from digest.verify.sentences.direction import carries, direction_of, improved, verb
from digest.verify.sentences.metric import after_list, compared, metric_of, modifiers
from digest.verify.sentences.nouns import noun, words_in
from digest.verify.sentences.parts import (
    CLAUSE,
    Anchor,
    cells_of,
    counted,
    ids,
    joins,
    lists_of,
    partner_of,
    shared_head,
    tight,
)
from digest.verify.sentences.qualifiers import bounds_of, rates, scale
from digest.verify.words.lexicon import Mention, Word
from digest.verify.words.lexicon import measures as measured_ids

_OF = re.compile(r"\s*(?:of\b|的)")
_LED = re.compile(r"\b(?:for|on|in|at|with|to)\b")
_VERSUS = re.compile(r"\s*(?:v\.?s\.?|versus|against|compared (?:to|with))\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An amount with what belongs to it.

    `cell` bounds its part of the sentence, `clause` its clause in that; `near` are the ids of the anchors in it,
    `own` of those in its clause or its place in a list. `metric` are the ids of its measure, `compared` of what it
    is compared with, `modifiers` the words that narrow the measure ("serving"). `bounds` are its qualifiers ("up
    to"), `inherited` those of the amount before it in a list, which may hold for it too. `direction` is 1 for a rise,
    -1 for a fall, 0 where the text does not say. `partner` is the other end of "from A to B", `second` whether this
    is B, `verb` the direction that the word before them claims. `scale` is a unit that quantities do not know ("kHz"),
    `noun` the words of the measured noun where the sentence's shape shows it, each by its ids.
    """

    quantity: Quantity
    sentence: int
    cell: tuple[int, int]
    clause: tuple[int, int]
    near: frozenset[str]
    own: frozenset[str]
    metric: frozenset[str]
    noun: tuple[frozenset[str], ...]
    compared: frozenset[str]
    modifiers: frozenset[str]
    bounds: frozenset[str]
    direction: int
    partner: float | None = None
    second: bool = False
    verb: int = 0
    inherited: frozenset[str] = frozenset()
    lent: bool = False
    scale: str = ""


def figures(
    text: str,
    index: int,
    bounds: tuple[int, int],
    measures: Sequence[Quantity],
    anchors: Sequence[Anchor],
    said: Sequence[Mention],
    tokens: Sequence[Word],
) -> list[Figure]:
    """List the figures of one sentence, whose amounts are `measures`; two that face each other share their measure."""
    cells = cells_of(text, bounds, measures)
    ground = _Ground(
        text=text,
        index=index,
        bounds=bounds,
        measures=measures,
        anchors=anchors,
        said=said,
        tokens=tokens,
        cells=cells,
        lists=lists_of(text, bounds, measures, cells),
        comparands=tuple(comparands(text, *bounds)),
    )
    found: list[Figure] = []
    for n in range(len(measures)):
        found.append(_figure(ground, n, found[-1] if found else None))
    return _facing(text, found)


def _facing(text: str, found: list[Figure]) -> list[Figure]:
    """Give the first of two figures that face each other ("3% versus 5% in recall") the measure of the second."""
    for n, (left, right) in enumerate(pairwise(found)):
        between = text[left.quantity.end : right.quantity.start]
        if _VERSUS.fullmatch(between) and right.metric and right.metric != left.metric:
            found[n] = replace(left, metric=left.metric or right.metric, own=left.own | right.metric)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """A sentence as its figures are laid out in it: its amounts, the part of it that is each one's, and its lists."""

    text: str
    index: int
    bounds: tuple[int, int]
    measures: Sequence[Quantity]
    anchors: Sequence[Anchor]
    said: Sequence[Mention]
    tokens: Sequence[Word]
    cells: Sequence[tuple[int, int]]
    lists: Mapping[int, tuple[int, int]]
    comparands: Sequence[tuple[int, int]]

    def goes_on(self, n: int) -> bool:
        """Whether a list goes on from the amount before to this one."""
        return n > 0 and carries(self.text, self.measures[n - 1], self.measures[n])


def _figure(ground: _Ground, n: int, before: Figure | None) -> Figure:
    """Lay out one amount of a sentence; the figure before it lends what a list tells once."""
    text, quantity, anchors, cell = ground.text, ground.measures[n], ground.anchors, ground.cells[n]
    measured, direction = (before.metric, before.direction) if before else (frozenset[str](), 0)
    clause = tight(text, *cell, quantity)
    place = ground.lists.get(n, clause)
    region = place if n in ground.lists else counted(text, quantity, place, anchors, ground.tokens)
    partner, second = partner_of(text, ground.measures, n)
    limits = bounds_of(text, ground.bounds, ground.measures, n)
    words = [] if n in ground.lists else words_in(anchors, noun(text, quantity, ground.bounds))
    own = ids(anchors, *region) | (measured if second else frozenset()) | shared_head(text, ground.lists, n, anchors)
    own |= frozenset(i for i in ids(anchors, *place) if i[0] == "n")
    metric, told, lent = _metric(ground, n, place, region, measured, second=second)
    if words:
        metric = frozenset(i for ids in words for i in ids if i[0] == "m" or i in measured_ids())
    own |= told
    return Figure(
        quantity=quantity,
        sentence=ground.index,
        cell=cell,
        clause=clause,
        near=ids(anchors, *cell) | own,
        own=own,
        metric=metric,
        lent=lent and not words,
        noun=tuple(words),
        compared=compared(cell, ground.comparands, anchors),
        modifiers=rates(text, quantity) | modifiers(place, ground.said),
        bounds=limits - ({"up to"} if second else set()),  # "from A up to B"
        direction=0 if "denied" in limits else _direction(ground, n, partner, direction, second=second),
        partner=partner,
        second=second,
        verb=verb(quantity, clause, ground.said) if partner is not None else 0,
        scale=scale(text, quantity),
        inherited=bounds_of(text, ground.bounds, ground.measures, n - 1) if ground.goes_on(n) else frozenset(),
    )


def _direction(ground: _Ground, n: int, partner: float | None, before: int, *, second: bool) -> int:
    """Tell rise from fall by the amount's clause, else by "improves" in it, else by the list that goes on to it."""
    quantity = ground.measures[n]
    clause = tight(ground.text, *ground.cells[n], quantity)
    told = direction_of(ground.text, quantity, clause, ground.said, partner, second=second)
    told = told or improved(ground.text, quantity, clause, ground.said)
    return told or (before if ground.goes_on(n) else 0)


def _metric(
    ground: _Ground,
    n: int,
    place: tuple[int, int],
    region: tuple[int, int],
    measured: frozenset[str],
    *,
    second: bool,
) -> tuple[frozenset[str], frozenset[str], bool]:
    """Return the measure of an amount, and what the amount before it tells of both.

    It is the one after its list or in its own part, else that of the amount before (`measured`) where a list goes on.
    """
    text, quantity, anchors = ground.text, ground.measures[n], ground.anchors
    counts = region != place and n not in ground.lists
    found = after_list(text, ground.measures, n, ground.bounds[1], anchors) if n in ground.lists else frozenset()
    found = found or metric_of(text, quantity, region if counts else place, anchors)
    if found or counts:
        return found, frozenset(), False
    goes_on = ground.goes_on(n) and not _OF.match(text, quantity.end)
    before = ground.measures[n - 1]
    told = ids(anchors, before.end, _told_of(text, before, quantity)) if goes_on else frozenset()
    carried = measured if second or goes_on else frozenset()
    if carried:
        return carried, told, not second and not joins(text, before, quantity)
    found = metric_of(text, quantity, ground.cells[n], anchors)
    led = max((a.end for a in anchors if a.id in found and a.end <= quantity.start), default=None)
    return found, told, led is None or bool(CLAUSE.search(text, led, quantity.start))


def _told_of(text: str, left: Quantity, right: Quantity) -> int:
    """Return where what "a 3% rise in orders for A and 2% for B" tells of both amounts ends: before "for A"."""
    found = list(_LED.finditer(text, left.end, right.start))
    return found[-1].start() if len(found) > 1 else left.end
