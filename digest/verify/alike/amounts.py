"""Whether one amount is another: the same, rounded, bounded, in another unit or form, or derived from two others."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.quantity import Quantity
from digest.verify.sentences.figures import Figure
from digest.verify.sentences.reading import Reading, Sentence

_SECONDS = {
    "ms": 1e-3,
    "s": 1.0,
    "min": 60.0,
    "h": 3600.0,
    "d": 86400.0,
    "week": 604800.0,
    "month": 2629800.0,
    "year": 31557600.0,
}
_BYTES = {"KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "PB": 1e15}
_MONEY = frozenset({"$", "¥", "€", "£", "HK$", "JPY"})
_SCALED = re.compile(r"[万亿億]|[mbtr]illion|\d\s?(?:bn|[MBT])\b")
NEAR_ENOUGH = 0.06
"""Of the source's amount: by how much a rounded or bounded one may miss it."""
_RATIO_SLACK = 0.12  # "doubled" of +121 %
_RATIO_DIGITS = 0.02
_ROUNDED = 0.1
_WHOLE = 10  # below it a whole number is not rounded
_HALF = 0.5
_DIFFERENCE = 0.051
_RATIO = 0.03
_COUNT_SLACK = 0.26


def dimension(quantity: Quantity) -> tuple[str, float]:
    """Return what kind of amount it is and its size in that kind's base unit."""
    unit = quantity.unit
    if unit in _SECONDS:
        return "time", quantity.value * _SECONDS[unit]
    if unit in _BYTES:
        return "bytes", quantity.value * _BYTES[unit]
    if unit == "bps":
        return "pp", quantity.value / 100
    return ("pp" if unit == "points" else unit), quantity.value


def same_value(said: Quantity, source: Quantity) -> bool:
    """Whether two amounts are the same, or the first is the second rounded, bounded or turned into another form."""
    if said.qualifier == "about" and _shown(said) >= _shown(source) > 1:  # "about 0.926" is no rounding of 0.962
        said = replace(said, qualifier="")
    kind, value = dimension(said)
    other, truth = dimension(source)
    if kind == other or {kind, other} in ({"", "pp"}, {"%", ""}, {"x", ""}):
        if kind == "" and other == "x" and value < 1 < truth and abs(value * truth - 1) <= _RATIO_DIGITS:
            return True  # a thirtieth of the cost where the source cuts it by 30x
        if kind == "" and other == "%" and value >= 1 and not re.search(r"\d", said.text) and not said.qualifier:
            return False  # "eight models" are no 8 %
        digits = bool(re.search(r"\d", said.text) and re.search(r"\d", source.text))
        if {kind, other} == {"%", ""} and (_fraction_of(kind, value, truth, digits=digits) or value < 1):
            return _fraction_of(kind, value, truth, digits=digits) or _folded(said, kind, value, other, truth)
        return _close(said, value, source) and _ends(said, source)
    absolute = {kind, other} == {"pp", "%"} and "absolute" in {said.basis, source.basis}
    priced = "" in {kind, other} and (kind or other) in _MONEY
    if absolute or (priced and _SCALED.search(said.text) and _SCALED.search(source.text)):
        return _close(said, value, source)  # a list gives its currency once: "130.7 亿美元 ... 209.2 亿"
    return _folded(said, kind, value, other, truth)


def _fraction_of(kind: str, value: float, truth: float, *, digits: bool) -> bool:
    """Whether one is a percentage and the other the same as a share; "a third" in words is near enough to 35 %."""
    percent, share = (value, truth) if kind == "%" else (truth, value)
    return 0 < share < 1 and abs(share * 100 - percent) <= (0.51 if digits else max(0.5, NEAR_ENOUGH * percent))


def _folded(said: Quantity, kind: str, value: float, other: str, truth: float) -> bool:
    """Read "halved", "doubled", "a quarter of": a ratio that says a percentage."""
    if kind in {"x", ""} and other == "%":
        changed = {1 + truth / 100, 1 - truth / 100, truth / 100}
        if kind == "" and said.qualifier and _one_close(said, value * 100, truth):
            return True
        slack = _RATIO_SLACK if not re.search(r"\d", said.text) else _RATIO_DIGITS
        return any(ratio > 0 and abs(value / ratio - 1) <= slack for ratio in changed) and (kind == "x" or value < 1)
    if kind == "%" and other == "x":
        ratios = [ratio for ratio in (truth - 1, truth, 1 - truth) if ratio > 0]
        inverse = truth > 1 > value / 100 and abs(value / 100 * truth - 1) <= _RATIO_DIGITS  # 百分之一 of a cut by 100x
        return inverse or any(abs(value / 100 - ratio) <= NEAR_ENOUGH * ratio for ratio in ratios)
    return False


def twins(figure: Figure, source: Reading) -> Iterator[tuple[Figure, Sentence]]:
    """Yield the source's figures of the same value, each with its sentence."""
    for part in source.sentences:
        for other in part.figures:
            if same_value(figure.quantity, other.quantity):
                yield other, part


