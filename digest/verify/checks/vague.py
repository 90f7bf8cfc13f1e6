"""Whether magnitudes without a number ("数亿", "several hours"), rhythms and ranks are the source's."""

import re
from collections.abc import Sequence

from digest.quantity import Quantity
from digest.verify.alike.amounts import dimension
from digest.verify.checks.fault import Fault
from digest.verify.sentences.reading import Reading

_OFTEN = (
    ("hour", r"\bhourly\b|\b(?:every|each|once an) hour\b", "每小时|每个小时"),
    (
        "day",
        r"\bdaily\b|\b(?:every|each|once a) (?:day|night|morning|evening)\b|\bnightly\b",
        "每日|每天|每晚|日更|日报",
    ),
    ("week", r"\b(?<!bi)weekly\b|\b(?:every|each|once a) week\b", "每周|每星期|周更|周报"),
    ("month", r"\bmonthly\b|\b(?:every|each|once a) month\b", "每月|每个月|月报|包月"),
    ("quarter", r"\bquarterly\b|\b(?:every|each|once a) quarter\b", "每季|季度|季报"),
    (
        "year",
        r"\b(?:yearly|annual(?:ly|i[sz]ed)?)\b|\b(?:every|each|once a|per|a) year\b",
        "每年|年度|年化|年报|全年|年均",
    ),
)
_RHYTHM = re.compile("|".join(rf"(?P<{name}>{english}|(?:{chinese}))" for name, english, chinese in _OFTEN))
_NUMBERS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {
    word: n for n, word in enumerate(("three", "four", "five", "six", "seven", "eight", "nine", "ten"), 3)
}
_FIRST = re.compile(
    r"\btop[- ](\d+|three|four|five|ten)\b(?= (?:rank|place|finish|spot|position|in\b|across|on\b)|[.,;])"
    r"|前\s?(\d+|[三四五六七八九十])(?=名|位|强|[，。；]|$)",
    re.IGNORECASE,
)
_TENFOLD, _SEVERAL = 10, 2


def check_magnitudes(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return a magnitude of a sentence where the sources tell of another, or of no amount at all.

    A number of that size bears it. Beside other numbers it may sum up what the source tells one by one, and passes.
    """
    theirs = [q for source in sources for q in source.quantities if q.kind in {"vague", "amount"}]
    for quantity in said.quantities:
        if quantity.kind != "vague" or any(_meets(quantity, other) for other in theirs):
            continue
        rival = next((q for q in theirs if q.kind == "vague" and bool(q.unit) == bool(quantity.unit)), None)
        if rival:
            return Fault("scale", rival.text)
        if not theirs:
            return Fault("number", contradicts=False)
    return None


def check_ranks(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return a place among the first ("前三", "top-5 rankings") where the sources name other such places alone."""
    theirs = frozenset[int]().union(*(_places(source.text) for source in sources))
    mine = _places(said.text)
    return Fault("number") if mine and theirs and not mine & theirs else None


def _places(text: str) -> frozenset[int]:
    told = (match[1] or match[2] for match in _FIRST.finditer(text))
    return frozenset(_NUMBERS[word] if (word := place.lower()) in _NUMBERS else int(word) for place in told)


def check_rhythms(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return how often something happens ("hourly", "每周") where the sources tell of other rhythms alone."""
    theirs = frozenset[str]().union(*(_rhythms(source.text) for source in sources))
    mine = _rhythms(said.text)
    return Fault("unit") if mine and theirs and not mine & theirs else None


def _rhythms(text: str) -> frozenset[str]:
    return frozenset(m.lastgroup or "" for m in _RHYTHM.finditer(text.lower()))


def _meets(said: Quantity, other: Quantity) -> bool:
    if other.kind == "vague":
        return (said.unit, said.value) == (other.unit, other.value)
    if not said.unit:
        return said.value * 0.8 <= other.value < said.value * _TENFOLD
    (one, unit), (two, size) = dimension(said), dimension(other)
    return one == two and unit * _SEVERAL <= size < unit * _TENFOLD * _SEVERAL
