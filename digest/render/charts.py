"""Charts as inline SVG: they take the page's colours, carry a title for screen readers, and need no script."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from digest.render.wording import short_period

_ROW = 26
_MOST_ROWS = 40
_TICKS = (-50, -25, -10, -5, -1, 0, 1, 5, 10, 25, 50, 100, 200)
_WIDTH = 440
_LABEL = 90
_WIDE = 960
_LEFT = 330
_TICK_ROOM = 46


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """One reported change in percent; `bound` says that the source gives it as an upper bound ("up to")."""

    metric: str
    company: str
    percent: float
    bound: bool = False
    title: str = ""


def bars(rows: Sequence[tuple[str, int]], title: str, language: str = "en") -> Markup:
    """Draw one horizontal bar per row, in the order given, with its number behind it."""
    most = max((number for _, number in rows), default=0) or 1
    room = _WIDTH - _LABEL - 60
    marks = [
        Markup(
            '<text x="{x}" y="{y}" text-anchor="end" font-size="13">{label}</text>'
            '<rect class="bar-mark" x="{start}" y="{top}" width="{width}" height="12" rx="2"/>'
            '<text class="strong" x="{end}" y="{y}" font-size="13">{number}</text>'
        ).format(
            x=_LABEL - 10,
            y=n * _ROW + 17,
            label=label,
            start=_LABEL,
            top=n * _ROW + 7,
            width=round(room * number / most, 1),
            end=_LABEL + round(room * number / most, 1) + 8,
            number=number,
        )
        for n, (label, number) in enumerate(rows)
    ]
    return _svg(title, language, _WIDTH, len(rows) * _ROW + 6, marks)


def lifts(found: Sequence[Lift], title: str, language: str = "en") -> Markup:
    """Draw a line per metric and company with a mark per result: the most reported metrics first, 40 lines at most.

    The scale is the signed square root, so that 0.5% and 50% can both be read.
    """
    groups: dict[tuple[str, str], list[Lift]] = {}
    for lift in found:
        groups.setdefault((lift.metric, lift.company), []).append(lift)
    often = Counter(lift.metric for lift in found)
    order = sorted(groups, key=lambda key: (-often[key[0]], key))[:_MOST_ROWS]
    if not order:
        return Markup()
    shown = [lift.percent for key in order for lift in groups[key]]
    scale = _Scale(low=min(0.0, *shown), high=max(1.0, *shown))
    marks = [_axis(scale, len(order))]
    for n, key in enumerate(order):
        marks.append(_line(n, key, first=n == 0 or order[n - 1][0] != key[0]))
        marks += [_mark(scale, n, lift) for lift in sorted(groups[key], key=lambda lift: lift.percent)]
    return _svg(title, language, _WIDE, len(order) * _ROW + 40, marks)


def timeline(rows: Sequence[tuple[str, Mapping[str, int]]], periods: Sequence[str], title: str) -> Markup:
    """Draw a line per thread over the periods, with a mark where it was told, as large as the works it held.

    `rows` are titles with works by period, `periods` the columns from old to new.
    """
    place = {name: _LEFT + 30 + n * (_WIDE - _LEFT - 60) / max(1, len(periods) - 1) for n, name in enumerate(periods)}
    marks = [
        Markup('<text x="{x}" y="14" text-anchor="middle" font-size="12">{name}</text>').format(
            x=round(x, 1), name=short_period(name)
        )
        for name, x in place.items()
    ]
    for n, (name, told) in enumerate(rows):
        marks.append(_thread(n, name, [(place[period], told[period]) for period in periods if told.get(period)]))
    return _svg(title, "en", _WIDE, len(rows) * _ROW + 30, marks)


def _thread(n: int, name: str, told: Sequence[tuple[float, int]]) -> Markup:
    y = n * _ROW + 36
    label = Markup('<text class="strong" x="0" y="{y}" font-size="13">{name}</text>').format(y=y + 4, name=name)
    if not told:
        return label
    line = Markup('<line class="zero" x1="{start}" x2="{end}" y1="{y}" y2="{y}"/>').format(
        start=round(told[0][0], 1), end=round(told[-1][0], 1), y=y
    )
    dots = [
        Markup('<circle class="dot" cx="{x}" cy="{y}" r="{r}"/>').format(
            x=round(x, 1), y=y, r=round(min(11.0, 3 + 2 * math.sqrt(works)), 1)
        )
        for x, works in told
    ]
    return label + line + Markup().join(dots)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    low: float
    high: float

    def x(self, percent: float) -> float:
        low, high = _root(self.low), _root(self.high)
        room = _WIDE - _LEFT - 30
        return round(_LEFT + 10 + room * (_root(percent) - low) / (high - low), 1)


def _root(percent: float) -> float:
    return math.copysign(math.sqrt(abs(percent)), percent)


def _axis(scale: _Scale, rows: int) -> Markup:
    bottom = rows * _ROW + 10
    ticks = [tick for tick in _TICKS if scale.low <= tick <= scale.high]
    lines = [
        Markup(
            '<line class="{kind}" x1="{x}" x2="{x}" y1="4" y2="{bottom}"/>'
            '<text x="{x}" y="{below}" text-anchor="middle" font-size="12">{label}</text>'
        ).format(
            kind="grid" if tick else "zero", x=scale.x(tick), bottom=bottom, below=bottom + 18, label=_percent(tick)
        )
        for tick in _apart(ticks, scale)
    ]
    return Markup().join(lines)


def _apart(ticks: Sequence[int], scale: _Scale) -> list[int]:
    kept = [0]
    for tick in sorted(ticks, key=abs, reverse=True):
        if all(abs(scale.x(tick) - scale.x(other)) >= _TICK_ROOM for other in kept):
            kept.append(tick)
    return sorted(kept)


def _line(n: int, key: tuple[str, str], *, first: bool) -> Markup:
    metric, company = key
    y = n * _ROW + 22
    name = Markup('<text class="strong" x="0" y="{y}" font-size="13">{metric}</text>').format(y=y, metric=metric)
    return (name if first else Markup()) + Markup(
        '<text x="{x}" y="{y}" text-anchor="end" font-size="13">{company}</text>'
        '<line class="grid" x1="{start}" x2="{end}" y1="{middle}" y2="{middle}"/>'
    ).format(x=_LEFT - 6, y=y, company=company, start=_LEFT, end=_WIDE - 10, middle=y - 4)


def _mark(scale: _Scale, n: int, lift: Lift) -> Markup:
    return Markup('<circle class="{kind}" cx="{x}" cy="{y}" r="5"><title>{words}</title></circle>').format(
        kind="ring" if lift.bound else "dot",
        x=scale.x(lift.percent),
        y=n * _ROW + 18,
        words=f"{lift.company}, {lift.metric}: {lift.title or _percent(lift.percent)}",
    )


def _percent(value: float) -> str:
    sign = "−" if value < 0 else "+" if value else ""
    return f"{sign}{abs(value):g}%"


def _svg(title: str, language: str, width: int, height: int, marks: Sequence[Markup]) -> Markup:
    return Markup('<svg viewBox="0 0 {w} {h}" role="img" aria-label="{title}" lang="{lang}">{marks}</svg>').format(
        w=width, h=height, title=title, lang=language, marks=Markup().join(marks)
    )
