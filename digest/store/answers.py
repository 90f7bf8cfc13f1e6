"""Answers of models that were paid for, and what was paid."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, func, select

from digest.llm.cache import StoredAnswer
from digest.store.database import Database
from digest.store.people import ANSWERS, PAYMENTS
from digest.store.schema import insert, values_of


class StoredAnswers:
    """The cache that the model's client asks for; it satisfies digest.llm.cache.Answers.

    Each call is a transaction of its own, so that a crash loses no answer that was paid: not to be used while the same
    thread holds `Database.write`.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, model: str, prompt_hash: str, input_hash: str) -> StoredAnswer | None:
        """Return the answer under that key, or None."""
        with self._database.read() as tx:
            return get(tx, model, prompt_hash, input_hash)

    def put(self, answer: StoredAnswer) -> None:
        """Keep an answer and its payment, replacing an answer with the same key."""
        with self._database.write() as tx:
            put(tx, answer)

    def spent(self, since: datetime) -> float:
        """Sum the US dollars paid at or after an instant, also for answers that were replaced since."""
        with self._database.read() as tx:
            return spent(tx, since)


def get(tx: Connection, model: str, prompt_hash: str, input_hash: str) -> StoredAnswer | None:
    """Return the answer under that key, or None."""
    key = (ANSWERS.c.model == model, ANSWERS.c.prompt_hash == prompt_hash, ANSWERS.c.input_hash == input_hash)
    row = tx.execute(select(ANSWERS).where(*key)).one_or_none()
    return StoredAnswer(**values_of(row)) if row else None


def put(tx: Connection, answer: StoredAnswer) -> None:
    """Keep an answer and its payment, replacing an answer with the same key."""
    values = asdict(answer)
    statement = insert(tx, ANSWERS).values(values)
    tx.execute(statement.on_conflict_do_update(index_elements=list(ANSWERS.primary_key), set_=values))
    paid = {name: value for name, value in values.items() if name in PAYMENTS.c}
    tx.execute(insert(tx, PAYMENTS).values(paid))


def spent(tx: Connection, since: datetime) -> float:
    """Sum the US dollars paid at or after an instant, also for answers that were replaced since."""
    return float(
        tx.execute(select(func.coalesce(func.sum(PAYMENTS.c.usd), 0.0)).where(PAYMENTS.c.at >= since)).scalar_one()
    )