def _ends(said: Quantity, source: Quantity) -> bool:
    """Whether the upper ends of two ranges agree; a source may give the ends of a range as two amounts."""
    if said.high is None or source.high is None:
        return True
    return abs(said.high - source.high) <= NEAR_ENOUGH * source.high


def ends_of(quantity: Quantity) -> tuple[float, ...]:
    """Return an amount in its dimension, and the upper end of a range after the lower one."""
    _, low = dimension(quantity)
    return (low, low * quantity.high / quantity.value) if quantity.high is not None and quantity.value else (low,)


def exact(said: Quantity, source: Quantity) -> bool:
    """Whether an amount is the source's to the digit, or one end of its range."""
    _, value = dimension(said)
    return any(abs(value - end) <= 1e-6 * max(abs(value), abs(end), 1e-9) for end in ends_of(source))


def _close(said: Quantity, value: float, source: Quantity) -> bool:
    return any(_one_close(said, value, end) for end in ends_of(source))


def _shown(quantity: Quantity) -> int:
    """Count the significant digits of a number, 0 where it is in words."""
    match = re.search(r"\d[\d,]*(?:\.\d+)?", quantity.text)
    if match is None:
        return 0
    digits = match[0].replace(",", "").lstrip("0.")
    return len(digits.replace(".", "") if "." in match[0] else digits.rstrip("0"))


def _one_close(said: Quantity, value: float, truth: float) -> bool:  # noqa: PLR0911  a case each of being near enough
    if abs(value - truth) <= 1e-6 * max(abs(value), abs(truth)):
        return True
    if not truth:
        return False
    if abs(value - truth) <= _step(said, value) * 0.5000001 and abs(value / truth - 1) < _ROUNDED:
        return True
    gap = value / truth - 1
    if said.unit == "x" and not re.search(r"\d", said.text) and abs(gap) <= _RATIO_SLACK:
        return True
    bound = said.qualifier
    if bound == "about":
        whole = 1 <= value < _WHOLE and value % 1 == 0  # "about 3" of 3.2
        return abs(gap) <= NEAR_ENOUGH or (whole and abs(value - truth) <= _HALF and abs(gap) < _ROUNDED)
    if bound in {"over", "at least"}:
        return -_COUNT_SLACK <= gap <= 0
    if bound in {"nearly", "under", "at most"}:
        return 0 <= gap <= _COUNT_SLACK
    return False


def _step(said: Quantity, value: float) -> float:
    """Return the size of one in the last digit that a number shows, 0 for words and for whole numbers below ten."""
    match = re.search(r"\d[\d,]*(?:\.(\d+))?", said.text.replace("，", ","))
    if match is None:
        return 0.0
    shown = float(match[0].replace(",", ""))
    if not shown or (match[1] is None and shown < _WHOLE):
        return 0.0
    return float(abs(value) / shown) * float(10.0 ** -len(match[1] or ""))


def derived(said: Quantity, figures: Sequence[Figure]) -> bool:
    """Whether an amount is the difference or the ratio of two others of the source."""
    kind, value = dimension(said)
    if kind not in {"pp", "x", "%", ""}:
        return False
    if kind in {"pp", ""} and any(_gap(said, value, f) for f in figures):
        return True
    if kind == "" and value >= 1:
        return False
    return any(_of_two(said, kind, value, high, low) for high in figures for low in figures)


def _of_two(said: Quantity, kind: str, value: float, first: Figure, second: Figure) -> bool:
    """Whether an amount is by how much, or how many times, the first of two neighbouring figures is the greater."""
    (one, a), (two, b) = dimension(first.quantity), dimension(second.quantity)
    if not (one == two or {one, two} == {"", "pp"}) or b <= 0 or a <= b or abs(first.sentence - second.sentence) > 1:
        return False
    if kind == "pp":
        return {one, two} <= {"%", "pp", ""} and {one, two} != {""} and abs(a - b - value) <= _DIFFERENCE
    if kind == "%":
        return first.partner == second.quantity.value and _change(a, b, value)
    if value > 1:
        return abs(a / b / value - 1) <= _RATIO
    if re.search(r"\.\d", said.text):
        return False
    measured = bool(first.metric & second.metric) or bool(one) or first.partner is not None
    shares = {b / a} | ({1 - b / a} if first.partner == second.quantity.value else set())
    return (
        kind == ""
        and measured
        and any(abs(share / value - 1) <= NEAR_ENOUGH or _one_close(said, value, share) for share in shares)
    )


def _gap(said: Quantity, value: float, figure: Figure) -> bool:
    """Whether an amount is how far a score rose or fell "from A to B", exactly, rounded or as a bound says."""
    if figure.partner is None or figure.second or figure.quantity.unit not in {"", "points"}:
        return False
    return _one_close(said, value, abs(figure.quantity.value - figure.partner))


def _change(high: float, low: float, value: float) -> bool:
    return any(
        abs(change - value) <= max(0.05, 0.01 * value) for change in (100 * (high / low - 1), 100 * (1 - low / high))
    )
