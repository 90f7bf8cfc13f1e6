"""Collect: ask every source, and save what it yields as it yields it, so that a crash loses one answer at most."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.collect.gather import Collected, gather
from digest.collect.health import is_silent
from digest.collect.model import Context as CollectContext
from digest.collect.model import Settings, Window
from digest.domain.item import Source
from digest.errors import AllSourcesFailed
from digest.fetch.client import Fetcher
from digest.steps.context import Context, Target
from digest.store import items, sources

NOTHING = frozenset({"failed", "empty", "skipped", "disabled"})
_MUTE = frozenset({"skipped", "empty"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What one source gave in this run: entries shown, items new to the store, items changed.

    `announced` is what arXiv's own listing promises, None where none was seen; `note` says how that compares.
    """

    slug: str
    status: str
    seen: int = 0
    new: int = 0
    updated: int = 0
    error: str = ""
    note: str = ""
    announced: int | None = None


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


def window_of(targets: Sequence[Target], now: datetime) -> Window:
    """Return the instants that a run needs: from the first period's start to the last one's end."""
    start = min(target.period.start for target in targets)
    end = max(target.period.end for target in targets)
    return Window(start=start, end=end, backfill=end <= now)


async def _collect(context: Context, window: Window, wanted: Sequence[Source]) -> list[Gathered]:
    totals: dict[str, Gathered] = {}
    async with context.fetcher() as fetcher:
        async for collected in gather(wanted, window, around(context, fetcher)):
            slug = collected.source.slug
            context.say("collect", slug)
            with context.database.write() as tx:
                saved = items.save(tx, collected.items)
            before = totals.get(slug, Gathered(slug=slug, status=""))
            status, error = _judged(collected, window, context)
            totals[slug] = Gathered(
                slug=slug,
                status=status,
                seen=before.seen + len(collected.items),
                new=before.new + saved.new,
                updated=before.updated + saved.updated,
                error=error or before.error,
                note=collected.note or before.note,
                announced=collected.announced if collected.announced is not None else before.announced,
            )
            if collected.done:
                _record(context, totals[slug])
    return [totals[source.slug] for source in wanted if source.slug in totals]


def _judged(collected: Collected, window: Window, context: Context) -> tuple[str, str]:
    """Return a source's status and error; a past window judges silence by its own end, and what is skipped says why."""
    dates = [item.published for item in collected.items if item.published]
    if collected.status == "stale" and not is_silent(dates, min(window.end, context.now)):
        return "ok", ""
    return collected.status, collected.error or (collected.note if collected.status in _MUTE else "")


def _record(context: Context, given: Gathered) -> None:
    with context.database.write() as tx:
        before = next((each for each in sources.health(tx) if each.slug == given.slug), None)
        silent = given.status == "unchanged" and before is not None and before.status == "stale"
        status, error = ("stale", before.error) if silent and before else (given.status, given.error)
        sources.record(tx, given.slug, context.now, status=status, seen=given.seen, new=given.new, error=error)


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
