"""What belongs to each figure of a sentence: its own words, its bounds, and whether it rises or falls."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from digest.quantity import Quantity
from digest.verify.lexicon import Mention, Sense, Word, measures

_CLAUSE = re.compile(
    r"[;:；：]|[,，](?!\d{3})|\s[—–-]{1,2}\s|——|--|\b(?:that|demonstrate|demonstrates|show|shows|reveal|reveals|confirm|confirms|indicate|indicates|where|which)\b"
)
_JOIN = re.compile(r"\s*(?:,|/|、|，)?\s*(?:and|和|与|及|以及|/|、|,)?\s*")
_ENDS_LIST = re.compile(r"\band\b|和|与|及|/|、")
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
_INSIDE = re.compile(r"\s*[(（][^()（）]{0,40}")
_FAR_TO = re.compile(r"(?:\b(?:down |up )?to\b|→|到|至)\s*(?:about|approximately|roughly|around|约)?\s*\$?$")
_WORDY = re.compile(r"[A-Za-z]{2}|[\u3400-\u9fff]")
_BEFORE = (
    ("up to", re.compile(r"(?:\b(?:up to|as (?:much|many|high|large|low) as|a maximum of)\b(?:\s+[A-Za-z-]+){0,2}|(?:最多|最长|至多|多达|高达)[^，。；（(\d]{0,14}"
                         r"|最[高大快](?:可|能|达|比|提升|提高|下降|降低|减少|节省|缩短|增加|增长|加速|支持|为|或|约)?(?:[^，。；（(\d]{0,12}(?<=[快慢高低达升降少多省至为可约增长])|))\s*$")),
    ("at least", re.compile(r"(?:\b(?:at least|no (?:less|fewer) than|a minimum of)\b(?:\s+[A-Za-z-]+){0,2}|(?:至少|不低于|不少于)[^，。；（(\d]{0,12})\s*$")),
    ("about", re.compile(r"(?:\b(?:some|about|around|roughly|approximately|an estimated)|[≈~∼]|大约|约|大概)(?:[高低多少降升占为有需快慢]|每[天月年日秒]|每小时|每分钟)?\s*(?:\$|[A-Z]{2,3}\s)?$|约[为占是][^，。；（(]{0,16}的\s*$")),
    ("over", re.compile(r"(?:\b(?:more than|over|above|exceed(?:s|ing)?|upwards of)|超过|超|逾|高于|突破|大于)\s*\$?$")),
    ("under", re.compile(r"\b(?:below|under|less than|fewer than)\s+an?\s(?:[\w-]+\s){1,4}of\s*$", re.IGNORECASE)),
    ("exact", re.compile(r"(?:\b(?:exactly|precisely)|恰好|正好|刚好|恰为|整整)\s*$")),
)  # fmt: skip
_OF_PART = (
    ("over", re.compile(r"(?:超过|超|逾|\bmore than|\bover)[^，。；（(]{0,20}$")),
    ("under", re.compile(r"(?:不到|不足|低于|\bless than|\bunder)[^，。；（(]{0,20}$")),
)  # fmt: skip
_AFTER = (
    ("over", re.compile(r"\s*(?:or more\b|多(?!于|个模|模|轮|种语)|以上|\+)")),
    ("about", re.compile(r"\s*(?:or so\b|左右|上下)")),
    ("average", re.compile(r"\s*on average\b")),
    ("at most", re.compile(r"\s*(?:at (?:the )?most|tops|or (?:less|fewer))\b|以内|以下|之内")),
    ("at least", re.compile(r"\s*(?:at least|at minimum)\b")),
)
_BLOCKED = re.compile(r"\b(?:for|with|at|on|to|and|while|than|over|from|using|as|by)\b|[,，;(（]")
_LEADS = re.compile(
    r"(?:\b(?:by|of|to|at|is|was|reach(?:es|ed)?)|[:：(（=]|[高低升降为至到达少增减])\s*(?:\b(?:about|up to|roughly|around|over)\b\s*|约)?$"
)
_STOP = re.compile(
    r"[,，;；:：。()（）]|\d+(?:\.\d+)?\s?(?:%|x|×|倍|个百分点|pp)|\b(?:by|in|on|with|while|and|under|across|at)\b|[而且和]|的\s?\d"
)
_FAR = 48
_CJK = re.compile("[\u3400-\u9fff]")
_SCALES = {
    form.lower(): forms.split()[0].lower()
    for forms in ("kHz 千赫 千赫兹", "Hz 赫兹", "MHz 兆赫", "GHz", "FPS fps 帧", "km 公里 千米 kilometer kilometers", "m 米 meter meters", "cm 厘米 centimeter", "mm 毫米 millimeter",
                  "nm 纳米 nanometer", "μm 微米", "kg 公斤 千克", "g 克 gram grams", "t 吨 ton tons tonnes", "W 瓦", "kW 千瓦", "MW 兆瓦", "GW 吉瓦", "kWh 千瓦时 度", "TWh", "TOPS", "Å 埃米", "μs us 微秒 microseconds",
                  "FLOPS", "PFLOPS", "TFLOPS", "mAh 毫安时", "V 伏", "ft feet 英尺", "mile miles 英里", "inch inches 英寸 寸")
    for form in forms.split()
}  # fmt: skip
_SCALED = re.compile(r"[\s-]?([A-Za-zμÅ]+(?![A-Za-z])|[\u3400-\u9fff]{1,3})")
_RATE = re.compile(r"[^，。；,;\d]{0,14}?/\s?(月|天|日|年|秒|分钟|小时|month|day|year|second|sec|min|hour|s\b|h\b)")
_RATE_NAMES = {"月": "monthly", "month": "monthly", "天": "daily", "日": "daily", "day": "daily", "年": "annual", "year": "annual", "秒": "persecond", "second": "persecond", "sec": "persecond",
               "s": "persecond", "分钟": "perminute", "min": "perminute", "小时": "perhour", "hour": "perhour", "h": "perhour"}  # fmt: skip
_VERSUS = re.compile(r"\s*(?:vs\.?|versus|against|compared (?:to|with))\s*")
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

    `cell` bounds its part of the sentence, `clause` its clause in that; `near` are the ids of the anchors in it, `own` of those in its clause or its
    place in a list; `metric` are the ids of the measure that it is of, `compared` of what it is compared with, `modifiers` the
    words that narrow the measure ("serving", "median"). `bounds` are its qualifiers ("up to", "about", "over", ...). `direction` is 1 for a rise, -1 for a fall,
    0 where the text does not say. `partner` is the other end of "from A to B", `second` whether this is B, `inherited` the
    bounds of the amount before it in a list, which may hold for it as well, `verb` what the
    word before them says of its direction. `scale` is a measure's unit that quantities do not know ("kHz", "毫米").
    """

    quantity: Quantity
    sentence: int
    cell: tuple[int, int]
    clause: tuple[int, int]
    near: frozenset[str]
    own: frozenset[str]
    metric: frozenset[str]
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
    """List the figures of one sentence; `measures` are its amounts in order. Two that face each other share their measure."""
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
    cells = _cells(text, bounds, measures)
    lists = _lists(text, bounds, measures, cells)
    before, measured = 0, frozenset[str]()
    for n, quantity in enumerate(measures):
        start, end = cells[n]
        tight = lists[n] if n in lists else _tight(text, start, end, quantity)
        region = lists[n] if n in lists else _counted(text, quantity, tight, anchors, tokens)
        partner, second = _partner(text, measures, n)
        own = _ids(anchors, *region) | (measured if second else frozenset())
        own |= frozenset(i for i in _ids(anchors, *tight) if i[0] == "n")
        clause = _tight(text, start, end, quantity)
        direction = _direction(text, quantity, clause, said, partner, second=second)
        if not direction and n and _carries(text, measures[n - 1], quantity):
            direction = before
        before = direction
        counts = region != tight and n not in lists
        metric = _after_list(text, measures, n, bounds[1], anchors) if n in lists else frozenset()
        metric = metric or _metric(text, quantity, region if counts else tight, anchors)
        if not metric and not counts:
            carried = measured if second or (n and _carries(text, measures[n - 1], quantity)) else frozenset()
            metric = carried or _metric(text, quantity, (start, end), anchors)
        measured = metric
        yield Figure(
            quantity=quantity,
            sentence=index,
            cell=(start, end),
            clause=clause,
            near=_ids(anchors, start, end) | own,
            own=own,
            metric=metric,
            compared=_compared(text, (start, end), said, anchors),
            modifiers=_rates(text, quantity) | _modifiers(clause if n not in lists else lists[n], said),
            bounds=_bounds(text, bounds, measures, n),
            direction=direction,
            partner=partner,
            second=second,
            verb=_verb(quantity, clause, said) if partner is not None else 0,
            scale=_scale(text, quantity),
            inherited=_bounds(text, bounds, measures, n - 1)
            if n and _carries(text, measures[n - 1], quantity)
            else frozenset(),
        )


