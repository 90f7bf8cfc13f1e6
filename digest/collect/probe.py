"""What a URL is: a feed, a page that names feeds, or neither; and what it would yield."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from digest.collect.entry import Feed
from digest.collect.feed_items import Setting, items_of
from digest.collect.feeds import parse
from digest.collect.health import is_silent, rhythm
from digest.collect.markup import web_link
from digest.collect.model import Context, Window
from digest.domain.item import Source
from digest.fetch.model import Failure, Request, Response

_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
_GUESSES = ("/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml")
_SHOWN = 5
_HEAD = 100_000  # characters in which a page's <link> stands
_HOURS = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What was found.

    `what` is "feed", "page" (then `feeds` are the feeds that it names, or that were found beside it) or "neither".
    `entries` counts what the feed shows, `last_week` those of the last seven days; `rhythm_h` is the usual pause in
    hours. `titles` are the newest ones. `status` is what the source would have in a receipt.
    """

    url: str
    what: str
    status: str
    format: str = ""
    kind: str = ""
    title: str = ""
    language: str = ""
    entries: int = 0
    last_week: int = 0
    newest: str = ""
    rhythm_h: float | None = None
    feeds: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    error: str = ""


async def probe(url: str, context: Context) -> Probe:
    """Look at a URL, without remembering anything; never raises for trouble outside."""
    answer = await context.fetcher.fetch(Request(url=url, fresh=True))
    if isinstance(answer, Failure):
        return Probe(url=url, what="neither", status="failed", error=answer.message)
    feed = await parse(answer, context)
    if not feed.fault:
        return _of_feed(url, feed, context.now)
    feeds = named_feeds(answer.body.decode("utf-8", "replace"), answer.url)
    if not feeds and "html" in answer.headers.get("content-type", ""):
        feeds = await _guessed(answer, context)
    if feeds:
        return Probe(url=url, what="page", status="failed", feeds=feeds, error="a page; take one of the feeds it names")
    return Probe(url=url, what="neither", status="failed", error=feed.fault)


def named_feeds(page: str, url: str) -> tuple[str, ...]:
    """Return the feeds that a page's head names, absolute, in order."""
    if "<link" not in page.lower():
        return ()
    links = LexborHTMLParser(page[:_HEAD]).css("link[rel~=alternate][href]")
    typed = [link for link in links if (link.attributes.get("type") or "").split(";")[0].strip().lower() in _TYPES]
    return tuple(dict.fromkeys(filter(None, (web_link(link.attributes.get("href") or "", url) for link in typed))))


async def _guessed(answer: Response, context: Context) -> tuple[str, ...]:
    """Try the usual places of a site's feed, and return the first that is one."""
    parts = urlsplit(answer.url)
    for guess in _GUESSES:
        url = f"{parts.scheme}://{parts.netloc}{guess}"
        found = await context.fetcher.fetch(Request(url=url, fresh=True, attempts=1))
        if isinstance(found, Response) and not (await parse(found, context)).fault:
            return (url,)
    return ()


def _of_feed(url: str, feed: Feed, now: datetime) -> Probe:
    source = Source(kind="feed", slug="probe", title=feed.title or url, address=url, language=feed.language or "en")
    window = Window(start=now - timedelta(days=7), end=now)
    items = items_of(feed.entries, Setting(source=source, now=now, window=window))
    dates = [item.published for item in items if item.published]
    pause = rhythm(dates)
    chinese = sum(item.language == "zh" for item in items) * 2 > len(items)
    status = "empty" if not items else "stale" if is_silent(dates, now) else "ok"
    return Probe(
        url=url,
        what="feed",
        status=status,
        format=feed.format,
        kind="podcast" if sum(bool(entry.audio) for entry in feed.entries) * 2 > len(feed.entries) else "feed",
        title=feed.title,
        language="zh" if chinese else (feed.language or "en").split("-")[0].lower(),
        entries=len(items),
        last_week=sum(window.start <= date < window.end for date in dates),
        newest=f"{max(dates).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if dates else "",
        rhythm_h=round(pause.total_seconds() / _HOURS, 1) if pause is not None else None,
        titles=tuple(item.title for item in items[:_SHOWN]),
        error=feed.note,
    )
