"""What belongs to each figure of a sentence: its own words, its bounds, and whether it rises or falls."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.quantity import Quantity
from digest.verify.lexicon import Mention, Word

_CLAUSE = re.compile(
    r"[;:；：]|[,，](?!\d{3})|\s[—–-]{1,2}\s|——|--|\b(?:that|demonstrate|demonstrates|show|shows|reveal|reveals|confirm|confirms|indicate|indicates|where|which)\b"
)
_JOIN = re.compile(r"\s*(?:,|/|、|，)?\s*(?:and|和|与|及|以及|/|、|,)?\s*")
_PART = re.compile(r"\s*(?:,|/|、|，|\band\b|和|与|及)\s*")
_SPLIT = re.compile(
    r"[;:；：,，、]|\s/\s|\s[—–-]{1,2}\s|——|\b(?:and|while|whereas|but|against|versus|vs\.?|compared|plus|yet|then|whose)\b|和|与|而|以及|但|且|则|及|并"
)
_SOFT = re.compile(
    r"\b(?:with|at|by|from|using|in|of|on|for|to|as|across|over|under|into|within|per|during|where)\b|为|达|由|从|的|在"
)
_FROM_TO = re.compile(
    r"\s*(?:\([^()]*\)|on average|percent|down|up)?\s*(?:to|→|->|\$?\\to\$?|至|到|(?:提升|提高|降低?|升|增至?|增长|下降|恢复|上升|下跌|缩减|压缩|减少)[至到])"
    r"\s*(?:about|approximately|roughly|around|约|大约)?\s*"
)
_WORDY = re.compile(r"[A-Za-z]{2}|[\u3400-\u9fff]")
_BEFORE = (
    ("up to", re.compile(r"(?:\b(?:up to|as (?:much|many|high|large|low) as|a maximum of)\b(?:\s+[A-Za-z-]+){0,2}|(?:最多|最长|至多|多达|高达)[^，。；（(\d]{0,14}"
                         r"|最[高大快](?:可|能|达|比|提升|提高|下降|降低|减少|节省|缩短|增加|增长|加速|支持|为|或|约)?(?:[^，。；（(\d]{0,12}(?<=[快慢高低达升降少多省至为可约增长])|))\s*$")),
    ("at least", re.compile(r"(?:\b(?:at least|no (?:less|fewer) than|a minimum of)\b(?:\s+[A-Za-z-]+){0,2}|(?:至少|不低于|不少于)[^，。；（(\d]{0,12})\s*$")),
    ("about", re.compile(r"(?:\b(?:some|about|around|roughly|approximately|an estimated)|[≈~∼]|大约|约|大概)\s*(?:\$|[A-Z]{2,3}\s)?$")),
    ("over", re.compile(r"(?:\b(?:more than|over|above|exceed(?:s|ing)?|upwards of)|超过|超|逾|高于|突破|大于)\s*\$?$")),
    ("exact", re.compile(r"(?:\b(?:exactly|precisely)|恰好|正好|刚好|恰为|整整)\s*$")),
)  # fmt: skip
_AFTER = (
    ("over", re.compile(r"\s*(?:or more\b|多(?!于|个模|模|轮|种语)|以上|\+)")),
    ("about", re.compile(r"\s*(?:or so\b|左右|上下)")),
    ("average", re.compile(r"\s*on average\b")),
)
_WEAK = frozenset({"over", "under", "within", "above", "beyond", "below"})
_COUNT_WORDS = 5
_WEAK_BELOW = 1000
_RIGHT_WEIGHT = 1.5


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word, name or concept at its place. `id` is the same for all forms and, but for plain words, in both languages."""

    start: int
    end: int
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An amount with what belongs to it.

    `cell` bounds its part of the sentence; `near` are the ids of the anchors in it, `own` of those in its clause or its
    place in a list. `bounds` are its qualifiers ("up to", "about", "over", ...). `direction` is 1 for a rise, -1 for a fall,
    0 where the text does not say. `partner` is the other end of "from A to B", `second` whether this is B.
    """

    quantity: Quantity
    sentence: int
    cell: tuple[int, int]
    near: frozenset[str]
    own: frozenset[str]
    bounds: frozenset[str]
    direction: int
    partner: float | None = None
    second: bool = False


def figures(
    text: str,
    index: int,
    bounds: tuple[int, int],
    measures: Sequence[Quantity],
    anchors: Sequence[Anchor],
    said: Sequence[Mention],
    tokens: Sequence[Word],
) -> Iterable[Figure]:
    """Yield the figures of one sentence; `measures` are its amounts in order."""
    cells = _cells(text, bounds, measures)
    lists = _lists(text, bounds, measures, cells)
    for n, quantity in enumerate(measures):
        start, end = cells[n]
        tight = lists[n] if n in lists else _tight(text, start, end, quantity)
        region = lists[n] if n in lists else _counted(text, quantity, tight, anchors, tokens)
        partner, second = _partner(text, measures, n)
        own = _ids(anchors, *region)
        yield Figure(
            quantity=quantity,
            sentence=index,
            cell=(start, end),
            near=_ids(anchors, start, end) | own,
            own=own,
            bounds=_bounds(text, bounds, measures, n),
            direction=_direction(text, quantity, _tight(text, start, end, quantity), said, partner, second=second),
            partner=partner,
            second=second,
        )


def _ids(anchors: Sequence[Anchor], start: int, end: int) -> frozenset[str]:
    return frozenset(a.id for a in anchors if start <= a.start and a.end <= end)


def _cells(text: str, bounds: tuple[int, int], measures: Sequence[Quantity]) -> list[tuple[int, int]]:
    """Part a sentence among its amounts: between two of them at the first comma or conjunction, else at a preposition."""
    cuts = [bounds[0]]
    for left, right in zip(measures, measures[1:], strict=False):
        between = text[left.end : right.start]
        hard = _SPLIT.search(between)
        if hard:
            cuts.append(left.end + hard.start())
            continue
        soft = list(_SOFT.finditer(between))
        cuts.append(left.end + soft[-1].start() if soft else left.end)
    cuts.append(bounds[1])
    cells = list(zip(cuts, cuts[1:], strict=False))
    for n in range(len(measures) - 1):
        if _FROM_TO.fullmatch(text[measures[n].end : measures[n + 1].start]):
            cells[n] = cells[n + 1] = (cells[n][0], cells[n + 1][1])
    return cells


def _tight(text: str, start: int, end: int, quantity: Quantity) -> tuple[int, int]:
    """Narrow a part to the clause in which the amount stands, unless that clause holds nothing but the amount."""
    left = start
    for match in _CLAUSE.finditer(text, start, quantity.start):
        if _WORDY.search(text[match.end() : quantity.start]):
            left = match.end()
    after = _CLAUSE.search(text, quantity.end, end)
    return left, after.start() if after else end


def _counted(
    text: str, quantity: Quantity, tight: tuple[int, int], anchors: Sequence[Anchor], tokens: Sequence[Word]
) -> tuple[int, int]:
    """A bare count measures the noun after it: "23 A/B tests", "12 个市场"."""
    if quantity.unit or quantity.value != int(quantity.value) or quantity.value < 1:
        return tight
    after = [w for w in tokens if quantity.end <= w.start and w.end <= tight[1]]
    stop = after[min(len(after), _COUNT_WORDS) - 1].end if after else quantity.end
    hard = _SPLIT.search(text, quantity.end, stop)
    stop = hard.start() if hard else stop
    return (quantity.start, stop) if _ids(anchors, quantity.end, stop) else tight


def _partner(text: str, measures: Sequence[Quantity], n: int) -> tuple[float | None, bool]:
    """Return the other end of "from A to B", and whether this amount is the second one."""
    if n + 1 < len(measures) and _FROM_TO.fullmatch(text[measures[n].end : measures[n + 1].start]):
        return measures[n + 1].value, False
    if n and _FROM_TO.fullmatch(text[measures[n - 1].end : measures[n].start]):
        return measures[n - 1].value, True
    return None, False


def _lists(
    text: str, bounds: tuple[int, int], measures: Sequence[Quantity], cells: Sequence[tuple[int, int]]
) -> dict[int, tuple[int, int]]:
    """Join "A and B by x and y" by order: the part of the list that belongs to each amount; without one they share all."""
    joined: dict[int, tuple[int, int]] = {}
    n = 0
    while n < len(measures):
        last = n
        while last + 1 < len(measures) and _joins(text, measures[last], measures[last + 1]):
            last += 1
        if last > n:
            parts = _parts_before(text, cells[n][0], measures[n].start, last - n + 1)
            parts = parts or _parts_after(text, measures[last].end, cells[last][1], last - n + 1)
            if not parts:
                left, _ = _tight(text, cells[n][0], measures[n].end, measures[n])
                _, right = _tight(text, measures[last].start, cells[last][1], measures[last])
                parts = [(left, right)] * (last - n + 1)
            joined |= {n + k: part for k, part in enumerate(parts)}
        n = last + 1
    return joined


def _joins(text: str, left: Quantity, right: Quantity) -> bool:
    between = text[left.end : right.start]
    return bool(between.strip()) and left.unit == right.unit and bool(_JOIN.fullmatch(between))


def _parts_before(text: str, start: int, end: int, count: int) -> list[tuple[int, int]]:
    left = start
    for match in re.finditer(
        r"[;:；：]|\b(?:while|whereas|but|that|with|by)\b|[,，](?=\s*(?:and|while|it|which)\b)", text[start:end]
    ):
        if start + match.end() < end - 12:  # a cut just before the figures would leave no list
            left = start + match.end()
    pieces = _pieces(text, left, end)
    return pieces[-count:] if len(pieces) >= count else []


def _parts_after(text: str, start: int, end: int, count: int) -> list[tuple[int, int]]:
    stop = re.search(r"[;:；：。]|[,，](?!\s*(?:and\b|respectively))", text[start:end])
    pieces = _pieces(text, start, start + stop.start() if stop else end)
    return pieces if len(pieces) == count else []


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    parts = [m for m in _PART.finditer(text[start:end]) if m[0].strip()]
    cuts = [(start, start), *((start + m.start(), start + m.end()) for m in parts), (end, end)]
    spans = [(left[1], right[0]) for left, right in zip(cuts, cuts[1:], strict=False)]
    return [(a, b) for a, b in spans if re.search(r"[A-Za-z\u3400-\u9fff]", text[a:b])]


def _bounds(text: str, bounds: tuple[int, int], measures: Sequence[Quantity], n: int) -> frozenset[str]:
    """All qualifiers of an amount, also those that a verb parts from it ("最多提升 5%")."""
    quantity = measures[n]
    left = max(bounds[0], measures[n - 1].end if n else 0, quantity.start - 48)
    before = text[left : quantity.start]
    found = {name for name, pattern in _BEFORE if pattern.search(before)}
    found |= {name for name, pattern in _AFTER if pattern.match(text, quantity.end)}
    if quantity.qualifier and quantity.qualifier != quantity.basis:
        found.add(quantity.qualifier)
    place = quantity.qualifier_text.lower() in _WEAK or re.search(r"\b(?:over|above)\s*$", before)
    if place and not quantity.unit and quantity.value < _WEAK_BELOW:
        found -= {"over", "under"}
    return frozenset(found)


def _direction(
    text: str,
    quantity: Quantity,
    tight: tuple[int, int],
    said: Sequence[Mention],
    partner: float | None,
    *,
    second: bool,
) -> int:
    """Tell rise from fall: by the sign, else by the two ends of "from A to B", else by the nearest word that says so."""
    if quantity.sign:
        return 1 if quantity.sign == "+" else -1
    if partner is not None and partner != quantity.value:
        return 1 if (quantity.value > partner) == second else -1
    best, nearest = 0, 1e9
    for mention in said:
        sense = mention.sense("pair", "direction")
        if sense is None or mention.start < tight[0] or mention.end > tight[1] or _bounding(text, quantity, mention):
            continue
        if quantity.start <= mention.start and mention.end <= quantity.end:
            return sense.sign
        after = mention.start >= quantity.end
        gap = mention.start - quantity.end if after else quantity.start - mention.end
        weight = gap * _RIGHT_WEIGHT + 4 if after and _turned(text, quantity, mention) else gap
        if weight < nearest:
            best, nearest = sense.sign, weight
    return best


def _bounding(text: str, quantity: Quantity, mention: Mention) -> bool:
    """Whether a word such as "more than" or "多" bounds the amount and tells no rise or fall."""
    if mention.start == quantity.end and mention.text == "多":
        return True
    return (
        mention.of("pair", "bound")
        and mention.end <= quantity.start
        and not text[mention.end : quantity.start].strip(" $")
    )


def _turned(text: str, quantity: Quantity, mention: Mention) -> bool:
    """Whether a preposition or comma stands between an amount and the word after it."""
    return bool(re.search(r"[,，(（]|\b(?:for|at|in|on|to)\b", text[quantity.end : mention.start]))