def _ids(anchors: Sequence[Anchor], start: int, end: int) -> frozenset[str]:
    return frozenset(a.id for a in anchors if start <= a.start and a.end <= end)


def _cells(text: str, bounds: tuple[int, int], measures: Sequence[Quantity]) -> list[tuple[int, int]]:
    """Part a sentence among its amounts: between two of them at the first comma or conjunction, else at a preposition."""
    cuts = [bounds[0]]
    for left, right in zip(measures, measures[1:], strict=False):
        between = text[left.end : right.start]
        ends = _FAR_TO.search(between) if re.search(r"(?:\bfrom|从|由)\s*\$?$", text[: left.start]) else None
        hard = ends or _SPLIT.search(between)
        if hard:
            cuts.append(left.end + hard.start())
            continue
        soft = [m for m in _SOFT.finditer(between) if _WORDY.search(between[m.end() :])] or [*_SOFT.finditer(between)][
            :1
        ]
        bare = left.end if left.unit else right.start
        cuts.append(left.end + soft[-1].start() if soft else bare)
    cuts.append(bounds[1])
    cells = list(zip(cuts, cuts[1:], strict=False))
    for n in range(len(measures) - 1):
        between = text[measures[n].end : measures[n + 1].start]
        if _FROM_TO.fullmatch(between) or _INSIDE.fullmatch(between):
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


