"""How often a source has something to say, and whether it is silent beyond that."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

_SHORTEST_SILENCE = timedelta(days=30)
_LONGEST_SILENCE = timedelta(days=365)
_BEATS = 6  # so many usual pauses without a word are silence
_ENOUGH = 3


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
