"""Storing 100,000 items, against Core's executemany upserts of the very rows, in CPU time of one process.

Run: python benchmarks/store.py [--items N]. Prints both times and their ratio; the aim is at most 2.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from digest.domain.item import Item
from digest.store import items
from digest.store.database import Database
from digest.store.item_rows import sighting_row, to_row
from digest.store.schema import insert
from digest.store.tables import ITEMS, SIGHTINGS

START = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = ("graph", "retrieval", "ranking", "user", "interest", "sequence", "model", "online", "traffic", "latency")


def made(count: int) -> list[Item]:
    """Items of the size of papers: a title, 1,200 characters of text, three authors, two keys."""
    return [_item(n) for n in range(count)]


def _item(n: int) -> Item:
    text = " ".join(WORDS[(n * 7 + k * k) % len(WORDS)] for k in range(150))
    return Item(
        id=f"arxiv:26{n:08d}",
        source="arxiv-recsys",
        kind="paper",
        title=f"{WORDS[n % len(WORDS)].title()} for recommendation, number {n}",
        url=f"https://arxiv.org/abs/26{n:08d}",
        first_seen=START + timedelta(minutes=n),
        text=text,
        authors=("A. Author", "B. Author", f"C. Author {n}"),
        published=START + timedelta(minutes=n),
        updated=START + timedelta(minutes=n),
        keys=(f"arxiv:26{n:08d}", f"doi:10.48550/arxiv.26{n:08d}"),
        signals={"rank": float(n % 50)},
        extra={"version": "1", "categories": "cs.IR cs.LG"},
        payload_hash=f"{n:064x}",
    )


def upserts(database: Database, rows: Sequence[dict[str, Any]], seen: Sequence[dict[str, Any]]) -> None:
    """Upsert rows that are ready, one executemany per table: the baseline."""
    with database.write() as tx:
        statement = insert(tx, ITEMS)
        changed = {name: statement.excluded[name] for name in rows[0] if name != "id"}
        tx.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed), rows)
        if not seen:
            return
        statement = insert(tx, SIGHTINGS)
        changed = {"content_hash": statement.excluded.content_hash}
        tx.execute(statement.on_conflict_do_update(index_elements=["item", "source"], set_=changed), seen)


def save(database: Database, found: Sequence[Item]) -> None:
    """Store items as the pipeline does."""
    with database.write() as tx:
        items.save(tx, found)


def week(database: Database) -> None:
    """Read the first 1,000 items, as a run reads its week, ten times."""
    for _ in range(10):
        with database.read() as tx:
            assert len(items.between(tx, START, START + timedelta(minutes=1_000))) == 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    found = made(parser.parse_args().items)
    rows = [to_row(item) for item in found]
    seen = [sighting_row(item, row["content_hash"]) for item, row in zip(found, rows, strict=True)]
    with tempfile.TemporaryDirectory() as folder:
        with Database.open(f"sqlite:///{Path(folder) / 'core.db'}") as database:
            core = _cpu(lambda: upserts(database, rows, seen))
        with Database.open(f"sqlite:///{Path(folder) / 'one.db'}") as database:
            alone = _cpu(lambda: upserts(database, rows, ()))
        with Database.open(f"sqlite:///{Path(folder) / 'items.db'}") as database:
            ours = _cpu(lambda: save(database, found))
            again = _cpu(lambda: save(database, found))
            many = _cpu(lambda: week(database))
        with Database.open(f"sqlite:///{Path(folder) / 'few.db'}") as database:
            save(database, found[:2_000])
            few = _cpu(lambda: week(database))
    print(f"{len(found)} items: executemany upserts {core:.2f} s, items.save {ours:.2f} s, ratio {ours / core:.2f}")
    print(f"against the table of items alone, without sightings: {alone:.2f} s, ratio {ours / alone:.2f}")
    print(f"1,000 items of a week read among them: {many * 100:.1f} ms, among 2,000: {few * 100:.1f} ms")
    print(f"the same again, nothing new: {again:.2f} s, ratio {again / core:.2f}")


def _cpu(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
