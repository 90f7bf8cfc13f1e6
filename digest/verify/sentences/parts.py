"""Which part of a sentence belongs to which of its amounts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.quantity import Quantity
from digest.verify.words.lexicon import Word

CLAUSE = re.compile(
    r"[;:；：]|[,，](?!\d{3})|\s[—–-]{1,2}\s|——|--|\b(?:that|demonstrate|"
    r"demonstrates|show|shows|reveal|reveals|confirm|confirms|indicate|"
    r"indicates|where|which)\b"
)
_JOIN = re.compile(r"\s*(?:,|/|、|，)?\s*(?:and|和|与|及|以及|/|、|,)?\s*")
_ENDS_LIST = re.compile(r"\band\b|和|与|及|/|、")
_PART = re.compile(r"\s*(?:,|/|、|，|\band\b|和|与|及)\s*")
_SPLIT = re.compile(
    r"[;:；：,，、]|\s/\s|\s[—–-]{1,2}\s|——|\b(?:and|while|whereas|"
    r"but|against|versus|v\.?s\.?|compared|plus|yet|then|whose)\b|和|与|"
    r"而|以及|但|且|则|及|并"
)
_SOFT = re.compile(
    r"\b(?:with|at|by|from|using|in|of|on|for|to|as|across|over|under|into|within|per|during|where)\b|为|达|由|从|的|在"
)
_FROM_TO = re.compile(
    r"\s*(?:\([^()]*\)|on average|percent|down|up)?\s*(?:to|→|->|\$?\\to\$?|"
    r"至|到|(?:提升|提高|降低?|升|增至?|增长|下降|恢复|上升|下跌|缩减|"
    r"压缩|减少)[至到])"
    r"\s*(?:about|approximately|roughly|around|约|大约)?\s*"
)
_INSIDE = re.compile(r"\s*(?:on average)?\s*[(（][^()（）]{0,40}")
_BEFORE_BRACKET = re.compile(
    r"(?<=[A-Za-z\u3400-\u9fff]{2})(?:\s*|[^A-Za-z]{1,4})([A-Z][\w.+-]*\s?[(（][^()（）]{0,12})$"
)
_FAR_TO = re.compile(r"(?:\b(?:down |up )?to\b|→|到|至)\s*(?:about|approximately|roughly|around|约)?\s*\$?$")
_ATTRIBUTE = re.compile(r"\s*(?:的|of\b)")
_LED = re.compile(r"\b(?:in|for|on|of|at)\b")
_ENDED = re.compile(r"\s*[,，.。;；、()（）]")
_AGAINST = re.compile(r"against|versus|v\.?s\.?|compared")
_OPENED = re.compile(r"[(（][^()（）]*\Z")
_CLOSES = re.compile(r"[^()（）]*(?=[)）])")
_WORDY = re.compile(r"[A-Za-z]{2}|[\u3400-\u9fff]")
_INSIDE_FAR = 60  # characters within which a bracket is looked for that an amount stands in
COUNT_WORDS, COUNT_CHARACTERS = 5, 10


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word, name or concept at its place; but for plain words its `id` is one for all forms in both languages.

    The id's first letter is its kind: "n:" a name, "m:" a metric of the names, "s:" a synonym of the lexicon, "d:" a
    modifier, "r:" a rank ("top5"), "w:" an English stem, "c:" a pair of Chinese characters.
    """

    start: int
    end: int
    id: str


def ids(anchors: Sequence[Anchor], start: int, end: int) -> frozenset[str]:
    """Return the ids of the anchors between two offsets."""
    return frozenset(a.id for a in anchors if start <= a.start and a.end <= end)


