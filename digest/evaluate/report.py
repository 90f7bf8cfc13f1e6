"""What an evaluation found: figures with the counts behind them, and each miss by name."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure.

    `value` is a share in 0..1 unless the name says otherwise; `counts` what it was computed from ("34/36"). `target` is
    the least that is aimed at or, where `most`, the most.
    """

    name: str
    value: float
    counts: str
    target: float | None = None
    most: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The figures of one evaluation, in the order to print, and its misses, a line each."""

    title: str
    figures: tuple[Figure, ...]
    misses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def lines(report: Report, *, misses: bool = True) -> Iterator[str]:
    """Yield a report as people read it: figures as a table, then notes, then the misses."""
    yield report.title
    width = max((len(figure.name) for figure in report.figures), default=0)
    for figure in report.figures:
        yield f"  {figure.name.ljust(width)}  {figure.value:.4f}  {figure.counts}{_against(figure)}".rstrip()
    yield from report.notes
    if misses and report.misses:
        yield f"{len(report.misses)} misses:"
        yield from (f"  {miss}" for miss in report.misses)


def as_json(report: Report) -> str:
    """Return a report as one line of JSON."""
    return json.dumps(asdict(report), ensure_ascii=False)


def _against(figure: Figure) -> str:
    if figure.target is None:
        return ""
    if figure.most:
        return f"  {'within' if figure.value <= figure.target else 'above'} {figure.target:g}"
    return f"  {'reaches' if figure.value >= figure.target else 'below'} {figure.target:g}"
