from datetime import UTC, datetime
from functools import partial

import pytest

from digest.domain.issue import Publication
from digest.errors import UsageError
from digest.steps import targets

DAILY = Publication(slug="daily", titles={"en": "Daily"}, cadence="daily", publish_at="07:00")
WEEKLY = Publication(slug="weekly", titles={"en": "Weekly"}, cadence="weekly", publish_at="08:00")
SUNDAY = Publication(slug="sunday", titles={"en": "S"}, cadence="weekly", publish_at="08:00", week_starts="sunday")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def names(found: list[targets.Target] | None) -> list[str]:
    return [target.name for target in found or ()]


def test_a_week_means_its_seven_dailies_and_the_weeklies() -> None:
    found = names(targets.of_week("2026-W25", [WEEKLY, DAILY], "UTC", at("2026-11-01T00:00")))
    assert found == [*(f"daily 2026-06-{day}" for day in range(15, 22)), "weekly 2026-W25"]


def test_a_week_that_has_begun_leaves_out_the_days_to_come() -> None:
    found = names(targets.of_week("2026-W25", [WEEKLY, DAILY], "UTC", at("2026-06-16T12:00")))
    assert found == ["daily 2026-06-15", "daily 2026-06-16", "weekly 2026-W25"]


def test_asked_for_nothing_it_is_what_is_due() -> None:
    now = at("2026-06-22T07:00")
    seen = [("daily", "2026-06-20"), ("weekly", "2026-W24")]
    asked = partial(targets.asked, [WEEKLY, DAILY], "UTC", now)
    assert asked() is None
    assert names(targets.due([WEEKLY, DAILY], "UTC", now, seen)) == ["daily 2026-06-21"]
    assert names(asked(day="2026-06-16")) == ["daily 2026-06-16"]
    assert names(asked(week="2026-W25"))[-1] == "weekly 2026-W25"
    with pytest.raises(UsageError, match="exclude each other"):
        asked(week="2026-W25", day="2026-06-16")


def test_the_future_is_refused() -> None:
    with pytest.raises(UsageError, match="lies in the future"):
        targets.of_week("2026-W25", [WEEKLY], "UTC", at("2026-06-14T12:00"))
    with pytest.raises(UsageError, match="lies in the future"):
        targets.of_day("2026-06-21", [DAILY], "UTC", at("2026-06-20T12:00"))


def test_a_day_needs_a_daily() -> None:
    assert names(targets.of_day("2026-06-21", [DAILY, WEEKLY], "UTC", at("2026-06-22T00:00"))) == ["daily 2026-06-21"]
    with pytest.raises(UsageError, match="daily"):
        targets.of_day("2026-06-21", [WEEKLY], "UTC", at("2026-06-22T00:00"))


def test_a_number_is_due_at_its_hour_on_the_day_after() -> None:
    assert names(targets.due([DAILY], "UTC", at("2026-06-21T06:59"), [("daily", "2026-06-19")])) == []
    assert names(targets.due([DAILY], "UTC", at("2026-06-21T07:00"), [("daily", "2026-06-19")])) == ["daily 2026-06-20"]
    assert names(targets.due([WEEKLY], "UTC", at("2026-06-22T08:00"), [("weekly", "2026-W24")])) == ["weekly 2026-W25"]
    assert names(targets.due([WEEKLY], "UTC", at("2026-06-22T07:59"), [("weekly", "2026-W24")])) == []


def test_a_week_from_sunday_is_due_on_sunday() -> None:
    assert names(targets.due([SUNDAY], "UTC", at("2026-06-21T08:00"), [("sunday", "2026-W24")])) == ["sunday 2026-W25"]


def test_what_was_missed_is_caught_up_oldest_first() -> None:
    found = names(
        targets.due([DAILY, WEEKLY], "UTC", at("2026-06-22T09:00"), [("daily", "2026-06-18"), ("weekly", "2026-W24")])
    )
    assert found == ["daily 2026-06-19", "daily 2026-06-20", "daily 2026-06-21", "weekly 2026-W25"]


def test_a_publication_that_never_appeared_starts_with_its_latest_number() -> None:
    assert names(targets.due([DAILY], "UTC", at("2026-06-22T09:00"), [])) == ["daily 2026-06-21"]


def test_a_long_sleep_is_caught_up_within_bounds() -> None:
    found = targets.due([DAILY], "UTC", at("2026-06-22T09:00"), [("daily", "2026-01-01")])
    assert len(found) == 7


def test_hours_are_local() -> None:
    assert names(targets.due([DAILY], "Asia/Shanghai", at("2026-06-20T23:00"), [("daily", "2026-06-19")])) == [
        "daily 2026-06-20"
    ]
    assert names(targets.due([DAILY], "Asia/Shanghai", at("2026-06-20T22:59"), [("daily", "2026-06-19")])) == []
