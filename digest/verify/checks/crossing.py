"""Whether two things that a sentence tells are crossed against its source: what is said of one belongs to the other."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise, product

from digest.verify.alike.amounts import dimension, same_value
from digest.verify.alike.words import WEIGHTS, weigh
from digest.verify.checks.fault import Fault
from digest.verify.sentences.figures import Figure
from digest.verify.sentences.reading import Reading, Sentence
from digest.verify.words.lexicon import Mention

_CUT = re.compile(
    r"[;；。:：]|[,，、](?!\d{3})|\s[—–-]{1,2}\s|——|\b(?:and|while|whereas|but|versus|v\.?s\.?|against|compared|than)\b"
    r"|而|则|和|与|但|比"
)
_CLAUSE = re.compile(r"[;；。:：]|[,，](?!\d{3})|\b(?:that|while|whereas|but|and|where|which)\b|而|但")
_FACED = re.compile(
    r"[;；。:：]|[,，](?!\d{3})|\b(?:in|on|at|for|while|whereas|but|across|does|do|under|when)\b|[而但]"
)
_LEAST = 0.9  # shared weight below which a piece says nothing of a thing
_TOGETHER = 0.6  # how much less of a piece a single place may hold than the two crossed ones
_BEHIND = frozenset({"与", "相比", "相较", "对比"})  # what these compare with stands before them
_COUNTED = re.compile(
    r"\s*(?:[$¥€]?\d|(?:about|half|all|two|three|four|five|six|seven|eight|nine|ten|dozens|the (?:past|last))\b)"
)
_SIDE = 1.0  # shared weight that each side of a comparison needs
_APART = 24  # characters within which two words make one comparison ("better ... than")
_MARGIN = 0.9  # how much better two figures must fit with their surroundings exchanged


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence between commas and conjunctions, and its ids."""

    text: str
    ids: frozenset[str]


