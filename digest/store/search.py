"""The index of words over titles and texts, brought up to date once per run.

FTS5 without content of its own: live triggers would make every upsert eleven times dearer, and the words are
stored cut (each Chinese character is a word), so that they could not be read back from the items. It is therefore
told which words to forget: `spare` keeps the old ones until the next `index`.
"""

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Select, delete, select, text

from digest.store.schema import insert
from digest.store.tables import ITEMS, STALE_WORDS

_CHINESE = re.compile("([\u3400-\u9fff\uf900-\ufaff])")
_WORD = re.compile(r"\w+")
_CHUNK = 2_000
_LAST = text("SELECT max(id) FROM items_words_docsize")


def index(tx: Connection) -> int:
    """Take in what was stored or changed since the last time; return the number of items."""
    stale = tx.execute(select(STALE_WORDS.c.pk, STALE_WORDS.c.title, STALE_WORDS.c.text)).all()
    _forget(tx, [(row.pk, row.title, row.text) for row in stale])
    tx.execute(delete(STALE_WORDS))
    last = tx.execute(_LAST).scalar() or 0
    changed = [row.pk for row in stale if row.pk <= last]
    count = 0
    for start in range(0, len(changed), _CHUNK):
        count += _learn(
            tx, select(ITEMS.c.pk, ITEMS.c.title, ITEMS.c.text).where(ITEMS.c.pk.in_(changed[start : start + _CHUNK]))
        )
    while found := _learn(tx, _after(last)):
        count, last = count + found, tx.execute(_LAST).scalar_one()
    return count


def spare(tx: Connection, rows: Iterable[tuple[int, str, str]]) -> None:
    """Keep the words (pk, title, text) of items that are about to change, where the index knows them."""
    last = tx.execute(_LAST).scalar() or 0
    old = [{"pk": pk, "title": title, "text": words} for pk, title, words in rows if pk <= last]
    if old:
        tx.execute(insert(tx, STALE_WORDS).on_conflict_do_nothing(), old)


def search_ids(tx: Connection, words: str, limit: int) -> list[int]:
    """Return the primary keys of the items that hold all the words, best match first (bm25, titles four times)."""
    wanted = [f'"{_cut(word).strip()}"' for word in _WORD.findall(words)]
    if not wanted:
        return []
    query = text(
        "SELECT rowid FROM items_words WHERE items_words MATCH :words"
        " ORDER BY bm25(items_words, 4.0, 1.0), rowid LIMIT :limit"
    )
    return list(tx.execute(query, {"words": " ".join(wanted), "limit": limit}).scalars())


def _after(pk: int) -> Select[tuple[int, str, str]]:
    return select(ITEMS.c.pk, ITEMS.c.title, ITEMS.c.text).where(ITEMS.c.pk > pk).order_by(ITEMS.c.pk).limit(_CHUNK)


def _learn(tx: Connection, query: Select[tuple[int, str, str]]) -> int:
    rows = [{"pk": row.pk, "title": _cut(row.title), "text": _cut(row.text)} for row in tx.execute(query)]
    if rows:
        tx.execute(text("INSERT INTO items_words(rowid, title, text) VALUES (:pk, :title, :text)"), rows)
    return len(rows)


def _forget(tx: Connection, old: Sequence[tuple[int, str, str]]) -> None:
    rows = [{"pk": pk, "title": _cut(title), "text": _cut(words)} for pk, title, words in old]
    if rows:
        statement = "INSERT INTO items_words(items_words, rowid, title, text) VALUES ('delete', :pk, :title, :text)"
        tx.execute(text(statement), rows)


def _cut(words: str) -> str:
    return _CHINESE.sub(r" \1 ", words)
