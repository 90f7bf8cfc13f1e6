"""Which numbers a run makes: those of a week, of a day, or what is due. Pure decisions."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digest import period as periods
from digest.domain.issue import Publication
from digest.errors import UsageError
from digest.period import Period
from digest.steps.context import Target

_CATCH_UP = {"daily": 7, "weekly": 4}


def asked(
    publications: Sequence[Publication],
    zone: str,
    now: datetime,
    *,
    week: str = "",
    day: str = "",
) -> list[Target] | None:
    """List the numbers of a week or of a day; None with neither: what is `due`, which the store knows.

    Raises UsageError for both, and as they do.
    """
    if week and day:
        raise UsageError("--week and --day exclude each other; give one")
    if week:
        return of_week(week, publications, zone, now)
    return of_day(day, publications, zone, now) if day else None


def of_week(name: str, publications: Sequence[Publication], zone: str, now: datetime) -> list[Target]:
    """List the seven dailies and the weeklies of an ISO week, days first.

    Raises UsageError when the week does not exist, or begins after `now`.
    """
    days = periods.days(periods.week(name, zone), zone)
    dailies = [Target(publication=p, period=day) for day in days for p in publications if p.cadence == "daily"]
    weeklies = [
        Target(publication=p, period=periods.week(name, zone, p.week_starts))
        for p in publications
        if p.cadence == "weekly"
    ]
    return _begun([*(t for t in dailies if t.period.start <= now or not weeklies), *weeklies], name, now)


def of_day(name: str, publications: Sequence[Publication], zone: str, now: datetime) -> list[Target]:
    """List the dailies of a day. Raises UsageError when it does not exist, lies ahead or has none."""
    dailies = [Target(publication=p, period=periods.day(name, zone)) for p in publications if p.cadence == "daily"]
    if not dailies:
        raise UsageError(f"--day {name}: none of the publications asked for is a daily; use --week")
    return _begun(dailies, name, now)


def due(
    publications: Sequence[Publication], zone: str, now: datetime, published: Collection[tuple[str, str]]
) -> list[Target]:
    """List what should have appeared by now and has not, oldest first.

    A number is due at its publication's hour on the first day after its period. Missed ones are caught up, at most
    seven dailies and four weeklies; a publication that never appeared starts with its latest number.
    """
    found = [Target(publication=p, period=each) for p in publications for each in _missed(p, zone, now, published)]
    return sorted(found, key=lambda target: (due_at(target, zone), target.period.cadence, target.publication.slug))


def due_at(target: Target, zone: str) -> datetime:
    """Return the instant at which a number is due, in its zone."""
    hour, minute = (int(part) for part in target.publication.publish_at.split(":"))
    day = target.period.last_day + timedelta(days=1)
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone))


def latest(publication: Publication, zone: str, now: datetime) -> Period:
    """Return the last period whose number is due at `now`."""
    today = periods.local_day(now, zone)
    if publication.cadence == "daily":
        current = periods.day(today.isoformat(), zone)
    else:
        current = periods.week(periods.week_name(today + timedelta(days=7)), zone, publication.week_starts)
    while due_at(Target(publication=publication, period=current), zone) > now:
        current = periods.before(current, zone, publication.week_starts)
    return current


def _missed(p: Publication, zone: str, now: datetime, published: Collection[tuple[str, str]]) -> list[Period]:
    candidate = latest(p, zone, now)
    names = {period for slug, period in published if slug == p.slug}
    appeared = {_first_day(name) for name in names}
    missed: list[Period] = []
    while candidate.name not in names and len(missed) < _CATCH_UP[p.cadence]:
        missed.append(candidate)
        candidate = periods.before(candidate, zone, p.week_starts)
        if not any(day <= candidate.first_day for day in appeared):
            break
    return missed[::-1]


def _first_day(name: str) -> date:
    return (periods.week(name) if "W" in name else periods.day(name)).first_day


def _begun(targets: list[Target], name: str, now: datetime) -> list[Target]:
    if targets and all(target.period.start > now for target in targets):
        raise UsageError(f"{name} lies in the future: the clock says {now:%Y-%m-%d %H:%M} UTC; choose an earlier one")
    return targets
