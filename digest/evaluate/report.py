"""What an evaluation found: figures with the counts behind them, and each miss by name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure. `value` is a share in 0..1 unless the name says otherwise; `counts` what it was computed from ("34/36")."""

    name: str
    value: float
    counts: str
    target: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The figures of one evaluation, in the order to print, and its misses, a line each."""

    title: str
    figures: tuple[Figure, ...]
    misses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
