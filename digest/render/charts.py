"""Charts as inline SVG: they take the page's colours, carry a title for screen readers, and need no script."""

from collections.abc import Sequence

from markupsafe import Markup

_ROW = 26
_WIDTH = 640
_LABEL = 90


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


def _svg(title: str, language: str, width: int, height: int, marks: Sequence[Markup]) -> Markup:
    return Markup('<svg viewBox="0 0 {w} {h}" role="img" aria-label="{title}" lang="{lang}">{marks}</svg>').format(
        w=width, h=height, title=title, lang=language, marks=Markup().join(marks)
    )
