"""What an answer's headers say about time: until when it is fresh, and how long to wait."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_FRESH = timedelta(hours=1)  # so that a feed with "max-age=1 day" is not missed by a daily run
LONGEST_WAIT_S = 24 * 3600.0
_MAX_AGE = re.compile(r"(?:^|[,\s])(?:s-maxage|max-age)\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_LONGEST_NUMBER = 16
_NO = re.compile(r"\bno-(?:cache|store)\b", re.IGNORECASE)


def expiry(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Return the instant until which the answer needs no asking, at most an hour ahead, or None.

    Cache-Control comes before Expires, which is read relative to the answer's own Date: clocks differ (RFC 9111, 5.3).
    """
    control = headers.get("cache-control", "")
    if _NO.search(control):
        return None
    ages = [int(age) for age in _MAX_AGE.findall(control)]
    if ages:
        return _ahead(timedelta(seconds=min(*ages, 10**8)), now)
    end, date = http_date(headers.get("expires", "")), http_date(headers.get("date", ""))
    return _ahead(end - (date or now), now) if end else None


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that Retry-After, or X's header of a spent limit, asks for, 0 to a day; None for neither."""
    value = headers.get("retry-after", "").strip()
    if _is_count(value):
        return min(float(value), LONGEST_WAIT_S)
    moment, reset = http_date(value), headers.get("x-rate-limit-reset", "").strip()
    if moment is not None:
        return max(0.0, min((moment - now).total_seconds(), LONGEST_WAIT_S))
    if _is_count(reset) and headers.get("x-rate-limit-remaining", "0").strip() == "0":
        return max(0.0, min(float(reset) - now.timestamp(), LONGEST_WAIT_S))
    return None


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER


def http_date(text: str) -> datetime | None:
    """Read a date of HTTP; None where it is none."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _ahead(span: timedelta, now: datetime) -> datetime | None:
    return now + min(span, LONGEST_FRESH) if span > timedelta(0) else None