def _metric(text: str, quantity: Quantity, region: tuple[int, int], anchors: Sequence[Anchor]) -> frozenset[str]:
    """Find the measure that an amount is of: right after it ("5% higher GMV"), else the nearest before it ("GMV by 5%")."""
    named = [
        a for a in anchors if region[0] <= a.start and a.end <= region[1] and (a.id[0] == "m" or a.id in measures())
    ]
    after = next((a for a in named if a.start >= quantity.end), None)
    before = max((a for a in named if a.end <= quantity.start), key=lambda a: a.end, default=None)
    chosen = before
    if after and (before is None or _follows(text, quantity, after)):
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


def _after_list(text: str, measures: Sequence[Quantity], n: int, end: int, anchors: Sequence[Anchor]) -> frozenset[str]:
    """The measure after a list of amounts is that of each: "by 1%, 2% and 3% in accuracy"."""
    while n + 1 < len(measures) and _joins(text, measures[n], measures[n + 1]):
        n += 1
    last = measures[n]
    stop = _CLAUSE.search(text, last.end, end)
    metric = _metric(text, last, (last.end, stop.start() if stop else end), anchors)
    first = next((a for a in anchors if a.id in metric and a.start >= last.end), None)
    joined = re.match(r"\s*(?:in|of)\b|的", text[last.end :])
    return metric if first and joined and _follows(text, last, first) else frozenset()


def _follows(text: str, quantity: Quantity, anchor: Anchor) -> bool:
    gap = text[quantity.end : anchor.start]
    if _CJK.search(text[anchor.start : anchor.end]):
        return gap.strip() in {"", "的"}
    return len(gap.split()) <= _COUNT_WORDS and not _BLOCKED.search(gap)


