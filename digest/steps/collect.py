"""Collect: ask every source, and save what it yields as it goes, so that a crash loses the last few answers at most."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digest.collect.gather import Collected, gather
from digest.collect.health import is_silent
from digest.collect.model import Context as CollectContext
from digest.collect.model import Listing, Settings, Window
from digest.domain.item import Item, Source
from digest.errors import AllSourcesFailed
from digest.fetch.client import Fetcher
from digest.steps.context import Context, Target
from digest.store import items, sources

NOTHING = frozenset({"failed", "empty", "skipped", "disabled"})
LOOK_BACK = timedelta(days=8)  # a week, and the day on which it is published
_MUTE = frozenset({"skipped", "empty"})
_SOURCES_AT_ONCE = 100  # a transaction for each costs three times as much
_ITEMS_AT_ONCE = 300  # a page of arXiv is saved at once: the next one is seconds away
_TIMELESS = frozenset({"undated", "date-clamped"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What one source gave in this run: entries shown, items new to the store, items changed.

    `listing` is what arXiv's own listing of the day promises, None where none was seen; `note` says how that compares.
    """

    slug: str
    status: str
    seen: int = 0
    new: int = 0
    updated: int = 0
    error: str = ""
    note: str = ""
    listing: Listing | None = None


def collect(context: Context, window: Window, wanted: Sequence[Source]) -> list[Gathered]:
    """Collect from the sources, in their order. Raises AllSourcesFailed when none of them answered."""
    gathered = asyncio.run(_collect(context, window, wanted))
    if gathered and all(each.status in NOTHING for each in gathered):
        first = gathered[0]
        raise AllSourcesFailed(
            f"all {len(gathered)} sources failed, the first, {first.slug}, with: {first.error}; "
            "check the network, then run: digest sources check"
        )
    return gathered


def window_of(now: datetime, targets: Sequence[Target]) -> Window:
    """Return the instants that named periods need: from the first one's start to the last one's end."""
    start = min(target.period.start for target in targets)
    end = max(target.period.end for target in targets)
    return Window(start=start, end=end, backfill=end <= now)


def window_until(now: datetime, targets: Sequence[Target] = ()) -> Window:
    """Return the instants up to now, for what is due and for collecting by interval: what appears today is of today."""
    start = min([now - LOOK_BACK, *(target.period.start for target in targets)])
    return Window(start=start, end=now + timedelta(seconds=1))


async def _collect(context: Context, window: Window, wanted: Sequence[Source]) -> list[Gathered]:
    pass_ = Pass(context, window)
    async with context.fetcher() as fetcher:
        async for collected in gather(wanted, window, around(context, fetcher)):
            context.say("collect", collected.source.slug)
            pass_.take(collected)
    pass_.save()
    return [pass_.totals[source.slug] for source in wanted if source.slug in pass_.totals]


class Pass:
    """One look at all sources, saved some sources at a time: items, validators and checks in one transaction.

    A pass that is killed has lost what it had not saved, and the next one asks for it again.
    """

    def __init__(self, context: Context, window: Window) -> None:
        self.totals: dict[str, Gathered] = {}
        self._context = context
        self._window = window
        self._waiting: list[Collected] = []
        self._count = 0
        with context.database.read() as tx:
            self._read_before = sources.answered(tx)

    def take(self, collected: Collected) -> None:
        """Take what a source gave, or a part of it, and save it with what else waits when that is enough."""
        self._waiting.append(replace(collected, items=tuple(map(self._placed, collected.items))))
        self._count += len(collected.items)
        if len(self._waiting) >= _SOURCES_AT_ONCE or self._count >= _ITEMS_AT_ONCE:
            self.save()

    def save(self) -> None:
        """Save all that waits."""
        batch, self._waiting, self._count = self._waiting, [], 0
        with self._context.database.write() as tx:
            saved = items.save(tx, [item for each in batch for item in each.items])
            sources.keep(tx, [stored for each in batch for stored in each.validators])
            sources.keep_listings(tx, _listed(batch))
            new, updated = dict(saved.new_of), dict(saved.updated_of)
            for each in batch:
                slug = each.source.slug
                self._add(each, new.pop(slug, 0), updated.pop(slug, 0))
            done = [self.totals[each.source.slug] for each in batch if each.done]
            sources.record(tx, self._context.now, [_check(each) for each in done])

    def _placed(self, item: Item) -> Item:
        """Mark what has no date of its own and was there before its source was first read: it is no news."""
        if item.source in self._read_before or item.published or not item.flags & _TIMELESS:
            return item
        return replace(item, flags=item.flags | {"backlog"})

    def _add(self, collected: Collected, new: int, updated: int) -> None:
        slug = collected.source.slug
        before = self.totals.get(slug, Gathered(slug=slug, status=""))
        status, error = _judged(collected, self._window, self._context)
        self.totals[slug] = Gathered(
            slug=slug,
            status=status,
            seen=before.seen + len(collected.items),
            new=before.new + new,
            updated=before.updated + updated,
            error=error or before.error,
            note=collected.note or before.note,
            listing=collected.listing or before.listing,
        )


def _judged(collected: Collected, window: Window, context: Context) -> tuple[str, str]:
    """Return a source's status and error; a past window judges silence by its own end, and what is skipped says why."""
    dates = [item.published for item in collected.items if item.published]
    if collected.status == "stale" and not is_silent(dates, min(window.end, context.now)):
        return "ok", ""
    return collected.status, collected.error or (collected.note if collected.status in _MUTE else "")


def _listed(batch: Sequence[Collected]) -> list[sources.Listed]:
    """Return what the listings promise, of each source and day the last word."""
    last = {(each.source.slug, each.listing.day): each.listing for each in batch if each.listing is not None}
    return [
        sources.Listed(source=slug, day=day, announced=listing.announced, arrived=listing.arrived)
        for (slug, day), listing in last.items()
    ]


def _check(given: Gathered) -> sources.Check:
    return sources.Check(slug=given.slug, status=given.status, seen=given.seen, new=given.new, error=given.error)


def around(context: Context, fetcher: Fetcher) -> CollectContext:
    """Return what collectors work with: the client, the clock, the origins' addresses, the environment's tokens."""
    config = context.config
    settings = Settings(
        arxiv_api_url=config.arxiv.api_url,
        arxiv_rss_url=config.arxiv.rss_url,
        arxiv_delay_s=config.arxiv.delay_s,
        github_url=config.github.url,
        x_api_url=config.x.api_url,
        x_token="sample" if context.sample else os.environ.get(config.x.token_env) or None,
        hf_url=config.hf.url,
        github_api_url=config.github.api_url,
        github_token=os.environ.get(config.github.token_env) or None,
    )
    return CollectContext(fetcher=fetcher, now=context.now, settings=settings)
