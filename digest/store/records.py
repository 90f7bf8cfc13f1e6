"""The record behind each number: what a model was asked for it, and what came of it."""

from sqlalchemy import Connection, delete, select

from digest.store.people import RECORDS
from digest.store.schema import insert


def save(tx: Connection, publication: str, period: str, document: bytes | None) -> None:
    """Keep the record of a number in place of the one before; None takes it away: no model was asked."""
    if document is None:
        tx.execute(delete(RECORDS).where(RECORDS.c.publication == publication, RECORDS.c.period == period))
        return
    values = {"publication": publication, "period": period, "document": document}
    statement = insert(tx, RECORDS).values(values)
    tx.execute(statement.on_conflict_do_update(index_elements=list(RECORDS.primary_key), set_=values))


def get(tx: Connection, publication: str, period: str) -> bytes | None:
    """Return the record of a number; None where no model was asked, or before records were kept."""
    query = select(RECORDS.c.document).where(RECORDS.c.publication == publication, RECORDS.c.period == period)
    return tx.execute(query).scalar_one_or_none()
