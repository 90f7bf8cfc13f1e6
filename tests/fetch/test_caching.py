from datetime import datetime, timedelta

import pytest

from digest.fetch.caching import LONGEST_FRESH, LONGEST_WAIT_S, expiry, http_date, retry_after
from tests.fetch.server import NOW

HOUR = LONGEST_FRESH


@pytest.mark.parametrize(
    ("headers", "ahead"),
    [
        ({}, None),
        ({"cache-control": "max-age=60"}, timedelta(seconds=60)),
        ({"cache-control": "public, max-age=99999999999"}, HOUR),
        ({"cache-control": "max-age=600, s-maxage=30"}, timedelta(seconds=30)),
        ({"cache-control": "no-cache, max-age=60"}, None),
        ({"cache-control": "no-store", "expires": "Sun, 21 Jun 2026 13:00:00 GMT"}, None),
        ({"cache-control": "max-age=0"}, None),
        ({"expires": "Sun, 21 Jun 2026 12:10:00 GMT"}, timedelta(minutes=10)),
        # an origin whose clock is a day behind
        ({"expires": "Sat, 20 Jun 2026 12:05:00 GMT", "date": "Sat, 20 Jun 2026 12:00:00 GMT"}, timedelta(minutes=5)),
        ({"expires": "Sun, 21 Jun 2099 12:10:00 GMT"}, HOUR),
        ({"expires": "0"}, None),
        ({"expires": "-1"}, None),
    ],
)
def test_expiry(headers: dict[str, str], ahead: timedelta | None) -> None:
    assert expiry(headers, NOW) == (NOW + ahead if ahead else None)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "120"}, 120.0),
        ({"retry-after": "99999999999999"}, LONGEST_WAIT_S),
        ({"retry-after": "Sun, 21 Jun 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Sun, 21 Jun 2020 12:00:30 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"x-rate-limit-reset": str(int(NOW.timestamp()) + 90)}, 90.0),
        ({"x-rate-limit-reset": "x"}, None),
        ({"x-rate-limit-reset": str(int(NOW.timestamp()) + 90), "x-rate-limit-remaining": "5"}, None),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, NOW) == seconds


@pytest.mark.parametrize("text", ["", "yesterday", "Sun, 99 Jun 2026 12:00:00 GMT", "Sun, 21 Jun 99999 12:00:00 GMT"])
def test_no_date_is_none(text: str) -> None:
    assert http_date(text) is None


def test_a_date_without_zone_is_utc() -> None:
    assert http_date("Sun, 21 Jun 2026 12:00:00 -0000") == datetime.fromisoformat("2026-06-21T12:00:00+00:00")
