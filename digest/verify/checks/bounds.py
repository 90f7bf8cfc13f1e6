"""Whether a figure keeps the words that bound it, its direction, and the order of "from A to B"."""

import re

from digest.quantity import Quantity
from digest.verify.alike.amounts import NEAR_ENOUGH, dimension, exact
from digest.verify.checks.fault import Fault
from digest.verify.sentences.figures import Figure
from digest.verify.sentences.reading import Reading, Sentence

_FEW = 12
_LOOSE = frozenset({"about", "nearly", "over", "under", "at least", "at most"})
_MILD = frozenset(
    {"average", "exact", "within", "spanning", "reach", "denied"}
)  # "within 30 days" is a span of time as well as a bound
_ALIKE = {
    "over": frozenset({"at least", "spanning"}),
    "at least": frozenset({"over"}),
    "under": frozenset({"at most", "nearly", "within"}),
    "at most": frozenset({"under", "up to", "within"}),
    "up to": frozenset({"at most", "within"}),
    "about": frozenset({"nearly"}),
    "nearly": frozenset({"about", "under"}),
}
_TOP = re.compile(r"\bmaxim(?:um|al)\b|\bpeak|\bhighest\b|\blargest\b|\bat best\b|最[高大多佳]")
_FOREMOST = re.compile(rf"{_TOP.pattern}|\b(?:best|top|strongest|leading)\b|最[好优强]")
_ENDS_OF_RANGE = {"at least": False, "over": False, "at most": True, "under": True}
_SPENT = frozenset({"m:latency", "s:latency", "s:time", "s:cost", "s:compute", "s:memory", "m:computationalcost"})


def missing(said: Quantity, source: Reading) -> Fault:
    """Name what is wrong with an amount that does not stand in a source: its scale, its unit or its number."""
    digits = re.findall(r"\d+(?:\.\d+)?", said.text.replace(",", ""))
    for quantity in source.quantities:
        shown = re.findall(r"\d+(?:\.\d+)?", quantity.text.replace(",", ""))
        if digits and digits == shown:
            name = "scale" if said.unit == quantity.unit else "unit"
            return Fault(name, quantity.text)
    for quantity in source.quantities:
        ratio = dimension(said)[1] / dimension(quantity)[1] if dimension(quantity)[1] else 0
        if ratio and round(abs(ratio), 9) in {10.0, 100.0, 1000.0, 0.1, 0.01, 0.001} and quantity.kind == "amount":
            return Fault("scale", quantity.text)
    return Fault("number", "", contradicts=False)


def bound(said: Figure, source: Figure, sentence: Sentence, part: Sentence) -> Fault | None:
    """Compare the words that bound a figure: a dropped "up to", an invented "at least", relative told as absolute."""
    mine, theirs = said.quantity, source.quantity
    if mine.basis and theirs.basis and mine.basis != theirs.basis:
        return Fault("qualifier", theirs.qualifier_text or theirs.text)
    if {"denied"} & (said.bounds | source.bounds):
        return None if _same_side(said, source) else Fault("qualifier", part.text)
    if not theirs.value:
        return None
    same = exact(mine, theirs)
    for name in sorted(source.bounds - said.bounds - _MILD):
        if said.bounds & _ALIKE.get(name, frozenset()) or (not same and name in _LOOSE):
            continue
        if name == "up to" and _TOP.search(sentence.text):
            continue
        return Fault("qualifier", part.text)
    for name in sorted(said.bounds - source.bounds - _MILD):
        if (
            name in source.inherited
            or source.bounds & _ALIKE.get(name, frozenset())
            or not _invented(name, said, source, part, same=same)
        ):
            continue
        return Fault("qualifier", theirs.text)
    return None


def _same_side(said: Figure, source: Figure) -> bool:
    """Whether two figures of which one is told by a denial ("does not fall below 80%") bound from the same side."""
    sides = {"over": 1, "at least": 1, "under": -1, "at most": -1, "nearly": -1}
    mine, theirs = ({sides[b] for b in figure.bounds if b in sides} for figure in (said, source))
    return not mine or not theirs or bool(mine & theirs)


def _invented(name: str, said: Figure, source: Figure, part: Sentence, *, same: bool) -> bool:
    """Tell an invented bound; of a rounded number one may be true, and "about" is never false."""
    if name == "about" or (not same and name in _LOOSE):
        return False
    high = source.quantity.high
    if high is not None and name in _ENDS_OF_RANGE:  # "at least" may be said of a range's lower end alone
        end = high if _ENDS_OF_RANGE[name] else source.quantity.value
        return abs(said.quantity.value / end - 1) > NEAR_ENOUGH if end else False
    if name in {"up to", "at most"} and _FOREMOST.search(part.text):
        return False
    if name == "up to" and "reach" in source.bounds:
        return False
    if name == "up to" and source.quantity.high is not None:
        return abs(dimension(said.quantity)[1] / source.quantity.high - 1) > NEAR_ENOUGH
    sign = {"over": 1, "at least": 1, "under": -1, "at most": -1}.get(name)
    senses = (mention.sense("pair", "bound") for mention in part.mentions)
    return not any(sense and sense.sign == sign for sense in senses)


def turned(said: Figure, source: Figure) -> Fault | None:
    """Compare directions, and which end of "from A to B" comes first."""
    counted = (
        not said.quantity.unit and said.quantity.value in range(_FEW) and said.partner is None
    )  # "no gain below five steps"
    opposed = said.direction and source.direction and said.direction != source.direction and not _spanning(source)
    if opposed and not counted and not _sped(said, source):
        return Fault("sign", source.quantity.text)
    if (
        source.quantity.sign == "-"
        and not _spanning(source)
        and not said.quantity.sign
        and not said.direction
        and not said.quantity.high
    ):
        return Fault("sign", source.quantity.text)
    if said.verb and said.partner is not None and said.verb != said.direction:
        return Fault("sign", source.quantity.text)
    if (
        said.partner is not None
        and source.partner is not None
        and said.second != source.second
        and _same_ends(said, source)
    ):
        return Fault("sign", source.quantity.text)
    return None


def _spanning(figure: Figure) -> bool:
    """Whether it is a range from a fall to a rise: "-8 to +13 points"."""
    return figure.quantity.high is not None and bool(re.search(r"[-−].*\+", figure.quantity.text))


def _sped(said: Figure, source: Figure) -> bool:
    """Whether one tells a multiple of speed and the other the same of the time: "5x faster", "latency cut by 5x"."""
    slow, fast = sorted((said, source), key=lambda figure: figure.direction)
    multiples = said.quantity.unit == source.quantity.unit == "x"
    return bool(slow.metric & _SPENT) and ("s:speedup" in fast.metric or (multiples and not fast.metric & _SPENT))


def _same_ends(said: Figure, source: Figure) -> bool:
    return (
        said.partner is not None
        and source.partner is not None
        and abs(said.partner - source.partner) <= 0.02 * max(said.partner, source.partner)
    )
