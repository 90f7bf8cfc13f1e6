"""RSS, Atom, RDF and JSON Feed sources, among them YouTube channels and the bridges of WeChat and X."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from digest.collect.entry import Feed, from_json
from digest.collect.feed_items import Setting, items_of
from digest.collect.feed_parse import NO_BODY, parse_feed
from digest.collect.health import is_silent
from digest.collect.model import Context, Window, Yield
from digest.domain.item import Item, ItemKind, Source
from digest.fetch.model import Failure, Request, Response
from digest.sandbox import Killed

_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A feed that was asked for: read, or the outcome that stands in its place."""

    feed: Feed | None
    response: Response | None
    outcome: Yield | None


async def collect(source: Source, window: Window, context: Context) -> AsyncIterator[Yield]:
    """Yield the entries that the feed shows, as posts."""
    yield await collect_as("post", source, window, context)


async def collect_as(kind: ItemKind, source: Source, window: Window, context: Context) -> Yield:
    """Read one feed as items of a kind; trouble is the status of what is returned."""
    fetched = await fetch_feed(source.address, context)
    if fetched.feed is None or fetched.response is None:
        return fetched.outcome or Yield(status="failed")
    setting = Setting(source=source, now=context.now, window=window, kind=kind)
    return outcome(items_of(fetched.feed.entries, setting), fetched.feed, fetched.response, context)


async def fetch_feed(url: str, context: Context) -> Fetched:
    """Fetch and parse a feed."""
    answer = await context.fetcher.fetch(Request(url=url, headers={"Accept": _ACCEPT}))
    if isinstance(answer, Failure):
        return Fetched(feed=None, response=None, outcome=failed(answer))
    if answer.not_modified:
        return Fetched(feed=None, response=answer, outcome=Yield(status="unchanged", keep=(answer,)))
    feed = await parse(answer, context)
    if feed.fault:
        status = "empty" if feed.fault == NO_BODY else "failed"
        return Fetched(feed=None, response=answer, outcome=Yield(status=status, error=feed.fault))
    return Fetched(feed=feed, response=answer, outcome=None)


async def parse(answer: Response, context: Context) -> Feed:
    """Parse an answer in the sandbox; a parser that was killed is a fault of the feed."""
    options = {"url": answer.url, "content_type": answer.headers.get("content-type", "")}
    if context.sandbox is None:
        return from_json(parse_feed(answer.body, **options))
    row: dict[str, Any] | Killed = await context.sandbox.run(parse_feed, answer.body, **options)
    if isinstance(row, Killed):
        return Feed(format="", fault=f"parsing was stopped: {row.message}")
    return from_json(row)


def outcome(items: tuple[Item, ...], feed: Feed, answer: Response, context: Context) -> Yield:
    """Say how a read feed did: "empty" without entries, "stale" when silent beyond its rhythm, else "ok"."""
    if not items:
        return Yield(status="empty", error="the feed has no entries", keep=(answer,))
    dates = [item.published for item in items if item.published and "undated" not in item.flags]
    status = "stale" if is_silent(dates, context.now) else "ok"
    error = f"silent since {max(dates):%Y-%m-%d}" if status == "stale" else ""
    return Yield(items=items, status=status, error=error, note=feed.note, keep=(answer,))


def failed(answer: Failure) -> Yield:
    """Turn a failed request into the status of its source."""
    status = "disabled" if answer.kind in {"disabled", "gone"} else "failed"
    return Yield(status=status, error=answer.message)
