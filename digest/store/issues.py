"""The numbers that were made: each edition's document and state, and what a publication has told already."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, delete, select

from digest.period import Period
from digest.store.schema import insert, values_of
from digest.store.tables import ISSUES, TOLD

IssueState = Literal["draft", "review", "published"]
_LISTED = (ISSUES.c.publication, ISSUES.c.period, ISSUES.c.language, ISSUES.c.start, ISSUES.c.date, ISSUES.c.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An edition without its document. `start` is the beginning of its period, `date` that of the number."""

    publication: str
    period: str
    language: str
    start: datetime
    date: datetime
    state: IssueState


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredIssue:
    """An edition with its document, the bytes of issue.json."""

    publication: str
    period: str
    language: str
    start: datetime
    date: datetime
    state: IssueState
    document: bytes


def save(
    tx: Connection,
    publication: str,
    period: Period,
    language: str,
    document: bytes,
    date: datetime,
    state: IssueState,
) -> bool:
    """Keep an edition in place of the one before; return False, and write nothing, when nothing changed."""
    row = {
        "publication": publication,
        "period": period.name,
        "language": language,
        "start": period.start,
        "date": date,
        "state": state,
        "content_hash": hashlib.sha256(document).hexdigest(),
    }
    columns = [ISSUES.c[name] for name in row]
    stored = tx.execute(select(*columns).where(*_edition(publication, period.name, language))).one_or_none()
    if stored is not None and values_of(stored) == row:
        return False
    values: dict[str, Any] = row | {"document": document}
    statement = insert(tx, ISSUES).values(values)
    tx.execute(statement.on_conflict_do_update(index_elements=list(ISSUES.primary_key), set_=values))
    return True


def get(tx: Connection, publication: str, period: str, language: str) -> StoredIssue | None:
    """Return an edition."""
    row = tx.execute(select(*_LISTED, ISSUES.c.document).where(*_edition(publication, period, language))).one_or_none()
    return StoredIssue(**values_of(row)) if row else None


def listing(tx: Connection, publication: str | None = None) -> list[Listed]:
    """List the editions, the newest period first, then by publication and language."""
    query = select(*_LISTED).order_by(ISSUES.c.start.desc(), ISSUES.c.period, ISSUES.c.publication, ISSUES.c.language)
    if publication is not None:
        query = query.where(ISSUES.c.publication == publication)
    return [Listed(**values_of(row)) for row in tx.execute(query)]


def tell(tx: Connection, publication: str, period: Period, works: Mapping[str, str]) -> None:
    """Make these what the period's issue told: work id -> fingerprint of the story that it told it in."""
    here = (TOLD.c.publication == publication, TOLD.c.period == period.name)
    stored = {row.work: row.fingerprint for row in tx.execute(select(TOLD.c.work, TOLD.c.fingerprint).where(*here))}
    if stored == dict(works):
        return
    tx.execute(delete(TOLD).where(*here))
    rows = [
        {"publication": publication, "work": work, "period": period.name, "start": period.start, "fingerprint": print_}
        for work, print_ in sorted(works.items())
    ]
    if rows:
        tx.execute(insert(tx, TOLD), rows)


def told(tx: Connection, publication: str, before: datetime) -> dict[str, str]:
    """Map each work that an issue of an earlier period told to the name of the last such period.

    Earlier are the periods that start before the instant, so that issues made in any order see the same past.
    """
    return {work: period for work, (period, _) in _told(tx, publication, before).items()}


def fingerprints(tx: Connection, publication: str, before: datetime) -> dict[str, str]:
    """Map each work that an issue of an earlier period told to the fingerprint that its story had the last time."""
    return {work: fingerprint for work, (_, fingerprint) in _told(tx, publication, before).items()}


def _told(tx: Connection, publication: str, before: datetime) -> dict[str, tuple[str, str]]:
    query = (
        select(TOLD.c.work, TOLD.c.period, TOLD.c.fingerprint)
        .where(TOLD.c.publication == publication, TOLD.c.start < before)
        .order_by(TOLD.c.start, TOLD.c.work)
    )
    return {row.work: (row.period, row.fingerprint) for row in tx.execute(query)}


def _edition(publication: str, period: str, language: str) -> tuple[Any, ...]:
    return (ISSUES.c.publication == publication, ISSUES.c.period == period, ISSUES.c.language == language)
