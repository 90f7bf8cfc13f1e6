"""What an amount measures, what narrows that measure, and what it is compared with."""

import re
from collections.abc import Sequence

from digest.quantity import Quantity
from digest.text import HAN
from digest.verify.sentences.parts import CLAUSE, COUNT_WORDS, Anchor, ids, joins
from digest.verify.words.lexicon import Mention, measures

_BLOCKED = re.compile(r"\b(?:for|with|at|on|to|and|while|than|over|from|using|as|by)\b|[,，;(（]")
_LEADS = re.compile(
    r"(?:\b(?:by|of|to|at|is|was|reach(?:es|ed)?)|[:：(（=]|[高低升降为至到达少增减])\s*(?:\b(?:about|"
    r"up to|roughly|around|over)\b\s*|约)?$"
)
_SHARE = re.compile(r"\s?of\b|\s?的")  # "25% of prefill time"
_VERB = re.compile(r"comput(?:es|ed|ing)|us(?:es|ed|ing)|timed|satisf(?:ies|ied)")  # "computes" measures nothing


def metric_of(text: str, quantity: Quantity, region: tuple[int, int], anchors: Sequence[Anchor]) -> frozenset[str]:
    """Find the measure of an amount: right after it ("5% higher GMV"), else the nearest before ("GMV by 5%")."""
    named = [
        a
        for a in anchors
        if region[0] <= a.start
        and a.end <= region[1]
        and (a.id[0] == "m" or a.id in measures())
        and not _VERB.fullmatch(text, a.start, a.end)
    ]
    after = next((a for a in named if a.start >= quantity.end), None)
    before = max((a for a in named if a.end <= quantity.start), key=lambda a: a.end, default=None)
    chosen = before
    if after and quantity.unit == "%" and _SHARE.match(text, quantity.end) and _follows(text, quantity, after):
        chosen = after
    elif after and (before is None or _follows(text, quantity, after)):
        chosen = after if before is None or not _LEADS.search(text[before.end : quantity.start]) else before
    if chosen is None:
        return frozenset(a.id for a in named if quantity.start <= a.start and a.end <= quantity.end)
    low, high = chosen.start, chosen.end
    for a in sorted(
        named, key=lambda a: -a.start
    ):  # "吞吐效率" and "click-through conversion rate" are one measure each
        if a.start < low <= a.end + 1:
            low = a.start
    for a in named:
        if a.start - 1 <= high < a.end:
            high = a.end
    return frozenset(a.id for a in named if low <= a.start and a.end <= high)


def after_list(text: str, measures: Sequence[Quantity], n: int, end: int, anchors: Sequence[Anchor]) -> frozenset[str]:
    """Return the measure after a list of amounts, which is that of each: "by 1%, 2% and 3% in accuracy"."""
    while n + 1 < len(measures) and joins(text, measures[n], measures[n + 1]):
        n += 1
    last = measures[n]
    stop = CLAUSE.search(text, last.end, end)
    metric = metric_of(text, last, (last.end, stop.start() if stop else end), anchors)
    first = next((a for a in anchors if a.id in metric and a.start >= last.end), None)
    joined = re.match(r"\s*(?:in|of)\b|的", text[last.end :])
    return metric if first and joined and _follows(text, last, first) else frozenset()


def _follows(text: str, quantity: Quantity, anchor: Anchor) -> bool:
    gap = text[quantity.end : anchor.start]
    if HAN.search(text[anchor.start : anchor.end]):
        return gap.strip() in {"", "的"}
    return len(gap.split()) <= COUNT_WORDS and not _BLOCKED.search(gap)


def compared(cell: tuple[int, int], places: Sequence[tuple[int, int]], anchors: Sequence[Anchor]) -> frozenset[str]:
    """Ids of what a figure's part of the sentence compares with; `places` are the sentence's comparands."""
    return frozenset[str]().union(*(ids(anchors, *place) for place in places if cell[0] <= place[0] < cell[1]))


def modifiers(region: tuple[int, int], said: Sequence[Mention]) -> frozenset[str]:
    """Return the names of the modifiers in a stretch: "serving", "median", ..."""
    return frozenset(
        sense.name
        for mention in said
        if region[0] <= mention.start and mention.end <= region[1]
        for sense in mention.senses
        if sense.table == "modifier"
    )
