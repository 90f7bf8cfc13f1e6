"""What was told wrongly: dated notes on an edition, or on a sentence of it."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from digest.domain.issue import Issue
from digest.store.schema import encode, insert, values_of
from digest.store.tables import ERRATA


@dataclass(frozen=True, slots=True, kw_only=True)
class Erratum:
    """A correction of one edition; `start` is the beginning of its period, `at` when it was given.

    `sentence` is what it corrects as it was told, "" for the edition as a whole. `shown`: the edition's files have it.
    `told` is the period of the later number that told it to its readers, None where none did yet.
    """

    publication: str
    period: str
    language: str
    start: datetime
    at: datetime
    sentence: str
    note: str
    withdrawn: bool = False
    shown: bool = False
    told: str | None = None


def save(tx: Connection, erratum: Erratum) -> bool:
    """Keep a correction; return False, and change nothing, when the same was given before."""
    said = encode([erratum.sentence, erratum.note, erratum.withdrawn])
    values = {"id": hashlib.sha256(said.encode()).hexdigest()} | asdict(erratum)
    return tx.execute(insert(tx, ERRATA).values(values).on_conflict_do_nothing()).rowcount > 0


def of(tx: Connection, publication: str, period: str, language: str) -> list[Erratum]:
    """List the corrections of an edition, the oldest first."""
    return _listed(tx, *_edition(publication, period, language))


def untold(tx: Connection, publication: str, language: str, before: datetime) -> list[Erratum]:
    """List the corrections of editions of earlier periods that no later number told yet, the oldest first."""
    here = (ERRATA.c.publication == publication, ERRATA.c.language == language)
    return _listed(tx, *here, ERRATA.c.start < before, ERRATA.c.told.is_(None))


def unshown(tx: Connection) -> set[tuple[str, str, str]]:
    """Name the editions whose files lack a correction: publication, period, language."""
    return {(each.publication, each.period, each.language) for each in _listed(tx, ERRATA.c.shown.is_(False))}


def show(tx: Connection, publication: str, period: str, language: str) -> None:
    """Say that an edition's files have its corrections."""
    tx.execute(update(ERRATA).where(*_edition(publication, period, language)).values(shown=True))


def tell(tx: Connection, issue: Issue) -> None:
    """Say that an issue told the corrections of earlier numbers that it holds; the first to tell one stays named."""
    for each in issue.corrections:
        here = _edition(issue.publication, each.period, issue.language)
        said = (ERRATA.c.at == each.date, ERRATA.c.note == each.note, ERRATA.c.told.is_(None))
        tx.execute(update(ERRATA).where(*here, *said).values(told=issue.period))


def _listed(tx: Connection, *where: Any) -> list[Erratum]:  # noqa: ANN401  SQLAlchemy's conditions
    query = select(ERRATA).where(*where).order_by(ERRATA.c.at, ERRATA.c.start, ERRATA.c.id)
    return [_erratum(row) for row in tx.execute(query)]


def _erratum(row: Row[*tuple[Any, ...]]) -> Erratum:
    values = values_of(row)
    del values["id"]
    return Erratum(**values)


def _edition(publication: str, period: str, language: str) -> tuple[Any, ...]:
    return (ERRATA.c.publication == publication, ERRATA.c.period == period, ERRATA.c.language == language)
