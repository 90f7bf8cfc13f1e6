"""What keeps it running: health of the sources, status, a doctor's examination."""

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from digest.collect.gather import gather
from digest.collect.model import Window
from digest.errors import ConfigError, DigestError
from digest.steps import review, targets, tried
from digest.steps.collect import around
from digest.steps.context import Context
from digest.steps.receipt import is_stale
from digest.steps.render import unwritable, writable
from digest.store import issues, runs
from digest.store import sources as stored
from digest.store.answers import StoredAnswers
from digest.store.sources import Health

Row = dict[str, object]
_HOURS = 3600.0
_BRIEFLY = timedelta(days=2)


def sources(context: Context) -> list[Row]:
    """List the configured sources with their health, in their order."""
    with context.database.read() as tx:
        health = {each.slug: each for each in stored.health(tx)}
    return [
        {"slug": s.slug, "kind": s.kind, "title": s.title, "address": s.address, "enabled": s.enabled}
        | _health_row(health.get(s.slug), context.now)
        for s in context.config.sources
    ]


def try_sources(context: Context) -> list[Row]:
    """Ask every source once and store nothing."""
    return asyncio.run(_try(context))


def status(context: Context) -> Row:
    """Say what ran last, what is due, and which sources are in trouble."""
    with context.database.read() as tx:
        ran, listed, health = runs.listing(tx, 5), issues.listing(tx), stored.health(tx)
    made = {(row.publication, row.period) for row in listed}
    due = targets.due(context.config.publications, context.zone, context.now, made)
    return {
        "runs": [asdict(run) for run in ran],
        "published": len({(row.publication, row.period) for row in listed if row.state == "published"}),
        "due": [target.name for target in due],
        **_unpublished(listed),
        "failing": [{"slug": h.slug, "error": h.error, "failures": h.failures} for h in health if h.failures],
        "stale": [h.slug for h in health if is_stale(h, context.now)],
    }


def _unpublished(listed: Iterable[issues.Listed]) -> dict[str, list[str]]:
    """Name the editions that wait for an editor, and those that were let go."""
    rows = list(listed)
    states = {"held": "review", "approved": "approved"}
    return {name: [row.slug for row in rows if row.state == state] for name, state in states.items()}


def status_lines(found: Row) -> Iterator[str]:
    """Yield the status as people read it."""
    for run in _listed(found["runs"]):
        when = f"{run['started']:%Y-%m-%d %H:%M}"
        yield f"run {run['id']} {run['state']}: {run['command']} at {when} {run['note']}".rstrip()
    due = found["due"]
    yield f"due: {', '.join(map(str, due))}" if isinstance(due, list) and due else "nothing is due"
    for state, remedy in (("held", "digest issues review"), ("approved", "digest issues publish")):
        slugs = found[state]
        if isinstance(slugs, list) and slugs:
            yield f"{state}, not published: {', '.join(slugs)}; see: {remedy}"
    for source in _listed(found["failing"]):
        yield f"source {source['slug']} failed {source['failures']} times in a row: {source['error']}"
    for slug in found["stale"] if isinstance(found["stale"], list) else []:
        yield f"source {slug} is stale: silent beyond its rhythm"


def examine(context: Context) -> list[Row]:
    """Check the parts one by one: what, state ("ok", "note" or "wrong") and what to do."""
    checks: list[tuple[str, Callable[[Context], tuple[str, str]]]] = [
        ("configuration", _configuration),
        ("database", _database),
        ("output folder", _output),
        ("review", _review),
        ("sources", _sources),
        ("X token", _x_token),
        ("model", _model),
        ("mail", _mail),
    ]
    rows: list[Row] = []
    for what, examined in checks:
        state, note = examined(context)
        rows.append({"what": what, "state": state, "note": note})
    return rows


