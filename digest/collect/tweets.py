"""X: the posts of accounts through API v2, or through the feeds of a bridge such as Nitter or RSSHub."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from digest.collect.feeds import collect_as, failed
from digest.collect.model import Context, Window, Yield
from digest.collect.tweet_items import newest_ripe, tweets_of
from digest.domain.item import Item, Source
from digest.fetch.model import Failure, Request, Stored

_NAMES_AT_ONCE = 100
_PAGE = 100
_MOST_PAGES = 10
_SETTLED = timedelta(minutes=1)  # the API refuses an end_time within its last ten seconds
_RIPE = timedelta(days=1)  # a younger post is read again: its thread goes on, and its counts grow
_REFUSED = frozenset({401, 403})
_TWEET_FIELDS = (
    "created_at,author_id,conversation_id,entities,in_reply_to_user_id,lang,note_tweet,public_metrics,referenced_tweets"
)
_EXPANSIONS = "author_id,referenced_tweets.id,referenced_tweets.id.author_id"

Json = Mapping[str, Any]


async def collect(source: Source, window: Window, context: Context) -> AsyncIterator[Yield]:
    """Yield each account's posts of the window; an account that can't be read does not stop the others."""
    reader = _from_bridge if source.address else _from_api if context.settings.x_token else None
    if reader is None:
        yield Yield(status="skipped", note="no token for X: set the variable that [x] token_env names")
        return
    async for part in reader(source, window, context):
        yield part


async def _from_api(source: Source, window: Window, context: Context) -> AsyncIterator[Yield]:
    users, trouble = await _users(source.accounts, context)
    if isinstance(trouble, Failure):
        yield _refused(trouble)
        return
    errors: list[str] = []
    found, known = 0, False
    for handle, number in users.items():
        part = await _timeline(number, source, window, context)
        found += len(part.items)
        known = known or part.status == "unchanged"
        if part.error:
            errors.append(f"{handle}: {part.error}")
        yield part
        if part.status == "failed" and "429" in part.error:
            break
    unknown = [name for name in source.accounts if name.lower() not in users]
    note = f"no such account: {', '.join(unknown)}" if unknown else ""
    if errors:
        yield Yield(status="failed", error=f"{len(errors)} accounts could not be read; {errors[0]}", note=note)
    elif known and not found:
        yield Yield(status="unchanged", note=note)
    elif not found:
        yield Yield(status="empty", error="no posts in the window", note=note)
    else:
        yield Yield(note=note)


async def _users(accounts: tuple[str, ...], context: Context) -> tuple[dict[str, str], Failure | None]:
    """Return the number of each account, by lower-case handle, in the order of the configuration."""
    numbers: dict[str, str] = {}
    for start in range(0, len(accounts), _NAMES_AT_ONCE):
        names = ",".join(accounts[start : start + _NAMES_AT_ONCE])
        answer = await _ask("/2/users/by", {"usernames": names, "user.fields": "name,username"}, context)
        if isinstance(answer, Failure):
            return {}, answer
        known = [row for row in _rows(answer, "data") if row.get("username") and row.get("id")]
        numbers |= {str(row["username"]).lower(): str(row["id"]) for row in known}
    return {name.lower(): numbers[name.lower()] for name in accounts if name.lower() in numbers}, None


async def _timeline(number: str, source: Source, window: Window, context: Context) -> Yield:
    """Read an account's posts page by page, newest first; from the second time on since the newest that is ripe."""
    place = f"{context.settings.x_api_url}/2/users/{number}/tweets#{source.slug}"
    known = _covering(context.fetcher.remembered(place), window)
    query = {
        "max_results": str(_PAGE),
        "tweet.fields": _TWEET_FIELDS,
        "expansions": _EXPANSIONS,
        "user.fields": "name,username",
        "exclude": "retweets",
    }
    query |= {"since_id": known.etag} if known else {"start_time": _stamp(window.start)}
    if window.end < context.now - _SETTLED:
        query["end_time"] = _stamp(window.end - timedelta(seconds=1))
    pages: list[Json] = []
    for _ in range(_MOST_PAGES):
        answer = await _ask(f"/2/users/{number}/tweets", query, context)
        if isinstance(answer, Failure):
            return replace(_refused(answer), items=tweets_of(pages, source, context.now))
        pages.append(answer)
        token = answer.get("meta", {}).get("next_token") if isinstance(answer.get("meta"), dict) else None
        if not token:
            break
        query["pagination_token"] = str(token)
    problem = _problem(pages[0])
    if problem:
        return Yield(status="failed", error=problem)
    items = tweets_of(pages, source, context.now)
    newest = "" if token or window.backfill else newest_ripe(pages, context.now - _RIPE)
    before = known or Stored(url=place, checked=context.now, last_modified=_stamp(window.start))
    cursor = replace(before, checked=context.now, etag=newest) if newest else None
    return Yield(items=items, status="unchanged" if known and not items else "ok", cursor=cursor)


def _covering(known: Stored | None, window: Window) -> Stored | None:
    """Return the cursor where it may be asked from: all posts of the window before it have been read.

    Its `etag` is the newest post that is not asked for again, its `last_modified` the instant since when all were read.
    """
    return known if known and not window.backfill and known.last_modified <= _stamp(window.start) else None


async def _ask(path: str, query: Mapping[str, str], context: Context) -> Json | Failure:
    url = f"{context.settings.x_api_url}{path}?{urlencode(query)}"
    headers = {"Authorization": f"Bearer {context.settings.x_token}"}
    answer = await context.fetcher.fetch(Request(url=url, headers=headers, fresh=True))
    if isinstance(answer, Failure):
        return answer
    try:
        row = json.loads(answer.body)
    except (ValueError, RecursionError):
        row = None
    return row if isinstance(row, dict) else Failure(kind="status", message="X answered with no JSON object")


def _refused(failure: Failure) -> Yield:
    if failure.status in _REFUSED:
        return Yield(status="failed", error=f"X refuses the token ({failure.status})")
    return failed(failure)


def _problem(page: Json) -> str:
    """Return what the API says in place of data: suspended, protected, not found."""
    if page.get("data") or "meta" in page:
        return ""
    errors = _rows(page, "errors")
    return str(errors[0].get("detail") or errors[0].get("title") or "no data")[:200] if errors else "no data"


def _rows(answer: Json, name: str) -> list[Json]:
    rows = answer.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


async def _from_bridge(source: Source, window: Window, context: Context) -> AsyncIterator[Yield]:
    """Read the feed of each account; "{account}" in the address stands for its handle."""
    names = source.accounts if "{account}" in source.address else ("",)
    for name in names:
        address = source.address.replace("{account}", name)
        part = await collect_as("tweet", replace(source, address=address), window, context)
        yield replace(part, items=tuple(_own_id(item) for item in part.items))


def _own_id(item: Item) -> Item:
    """Give a bridged post the identity that the API gives it, so that both ways lead to one item."""
    key = next((key for key in item.keys if key.startswith("x:")), "")
    number = key.removeprefix("x:")
    handle = item.url.split("/status/", 1)[0].rsplit("/", 1)[-1] if key else ""
    return replace(item, id=key, url=f"https://x.com/{handle}/status/{number}") if key else item
