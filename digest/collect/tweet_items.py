"""Posts of X as items: links resolved, an author's thread joined, what they quote kept apart."""

import html
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from digest.collect.dates import read_date
from digest.collect.feed_items import first_line, language_of
from digest.collect.markup import web_link
from digest.domain.item import Item, Source
from digest.text import clean
from digest.urls import keys_of

Json = Mapping[str, Any]
_METRICS = {
    "like_count": "likes",
    "retweet_count": "retweets",
    "reply_count": "comments",
    "quote_count": "quotes",
    "impression_count": "views",
    "bookmark_count": "bookmarks",
}


def tweets_of(pages: Sequence[Json], source: Source, now: datetime) -> tuple[Item, ...]:
    """Make the items of a timeline's pages, newest first: no replies to others, a thread of one author as one item."""
    rows = [row for page in pages for row in _rows(page.get("data"))]
    users = {str(u.get("id")): u for page in pages for u in _rows(_included(page, "users"))}
    quoted = {str(t.get("id")): t for page in pages for t in _rows(_included(page, "tweets"))}
    threads: dict[str, list[Json]] = {}
    for row in rows:
        if row.get("id") and not _answers_another(row):
            threads.setdefault(_thread_of(row), []).append(row)
    return tuple(_item(sorted(thread, key=_number), users, quoted, source, now) for thread in threads.values())


def newest_ripe(pages: Sequence[Json], before: datetime) -> str:
    """Return the newest post that needs no second reading, "" where there is none.

    It is older than an instant, and older than the first post of every thread that went on since then.
    """
    rows = [row for page in pages for row in _rows(page.get("data")) if row.get("id")]
    made = {_number(row): read_date(str(row.get("created_at") or "")) for row in rows}
    going_on = {_thread_of(row) for row in rows if (date := made[_number(row)]) is None or date >= before}
    first = min((_number(row) for row in rows if _thread_of(row) in going_on), default=None)
    return str(max((number for number in made if first is None or number < first), default=""))


def _answers_another(row: Json) -> bool:
    other = row.get("in_reply_to_user_id")
    return other is not None and other != row.get("author_id")


def _thread_of(row: Json) -> str:
    """Name the thread: the conversation, where the post continues the author's own; else the post itself."""
    continues = any(ref.get("type") == "replied_to" for ref in _rows(row.get("referenced_tweets")))
    return str(row.get("conversation_id") or row["id"]) if continues else str(row["id"])


def _item(
    thread: Sequence[Json], users: Mapping[str, Json], quoted: Mapping[str, Json], source: Source, now: datetime
) -> Item:
    first = thread[0]
    author = users.get(str(first.get("author_id")), {})
    handle, number = str(author.get("username") or "i"), str(first["id"])
    text = "\n\n".join(part for part in map(text_of, thread) if part)
    references = [ref for row in thread for ref in _rows(row.get("referenced_tweets"))]
    quotes = [str(ref.get("id")) for ref in references if ref.get("type") == "quoted"]
    quotation = "\n\n".join(text_of(quoted[name]) for name in quotes if name in quoted)
    links = [link for row in thread for link in links_of(row)]
    links += [f"https://x.com/i/status/{name}" for name in quotes]
    extra = {"handle": handle if author else "", "quoted": quotation, "quotes": " ".join(quotes)}
    return Item(
        id=f"x:{number}",
        source=source.slug,
        kind="tweet",
        title=first_line(text) or f"Post of {handle}",
        url=f"https://x.com/{handle}/status/{number}",
        first_seen=now,
        text=text,
        authors=(clean(str(author.get("name") or handle)),) if author else (),
        language=language_of("", text, str(first.get("lang") or source.language)),
        published=read_date(str(first.get("created_at") or "")),
        keys=(f"x:{number}",),
        links=tuple(dict.fromkeys(links)),
        signals=_signals(first),
        flags=frozenset() if first.get("created_at") else frozenset({"undated"}),
        extra={name: value for name, value in extra.items() if value},
        payload_hash=sha256(json.dumps(list(thread), sort_keys=True).encode()).hexdigest(),
    )


def text_of(row: Json) -> str:
    """Return a post's whole text, its t.co links replaced by where they lead, links to its own pictures dropped."""
    note = row.get("note_tweet")
    long = note if isinstance(note, dict) and note.get("text") else None
    text = str((long or row).get("text") or "")
    for url in _urls(long) or _urls(row):
        short = str(url.get("url") or "")
        if short:
            text = text.replace(short, "" if _own_media(url) else _target(url) or short)
    return clean(html.unescape(text)).strip()


def links_of(row: Json) -> tuple[str, ...]:
    """Return the addresses that a post names, resolved."""
    note = row.get("note_tweet")
    urls = [*_urls(note if isinstance(note, dict) else None), *_urls(row)]
    return tuple(dict.fromkeys(target for target in (_target(url) for url in urls if not _own_media(url)) if target))


def _urls(row: Json | None) -> list[Json]:
    entities = row.get("entities") if row else None
    return list(_rows(entities.get("urls"))) if isinstance(entities, dict) else []


def _target(url: Json) -> str:
    return web_link(str(url.get("unwound_url") or url.get("expanded_url") or ""))


def _own_media(url: Json) -> bool:
    """Whether a link shows the post's own picture or film."""
    target = str(url.get("expanded_url") or "")
    own = any(key.startswith("x:") for key in keys_of(target.partition("/photo/")[0].partition("/video/")[0]))
    return bool(url.get("media_key")) or (own and ("/photo/" in target or "/video/" in target))


def _signals(row: Json) -> dict[str, float]:
    counts = row.get("public_metrics")
    if not isinstance(counts, dict):
        return {}
    return {name: float(counts[key]) for key, name in _METRICS.items() if isinstance(counts.get(key), int)}


def _number(row: Json) -> int:
    text = str(row["id"])
    return int(text) if text.isascii() and text.isdigit() else 0


def _included(page: Json, name: str) -> object:
    includes = page.get("includes")
    return includes.get(name) if isinstance(includes, dict) else None


def _rows(value: object) -> Iterable[Json]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