def _health_row(health: Health | None, now: datetime) -> Row:
    if health is None:
        times = {"last_success": None, "last_new": None, "rhythm_h": None}
        return {"status": "never read", "seen": 0, "new": 0, **times, "failures": 0, "error": ""}
    return {
        "status": "stale" if is_stale(health, now) else health.status,
        "seen": health.seen,
        "new": health.new,
        "last_success": health.last_success,
        "last_new": health.last_new,
        "rhythm_h": round(health.rhythm.total_seconds() / _HOURS, 1) if health.rhythm else None,
        "failures": health.failures,
        "error": health.error,
    }


async def _try(context: Context) -> list[Row]:
    window = Window(start=context.now - _BRIEFLY, end=context.now + timedelta(seconds=1))
    rows: dict[str, Row] = {}
    async with context.fetcher() as fetcher:
        async for got in gather(context.config.sources, window, around(context, fetcher)):
            before = rows.get(got.source.slug, {"entries": 0})
            rows[got.source.slug] = {
                "slug": got.source.slug,
                "status": got.status,
                "entries": int(str(before["entries"])) + len(got.items),
                "error": got.error or got.note,
            }
    return [rows[source.slug] for source in context.config.sources if source.slug in rows]


def _configuration(context: Context) -> tuple[str, str]:
    config = context.config
    if not config.sources or not config.publications:
        return "wrong", f"{config.origin} needs at least one [[source]] and one [[publication]]"
    return "ok", f"{config.origin}: {len(config.sources)} sources, {len(config.publications)} publications"


def _database(context: Context) -> tuple[str, str]:
    from digest.store import database  # noqa: PLC0415  its check opens the file once more

    try:
        faults = database.check(context.config.digest.database)
    except DigestError as error:
        return "wrong", str(error)
    folder = Path(context.config.digest.database.partition(":///")[2]).parent
    fault = unwritable(folder)
    if fault:
        faults = [*faults, f"{folder}: can't be written ({fault}); free space on its disk"]
    return ("wrong", "; ".join(faults)) if faults else ("ok", context.config.digest.database)


def _output(context: Context) -> tuple[str, str]:
    try:
        writable(context)
    except ConfigError as error:
        return "wrong", str(error)
    return "ok", str(context.output)


def _review(context: Context) -> tuple[str, str]:
    waiting = _unpublished(review.waiting(context))
    does = {"held": "read them with: digest issues review", "approved": "publish them with: digest issues publish"}
    notes = [f"{state}: {', '.join(slugs[:5])}; {does[state]}" for state, slugs in waiting.items() if slugs]
    return ("note", "; ".join(notes)) if notes else ("ok", "no issue waits for an editor")


def _sources(context: Context) -> tuple[str, str]:
    rows = sources(context)
    failing = [str(row["slug"]) for row in rows if row["status"] == "failed"]
    never = sum(row["status"] == "never read" for row in rows)
    silent = [str(row["slug"]) for row in rows if row["status"] == "stale"]
    if failing:
        return "wrong", f"{len(failing)} of {len(rows)} failed at their last check: {', '.join(failing[:5])}"
    if never == len(rows):
        return "note", "none was read yet; run: digest collect"
    return "ok", f"{len(rows) - never} read{'; stale: ' + ', '.join(silent[:5]) if silent else ''}"


def _x_token(context: Context) -> tuple[str, str]:
    name = context.config.x.token_env
    if not any(source.kind == "x" for source in context.config.sources):
        return "ok", "no X source is configured"
    return ("ok", f"{name} is set") if os.environ.get(name) else ("note", f"{name} is not set: X sources are not read")


def _model(context: Context) -> tuple[str, str]:
    return tried.model(context, StoredAnswers(context.database))


def _mail(context: Context) -> tuple[str, str]:
    return tried.mail(context.config.mail)


def _listed(value: object) -> list[Row]:
    return value if isinstance(value, list) else []


def probe(context: Context, url: str) -> Row:
    """Tell what a URL is (feed, page with a feed link, neither) and what it would yield."""
    return asyncio.run(_probe(context, url))


async def _probe(context: Context, url: str) -> Row:
    from digest.collect import probe as probing  # noqa: PLC0415  only for this command

    async with context.fetcher() as fetcher:
        found = await probing.probe(url, around(context, fetcher))
    return asdict(found)
