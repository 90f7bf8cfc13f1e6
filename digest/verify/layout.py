"""The figures of a sentence, each with what belongs to it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from digest.quantity import Quantity
from digest.verify.bearing import carries, direction_of, improved, verb
from digest.verify.comparands import comparands
from digest.verify.lexicon import Mention, Word
from digest.verify.lexicon import measures as measured_ids
from digest.verify.measure import after_list, compared, metric_of, modifiers
from digest.verify.nouns import noun, words_in
from digest.verify.parts import Anchor, cells_of, counted, ids, lists_of, partner_of, shared_head, tight
from digest.verify.qualifiers import bounds_of, rates, scale

_OF = re.compile(r"\s*(?:of\b|的)")
_LED = re.compile(r"\b(?:for|on|in|at|with|to)\b")
_VERSUS = re.compile(r"\s*(?:vs\.?|versus|against|compared (?:to|with))\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An amount with what belongs to it.

    `cell` bounds its part of the sentence, `clause` its clause in that; `near` are the ids of the anchors in it,
    `own` of those in its clause or its place in a list. `metric` are the ids of its measure, `compared` of what it
    is compared with, `modifiers` the words that narrow the measure ("serving"). `bounds` are its qualifiers ("up
    to"), `inherited` those of the amount before it in a list, which may hold for it too. `direction` is 1 for a rise,
    -1 for a fall, 0 where the text does not say. `partner` is the other end of "from A to B", `second` whether this
    is B, `verb` the direction that the word before them claims. `scale` is a unit that quantities do not know ("kHz").
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
    found = list(_laid_out(text, index, bounds, measures, anchors, said, tokens))
    for n in range(len(found) - 1):
        left, right = found[n], found[n + 1]
        if (
            _VERSUS.fullmatch(text[left.quantity.end : right.quantity.start])
            and right.metric
            and right.metric != left.metric
        ):
            found[n] = replace(left, metric=left.metric or right.metric, own=left.own | right.metric)
    return found


def _laid_out(
    text: str,
    index: int,
    bounds: tuple[int, int],
    measures: Sequence[Quantity],
    anchors: Sequence[Anchor],
    said: Sequence[Mention],
    tokens: Sequence[Word],
) -> Iterable[Figure]:
    cells = cells_of(text, bounds, measures)
    places = [*comparands(text, *bounds)]
    lists = lists_of(text, bounds, measures, cells)
    before, measured = 0, frozenset[str]()
    for n, quantity in enumerate(measures):
        start, end = cells[n]
        place = lists[n] if n in lists else tight(text, start, end, quantity)
        region = lists[n] if n in lists else counted(text, quantity, place, anchors, tokens)
        partner, second = partner_of(text, measures, n)
        own = ids(anchors, *region) | (measured if second else frozenset())
        own |= frozenset(i for i in ids(anchors, *place) if i[0] == "n")
        own |= shared_head(text, lists, n, anchors)
        clause = tight(text, start, end, quantity)
        direction = direction_of(text, quantity, clause, said, partner, second=second)
        if not direction and n and carries(text, measures[n - 1], quantity):
            direction = before
        direction = direction or improved(text, quantity, clause, said)
        limits = bounds_of(text, bounds, measures, n)
        direction = 0 if "denied" in limits else direction  # "does not fall below 80%" tells no fall
        before = direction
        counts = region != place and n not in lists
        metric = after_list(text, measures, n, bounds[1], anchors) if n in lists else frozenset()
        metric = metric or metric_of(text, quantity, region if counts else place, anchors)
        if not metric and not counts:
            goes_on = n and carries(text, measures[n - 1], quantity) and not _OF.match(text, quantity.end)
            carried = measured if second or goes_on else frozenset()
            own |= (
                ids(anchors, measures[n - 1].end, _told_of(text, measures[n - 1], quantity)) if goes_on else frozenset()
            )
            metric = carried or metric_of(text, quantity, (start, end), anchors)
        words = [] if n in lists else words_in(anchors, noun(text, quantity, bounds))
        if words:
            metric = frozenset(i for ids in words for i in ids if i[0] == "m" or i in measured_ids())
        measured = metric
        again = n > 0 and carries(text, measures[n - 1], quantity)
        yield Figure(
            quantity=quantity,
            sentence=index,
            cell=(start, end),
            clause=clause,
            near=ids(anchors, start, end) | own,
            own=own,
            metric=metric,
            noun=tuple(words),
            compared=compared((start, end), places, anchors),
            modifiers=rates(text, quantity) | modifiers(lists.get(n, clause), said),
            bounds=limits - ({"up to"} if second else set()),  # "from A up to B"
            direction=direction,
            partner=partner,
            second=second,
            verb=verb(quantity, clause, said) if partner is not None else 0,
            scale=scale(text, quantity),
            inherited=bounds_of(text, bounds, measures, n - 1) if again else frozenset(),
        )


def _told_of(text: str, left: Quantity, right: Quantity) -> int:
    """Return where what "a 3% rise in orders for A and 2% for B" tells of both amounts ends: before "for A"."""
    found = list(_LED.finditer(text, left.end, right.start))
    return found[-1].start() if len(found) > 1 else left.end