def check_crossing(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return two figures, or two pieces of a sentence, whose halves stand in a source the other way round."""
    for sentence in said.sentences:
        for first, second in combinations(sentence.figures, 2):
            fault = _exchanged(first, second, sources)
            if fault:
                return fault
        fault = _inverted(sentence, sources)
        if fault:
            return fault
        for one, two in combinations(pieces(sentence), 2):
            for source in sources:
                # A Chinese word has several English ones: between the languages shared words weigh too much here.
                fault = _crossed(one, two, source) if said.chinese == source.chinese else None
                if fault:
                    return fault
    return None


def _exchanged(first: Figure, second: Figure, sources: Sequence[Reading]) -> Fault | None:
    """Find two figures of which each fits better with what stands beside the other, wherever they stand in a source.

    Only what is beside one of them alone counts, in the sentence as in the source.
    """
    if same_value(first.quantity, second.quantity) or first.partner is not None or second.partner is not None:
        return None
    if dimension(first.quantity)[0] != dimension(second.quantity)[0]:
        return None  # a count and a percentage can't have changed places
    mine, other = first.own - second.own, second.own - first.own
    found: Fault | None = None
    for source in sources:
        for one, two in product(_same(first, source), _same(second, source)):
            here, there = one.own - two.own, two.own - one.own
            straight = _plain(mine & here) + _plain(other & there)
            turned = _plain(mine & there), _plain(other & here)
            if not all(turned) or sum(turned) < straight + _MARGIN:
                return None
            found = found or Fault("swap", two.quantity.text)
    return found


def _inverted(sentence: Sentence, sources: Sequence[Reading]) -> Fault | None:
    """Find a comparison of which both sides stand in the source with each other's place, one wholly, told the same way.

    Where either side says more than the other place holds, it may be another comparison of the same things.
    """
    mine = _sides(sentence)
    if mine is None:
        return None
    for source in sources:
        for part in source.sentences:
            theirs = _sides(part)
            if theirs is None or mine.sign != theirs.sign:
                continue
            first, second = _plain(mine.left & theirs.right), _plain(mine.right & theirs.left)
            kept = _plain(mine.right & theirs.right)  # what leads to the comparison stands on its left either way
            whole = mine.left <= theirs.right or mine.right <= theirs.left
            if whole and min(first, second) >= _SIDE and second >= kept + _MARGIN:
                return Fault("comparison", part.text)
    return None


@dataclass(frozen=True, slots=True)
class Sides:
    """What stands before and after the words that compare, without what stands on both.

    `sign` is 1 where the first is said to win or to have more, else -1.
    """

    left: frozenset[str]
    right: frozenset[str]
    sign: int


def _sides(sentence: Sentence) -> Sides | None:
    """Part a sentence at its one word that compares: "X beats Y", "more in X than in Y"; None without a single one."""
    pivots = _pivots(sentence)
    if len(pivots) != 1 or any(m.of("class", "negation") for m in sentence.mentions):
        return None
    told = [
        s
        for m in sentence.mentions
        for n in ("win", "direction")
        if (s := m.sense("pair", n)) and m.end <= pivots[0].end + _APART
    ]
    if not told:
        return None
    low, high = _between(sentence, pivots[0])
    suffers = sentence.text.find("被", low - sentence.start, pivots[0].start - sentence.start) + sentence.start
    passive = pivots[0].text.endswith(" by")
    if suffers >= low:  # "A 被 B 超过" tells what "B 超过 A" tells
        left, right = sentence.inside(suffers, pivots[0].start), sentence.inside(low, suffers)
    else:
        left, right = sentence.inside(low, pivots[0].start), sentence.inside(pivots[0].end, high)
    if passive:
        left, right = right, left
    return Sides(left - right, right - left, -told[-1].sign if passive else told[-1].sign)


def _pivots(sentence: Sentence) -> list[Mention]:
    """List the words that compare two things; "better ... than" is one, "over three years" none."""
    found: list[Mention] = []
    for mention in sentence.mentions:
        if not (mention.of("class", "baseline") or mention.of("pair", "win")) or mention.text in _BEHIND:
            continue
        counted = _COUNTED.match(sentence.text, mention.end - sentence.start)
        opening = mention.start == sentence.start  # "Over all budgets, A beats B"
        if not (counted or opening or (found and mention.start <= found[-1].end + _APART)):
            found.append(mention)
    return found


def _between(sentence: Sentence, pivot: Mention) -> tuple[int, int]:
    """Return where what compares begins, after the last comma before the pivot, and where what it faces ends."""
    before = [*_CLAUSE.finditer(sentence.text, 0, pivot.start - sentence.start)]
    named = [m for m in before if sentence.inside(sentence.start + m.end(), pivot.start)]
    after = _FACED.search(sentence.text, pivot.end - sentence.start)
    end = sentence.start + after.start() if after else sentence.end
    if not sentence.inside(pivot.end, end):
        end = sentence.end
    return sentence.start + (named[-1].end() if named else 0), end


def _same(figure: Figure, source: Reading) -> list[Figure]:
    wanted = dimension(figure.quantity)
    exact = [other for other in source.figures if dimension(other.quantity) == wanted]
    return exact or [other for other in source.figures if same_value(figure.quantity, other.quantity)]


def pieces(sentence: Sentence) -> Iterator[Piece]:
    """Part a sentence; pieces without an id are left out."""
    cuts = [0, *(m.start() for m in _CUT.finditer(sentence.text)), len(sentence.text)]
    for left, right in pairwise(cuts):
        start, end = sentence.start + left, sentence.start + right
        opposed = (m for m in sentence.mentions if start <= m.start and m.end <= end)
        stances = {f"p:{s.name}{s.sign}" for m in opposed for s in m.senses if s.table == "pair"}
        ids = sentence.inside(start, end) | stances
        if ids:
            yield Piece(sentence.text[left:right], ids)


def _crossed(one: Piece, two: Piece, source: Reading) -> Fault | None:
    """Find two places of a source that each hold a part of either piece, where no place holds either together."""
    told = two.ids | source.subjects
    mine, other = one.ids - told, two.ids - one.ids - source.subjects
    shared = [(place, weigh(mine & place.ids, source), weigh(other & place.ids, source)) for place in _all(source)]
    held = [row for row in shared if row[1] >= _LEAST and row[2] >= _LEAST]
    most, best = max((a for _, a, _ in shared), default=0.0), max((b for *_, b in shared), default=0.0)
    for (x, a, c), (y, b, d) in combinations(held, 2):
        both, also = weigh(mine & (x.ids | y.ids), source), weigh(other & (x.ids | y.ids), source)
        split = both >= max(a, b) + _LEAST and also >= max(c, d) + _LEAST
        if split and most <= both - _TOGETHER and best <= also - _TOGETHER:
            return Fault("swap", y.text.strip())
    return None


@lru_cache(maxsize=512)
def _all(source: Reading) -> tuple[Piece, ...]:
    return tuple(piece for part in source.sentences for piece in pieces(part))


def _plain(ids: Iterable[str]) -> float:
    return sum(WEIGHTS[i[0]] for i in ids)
