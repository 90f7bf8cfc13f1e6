"""Items as they were read: kept once, updated when their content changed, found by time, id, key, URL and words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, reduce
from itertools import islice
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, bindparam, exists, func, or_, select, update

from digest.domain.item import Item, ItemKind
from digest.store.item_rows import merged, sighting_row, to_item, to_row, version_row
from digest.store.schema import Insert, encode, execute_many, insert, inserting, values_of
from digest.store.search import index, search_ids, spare
from digest.store.tables import ITEM_VERSIONS, ITEMS, SIGHTINGS

__all__ = ["Saved", "Version", "between", "find", "get", "index", "save", "search", "sightings", "versions"]

_BATCH = 5_000
_KEY_KINDS = ("arxiv", "doi", "github", "x", "hf", "url")
_FIXED = frozenset({"id", "source", "first_seen"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """How many items were stored first, changed, and found as they were; `new_of` and `updated_of` tell whose."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    new_of: Mapping[str, int] = field(default_factory=dict, compare=False)
    updated_of: Mapping[str, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a paper said before it changed. `content_hash` is of the whole item as it was."""

    item: str
    version: str
    title: str
    text: str
    updated: datetime | None
    content_hash: str


def save(tx: Connection, items: Iterable[Item]) -> Saved:
    """Store items, in any number and order, and count what became of them.

    The first_seen of a known item stays. Content that a source repeats changes nothing. The source that brought an
    item first may change all of it; another source only adds dates and text that are missing, unless it brings a
    later `updated`: so two queries that yield the same paper don't overwrite each other in turns. What a paper said
    before is kept as a Version.
    """
    rest = iter(items)
    unchanged = 0
    new: Counter[str] = Counter()
    updated: Counter[str] = Counter()
    while batch := list(islice(rest, _BATCH)):
        saved = _save_batch(tx, batch)
        new.update(saved.new_of)
        updated.update(saved.updated_of)
        unchanged += saved.unchanged
    return Saved(new=new.total(), updated=updated.total(), unchanged=unchanged, new_of=new, updated_of=updated)


def between(tx: Connection, start: datetime, end: datetime, kinds: Sequence[ItemKind] = ()) -> list[Item]:
    """List the items of [start, end) by Item.when, then id; of some kinds only where any are named."""
    query = select(ITEMS).where(ITEMS.c.at >= start, ITEMS.c.at < end).order_by(ITEMS.c.at, ITEMS.c.id)
    if kinds:
        query = query.where(ITEMS.c.kind.in_(kinds))
    return [to_item(row) for row in tx.execute(query)]


def get(tx: Connection, id: str) -> Item | None:  # noqa: A002  the domain's word
    """Return the item of an id."""
    row = tx.execute(select(ITEMS).where(ITEMS.c.id == id)).one_or_none()
    return to_item(row) if row else None


def find(tx: Connection, text: str) -> list[Item]:
    """List the items that a person means by an id, a URL, or a key with or without its kind ("2606.14269"), by time.

    An id or URL is answered from an index. Only a key that is none of them makes the database look through all items.
    """
    text = text.strip()
    exact = select(ITEMS).where(or_(ITEMS.c.id == text, ITEMS.c.url == text)).order_by(ITEMS.c.at, ITEMS.c.id)
    found = [to_item(row) for row in tx.execute(exact)]
    return found or _by_key(tx, text)


def search(tx: Connection, words: str, limit: int = 50) -> list[Item]:
    """List the items that hold all the words, best match first, as of the last `index`."""
    ids = search_ids(tx, words, limit)
    by_pk = {row.pk: to_item(row) for row in tx.execute(select(ITEMS).where(ITEMS.c.pk.in_(ids)))}
    return [by_pk[pk] for pk in ids if pk in by_pk]


def sightings(tx: Connection, start: datetime, end: datetime) -> Mapping[str, tuple[str, ...]]:
    """Map each item of [start, end) to the slugs of the sources that showed it, the earliest first."""
    query = (
        select(SIGHTINGS.c.item, SIGHTINGS.c.source)
        .join(ITEMS, ITEMS.c.id == SIGHTINGS.c.item)
        .where(ITEMS.c.at >= start, ITEMS.c.at < end)
        .order_by(ITEMS.c.at, ITEMS.c.id, SIGHTINGS.c.first_seen, SIGHTINGS.c.source)
    )
    seen: dict[str, tuple[str, ...]] = {}
    for item, source in tx.execute(query):
        seen[item] = (*seen.get(item, ()), source)
    return seen


def versions(tx: Connection, id: str) -> list[Version]:  # noqa: A002  the domain's word
    """List what an item said before, the oldest first."""
    query = (
        select(ITEM_VERSIONS)
        .where(ITEM_VERSIONS.c.item == id)
        .order_by(ITEM_VERSIONS.c.updated, ITEM_VERSIONS.c.version, ITEM_VERSIONS.c.content_hash)
    )
    return [Version(**values_of(row)) for row in tx.execute(query)]


def _save_batch(tx: Connection, batch: Sequence[Item]) -> Saved:
    known = _hashes(tx, batch)
    seen = _seen_hashes(tx, batch) if known else {}
    fresh: dict[str, Item] = {}
    rows: dict[str, dict[str, Any]] = {}
    changed: dict[str, list[Item]] = {}
    sighted: dict[tuple[str, str], dict[str, Any]] = {}
    for item in batch:
        row = to_row(item)
        content_hash = row["content_hash"]
        if seen.get((item.id, item.source)) == content_hash:
            continue
        sighted[item.id, item.source] = sighting_row(item, content_hash)
        if item.id not in known:
            first = fresh.get(item.id)
            fresh[item.id] = item if first is None else merged(first, item)
            rows[item.id] = row if first is None else to_row(fresh[item.id])
        elif known[item.id] != content_hash:
            changed.setdefault(item.id, []).append(item)
    if rows:
        execute_many(tx, _upsert_items(tx.dialect.name), list(rows.values()))
    updated = _update(tx, changed)
    if sighted:
        execute_many(tx, _upsert_sightings(tx.dialect.name), list(sighted.values()))
    distinct = len({item.id for item in batch})
    return Saved(
        unchanged=distinct - len(rows) - len(updated),
        new_of=Counter(item.source for item in fresh.values()),
        updated_of=Counter(changed[name][0].source for name in updated),
    )


@cache
def _upsert_items(dialect: str) -> Insert:
    statement = inserting(dialect, ITEMS)
    stored = [column.name for column in ITEMS.columns if column.name not in _FIXED | {"pk", "at"}]
    changed = {name: statement.excluded[name] for name in stored}
    other = ITEMS.c.content_hash != statement.excluded.content_hash
    return statement.on_conflict_do_update(index_elements=["id"], set_=changed, where=other)


@cache
def _upsert_sightings(dialect: str) -> Insert:
    statement = inserting(dialect, SIGHTINGS)
    changed = {"content_hash": statement.excluded.content_hash}
    return statement.on_conflict_do_update(index_elements=["item", "source"], set_=changed)


def _hashes(tx: Connection, batch: Sequence[Item]) -> dict[str, str]:
    query = select(ITEMS.c.id, ITEMS.c.content_hash).where(_among(ITEMS.c.id, batch))
    return {row.id: row.content_hash for row in tx.execute(query)}


def _seen_hashes(tx: Connection, batch: Sequence[Item]) -> dict[tuple[str, str], str]:
    query = select(SIGHTINGS.c.item, SIGHTINGS.c.source, SIGHTINGS.c.content_hash).where(
        _among(SIGHTINGS.c.item, batch)
    )
    return {(item, source): content_hash for item, source, content_hash in tx.execute(query)}


def _among(column: Column[str], batch: Sequence[Item]) -> ColumnElement[bool]:
    # One JSON value instead of thousands of parameters: the statement stays the same and its plan too.
    return column.in_(select(func.json_each(encode([item.id for item in batch])).table_valued("value").c.value))


def _update(tx: Connection, changed: Mapping[str, Sequence[Item]]) -> list[str]:
    """Write what has changed after all, and return its ids."""
    if not changed:
        return []
    query = select(ITEMS).where(ITEMS.c.id.in_(sorted(changed))).order_by(ITEMS.c.pk)
    rows, old_words, old_versions = [], [], []
    for stored in tx.execute(query).all():
        old = to_item(stored)
        row = to_row(reduce(merged, changed[old.id], old))
        if row["content_hash"] == stored.content_hash:
            continue
        rows.append({"key": old.id} | {name: value for name, value in row.items() if name not in _FIXED})
        if (row["title"], row["text"]) != (old.title, old.text):
            old_words.append((stored.pk, old.title, old.text))
            if old.kind == "paper":
                old_versions.append(version_row(old, stored.content_hash))
    spare(tx, old_words)
    if old_versions:
        tx.execute(insert(tx, ITEM_VERSIONS).on_conflict_do_nothing(), old_versions)
    if rows:
        tx.execute(update(ITEMS).where(ITEMS.c.id == bindparam("key")), rows)
    return [row["key"] for row in rows]


def _by_key(tx: Connection, text: str) -> list[Item]:
    each = func.json_each(ITEMS.c.more, "$.keys").table_valued("value")
    wanted = [text, *(f"{kind}:{text}" for kind in _KEY_KINDS)]
    query = select(ITEMS).where(exists(select(each.c.value).where(each.c.value.in_(wanted))))
    return [to_item(row) for row in tx.execute(query.order_by(ITEMS.c.at, ITEMS.c.id))]
