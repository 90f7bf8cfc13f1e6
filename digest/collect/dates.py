"""Dates as feeds write them, and what is done about impossible ones."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from digest.collect.model import Window

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST_AHEAD = timedelta(hours=48)
_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T\s]+(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?\s*"
    r"(?:(Z|UTC|GMT)|([+-])(\d{2}):?(\d{2})?)?$",
    re.IGNORECASE,
)
_RFC = re.compile(
    r"(?:[A-Za-z]{2,9}\.?,?\s+)?(\d{1,2})[\s-]([A-Za-z]{3})[A-Za-z]*\.?[\s-](\d{4})[\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?"
    r"\s*(?:([+-])(\d{2}):?(\d{2})|(Z|UT|UTC|GMT))?$"
)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: n for n, name in enumerate(_NAMES, 1)}
_LONGEST = 60
_DAY_HOURS = 14  # no zone is further from UTC


@dataclass(frozen=True, slots=True)
class Dated:
    """An item's date of publication, or None, with the flags that say what was done about it."""

    published: datetime | None
    flags: frozenset[str] = frozenset()


def read_date(text: str) -> datetime | None:
    """Read a date of RSS, Atom, Dublin Core or JSON Feed as UTC; None for what names no instant, such as 31 February.

    A date without zone is UTC. A zone beyond 14 hours (+9999) is nonsense and ignored.
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    for read in (_iso, _rfc822, _lenient):
        moment = read(text)
        if moment is not None:
            return moment
    return None


def date_item(published: datetime | None, now: datetime, window: Window, *, stated: bool = False) -> Dated:
    """Judge a date: before 1990 or later than now + 48 h it is dropped, and said so; an old date stays.

    `stated` says that the source wrote some date, even if unreadable. In a backfilled window an item without date is
    dated a second before the window's end, since it was there by then.
    """
    limit = max(now, window.end) if window.backfill else now
    if published is not None and EARLIEST <= published <= limit + LATEST_AHEAD:
        return Dated(published)
    flags = {"date-clamped" if published is not None or stated else "undated"}
    if window.backfill:
        return Dated(window.end - timedelta(seconds=1), frozenset(flags | {"backfilled", "undated"}))
    return Dated(None, frozenset(flags))


def _iso(text: str) -> datetime | None:
    match = _ISO.match(text)
    if not match:
        return None
    year, month, day, hour, minute, second, fraction = match.group(1, 2, 3, 4, 5, 6, 7)
    micro = int(fraction[:6].ljust(6, "0")) if fraction else 0
    zone = _zone(match[9], match[10], match[11])
    numbers = (int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
    return _instant(numbers, micro, zone)


def _rfc822(text: str) -> datetime | None:
    match = _RFC.match(text)
    month = _MONTHS.get(match[2].lower()) if match else None
    if not match or month is None:
        return None
    zone = _zone(match[7], match[8], match[9])
    return _instant((int(match[3]), month, int(match[1]), int(match[4]), int(match[5]), int(match[6] or 0)), 0, zone)


def _lenient(text: str) -> datetime | None:
    """Named zones, two-digit years and other habits of the standard library's mail parser."""
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _zone(sign: str | None, hours: str | None, minutes: str | None) -> timezone:
    if not sign or not hours or int(hours) > _DAY_HOURS:
        return UTC
    offset = timedelta(hours=int(hours), minutes=min(int(minutes or 0), 59))
    return timezone(-offset if sign == "-" else offset)


def _instant(numbers: tuple[int, int, int, int, int, int], micro: int, zone: timezone) -> datetime | None:
    year, month, day, hour, minute, second = numbers
    try:
        if hour == 24 and minute == second == 0:  # noqa: PLR2004  ISO 8601 allows 24:00 for the day's end
            return (datetime(year, month, day, tzinfo=zone) + timedelta(days=1)).astimezone(UTC)
        return datetime(year, month, day, hour, minute, min(second, 59), micro, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
