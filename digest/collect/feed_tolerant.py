"""The tolerant way through broken feeds: feedparser, behind a scan that refuses what makes it slow."""

import hashlib
import re
from typing import Any

from digest.collect.entry import MAX_ENTRIES, MAX_TEXT, Entry, Feed
from digest.collect.feed_xml import seconds_of
from digest.collect.markup import person, plain, plain_line, web_link

_MAX_DEPTH = 100
_MAX_ATTRIBUTES = 100
_MAX_AUTHOR = 2_000
_TAG = re.compile(rb"<(/?)([A-Za-z_][\w:.-]{0,200})([^<>]*)>")
_HEAVY = re.compile(rb"<[A-Za-z_][^<>]{5000,}")
_EMPTY_HTML = frozenset(b"br hr img input meta link area base col embed source track wbr".split())
_AUTHOR = re.compile(
    rb"<(?:[\w-]+:)?(?:author|creator|name|managingEditor|webMaster)\b[^>]{0,500}>([^<]{2000})", re.IGNORECASE
)


def danger(body: bytes) -> str:
    """Name what makes a document costly to parse, or "": it is scanned once, in linear time.

    feedparser takes time quadratic in the attributes of an element and in the length of an author.
    """
    if b"<!ENTITY" in body:
        return "declares entities"
    if _AUTHOR.search(body):
        return f"an author of more than {_MAX_AUTHOR} characters"
    for match in _HEAVY.finditer(body):
        if match[0].count(b"=") > _MAX_ATTRIBUTES:
            return f"an element with more than {_MAX_ATTRIBUTES} attributes"
    return _nesting(body)


def _nesting(body: bytes) -> str:
    depth = last = 0
    for match in _TAG.finditer(body):
        if match.start() - last > MAX_TEXT:
            return f"a text of more than {MAX_TEXT:,} bytes"
        last = match.end()
        if match[3].count(b"=") > _MAX_ATTRIBUTES:
            return f"an element with more than {_MAX_ATTRIBUTES} attributes"
        if match[1]:
            depth = max(0, depth - 1)
        elif not match[3].endswith(b"/") and match[2].lower() not in _EMPTY_HTML:
            depth += 1
            if depth > _MAX_DEPTH:
                return f"elements nested more than {_MAX_DEPTH} deep"
    return f"a text of more than {MAX_TEXT:,} bytes" if len(body) - last > MAX_TEXT else ""


def parse_tolerant(body: bytes, url: str, content_type: str) -> Feed:
    """Read a feed that is no well-formed XML; a fault says why it is none."""
    fault = danger(body)
    if fault:
        return Feed(format="", fault=fault)
    import feedparser  # noqa: PLC0415  costs 100 ms and is needed for broken feeds alone

    headers = {"content-type": content_type, "content-location": url}
    parsed = feedparser.parse(body, response_headers=headers, resolve_relative_uris=True, sanitize_html=True)
    entries = [_entry(entry) for entry in parsed.entries[:MAX_ENTRIES]]
    if not entries and not parsed.version:
        return Feed(format="", fault="no feed: " + str(parsed.get("bozo_exception", "unknown format"))[:160])
    note = f"not well-formed: {parsed.bozo_exception}"[:160] if parsed.bozo and "bozo_exception" in parsed else ""
    return Feed(
        format=parsed.version or "unknown",
        title=plain_line(parsed.feed.get("title", "")),
        language=parsed.feed.get("language", "") or "",
        link=web_link(parsed.feed.get("link", "")) or url,
        entries=entries,
        note=note,
    )


def _entry(row: Any) -> Entry:  # noqa: ANN401  feedparser ships no types
    link = web_link(row.get("link", "") or "")
    contents = [c for c in row.get("content", ()) if not c.get("type", "").startswith(("image/", "audio/", "video/"))]
    content = plain(contents[0]["value"] if contents else "", link)
    summary = plain(row.get("summary", "") or "", link)
    enclosures = [
        {"url": e.get("href", ""), "type": e.get("type", ""), "length": str(e.get("length", ""))}
        for e in row.get("enclosures", ())
        if web_link(e.get("href", ""))
    ]
    related = [web_link(x.get("href", "")) for x in row.get("links", ()) if x.get("rel") == "related"]
    return Entry(
        id=row.get("id", "") or "",
        link=link,
        title=plain_line(row.get("title", "") or ""),
        published=_date(row, "published") or _date(row, "created"),
        updated=_date(row, "updated"),
        authors=_authors(row),
        summary=summary.text,
        content=content.text,
        links=list(dict.fromkeys(content.links + summary.links)),
        related=next(filter(None, related), ""),
        audio=next((e["url"] for e in enclosures if e["type"].startswith(("audio/", "video/"))), ""),
        duration=seconds_of(row.get("itunes_duration", "") or ""),
        hash=_hash(row),
        enclosures=enclosures,
    )


def _date(row: Any, name: str) -> str:  # noqa: ANN401  feedparser
    """Return feedparser's reading as ISO 8601 UTC, else the text as it stands; it knows habits that we don't."""
    # Mapping access would warn: feedparser lets "updated" fall back to "published".
    parsed = dict.get(row, f"{name}_parsed")
    if parsed and 0 < parsed[0] < 10_000:  # noqa: PLR2004  years of four digits
        return "{:04d}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}Z".format(*parsed[:6])
    return dict.get(row, name) or ""


def _authors(row: Any) -> list[str]:  # noqa: ANN401  feedparser
    names = [person(a.get("name", "") or a.get("email", "") or "") for a in row.get("authors", ())]
    names = [name for name in names if name]
    return names or [name for name in (person(row.get("author", "") or ""),) if name]


def _hash(row: Any) -> str:  # noqa: ANN401  feedparser
    return hashlib.sha256(repr(sorted((k, str(v)) for k, v in row.items())).encode("utf-8", "replace")).hexdigest()
