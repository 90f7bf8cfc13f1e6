"""arXiv: every paper of the categories and queries that was announced in the window, said how many, and none lost."""

import re
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from digest.collect.arxiv_pages import ID_CHUNK, Asked, pages
from digest.collect.dates import read_date
from digest.collect.feeds import fetch_feed
from digest.collect.model import Context, Window, Yield
from digest.domain.item import Item, Source

# The longest time between handing in and the listing, over Christmas and New Year included.
LOOK_BACK = timedelta(days=8)
_LISTING_AGE = timedelta(days=2)  # the RSS listing shows today's announcement alone
_STAMP = "%Y%m%d%H%M"
_CATEGORIES = re.compile(r"\s*\(?\s*cat:[\w.-]+(?:\s+OR\s+cat:[\w.-]+)*\s*\)?\s*")
_CATEGORY = re.compile(r"cat:([\w.-]+)")
_ANNOUNCED = re.compile(r"arXiv:(\S+?)v\d+\s+Announce Type:\s*([\w-]+)")
_NEW = frozenset({"new", "cross"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The announcement of one day: the identifiers of its new and cross-listed papers, and noon UTC of its date."""

    ids: tuple[str, ...]
    noon: datetime


async def collect(source: Source, window: Window, context: Context) -> AsyncIterator[Yield]:
    """Yield the papers that match the source's query: newly submitted, then revised, then those only announced.

    The API is asked by submission (from eight days before the window, so that all papers announced in it are found)
    and by revision; the RSS listing of the day is the second opinion.
    """
    listing = await _listing(source, window, context)
    found: set[str] = set()
    for query in queries(source.address, window, context.now):
        async for part in pages(Asked(query=query), source, context):
            items = tuple(_listed(item, listing) for item in part.items)
            found.update(item.id.removeprefix("arxiv:") for item in items)
            yield replace(part, items=items, note=part.note or _count(listing, found), announced=_promised(listing))
            if part.error:
                return
    if not found:
        yield Yield(status="empty", error="arXiv has no such papers")
    missing = [name for name in listing.ids if name not in found] if listing else []
    for start in range(0, len(missing), ID_CHUNK):
        async for part in pages(Asked(ids=tuple(missing[start : start + ID_CHUNK])), source, context):
            items = tuple(_listed(item, listing) for item in part.items)
            found.update(item.id.removeprefix("arxiv:") for item in items)
            yield replace(part, items=items, note=part.note or _count(listing, found), announced=_promised(listing))


def queries(query: str, window: Window, now: datetime) -> tuple[str, str]:
    """Return the query by date of submission, and the one for what was revised in the window but submitted before."""
    start, end = window.start - LOOK_BACK, min(window.end, now) if window.start < now else window.end
    submitted = f"submittedDate:[{_stamp(start)} TO {_stamp(end)}]"
    revised = f"lastUpdatedDate:[{_stamp(window.start)} TO {_stamp(end)}]"
    return f"({query}) AND {submitted}", f"(({query}) AND {revised}) ANDNOT {submitted}"


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_STAMP)


async def _listing(source: Source, window: Window, context: Context) -> Listing | None:
    """Return today's listing where the window may hold it and the query is one of categories alone."""
    recent = window.start <= context.now and context.now - window.end <= _LISTING_AGE
    if not recent or not _CATEGORIES.fullmatch(source.address):
        return None
    url = f"{context.settings.arxiv_rss_url}/{'+'.join(_CATEGORY.findall(source.address))}"
    fetched = await fetch_feed(url, context)
    if fetched.feed is None:
        return None
    rows = [(_ANNOUNCED.search(entry.summary), entry.published) for entry in fetched.feed.entries]
    ids = [match[1] for match, _ in rows if match and match[2] in _NEW]
    day = read_date(rows[0][1]) if rows else None
    if not ids or day is None or not window.start <= _noon(day) < window.end:
        return None
    return Listing(ids=tuple(dict.fromkeys(ids)), noon=_noon(day))


def _noon(day: datetime) -> datetime:
    return day.replace(hour=12, minute=0, second=0, microsecond=0)


def _listed(item: Item, listing: Listing | None) -> Item:
    """Date a paper by the listing where it was seen there: it is the truth, the calendar's rule only stands in."""
    if listing is None or item.id.removeprefix("arxiv:") not in listing.ids:
        return item
    extra = {**item.extra, "listed": f"{listing.noon:%Y-%m-%d}"}
    return replace(item, announced=listing.noon, extra=extra)


def _promised(listing: Listing | None) -> int | None:
    return len(listing.ids) if listing else None


def _count(listing: Listing | None, found: Iterable[str]) -> str:
    if listing is None:
        return ""
    arrived = len(set(listing.ids) & set(found))
    return f"listing of {listing.noon:%Y-%m-%d}: {len(listing.ids)} announced, {arrived} arrived"
