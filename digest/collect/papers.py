"""Hugging Face's daily papers: which papers its readers chose, with their votes."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from digest.collect.dates import read_date
from digest.collect.feeds import failed
from digest.collect.markup import plain_line, web_link
from digest.collect.model import Context, Window, Yield
from digest.domain.item import Item, Source
from digest.fetch.model import Failure, Request
from digest.text import one_line

_PER_DAY = 100
_LONGEST_TITLE = 1_000
_LONGEST = timedelta(days=31)


async def collect(source: Source, window: Window, context: Context) -> AsyncIterator[Yield]:
    """Yield the papers of each day of the window, a part a day."""
    found = failures = unchanged = 0
    wanted = days(window, context.now)
    for day in wanted:
        url = f"{context.settings.hf_url}/api/daily_papers?date={day:%Y-%m-%d}&limit={_PER_DAY}"
        answer = await context.fetcher.fetch(Request(url=url))
        if isinstance(answer, Failure):
            failures += 1
            yield failed(answer)
            continue
        unchanged += answer.not_modified
        items = () if answer.not_modified else read_day(answer.body, day, source, context.now)
        if items is None:
            yield Yield(status="failed", error=f"{day}: the answer is no list of papers")
            return
        found += len(items)
        yield Yield(items=items, keep=(answer,))
    if failures:
        yield Yield(status="failed", error=f"{failures} of {len(wanted)} days could not be read")
    elif not found:
        yield Yield(status="unchanged" if unchanged else "empty", note="" if unchanged else "no papers on these days")


def days(window: Window, now: datetime) -> list[date]:
    """List the days of a window up to today, in UTC, at most a month of them, the last ones."""
    end = min(window.end - timedelta(microseconds=1), now)
    start = max(window.start, end - _LONGEST)
    count = (end.astimezone(UTC).date() - start.astimezone(UTC).date()).days + 1
    return [start.astimezone(UTC).date() + timedelta(days=n) for n in range(count)]


def read_day(body: bytes, day: date, source: Source, now: datetime) -> tuple[Item, ...] | None:
    """Read a day's list, in its order; None when it is none."""
    try:
        rows = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(rows, list):
        return None
    items = [_item(row, day, source, now) for row in rows if isinstance(row, dict)]
    return tuple(item for item in items if item is not None)


def _item(row: dict[str, Any], day: date, source: Source, now: datetime) -> Item | None:
    paper = row.get("paper")
    name = paper.get("id") if isinstance(paper, dict) else None
    if not isinstance(name, str) or not name or not isinstance(paper, dict):
        return None
    chosen = read_date(str(paper.get("submittedOnDailyAt") or "")) or datetime.combine(day, time(), UTC)
    counts = {"upvotes": paper.get("upvotes"), "comments": row.get("numComments"), "stars": paper.get("githubStars")}
    links = [web_link(str(paper.get(key) or "")) for key in ("projectPage", "githubRepo")]
    return Item(
        id=f"hf:{name}",
        source=source.slug,
        kind="paper",
        title=plain_line(str(paper.get("title") or row.get("title") or "")[:_LONGEST_TITLE]),
        url=f"https://huggingface.co/papers/{name}",
        first_seen=now,
        text=one_line(str(paper.get("summary") or row.get("summary") or "")),
        authors=_authors(paper.get("authors")),
        published=chosen,
        keys=(f"arxiv:{name}",),
        links=tuple(dict.fromkeys(link for link in links if link)),
        signals={key: float(value) for key, value in counts.items() if isinstance(value, int | float)},
        extra=_extra(paper),
        payload_hash=sha256(json.dumps(row, sort_keys=True).encode()).hexdigest(),
    )


def _authors(people: object) -> tuple[str, ...]:
    rows = people if isinstance(people, list) else []
    names = [one_line(str(row.get("name") or "")) for row in rows if isinstance(row, dict) and not row.get("hidden")]
    return tuple(name for name in names if name)


def _extra(paper: dict[str, Any]) -> dict[str, str]:
    organization = paper.get("organization")
    name = organization.get("fullname") or organization.get("name") if isinstance(organization, dict) else ""
    pairs = {"organization": one_line(str(name or "")), "submitted": str(paper.get("publishedAt") or "")}
    return {key: value for key, value in pairs.items() if value}
