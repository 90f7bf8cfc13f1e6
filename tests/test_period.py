import gzip
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import period
from digest.errors import UsageError


def test_a_week_runs_from_monday_to_sunday_in_its_zone() -> None:
    week = period.week("2026-W25", "Europe/Berlin")
    assert (week.first_day, week.last_day) == (date(2026, 6, 15), date(2026, 6, 21))
    assert week.start == datetime(2026, 6, 14, 22, tzinfo=UTC)
    assert week.end - week.start == timedelta(days=7)


def test_a_week_that_starts_on_sunday_takes_the_sunday_before() -> None:
    week = period.week("2026-W25", starts="sunday")
    assert (week.first_day, week.last_day) == (date(2026, 6, 14), date(2026, 6, 20))


def test_the_week_of_the_clock_change_has_167_hours() -> None:
    week = period.week("2026-W13", "Europe/Berlin")
    assert (week.end - week.start) == timedelta(hours=167)


@pytest.mark.parametrize("name", ["2025-W53", "2026-W00", "2026-W54", "2026-25", "W25", "", "2026-W1"])
def test_a_week_that_does_not_exist_is_refused_in_one_line(name: str) -> None:
    with pytest.raises(UsageError, match="no such week") as caught:
        period.week(name)
    assert "\n" not in str(caught.value)


def test_2026_has_53_weeks_and_new_years_day_2027_lies_in_the_last() -> None:
    assert period.weeks_in(2026) == 53
    assert period.weeks_in(2025) == 52
    assert period.week_name(date(2027, 1, 1)) == "2026-W53"


@pytest.mark.parametrize("name", ["2026-02-30", "yesterday", "20260621T"])
def test_a_day_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="no such day"):
        period.day(name)


@given(st.dates(date(2000, 1, 3), date(2100, 1, 1)), st.sampled_from(["monday", "sunday"]))
def test_a_week_holds_its_day_and_follows_the_one_before(of: date, starts: str) -> None:
    week = period.week_of(of, starts=starts)  # type: ignore[arg-type]
    assert week.first_day <= of <= week.last_day
    earlier = period.before(week, starts=starts)  # type: ignore[arg-type]
    assert earlier.end == week.start
    assert earlier.name != week.name


def test_the_day_before_a_day() -> None:
    assert period.before(period.day("2026-03-01")).name == "2026-02-28"


def test_a_period_holds_its_start_and_not_its_end() -> None:
    day = period.day("2026-06-21")
    assert day.start in day
    assert day.end not in day


def test_the_days_of_a_week() -> None:
    names = [day.name for day in period.days(period.week("2026-W25"))]
    assert names[0] == "2026-06-15"
    assert names[-1] == "2026-06-21"
    assert len(names) == 7


@pytest.mark.parametrize(
    ("submitted", "listed"),
    [
        ("2026-06-15T12:00:00Z", "2026-06-16"),  # Monday before 14:00 in New York
        ("2026-06-15T18:30:00Z", "2026-06-17"),  # Monday after it
        ("2026-06-18T18:30:00Z", "2026-06-22"),  # Thursday after it: announced on Sunday evening
        ("2026-06-19T12:00:00Z", "2026-06-22"),  # Friday before it: the same
        ("2026-06-19T18:30:00Z", "2026-06-23"),  # Friday after it: Monday evening
        ("2026-06-20T12:00:00Z", "2026-06-23"),  # Saturday
    ],
)
def test_the_day_on_which_arxiv_announces(submitted: str, listed: str) -> None:
    assert period.announced_on(period.parse_now(submitted)).isoformat() == listed


def test_the_clock_reads_instants_with_and_without_a_zone() -> None:
    assert period.parse_now("2026-06-22T07:00") == datetime(2026, 6, 22, 7, tzinfo=UTC)
    assert period.parse_now("2026-06-22T07:00+02:00") == datetime(2026, 6, 22, 5, tzinfo=UTC)
    with pytest.raises(UsageError, match="no such time"):
        period.parse_now("noon")


@pytest.mark.shared
def test_the_rule_places_a_recorded_weeks_papers_on_their_day(shared: Path) -> None:
    with gzip.open(shared / "world/weeks/2026-W25/arxiv.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["announce"] == "new"]
    days = [period.announced_on(datetime.fromisoformat(row["published"])).isoformat() for row in rows]
    hits = sum(day in row["listed"] for day, row in zip(days, rows, strict=True))
    assert (hits, len(rows)) == (2458, 2478)


@pytest.mark.parametrize("year", ["0001", "1899", "3000", "9999"])
def test_a_year_at_the_ends_of_the_calendar_is_refused_in_one_line(year: str) -> None:
    for refused in (
        lambda: period.week(f"{year}-W01"),
        lambda: period.day(f"{year}-01-01"),
        lambda: period.parse_now(f"{year}-01-01"),
    ):
        with pytest.raises(UsageError, match="write a year from 1900 to 2999"):
            refused()
