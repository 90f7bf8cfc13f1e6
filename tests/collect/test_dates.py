from datetime import UTC, datetime, timedelta

import pytest

from digest.collect.dates import date_item, read_date
from tests.collect.worlds import LATER, PAST, WEEK
from tests.fetch.server import NOW


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-06-16T10:00:00Z", "2026-06-16T10:00:00"),
        ("2026-06-16T10:00:00.1234567+02:00", "2026-06-16T08:00:00.123456"),
        ("2026-06-16T10:00+0530", "2026-06-16T04:30:00"),
        ("20260616T101112Z", "2026-06-16T10:11:12"),
        ("2026-06-16", "2026-06-16T00:00:00"),
        ("2026-06-16 10:00:00", "2026-06-16T10:00:00"),
        ("2026-06-16T24:00:00Z", "2026-06-17T00:00:00"),
        ("2026-06-16T10:00:60Z", "2026-06-16T10:00:59"),
        ("Tue, 16 Jun 2026 10:00:00 GMT", "2026-06-16T10:00:00"),
        ("Tuesday, 16 June 2026 10:00 -0700", "2026-06-16T17:00:00"),
        ("16-Jun-2026 10:00:00", "2026-06-16T10:00:00"),
        ("Tue, 16 Jun 2026 10:00:00 EST", "2026-06-16T15:00:00"),
        ("Tue, 16 Jun 2026 10:00:00 +9999", "2026-06-16T10:00:00"),
        ("2026-06-16T10:00:00+99:99", "2026-06-16T10:00:00"),
    ],
)
def test_dates(text: str, wanted: str) -> None:
    assert read_date(text) == datetime.fromisoformat(wanted).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-02-31", "Sat, 31 Feb 2026 10:00:00 GMT", "2026-13-01", "9999999-01-01",
     "2026-06-16T99:00Z", "x" * 100,
     "-001-06-16", "99999999999"],
)  # fmt: skip
def test_no_dates(text: str) -> None:
    assert read_date(text) is None


def test_the_last_instant_there_is_does_not_overflow() -> None:
    assert read_date("9999-12-31T23:59:59-14:00") is None


def test_dates_are_judged_against_the_clock() -> None:
    good, soon, far = NOW, NOW + timedelta(hours=47), NOW + timedelta(hours=49)
    assert date_item(good, NOW, WEEK).published == good
    assert date_item(soon, NOW, WEEK).published == soon
    assert (date_item(far, NOW, WEEK).published, date_item(far, NOW, WEEK).flags) == (None, {"date-clamped"})
    assert date_item(None, NOW, WEEK).flags == {"undated"}
    assert date_item(None, NOW, WEEK, stated=True).flags == {"date-clamped"}
    assert date_item(far, LATER, PAST).published == far