def cells_of(text: str, bounds: tuple[int, int], measures: Sequence[Quantity]) -> list[tuple[int, int]]:
    """Part a sentence among its amounts: at the first comma or conjunction between two, else at a preposition."""
    cuts = [bounds[0]]
    for left, right in pairwise(measures):
        between = text[left.end : right.start]
        ends = _FAR_TO.search(between) if re.search(r"(?:\bfrom|从|由)\s*\$?$", text[: left.start]) else None
        hard = ends or _hard(between)
        if hard:
            cuts.append(left.end + hard.start())
            continue
        named = _BEFORE_BRACKET.search(between)
        if named:
            cuts.append(left.end + named.start(1))
            continue
        soft = [m for m in _SOFT.finditer(between) if _WORDY.search(between[m.end() :])] or [*_SOFT.finditer(between)][
            :1
        ]
        bare = left.end if left.unit else right.start
        cuts.append(left.end + soft[-1].start() if soft else bare)
    cuts.append(bounds[1])
    cells = list(pairwise(cuts))
    for n in range(len(measures) - 1):
        between = text[measures[n].end : measures[n + 1].start]
        if _FROM_TO.fullmatch(between) or _INSIDE.fullmatch(between):
            cells[n] = cells[n + 1] = (cells[n][0], cells[n + 1][1])
    return cells


def _hard(between: str) -> re.Match[str] | None:
    """Find where a conjunction parts two amounts: a baseline belongs to the first where a conjunction follows it."""
    found = list(_SPLIT.finditer(between))
    first = found[0] if found else None
    if (
        first
        and len(found) > 1
        and _AGAINST.fullmatch(first[0])
        and _WORDY.search(between[first.end() : found[1].start()])
    ):
        return found[1]
    return first


def tight(text: str, start: int, end: int, quantity: Quantity) -> tuple[int, int]:
    """Narrow a part to the clause in which the amount stands, unless that clause holds nothing but the amount."""
    left = start
    for match in CLAUSE.finditer(text, start, quantity.start):
        if _WORDY.search(text[match.end() : quantity.start]):
            left = match.end()
    after = CLAUSE.search(text, quantity.end, end)
    right = after.start() if after else end
    closed = (
        _CLOSES.match(text, quantity.end, right)
        if _OPENED.search(text, max(0, quantity.start - _INSIDE_FAR), quantity.start)
        else None
    )
    return left, closed.end() if closed else right


def counted(
    text: str, quantity: Quantity, tight: tuple[int, int], anchors: Sequence[Anchor], tokens: Sequence[Word]
) -> tuple[int, int]:
    """Find what a bare count measures, the noun after it: "23 A/B tests", "12 个市场"."""
    if quantity.unit or quantity.value % 1 != 0 or quantity.value < 1:
        return tight
    after = [w for w in tokens if quantity.end <= w.start and w.end <= tight[1]]
    if _ENDED.match(text, quantity.end):
        return tight
    reach = COUNT_CHARACTERS if after and not after[0].stem.isascii() else COUNT_WORDS
    stop = after[min(len(after), reach) - 1].end if after else quantity.end
    hard = _SPLIT.search(text, quantity.end, stop)
    stop = hard.start() if hard else stop
    return (quantity.start, stop) if ids(anchors, quantity.end, stop) else tight


def partner_of(text: str, measures: Sequence[Quantity], n: int) -> tuple[float | None, bool]:
    """Return the other end of "from A to B", and whether this amount is the second one."""
    if n + 1 < len(measures) and _ranges(text, measures[n], measures[n + 1]):
        return measures[n + 1].value, False
    if n and _ranges(text, measures[n - 1], measures[n]):
        return measures[n - 1].value, True
    return None, False


def _ranges(text: str, left: Quantity, right: Quantity) -> bool:
    between = text[left.end : right.start]
    if text[: left.start].endswith("/"):
        return False
    if _FROM_TO.fullmatch(between):
        return True
    starts = re.search(r"(?:\bfrom|从|由)\s*\$?$", text[: left.start])
    return bool(starts and _FAR_TO.search(between) and not re.search(r"[.;；。]", between) and left.unit == right.unit)


