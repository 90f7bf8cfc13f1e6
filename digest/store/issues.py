"""The numbers that were made: each edition's document and state, and what a publication has told already."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, delete, select, update

from digest.period import Period
from digest.store.schema import insert, values_of
from digest.store.tables import ISSUES, TOLD

IssueState = Literal["draft", "review", "approved", "published"]
_NAMES = ("publication", "period", "language", "start", "date", "state", "held", "approved")
_LISTED = tuple(ISSUES.c[name] for name in _NAMES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An edition without its document. `start` is the beginning of its period, `date` that of the number.

    `held` is when a run first held it for review, `approved` when an editor let it go; None where that never was.
    """

    publication: str
    period: str
    language: str
    start: datetime
    date: datetime
    state: IssueState
    held: datetime | None = None
    approved: datetime | None = None

    @property
    def slug(self) -> str:
        """The edition's name: publication/period/language."""
        return f"{self.publication}/{self.period}/{self.language}"


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
    held: datetime | None = None
    approved: datetime | None = None


def save(
    tx: Connection,
    publication: str,
    period: Period,
    language: str,
    document: bytes,
    date: datetime,
    state: IssueState,
) -> bool:
    """Keep an edition in place of the one before; return False, and write nothing, when nothing changed.

    An approval is one of these bytes: what is held for review is approved no more.
    """
    row: dict[str, Any] = {
        "publication": publication,
        "period": period.name,
        "language": language,
        "start": period.start,
        "date": date,
        "state": state,
        "content_hash": hashlib.sha256(document).hexdigest(),
    }
    columns = [ISSUES.c[name] for name in (*row, "held", "approved")]
    stored = tx.execute(select(*columns).where(*_edition(publication, period.name, language))).one_or_none()
    before = values_of(stored) if stored is not None else {}
    row["held"] = before.get("held")
    row["approved"] = None if state == "review" else before.get("approved")
    if before == row:
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


def hold(tx: Connection, publication: str, period: str, language: str, now: datetime) -> None:
    """Note when an edition was first held for review."""
    new = (*_edition(publication, period, language), ISSUES.c.held.is_(None))
    tx.execute(update(ISSUES).where(*new).values(held=now))


def approve(tx: Connection, publication: str, period: str, language: str, now: datetime) -> bool:
    """Let an edition go that is held for review; return False, and change nothing, for one that is not."""
    held = (*_edition(publication, period, language), ISSUES.c.state == "review")
    return tx.execute(update(ISSUES).where(*held).values(state="approved", approved=now)).rowcount > 0


def publish(tx: Connection, publication: str, period: str, language: str) -> bool:
    """Make an edition that was approved a published one; return False, and change nothing, for one that was not."""
    let_go = (*_edition(publication, period, language), ISSUES.c.state == "approved")
    return tx.execute(update(ISSUES).where(*let_go).values(state="published")).rowcount > 0


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
