"""The threads of past issues, so that a new issue can say what continues."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from digest.domain.thread import Thread
from digest.period import Period
from digest.store.schema import insert, values_of
from digest.store.tables import THREADS


@dataclass(frozen=True, slots=True, kw_only=True)
class PastThread:
    """What earlier issues of a publication told of a thread.

    Title, terms and weakness are those of the last issue that had it, named by `period`; `works` are the ids of all
    works in all of them.
    """

    id: str
    title: str
    terms: tuple[str, ...]
    works: frozenset[str]
    first_seen: datetime
    last_seen: datetime
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A thread as one issue had it."""

    publication: str
    period: str
    id: str
    title: str
    terms: tuple[str, ...]
    works: tuple[str, ...]
    cohesion: float
    weak: bool
    continues: str | None
    first_seen: datetime
    last_seen: datetime


def save(
    tx: Connection, publication: str, period: Period, threads: Sequence[Thread], titles: Mapping[str, str] | None = None
) -> None:
    """Make these the threads of a publication's period, in their order. `titles` maps a thread's id to its title.

    A thread without first_seen or last_seen takes them from its items.
    """
    rows = [_row(publication, period, n, thread, (titles or {}).get(thread.id, "")) for n, thread in enumerate(threads)]
    here = (THREADS.c.publication == publication, THREADS.c.period == period.name)
    stored = tx.execute(select(THREADS).where(*here).order_by(THREADS.c.position)).all()
    if [values_of(row) for row in stored] == rows:
        return
    tx.execute(delete(THREADS).where(*here))
    if rows:
        tx.execute(insert(tx, THREADS), rows)


def past(tx: Connection, publication: str, before: datetime) -> list[PastThread]:
    """List the threads of the periods that start before an instant, those of the latest period first, then by id.

    With the start of a period as the instant, issues made in any order see the same past.
    """
    query = (
        select(THREADS)
        .where(THREADS.c.publication == publication, THREADS.c.start < before)
        .order_by(THREADS.c.start, THREADS.c.position)
    )
    known: dict[str, PastThread] = {}
    for row in tx.execute(query):
        known[row.id] = _later(known.get(row.id), row)
    return sorted(sorted(known.values(), key=lambda thread: thread.id), key=lambda thread: thread.period, reverse=True)


def history(tx: Connection, thread_id: str) -> list[Chapter]:
    """List the issues that had a thread, the oldest first."""
    query = select(THREADS).where(THREADS.c.id == thread_id).order_by(THREADS.c.start, THREADS.c.publication)
    return [_chapter(row) for row in tx.execute(query)]


def chapters(tx: Connection, publication: str) -> list[Chapter]:
    """List all threads of all issues of a publication, the oldest issue first, in the issue's order."""
    query = select(THREADS).where(THREADS.c.publication == publication).order_by(THREADS.c.start, THREADS.c.position)
    return [_chapter(row) for row in tx.execute(query)]


def _row(publication: str, period: Period, position: int, thread: Thread, title: str) -> dict[str, Any]:
    works = [work for story in thread.stories for work in story.works]
    moments = [item.when for work in works for item in work.items] or [period.start]
    return {
        "publication": publication,
        "period": period.name,
        "id": thread.id,
        "position": position,
        "start": period.start,
        "title": title,
        "terms": list(thread.terms),
        "works": [work.id for work in works],
        "cohesion": float(thread.cohesion),
        "weak": thread.weak,
        "continues": thread.continues,
        "first_seen": thread.first_seen or min(moments),
        "last_seen": thread.last_seen or max(moments),
    }


def _later(known: PastThread | None, row: Row[Any]) -> PastThread:
    return PastThread(
        id=row.id,
        title=row.title,
        terms=tuple(row.terms),
        works=frozenset(row.works) | (known.works if known else frozenset()),
        first_seen=min(row.first_seen, known.first_seen) if known else row.first_seen,
        last_seen=max(row.last_seen, known.last_seen) if known else row.last_seen,
        period=row.period,
    )


def _chapter(row: Row[Any]) -> Chapter:
    return Chapter(
        publication=row.publication,
        period=row.period,
        id=row.id,
        title=row.title,
        terms=tuple(row.terms),
        works=tuple(row.works),
        cohesion=row.cohesion,
        weak=row.weak,
        continues=row.continues,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
    )
