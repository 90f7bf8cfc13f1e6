"""How a source does over time: its rhythm, whether it is silent, how often in a row it failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

_SHORTEST_SILENCE = timedelta(days=30)
_LONGEST_SILENCE = timedelta(days=365)
_BEATS = 6  # so many usual pauses without a word are silence
_ENOUGH = 3
_BROKEN_AFTER = 5
_GOOD = frozenset({"ok", "unchanged", "stale"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One look at a source: when, with which status, and how many of its items were new."""

    at: datetime
    status: str
    new: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What the looks at a source say; `state`: "ok", "stale", "failing", "broken" (five failures in a row), "new"."""

    state: str
    last_success: datetime | None
    last_new: datetime | None
    rhythm: timedelta | None
    failures: int


def rhythm(dates: Sequence[datetime]) -> timedelta | None:
    """Return the usual pause between entries, the median; None for fewer than three dates."""
    ordered = sorted(dates)
    if len(ordered) < _ENOUGH:
        return None
    return timedelta(seconds=median((b - a).total_seconds() for a, b in pairwise(ordered)))


def is_silent(dates: Sequence[datetime], now: datetime) -> bool:
    """Whether a source has said nothing for six of its usual pauses, and at least 30 days, or for a year."""
    usual = rhythm(dates)
    if not dates:
        return False
    allowed = _LONGEST_SILENCE if usual is None else max(_SHORTEST_SILENCE, min(usual * _BEATS, _LONGEST_SILENCE))
    return now - max(dates) > allowed


def health(checks: Sequence[Check], dates: Sequence[datetime], now: datetime) -> Health:
    """Judge a source by its looks (any order) and its entries' dates."""
    ordered = sorted(checks, key=lambda check: check.at)
    good = [check.at for check in ordered if check.status in _GOOD]
    failures = 0
    for check in reversed(ordered):
        if check.status != "failed":
            break
        failures += 1
    return Health(
        state=_state(failures, is_silent(dates, now), looked=bool(ordered)),
        last_success=good[-1] if good else None,
        last_new=max((check.at for check in ordered if check.new), default=None),
        rhythm=rhythm(dates),
        failures=failures,
    )


def _state(failures: int, silent: bool, *, looked: bool) -> str:  # noqa: FBT001  two facts of a pure decision
    if failures >= _BROKEN_AFTER:
        return "broken"
    if failures:
        return "failing"
    return "stale" if silent else "ok" if looked else "new"
