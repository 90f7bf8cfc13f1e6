"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import hashlib
import json
import re
from typing import Any

from digest.collect.entry import MAX_ENTRIES, Entry, Feed
from digest.collect.markup import plain, plain_line, web_link

_VERSION = re.compile(r"jsonfeed\.org|^1(?:\.[01])?$")


def parse_json(body: bytes, url: str) -> Feed:
    """Read a JSON Feed; a fault says why it is none."""
    try:
        document = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        return Feed(format="", fault=f"no readable JSON: {error}"[:200])
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list) or not _VERSION.search(str(document.get("version", ""))):
        return Feed(format="", fault="JSON, but no JSON Feed")
    base = web_link(_text(document, "home_page_url")) or url
    entries = [_entry(item, base, document) for item in items[:MAX_ENTRIES] if isinstance(item, dict)]
    return Feed(
        format="json feed",
        title=plain_line(_text(document, "title")),
        language=_text(document, "language"),
        link=base,
        entries=entries,
    )


def _entry(item: dict[str, Any], base: str, document: dict[str, Any]) -> Entry:
    link = web_link(_text(item, "url"), base) or web_link(_text(item, "external_url"), base)
    html, text = _text(item, "content_html"), _text(item, "content_text")
    content = plain(html, link or base) if html else plain(text.replace("&", "&amp;").replace("<", "&lt;"))
    external = web_link(_text(item, "external_url"), base)
    attachments = [a for a in _list(item, "attachments") if isinstance(a, dict) and web_link(_text(a, "url"), base)]
    sound = next((a for a in attachments if _text(a, "mime_type").startswith(("audio/", "video/"))), {})
    duration = sound.get("duration_in_seconds", 0)
    links = [*content.links, external] if external and external != link else list(content.links)
    return Entry(
        id=_text(item, "id"),
        link=link,
        title=plain_line(_text(item, "title").replace("<", "&lt;")),
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        authors=_authors(item) or _authors(document),
        summary=plain(_text(item, "summary")).text,
        content=content.text,
        links=links,
        related=web_link(_text(item, "_page"), base),
        audio=web_link(_text(sound, "url"), base),
        duration=float(duration) if isinstance(duration, int | float) and 0 <= duration < 1e7 else 0.0,  # noqa: PLR2004  four months
        language=_text(item, "language"),
        hash=hashlib.sha256(json.dumps(item, sort_keys=True).encode()).hexdigest(),
        enclosures=[
            {"url": web_link(_text(a, "url"), base), "type": _text(a, "mime_type"), "length": _text(a, "size_in_bytes")}
            for a in attachments
        ],
    )


def _authors(row: dict[str, Any]) -> list[str]:
    people = _list(row, "authors") or [row.get("author")]
    names = [plain_line(_text(person, "name")) for person in people if isinstance(person, dict)]
    return [name for name in names if name]


def _list(row: dict[str, Any], name: str) -> list[Any]:
    value = row.get(name)
    return value if isinstance(value, list) else []


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if isinstance(value, bool) or value is None:
        return ""
    return str(value) if isinstance(value, str | int | float) else ""