def _compared(text: str, cell: tuple[int, int], said: Sequence[Mention], anchors: Sequence[Anchor]) -> frozenset[str]:
    """Ids of what stands after "than", "against", "比": what the figure is compared with."""
    found: frozenset[str] = frozenset()
    for mention in said:
        if not mention.of("class", "baseline") or mention.start < cell[0] or mention.end > cell[1]:
            continue
        stop = _STOP.search(text, mention.end, cell[1])
        end = stop.start() if stop else cell[1]
        turns = [m.start for m in said if m.start > mention.end and m.sense("pair", "direction") and m.start < end]
        found |= _ids(anchors, mention.end, min([end, *turns, mention.end + _FAR]))
    return found


def _modifiers(region: tuple[int, int], said: Sequence[Mention]) -> frozenset[str]:
    return frozenset(
        sense.name
        for mention in said
        if region[0] <= mention.start and mention.end <= region[1]
        for sense in mention.senses
        if sense.table == "modifier"
    )


def _rates(text: str, quantity: Quantity) -> frozenset[str]:
    match = _RATE.match(text, quantity.end)
    return frozenset({_RATE_NAMES[match[1]]}) if match else frozenset()


def _partner(text: str, measures: Sequence[Quantity], n: int) -> tuple[float | None, bool]:
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
            stop = measures[last + 1].start if last + 1 < len(measures) else bounds[1]
            parts = parts or _parts_after(text, measures[last].end, stop, last - n + 1)
            if not parts:
                parts = _parts_across(text, measures, n, last, cells)
            if not parts:
                parts = _answered(text, measures, n, last, cells)
            if not parts:
                left, _ = _tight(text, cells[n][0], measures[n].end, measures[n])
                _, right = _tight(text, measures[last].start, cells[last][1], measures[last])
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
    return [_tight(text, *cells[n], measures[n]) for n in range(first - count, first)]


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
    if len(pieces) < count or not _ENDS_LIST.search(text[pieces[-2][1] : pieces[-1][0]]):
        return []
    return pieces[-count:]


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
    if quantity.value < 1 and not re.search(r"\d", quantity.text):
        found |= {name for name, pattern in _OF_PART if pattern.search(before)}
    if quantity.qualifier and quantity.qualifier != quantity.basis:
        found.add(quantity.qualifier)
    if quantity.qualifier_text.lower() == "within" and quantity.unit:
        found -= {"under"}
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
        sense = mention.sense("pair", "direction") or _beyond(text, quantity, mention)
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


def _carries(text: str, left: Quantity, right: Quantity) -> bool:
    """Whether a list goes on from one amount to the next, so that the verb before the first holds for both."""
    between = text[left.end : right.start]
    return (
        left.unit == right.unit
        and bool(re.search(r"\band\b|[,/、，]|和|与|及", between))
        and not re.search(r"[;；]|\bwhile\b|\bbut\b|而|但", between)
    )


def _beyond(text: str, quantity: Quantity, mention: Mention) -> Sense | None:
    """ "2.1 points below chance": a bound right after an amount tells its direction."""
    gap = text[quantity.end : mention.start]
    return mention.sense("pair", "bound") if mention.start >= quantity.end and not gap.strip() else None


def _verb(quantity: Quantity, clause: tuple[int, int], said: Sequence[Mention]) -> int:
    """The direction that the last verb before "from A to B" claims."""
    before = [m for m in said if clause[0] <= m.start and m.end <= quantity.start and m.sense("pair", "direction")]
    sense = before[-1].sense("pair", "direction") if before and not before[-1].of("pair", "bound") else None
    return sense.sign if sense and len(before[-1].text) > 1 else 0


def _scale(text: str, quantity: Quantity) -> str:
    match = _SCALED.match(text, quantity.end)
    if match is None or quantity.unit:
        return ""
    word = match[1].lower()
    return next(
        (
            _SCALES[word[:n]]
            for n in range(len(word), 0, -1)
            if word[:n] in _SCALES and (n == len(word) or _CJK.match(word))
        ),
        "",
    )


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
