"""GitHub's trending page, in every markup that it has had since 2017."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode, urlsplit

from selectolax.lexbor import LexborHTMLParser

from digest.collect.feeds import failed
from digest.collect.model import Context, Window, Yield
from digest.domain.item import Item, Source
from digest.fetch.model import Failure, Request
from digest.text import one_line

_ROWS = "article.Box-row, ol.repo-list > li"
_STARS_IN = re.compile(r"([\d,]+)\s+stars?\s+(today|this week|this month)", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,]*")
_REPO = re.compile(r"/([A-Za-z0-9-]+)/([A-Za-z0-9._-]+)/?")
_NOTHING = re.compile(r"don(?:'|’|&#39;)t have any trending", re.IGNORECASE)
_SIGNALS = {"today": "stars_today", "this week": "stars_week", "this month": "stars_month"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One repository on the page; counts are None where the page shows none."""

    repo: str
    description: str = ""
    language: str = ""
    stars: int | None = None
    forks: int | None = None
    gained: int | None = None
    period: str = "today"


async def collect(source: Source, window: Window, context: Context) -> AsyncIterator[Yield]:
    """Yield the repositories of the page as it is now: it has no history."""
    answer = await context.fetcher.fetch(Request(url=page_url(source.address, context.settings.github_url), fresh=True))
    if isinstance(answer, Failure):
        yield failed(answer)
        return
    page = answer.body.decode("utf-8", "replace")
    rows = read_trending(page)
    if not rows:
        empty = _NOTHING.search(page) is not None
        error = "nothing is trending there" if empty else "the page's markup no longer fits"
        yield Yield(status="empty" if empty else "failed", error=error)
        return
    moment, flags = _moment(window, context.now)
    items = tuple(_item(row, rank, source, moment) for rank, row in enumerate(rows, 1))
    items = tuple(replace(item, first_seen=context.now, flags=flags) for item in items)
    note = "trending has no history: the page of the day of asking stands for the period" if flags else ""
    described = await _described(items, context)
    bare = sum(old == new for old, new in zip(items, described, strict=True)) if described is not items else 0
    silence = f"GitHub's API says nothing of {bare} of {len(items)} repositories" if bare else ""
    yield Yield(items=described, note="; ".join(filter(None, (note, silence))))


def page_url(address: str, base: str) -> str:
    """Return the page of a source: "" (all languages, daily), "python", "python?since=weekly", or a whole URL."""
    if "://" in address:
        return address
    language, _, query = address.strip("/").removeprefix("trending").strip("/").partition("?")
    query = query if "since=" in query else "&".join(filter(None, (query, urlencode({"since": "daily"}))))
    return "/".join(filter(None, (base.rstrip("/"), "trending", language))) + f"?{query}"


def read_trending(page: str) -> list[Row]:
    """Read the rows in their order; an empty list when the markup is none that we know."""
    rows = [_row(node) for node in LexborHTMLParser(page).css(_ROWS)]
    good = [row for row in rows if row is not None]
    return good if len(good) * 2 > len(rows) else []


def _row(node: Any) -> Row | None:  # noqa: ANN401  selectolax's node
    link = node.css_first("h1 a[href], h2 a[href], h3 a[href]")
    match = _REPO.fullmatch(urlsplit(link.attributes.get("href") or "").path) if link else None
    if not match:
        return None
    description = next((text for text in (one_line(p.text()) for p in node.css("p")) if text), "")
    language = node.css_first("[itemprop=programmingLanguage]")
    gained = _STARS_IN.search(one_line(node.text(separator=" ")))
    return Row(
        repo=f"{match[1]}/{match[2]}",
        description=description,
        language=one_line(language.text()) if language else "",
        stars=_number(node, "a[href*='/stargazers']"),
        forks=_number(node, "a[href$='/forks'], a[href*='/network']"),
        gained=int(gained[1].replace(",", "")) if gained else None,
        period=gained[2].lower() if gained else "today",
    )


def _number(node: Any, selector: str) -> int | None:  # noqa: ANN401  selectolax's node
    found = node.css_first(selector)
    match = _NUMBER.search(found.text()) if found else None
    return int(match[0].replace(",", "")) if match else None


def _moment(window: Window, now: datetime) -> tuple[datetime, frozenset[str]]:
    """Return the instant that dates the page: the clock's, or for a past period its end, which is said in the flags."""
    if window.backfill and now >= window.end:
        return window.end - timedelta(seconds=1), frozenset({"undated", "backfilled"})
    return now, frozenset()


def _item(row: Row, rank: int, source: Source, moment: datetime) -> Item:
    name = row.repo.lower()
    counts = {"stars": row.stars, "forks": row.forks, _SIGNALS[row.period]: row.gained, "rank": rank}
    return Item(
        id=f"github:{name}@{moment:%Y-%m-%d}",
        source=source.slug,
        kind="repository",
        title=row.repo,
        url=f"https://github.com/{row.repo}",
        first_seen=moment,
        text=row.description,
        authors=(row.repo.split("/", maxsplit=1)[0],),
        published=moment,
        keys=(f"github:{name}",),
        signals={key: float(value) for key, value in counts.items() if value is not None},
        extra={"stars_language": row.language} if row.language else {},
        payload_hash=sha256(repr(row).encode("utf-8", "replace")).hexdigest(),
    )


async def _described(items: tuple[Item, ...], context: Context) -> tuple[Item, ...]:
    """Add the topics of each repository, and the beginning of its README, where a token is there."""
    token, base = context.settings.github_token, context.settings.github_api_url
    if not token or not base:
        return items
    from digest.collect.github_api import describe  # noqa: PLC0415  needed with a token alone

    return tuple([await describe(item, base, token, context.fetcher) for item in items])
