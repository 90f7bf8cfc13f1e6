"""Days and weeks: what a dated number covers, in whose time zone, and on which day arXiv announces."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from digest.errors import UsageError

Cadence = Literal["daily", "weekly"]
WeekStart = Literal["monday", "sunday"]

_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_NEW_YORK = ZoneInfo("America/New_York")
_YEARS = range(1900, 3000)
_FRIDAY = 4
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A day or a week: the half-open range [start, end) of instants in UTC, and the name it goes by."""

    name: str
    cadence: Cadence
    start: datetime
    end: datetime
    first_day: date
    last_day: date

    def __contains__(self, moment: datetime) -> bool:
        """Whether the moment lies inside."""
        return self.start <= moment < self.end


def day(name: str, zone: str = "UTC") -> Period:
    """Return the period of a calendar day named like "2026-06-21".

    Raises UsageError for a day that does not exist.
    """
    try:
        first = date.fromisoformat(name)
    except ValueError as error:
        raise UsageError(f"no such day: {name!r}; write it like 2026-06-21") from error
    _told(first.year, name)
    return _between(first.isoformat(), "daily", first, first, zone)


def week(name: str, zone: str = "UTC", starts: WeekStart = "monday") -> Period:
    """Return the period of an ISO 8601 week named like "2026-W25".

    A week that starts on Sunday takes the Sunday before its Monday and leaves its own.
    Raises UsageError for a week that does not exist, such as 2025-W53.
    """
    match = _WEEK.fullmatch(name)
    if match:
        _told(int(match[1]), name)
    try:
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else None
    except ValueError as error:
        raise UsageError(f"no such week: {name!r}; {name[:4]} has {weeks_in(int(name[:4]))} ISO weeks") from error
    if monday is None:
        raise UsageError(f"no such week: {name!r}; write it like 2026-W25")
    first = monday - timedelta(days=1) if starts == "sunday" else monday
    return _between(name, "weekly", first, first + timedelta(days=6), zone)


def weeks_in(year: int) -> int:
    """Count the ISO weeks of a year: 52 or 53 (28 December always lies in the last)."""
    return date(year, 12, 28).isocalendar().week


def week_name(of: date) -> str:
    """Name the ISO week of a day; its year is that of the week's Thursday, not of the day."""
    year, number, _ = of.isocalendar()
    return f"{year}-W{number:02d}"


def week_of(day_of: date, zone: str = "UTC", starts: WeekStart = "monday") -> Period:
    """Return the week that holds a calendar day."""
    shifted = day_of + timedelta(days=1) if starts == "sunday" else day_of
    return week(week_name(shifted), zone, starts)


def local_day(moment: datetime, zone: str = "UTC") -> date:
    """Return the calendar day of an instant in a zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def days(period: Period, zone: str = "UTC") -> tuple[Period, ...]:
    """List the days of a period, in order."""
    count = (period.last_day - period.first_day).days + 1
    return tuple(day((period.first_day + timedelta(days=n)).isoformat(), zone) for n in range(count))


def before(period: Period, zone: str = "UTC", starts: WeekStart = "monday") -> Period:
    """Return the period of the same cadence that ends where this one starts."""
    if period.cadence == "daily":
        return day((period.first_day - timedelta(days=1)).isoformat(), zone)
    monday = period.first_day + timedelta(days=1 if starts == "sunday" else 0)
    return week(week_name(monday - timedelta(days=7)), zone, starts)


def announced_on(submitted: datetime) -> date:
    """Return the day whose arXiv listing announces a paper, in the dating of the listing itself.

    Submissions until 14:00 New York time are announced that evening at 20:00 and listed under the next
    day's date; later ones a working day after. There is no announcement on Friday and Saturday evenings, so
    the listing days are Monday to Friday. Source: https://info.arxiv.org/help/availability.html
    """
    local = submitted.astimezone(_NEW_YORK)
    day_of = local.date() + timedelta(days=1 if local.time() >= time(14) else 0)
    while day_of.weekday() >= _SATURDAY:
        day_of += timedelta(days=1)
    evening = day_of if day_of.weekday() != _FRIDAY else day_of + timedelta(days=2)
    return evening + timedelta(days=1)


def parse_now(text: str) -> datetime:
    """Read an ISO instant for the clock; one without a zone is UTC. Raises UsageError."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"no such time: {text!r}; write it like 2026-06-22T07:00:00Z") from error
    _told(moment.year, text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _told(year: int, name: str) -> None:
    """Refuse a year near the ends of the calendar, whose neighbours no clock can tell, and those before all news."""
    if year not in _YEARS:
        raise UsageError(f"no such time: {name!r}; write a year from {_YEARS.start} to {_YEARS.stop - 1}")


def _between(name: str, cadence: Cadence, first: date, last: date, zone: str) -> Period:
    where = ZoneInfo(zone)
    start = datetime.combine(first, time(), where).astimezone(UTC)
    end = datetime.combine(last + timedelta(days=1), time(), where).astimezone(UTC)
    return Period(name=name, cadence=cadence, start=start, end=end, first_day=first, last_day=last)
