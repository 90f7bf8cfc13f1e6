"""What collectors need around them in a test: a window, a context on a local server, and one source's outcome."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from digest.collect.gather import Collected, gather
from digest.collect.model import Collector, Context, Settings, Window
from digest.collect.table import COLLECTORS
from digest.domain.item import Item, Source
from digest.fetch.model import MemoryValidators, Validators
from tests.fetch.server import NOW, Route, Server, fetcher

WEEK = Window(start=datetime(2026, 6, 15, tzinfo=UTC), end=datetime(2026, 6, 22, tzinfo=UTC))
PAST = Window(start=WEEK.start, end=WEEK.end, backfill=True)
LATER = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one source gave, all parts together; status, error and note of the last."""

    status: str
    items: tuple[Item, ...]
    error: str
    note: str
    parts: tuple[Collected, ...]

    @property
    def announced(self) -> int | None:
        return max((part.listing.announced for part in self.parts if part.listing is not None), default=None)


def feed(slug: str, address: str, kind: str = "feed", **more: object) -> Source:
    return Source(kind=kind, slug=slug, title=slug, address=address, **more)  # type: ignore[arg-type]


async def outcomes(
    sources: Sequence[Source],
    *,
    settings: Settings | None = None,
    window: Window = WEEK,
    now: datetime = NOW,
    validators: Validators | None = None,
    collectors: Mapping[str, Collector] = COLLECTORS,
    **limits: object,
) -> dict[str, Outcome]:
    parts: dict[str, list[Collected]] = {}
    known = validators or MemoryValidators()
    async with fetcher(known, lambda: now, **limits) as client:
        context = Context(fetcher=client, now=now, settings=settings or Settings())
        async for part in gather(sources, window, context, collectors):
            parts.setdefault(part.source.slug, []).append(part)
            for stored in part.validators:
                known.put(stored.url, stored)
    return {slug: _joined(each) for slug, each in parts.items()}


def _joined(parts: list[Collected]) -> Outcome:
    assert [part.done for part in parts] == [False] * (len(parts) - 1) + [True]
    last = parts[-1]
    items = tuple(item for part in parts for item in part.items)
    return Outcome(status=last.status, items=items, error=last.error, note=last.note, parts=tuple(parts))


def one(routes: Mapping[str, Route], source: Source, **around: object) -> Outcome:
    """Collect one source, "{base}" in its address and in the settings standing for the server."""
    return asyncio.run(_one(routes, source, around))


async def _one(routes: Mapping[str, Route], source: Source, around: dict[str, object]) -> Outcome:
    async with Server(dict(routes)) as server:
        base = server.url("")
        settings = around.pop("settings", None) or Settings()
        assert isinstance(settings, Settings)
        moved = {name: getattr(settings, name) for name in settings.__slots__}
        moved = {
            name: value.replace("{base}", base) if isinstance(value, str) else value for name, value in moved.items()
        }
        here = Source(
            kind=source.kind,
            slug=source.slug,
            title=source.title,
            address=source.address.replace("{base}", base),
            accounts=source.accounts,
            language=source.language,
            enabled=source.enabled,
        )
        found = await outcomes([here], settings=Settings(**moved), **around)  # type: ignore[arg-type]
        return found[source.slug]


def rss(*items: str, head: str = "") -> bytes:
    """Wrap items, written without their element, into an RSS document."""
    inner = "".join(f"<item>{item}</item>" for item in items)
    names = (
        'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    )
    title = "<title>Example Lab</title><link>https://lab.example/</link>"
    start = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {names}>'
    return f"{start}<channel>{title}{head}{inner}</channel></rss>".encode()


ITEM = (
    "<title>A model is out</title><link>https://lab.example/model</link><guid>1</guid>"
    "<pubDate>Tue, 16 Jun 2026 10:00:00 GMT</pubDate><description>It ranks well.</description>"
)