def lists_of(
    text: str, bounds: tuple[int, int], measures: Sequence[Quantity], cells: Sequence[tuple[int, int]]
) -> dict[int, tuple[int, int]]:
    """Join "A and B by x and y" by order: the part of the list that is each amount's, else they share all."""
    joined: dict[int, tuple[int, int]] = {}
    n = 0
    while n < len(measures):
        last = n
        while last + 1 < len(measures) and joins(text, measures[last], measures[last + 1]):
            last += 1
        if last > n:
            parts = _parts_before(text, cells[n][0], measures[n].start, last - n + 1)
            stop = measures[last + 1].start if last + 1 < len(measures) else bounds[1]
            parts = parts or _parts_after(text, measures[last].end, stop, last - n + 1)
            if not parts:
                parts = _parts_across(text, measures, n, last, cells)
            if not parts:
                parts = _answered(text, measures, n, last, cells)
            if not parts:
                left, _ = tight(text, cells[n][0], measures[n].end, measures[n])
                _, right = tight(text, measures[last].start, cells[last][1], measures[last])
                parts = [(left, right)] * (last - n + 1)
            joined |= {n + k: part for k, part in enumerate(parts)}
        n = last + 1
    return joined


def _parts_across(
    text: str, measures: Sequence[Quantity], first: int, last: int, cells: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Join "from 12%/18% to 9%/14% on A and B" to A and B, the first pair as well as the second."""
    count = last - first + 1
    stop = last + count
    if stop >= len(measures) or not _FROM_TO.fullmatch(text[measures[last].end : measures[last + 1].start]):
        return []
    return _parts_after(text, measures[stop].end, cells[stop][1], count)


def _answered(
    text: str, measures: Sequence[Quantity], first: int, last: int, cells: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Join "0.57 MRR and 15% R@1, better by 23% and 67%, respectively" to the amounts that it answers."""
    count = last - first + 1
    told = (
        re.match(r"[^.;]{0,24}respectively", text[measures[last].end :])
        or "分别" in text[cells[first][0] : measures[first].start]
    )
    if not told or first < count:
        return []
    return [tight(text, *cells[n], measures[n]) for n in range(first - count, first)]


def joins(text: str, left: Quantity, right: Quantity) -> bool:
    """Whether nothing but "and", a comma or a slash stands between two amounts of one unit."""
    between = text[left.end : right.start]
    if between.strip() in {"，", ","} and _ATTRIBUTE.match(text, right.end):
        return False  # "中位数为 62.7%，20.4% 的网站合规": two clauses
    return bool(between.strip()) and left.unit == right.unit and bool(_JOIN.fullmatch(between))


def _parts_before(text: str, start: int, end: int, count: int) -> list[tuple[int, int]]:
    left = start
    for match in re.finditer(
        r"[;:；：]|\b(?:while|whereas|but|that|with|by)\b|[,，](?=\s*(?:and|while|it|which)\b)", text[start:end]
    ):
        if start + match.end() < end - 12:  # a cut just before the figures would leave no list
            left = start + match.end()
    pieces = _pieces(text, left, end)
    if len(pieces) < count or not _ENDS_LIST.search(text[pieces[-2][1] : pieces[-1][0]]):
        return []
    return pieces[-count:]


def _parts_after(text: str, start: int, end: int, count: int) -> list[tuple[int, int]]:
    stop = re.search(r"[;:；：。]|[,，]?\s*\brespectively|[,，](?!\s*and\b)", text[start:end])
    pieces = _pieces(text, start, start + stop.start() if stop else end)
    return pieces if len(pieces) == count else []


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    parts = [m for m in _PART.finditer(text[start:end]) if m[0].strip()]
    cuts = [(start, start), *((start + m.start(), start + m.end()) for m in parts), (end, end)]
    spans = [(left[1], right[0]) for left, right in pairwise(cuts)]
    return [(a, b) for a, b in spans if re.search(r"[A-Za-z\u3400-\u9fff]", text[a:b])]


def shared_head(text: str, lists: Mapping[int, tuple[int, int]], n: int, anchors: Sequence[Anchor]) -> frozenset[str]:
    """Return the ids of the noun that "3% and 2% in semantic and personalized hit rate" tells of its first part too."""
    last = n
    while n in lists and last + 1 in lists and lists[last + 1] != lists[last]:
        last += 1
    if n not in lists or last == n or len(_LED.split(text[slice(*lists[n])])[-1].split()) != 1:
        return frozenset()
    first = re.match(r"\s*\S+\s+", text[slice(*lists[last])])
    return ids(anchors, lists[last][0] + first.end(), lists[last][1]) if first else frozenset()
