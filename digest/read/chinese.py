"""Reported outcomes of a Chinese sentence: which metric each figure belongs to and which way it moved."""

import re
from dataclasses import replace

from digest.names import known_metric
from digest.quantity import Quantity, quantities
from digest.read.lexicon import canonical
from digest.read.results import Outcome

_UNITS = frozenset({"%", "pp", "bps", "x", "ms", "s"})
_UP = r"提升|提高|增长|上升|增加|上涨|改善|增幅|涨幅|涨|增|优于|高出|超出|超过|领先|扩大|翻"
_DOWN = r"下降|降低|减少|缩短|下滑|压缩|降幅|跌|降|减|节省|节约|缩减|收窄|回落"
_VERB = re.compile(rf"(?P<verb>{_UP}|{_DOWN})(?:了|至|到|幅度|达|约|超过|超|近|高达|分别|为|[\s：:])*$")
_AFTER = re.compile(rf"\s*的?\s*(?P<np>[^，。；、,;：%（）()]{{0,16}}?)(?:相对)?(?P<verb>{_UP}|{_DOWN})")
_TO = re.compile(rf"\s*(?:大幅|显著)?(?:{_UP}|{_DOWN})?(?:到了?|至|为)\s*")
_JOIN = re.compile(r"\s*(?:、|和|与|及|,|，|以及|/)\s*")
_PAIR = 2
_BREAK = re.compile(
    r"[，。；：！？,;:（(）)]|(?<!\d)\.|使得|使|令|让|将|把|带来|实现|取得|显示|表明|其中|线上"
    r"|实验中|同时|并且|并|且|从而|以及|中(?=[A-Za-z])"
)
_SPLIT = re.compile(r"\s*(?:、|和|与|及|以及|/|&)\s*")
_ADVERB = re.compile(
    r"(?:分别|相对|显著|大幅|平均|总体|整体|进一步|明显|累计|均|则|也|还|又|再|最高|约|的|了|上|在|比|有|\s)+$"
)
_FRONT = re.compile(r"^(?:的|在|了|对|其|该|则|端到端的|\s)+")


def outcomes_zh(sentence: str) -> list[Outcome]:
    """List the outcomes that a Chinese sentence reports, in the order of their figures."""
    found: list[Outcome] = []
    figures = [q for q in quantities(sentence) if q.kind == "amount" and q.unit in _UNITS]
    groups = _groups(sentence, figures)
    left = 0
    names: list[str] = []
    for group in groups:
        change = _change(sentence, left, group)
        if change:
            names = change[1] or names
            found.extend(_outcomes([change[0]], names, change[2]))
            left = group[-1].end
            continue
        before, after = sentence[left : group[0].start], sentence[group[-1].end :]
        trigger, own = _trigger(before, after, group[0])
        names = own or names
        if trigger:
            found.extend(_outcomes(group, names, trigger))
        left = group[-1].end
    return found


def _groups(sentence: str, figures: list[Quantity]) -> list[list[Quantity]]:
    groups: list[list[Quantity]] = []
    for figure in figures:
        between = sentence[groups[-1][-1].end : figure.start] if groups else ""
        if groups and (_JOIN.fullmatch(between) or (len(groups[-1]) == 1 and _TO.fullmatch(between))):
            groups[-1].append(figure)
        else:
            groups.append([figure])
    return groups


def _change(sentence: str, left: int, group: list[Quantity]) -> tuple[Quantity, list[str], str] | None:
    """Read "N 从 F 提升到 F" as one figure: the difference, of percentages in points."""
    if len(group) != _PAIR or not _TO.fullmatch(sentence[group[0].end : group[1].start]):
        return None
    before = re.sub(r"(?:从|由)\s*$", "", sentence[left : group[0].start])
    first, second = group
    if first.unit != second.unit or second.unit not in {"%", "ms", "s"}:
        return None
    size = round(abs(second.value - first.value), 6)
    trigger = "下降" if second.value < first.value else "提升"
    return (
        replace(second, value=size, unit="pp" if second.unit == "%" else second.unit, sign=""),
        _names(before),
        trigger,
    )


def _trigger(before: str, after: str, figure: Quantity) -> tuple[str, list[str]]:
    bound = len(figure.qualifier_text) and before.rstrip().endswith(figure.qualifier_text)
    trimmed = before.rstrip().removesuffix(figure.qualifier_text) if bound else before
    verb = _VERB.search(trimmed)
    if verb:
        return verb["verb"], _names(trimmed[: verb.start()])
    noun = _AFTER.match(after)
    if noun:
        return noun["verb"], _names(noun["np"])
    if figure.sign:
        return ("提升" if figure.sign == "+" else "下降"), _names(re.sub(r"[（(]\s*$", "", before))
    return "", []


def _names(words: str) -> list[str]:
    words = _ADVERB.sub("", words)
    pieces = [piece for piece in _BREAK.split(words) if piece.strip()]
    if not pieces:
        return []
    return [
        name for name in (_FRONT.sub("", _ADVERB.sub("", part)).strip() for part in _SPLIT.split(pieces[-1])) if name
    ]


def _outcomes(group: list[Quantity], names: list[str], trigger: str) -> list[Outcome]:
    down = bool(re.fullmatch(_DOWN, trigger))
    rows: list[Outcome] = []
    for n, figure in enumerate(group):
        words = names[n] if len(names) == len(group) else " ".join(names[-1:])
        rows.append(
            Outcome(
                figure=figure,
                words=words,
                metric=canonical(words) if words and known_metric(words) else words,
                trigger=trigger,
                value=figure.value,
                unit=figure.unit,
                down=figure.sign == "-" if figure.sign else down,
                high=figure.high,
                qualifier=" ".join(dict.fromkeys(q for q in (figure.qualifier, figure.basis) if q)),
            )
        )
    return rows
