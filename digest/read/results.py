"""Reported outcomes of one English sentence: which metric each figure measures, which way it moved, and where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from digest.quantity import Quantity
from digest.read.lexicon import VERB, Q, canonical, is_down, quality
from digest.read.phrase import Phrase, is_factor, shorten
from digest.read.run import Reading, Run
from digest.read.scale import based, scaled
from digest.read.shared import sharing, slashed
from digest.read.spans import Stretch
from digest.read.templates import names_itself, read_run

_F = f"[{Q}]"
_FIGURE = re.compile(_F)
_RUN = re.compile(rf"{_F}(?:\s?(?:,\s?and|and|or|&|,|/|、|和|以及)\s?{_F})*")
_FROM = re.compile(
    rf"\bfrom\s(?P<a>{_F})(?:\s\w+){{0,3}}?\s(?:up |down )?to\s(?:below |above |over |under )?(?P<b>{_F})",
    re.IGNORECASE,
)
_BY_END = re.compile(r"\bby\s$")
_NEW_VERB = re.compile(rf"[;:.]|\b(?:{VERB}|by|with|which|also)\b", re.IGNORECASE)
_FASTER = re.compile(r"(?:faster|quicker|slower)", re.IGNORECASE)
_PAIR = 2
_BOUNDS = {  # (bound of B, falling) -> bound of the difference from A to B
    ("", False): "",
    ("", True): "",
    ("over", False): "over",
    ("at least", False): "at least",
    ("up to", False): "up to",
    ("under", True): "over",
    ("at most", True): "at least",
    ("about", False): "about",
    ("about", True): "about",
    ("nearly", False): "nearly",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One figure of a sentence with the metric that it measures.

    `words` is the source's name of the metric, "" where the sentence gives none; `trigger` the word of change;
    `surface` the place named beside it; `unit` and `value` are those of the change: two percentages become their
    difference in "pp".
    """

    figure: Quantity
    words: str
    metric: str
    trigger: str
    value: float
    unit: str
    down: bool
    surface: str = ""
    high: float | None = None
    qualifier: str = ""


def outcomes(sentence: str) -> list[Outcome]:
    """List the outcomes that an English sentence reports, in the order of their figures."""
    phrase = shorten(sentence)
    if phrase is None:
        return []
    found: list[Outcome] = []
    last: Reading | None = None
    left = 0
    for start, end, pair in _runs(phrase.text):
        run = Run(phrase.text, left, start, end, _next_figure(phrase.text, end), last, pair)
        reading = read_run(run)
        if reading:
            reading = replace(reading, spans=slashed(run, reading.spans))
            found.extend(_outcomes(phrase, run, reading))
            last = reading
        left = max(end, reading.used if reading else end)
    return _carry_bounds(found, phrase)


def _runs(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the stretches of figures: pairs "from F to F", and lists with nothing but commas between the figures."""
    place = 0
    while run := _RUN.search(text, place):
        pair = _FROM.search(text, max(0, run.start() - 6))
        if pair and pair.start("a") == run.start():
            yield pair.start("a"), pair.end("b"), True
            place = pair.end("b")
            continue
        yield from _split_run(text, run)
        place = run.end()


def _split_run(text: str, run: re.Match[str]) -> Iterator[tuple[int, int, bool]]:
    """Take "by F, and F improvement in N" apart, and percentages from factors: each has a name of its own."""
    places = [match.start() for match in _FIGURE.finditer(text, *run.span())]
    mixed = len({is_factor(text[place]) for place in places}) > 1
    if mixed or (len(places) == _PAIR and _BY_END.search(text, 0, run.start()) and names_itself(text, run.end())):
        yield from ((place, place + 1, False) for place in places)
        return
    yield run.start(), run.end(), False


def _next_figure(text: str, end: int) -> int:
    following = _FIGURE.search(text, end)
    return following.start() if following else len(text)


def _outcomes(phrase: Phrase, run: Run, reading: Reading) -> Iterator[Outcome]:
    figures = [phrase.figure(match.start()) for match in _FIGURE.finditer(phrase.text, run.start, run.end)]
    if run.pair:
        change = _change(figures[0], figures[-1])
        if change:
            yield from _outcome(phrase, change[0], reading, 0, change[1])
        return
    figures = [based(phrase.source, figure) for figure in figures]
    bases = [figure.basis for figure in figures if figure.basis]
    names = len(sharing(run, reading.spans))
    if names:
        down = figures[0].sign == "-" if figures[0].sign else is_down(reading.trigger)
        for own in range(names):
            yield from _outcome(phrase, figures[0], reading, own, down)
        return
    for n, figure in enumerate(figures):
        own = n if len(reading.spans) == len(figures) else 0
        down = figure.sign == "-" if figure.sign else is_down(reading.trigger)
        yield from _outcome(phrase, replace(figure, basis=figure.basis or next(iter(bases), "")), reading, own, down)


def _change(first: Quantity, second: Quantity) -> tuple[Quantity, bool] | None:
    """Return the difference of "from A to B", of percentages in points, and whether it is a fall.

    None where the unit has no difference, or where a bound of either end leaves the difference open.
    """
    if second.unit not in {"%", "ms", "s", "pp"} or (first.unit and first.unit != second.unit):
        return None
    size, unit = round(second.value - first.value, 6), "pp" if second.unit == "%" else second.unit
    bound = _BOUNDS.get((second.qualifier, size < 0)) if not first.qualifier else None
    if bound is None:
        return None
    return replace(second, value=abs(size), unit=unit, high=None, sign="", qualifier=bound, basis=""), size < 0


def _outcome(
    phrase: Phrase,
    figure: Quantity,
    reading: Reading,
    own: int,
    down: bool,  # noqa: FBT001  two callers
) -> Iterator[Outcome]:
    span: tuple[Stretch, ...] = reading.spans[own : own + 1]
    shown = canonical(quality(phrase.text[span[0][0] : span[0][1]])) if span else ""
    changed = scaled(figure, shown)
    if changed is None:
        return
    yield Outcome(
        figure=figure,
        words=phrase.words(*span[0]) if span else "",
        metric="speedup" if _FASTER.fullmatch(shown) else shown,
        trigger=reading.trigger,
        value=changed.value,
        unit=changed.unit,
        down=down,
        surface=reading.surface,
        high=figure.high,
        qualifier=" ".join(dict.fromkeys(q for q in (figure.qualifier, figure.basis) if q)),
    )


def _carry_bounds(found: list[Outcome], phrase: Phrase) -> list[Outcome]:
    """Let "up to F and F N" bound both figures: what joins them is a bare list."""
    for n in range(1, len(found)):
        first, second = found[n - 1], found[n]
        between = phrase.source[first.figure.end : second.figure.start]
        alike = first.trigger == second.trigger and not _NEW_VERB.search(between)
        if first.qualifier.startswith("up to") and not second.qualifier and alike:
            found[n] = replace(second, qualifier="up to")
    return found
