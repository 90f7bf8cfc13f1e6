"""The filter `digest stories`: which story each row belongs to, by the very code of the pipeline."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from digest.cluster.duplicates import works
from digest.cluster.stories import stories
from digest.domain.item import Item, ItemKind
from digest.text import clean, is_chinese, one_line
from digest.urls import keys_of

SHAPE = {"id": object}
_UNKNOWN = datetime(2000, 1, 1, tzinfo=UTC)
_READ = 100_000


def run(rows: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """Return {id, story} for each row {id, title, text?, url?, published?}, in the order of the rows.

    Rows of one story have the same `story`; a row alone has one of its own. `published` is an ISO date or instant;
    one that can't be read counts as unknown. Of a text the first 100,000 characters are read.
    """
    given = list(rows)
    items = [as_item(n, row) for n, row in enumerate(given)]
    told = {item.id: story.id for story in stories(works(items)) for work in story.works for item in work.items}
    return [{"id": row.get("id"), "story": told[item.id]} for row, item in zip(given, items, strict=True)]


def as_item(place: int, row: Mapping[str, object]) -> Item:
    """Return a row as the item that a collector would have made of it; `place` tells rows without an id apart."""
    title, text, url = one_line(_text(row, "title")), clean(_text(row, "text")), _text(row, "url").strip()
    published = moment(_text(row, "published"))
    keys = keys_of(url)
    return Item(
        id=_identity(place, row, title, text, url),
        source="input",
        kind=_kind(keys),
        title=title,
        text=text,
        url=url,
        published=published,
        first_seen=published or _UNKNOWN,
        language="zh" if is_chinese(title or text[:500]) else "en",
        keys=keys,
    )


def _identity(place: int, row: Mapping[str, object], title: str, text: str, url: str) -> str:
    """Rows without an id, or with one of another row, are told apart by what they say, so that their order is free."""
    said = hashlib.sha256(f"{title}\n{text}\n{url}".encode(errors="replace")).hexdigest()[:12]
    return f"{row.get('id', place)}:{said}"


def _text(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    return value[:_READ] if isinstance(value, str) else ""


def moment(text: str) -> datetime | None:
    """Read an ISO date or instant, one without a zone as UTC; None for what is none."""
    try:
        read = datetime.fromisoformat(text.strip())
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _kind(keys: tuple[str, ...]) -> ItemKind:
    if any(key.startswith("arxiv:") for key in keys):
        return "paper"
    if any(key.startswith("github:") for key in keys):
        return "repository"
    return "tweet" if any(key.startswith("x:") for key in keys) else "post"
