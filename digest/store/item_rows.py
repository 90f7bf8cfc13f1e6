"""An item as a row and back, what identifies its content, and what stays of it when it is seen again."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from digest.domain.item import Item
from digest.store.schema import encode

_GUESSED = frozenset({"undated", "date-clamped", "backfilled", "backlog"})


def merged(old: Item, new: Item) -> Item:
    """Decide what is kept when an item is seen again with other content.

    A guessed date replaces nothing. The source that brought the item first, or a later `updated`, changes all but
    source and first_seen; anyone else only fills what is missing.
    """
    if new.flags & _GUESSED:
        flags = (new.flags - _GUESSED) | (old.flags & _GUESSED)
        new = replace(new, published=old.published, flags=flags)
    if "listed" in old.extra:  # the first listing that announced it is the truth; later ones and the calendar aren't
        new = replace(new, announced=old.announced, extra={**new.extra, "listed": old.extra["listed"]})
    later = new.updated is not None and (old.updated is None or new.updated > old.updated)
    if new.source == old.source or later:
        return replace(
            new,
            source=old.source,
            first_seen=old.first_seen,
            published=new.published or old.published,
            announced=new.announced or old.announced,
        )
    listed = {"listed": new.extra["listed"]} if "listed" in new.extra else {}
    return replace(
        old,
        text=old.text or new.text,
        published=old.published or new.published,
        updated=old.updated or new.updated,
        announced=new.announced if listed else old.announced or new.announced,
        extra={**old.extra, **listed},
    )


def version_row(old: Item, content_hash: str) -> dict[str, Any]:
    """Return the row of what a paper said before."""
    return {
        "item": old.id,
        "content_hash": content_hash,
        "version": old.extra.get("version", ""),
        "title": old.title,
        "text": old.text,
        "updated": old.updated,
    }


def sighting_row(item: Item, content_hash: str) -> dict[str, Any]:
    """Return the row that says which source showed the item."""
    return {"item": item.id, "source": item.source, "first_seen": item.first_seen, "content_hash": content_hash}


def to_row(item: Item) -> dict[str, Any]:
    """Return the item as a row. `content_hash` covers all but id, source, first_seen and the raw payload."""
    more = encode(
        {
            "authors": item.authors,
            "extra": dict(item.extra),
            "flags": sorted(item.flags),
            "keys": item.keys,
            "links": item.links,
            "signals": dict(item.signals),
        }
    )
    dates = (item.published, item.updated, item.announced)
    content = "\0".join((item.kind, item.title, item.url, item.text, item.language, more, *map(_moment, dates)))
    return {
        "id": item.id,
        "source": item.source,
        "kind": item.kind,
        "title": item.title,
        "url": item.url,
        "text": item.text,
        "language": item.language,
        "published": item.published,
        "updated": item.updated,
        "announced": item.announced,
        "first_seen": item.first_seen,
        "more": more,
        "content_hash": hashlib.blake2b(content.encode(), digest_size=16).hexdigest(),
        "payload_hash": item.payload_hash,
    }


def to_item(row: Row[Any]) -> Item:
    """Return the item of a row."""
    more = json.loads(row.more)
    return Item(
        id=row.id,
        source=row.source,
        kind=row.kind,
        title=row.title,
        url=row.url,
        first_seen=row.first_seen,
        text=row.text,
        authors=tuple(more["authors"]),
        language=row.language,
        published=row.published,
        updated=row.updated,
        announced=row.announced,
        keys=tuple(more["keys"]),
        links=tuple(more["links"]),
        signals=more["signals"],
        flags=frozenset(more["flags"]),
        extra=more["extra"],
        payload_hash=row.payload_hash,
    )


def _moment(date: datetime | None) -> str:
    return "" if date is None else str(date.timestamp())
