"""arXiv: every paper of the categories and queries that was announced in the window, said how many, and none lost."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from digest.collect.arxiv_pages import ID_CHUNK, Asked, pages
from digest.collect.dates import read_date
from digest.collect.feeds import fetch_feed
from digest.collect.model import Context, Listing, Window, Yield
from digest.domain.item import Item, Source

# The longest time between handing in and the listing, over Christmas and New Year included.
LOOK_BACK = timedelta(days=8)
_LISTING_AGE = timedelta(days=2)  # the RSS listing shows today's announcement alone
_STAMP = "%Y%m%d%H%M"
_CATEGORIES = re.compile(r"\s*\(?\s*cat:[\w.-]+(?:\s+OR\s+cat:[\w.-]+)*\s*\)?\s*")
_CATEGORY = re.compile(r"cat:([\w.-]+)")
_ANNOUNCED = re.compile(r"arXiv:(\S+?)v\d+\s+Announce Type:\s*([\w-]+)")
_NEVER = datetime.min.replace(tzinfo=UTC)
_NEW = frozenset({"new", "cross"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Announced:
    """One day's announcement: the identifiers of its new and cross-listed papers, noon UTC; or why it is not there."""

    ids: tuple[str, ...] = ()
    noon: datetime = _NEVER
    fault: str = ""


async def collect(source: Source, window: Window, context: Context) -> AsyncIterator[Yield]:
    """Yield the papers that match the source's query: newly submitted, then revised, then those only announced.

    The API is asked by submission (from eight days before the window, so that all papers announced in it are found)
    and by revision; the RSS listing of the day is the second opinion.
    """
    announced = await _announced(source, window, context)
    found: set[str] = set()
    for query in queries(source.address, window, context.now):
        async for part in pages(Asked(query=query), source, context):
            yield _compared(part, announced, found)
            if part.error:
                return
    if not found:
        yield Yield(status="empty", error="arXiv has no such papers")
    missing = [name for name in announced.ids if name not in found]
    for start in range(0, len(missing), ID_CHUNK):
        async for part in pages(Asked(ids=tuple(missing[start : start + ID_CHUNK])), source, context):
            yield _compared(part, announced, found)


def queries(query: str, window: Window, now: datetime) -> tuple[str, str]:
    """Return the query by date of submission, and the one for what was revised in the window but submitted before."""
    start, end = window.start - LOOK_BACK, min(window.end, now) if window.start < now else window.end
    submitted = f"submittedDate:[{_stamp(start)} TO {_stamp(end)}]"
    revised = f"lastUpdatedDate:[{_stamp(window.start)} TO {_stamp(end)}]"
    return f"({query}) AND {submitted}", f"(({query}) AND {revised}) ANDNOT {submitted}"


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_STAMP)


async def _announced(source: Source, window: Window, context: Context) -> _Announced:
    """Return today's announcement where the window may hold it and the query is one of categories alone."""
    recent = window.start <= context.now and context.now - window.end <= _LISTING_AGE
    if not recent or not _CATEGORIES.fullmatch(source.address):
        return _Announced()
    url = f"{context.settings.arxiv_rss_url}/{'+'.join(_CATEGORY.findall(source.address))}"
    fetched = await fetch_feed(url, context)
    if fetched.feed is None:
        return _Announced(fault=fetched.outcome.error if fetched.outcome else "no listing")
    rows = [(_ANNOUNCED.search(entry.summary), entry.published) for entry in fetched.feed.entries]
    ids = [match[1] for match, _ in rows if match and match[2] in _NEW]
    day = read_date(rows[0][1]) if rows else None
    if not ids or day is None or not window.start <= _noon(day) < window.end:
        return _Announced()
    return _Announced(ids=tuple(dict.fromkeys(ids)), noon=_noon(day))


def _noon(day: datetime) -> datetime:
    return day.replace(hour=12, minute=0, second=0, microsecond=0)


def _compared(part: Yield, announced: _Announced, found: set[str]) -> Yield:
    """Date a part's papers by the announcement, take note of them, and say how many of those announced arrived."""
    found.update(_name(item) for item in part.items)
    if not announced.ids:
        return replace(part, note=f"no listing: {announced.fault}" if announced.fault else part.note)
    listing = Listing(day=announced.noon.date(), announced=len(announced.ids), arrived=len(found & set(announced.ids)))
    note = f"listing of {listing.day}: {listing.announced} announced, {listing.arrived} arrived"
    return replace(part, items=tuple(_listed(item, announced) for item in part.items), note=note, listing=listing)


def _listed(item: Item, announced: _Announced) -> Item:
    """Date a paper by the listing where it was seen there: it is the truth, the calendar's rule only stands in."""
    if _name(item) not in announced.ids:
        return item
    return replace(item, announced=announced.noon, extra={**item.extra, "listed": f"{announced.noon:%Y-%m-%d}"})


def _name(item: Item) -> str:
    return item.id.removeprefix("arxiv:")
