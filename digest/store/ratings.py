"""What editors and readers said of items: it trains the learned scorer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from digest.domain.score import Rating
from digest.store.people import RATINGS
from digest.store.schema import insert


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A rating, when it was given, and of which publication ("" for all)."""

    rating: Rating
    when: datetime
    publication: str


def save(tx: Connection, rating: Rating, when: datetime, publication: str = "") -> None:
    """Keep a rating in place of an earlier one of the same item. It outlives the item."""
    values = {
        "publication": publication,
        "item": rating.id,
        "kind": rating.kind,
        "title": rating.title,
        "text": rating.text,
        "rating": rating.rating,
        "at": when,
    }
    statement = insert(tx, RATINGS).values(values)
    tx.execute(statement.on_conflict_do_update(index_elements=list(RATINGS.primary_key), set_=values))


def remove(tx: Connection, item: str, publication: str = "") -> bool:
    """Take back the rating of an item that was given for one publication, or for all; return whether there was one."""
    here = (RATINGS.c.item == item, RATINGS.c.publication == publication)
    return tx.execute(delete(RATINGS).where(*here)).rowcount > 0


def all(tx: Connection, publication: str | None = None, until: datetime | None = None) -> list[Rated]:  # noqa: A001  read as ratings.all(tx)
    """List the ratings, the oldest first, then by item.

    With a publication only its own and those for all; with an instant only those given by then.
    """
    query = select(RATINGS).order_by(RATINGS.c.at, RATINGS.c.item, RATINGS.c.publication)
    if publication is not None:
        query = query.where(RATINGS.c.publication.in_(("", publication)))
    if until is not None:
        query = query.where(RATINGS.c.at <= until)
    return [_rated(row) for row in tx.execute(query)]


def _rated(row: Row[*tuple[Any, ...]]) -> Rated:
    rating = Rating(id=row.item, kind=row.kind, title=row.title, text=row.text, rating=1 if row.rating > 0 else -1)
    return Rated(rating=rating, when=row.at, publication=row.publication)
