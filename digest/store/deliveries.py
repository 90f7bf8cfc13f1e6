"""One row per message to one person: who waits, who has it, and of whom nobody can know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, literal, or_, select, update

from digest.domain.reader import Delivery, DeliveryState
from digest.store.people import DELIVERIES, SUBSCRIBERS, SUBSCRIPTIONS
from digest.store.schema import insert, values_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The address of what is sent: a publication's period in a language."""

    publication: str
    period: str
    language: str

    @property
    def slug(self) -> str:
        """The edition's name: publication/period/language."""
        return f"{self.publication}/{self.period}/{self.language}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a delivery. `due` is when a deferred one may be tried again."""

    delivery: int
    state: DeliveryState
    note: str = ""
    due: datetime | None = None


def enqueue(tx: Connection, edition: Edition, subscribed_by: datetime | None = None) -> int:
    """Give each confirmed subscriber of an edition a delivery, once and for ever; return how many are new.

    With an instant only those who chose the edition by then, so that an old issue is not sent to new readers.
    """
    chosen = (
        select(
            literal(edition.publication),
            literal(edition.period),
            literal(edition.language),
            SUBSCRIPTIONS.c.subscriber,
            literal("waiting"),
            literal(0),
            literal(""),
        )
        .join(SUBSCRIBERS, SUBSCRIBERS.c.id == SUBSCRIPTIONS.c.subscriber)
        .where(
            SUBSCRIPTIONS.c.publication == edition.publication,
            SUBSCRIPTIONS.c.language == edition.language,
            SUBSCRIBERS.c.state == "confirmed",
        )
        .order_by(SUBSCRIPTIONS.c.subscriber)
    )
    if subscribed_by is not None:
        chosen = chosen.where(SUBSCRIPTIONS.c.since <= subscribed_by)
    names = ["publication", "period", "language", "subscriber", "state", "attempts", "note"]
    return tx.execute(insert(tx, DELIVERIES).from_select(names, chosen).on_conflict_do_nothing()).rowcount


def claim(tx: Connection, n: int, now: datetime, edition: Edition) -> list[Delivery]:
    """Take up to n deliveries to send, those never tried first, then the deferred ones that are due, by id.

    Whoever left since is marked as suppressed and not returned; an empty list says that nothing is left to do now.
    The caller commits durably before the first byte is sent: what is claimed and never settled is uncertain.
    """
    while True:
        found = _waiting(tx, n, now, edition)
        if not found:
            return []
        gone = [row.id for row in found if not row.wanted]
        _mark(tx, gone, {"state": "suppressed", "due": None, "note": "left before it was sent"})
        ids = [row.id for row in found if row.wanted]
        _mark(tx, ids, {"state": "claimed", "claimed": now, "attempts": DELIVERIES.c.attempts + 1})
        if ids:
            return listing(tx, edition, ids=ids)


def settle(tx: Connection, outcomes: Sequence[Outcome]) -> None:
    """Write down what became of claimed deliveries."""
    rows = [{"key": one.delivery, "state": one.state, "note": one.note, "due": one.due} for one in outcomes]
    if rows:
        tx.execute(update(DELIVERIES).where(DELIVERIES.c.id == bindparam("key")).values(claimed=None), rows)


def abandon(tx: Connection, edition: Edition) -> int:
    """Mark what is still claimed as uncertain: its sender was killed. Only for the holder of the lock."""
    statement = update(DELIVERIES).where(_of(edition), DELIVERIES.c.state == "claimed")
    note = "the sender ended between handing over and writing it down"
    return tx.execute(statement.values(state="uncertain", note=note, claimed=None)).rowcount


def retry_uncertain(tx: Connection, edition: Edition) -> int:
    """Let the uncertain wait again, at the risk that they get the message twice; return how many."""
    statement = update(DELIVERIES).where(_of(edition), DELIVERIES.c.state == "uncertain")
    return tx.execute(statement.values(state="waiting", note="", due=None)).rowcount


def counts(tx: Connection, edition: Edition) -> dict[str, int]:
    """Count an edition's deliveries by state."""
    query = select(DELIVERIES.c.state, func.count().label("n")).where(_of(edition)).group_by(DELIVERIES.c.state)
    return {row.state: row.n for row in tx.execute(query.order_by(DELIVERIES.c.state))}


def next_due(tx: Connection, edition: Edition) -> datetime | None:
    """Return when the first deferred delivery of an edition may be tried again."""
    query = select(DELIVERIES.c.due).where(_of(edition), DELIVERIES.c.state == "deferred")
    return tx.execute(query.order_by(DELIVERIES.c.due).limit(1)).scalar()


def listing(
    tx: Connection, edition: Edition, state: DeliveryState | None = None, ids: Sequence[int] | None = None
) -> list[Delivery]:
    """List an edition's deliveries by id, of all states or of one."""
    query = _select().where(_of(edition)).order_by(DELIVERIES.c.id)
    if state is not None:
        query = query.where(DELIVERIES.c.state == state)
    if ids is not None:
        query = query.where(DELIVERIES.c.id.in_(ids))
    return [_delivery(values_of(row)) for row in tx.execute(query)]


def open_count(tx: Connection, edition: Edition) -> int:
    """Count those who would be sent an edition now: its confirmed readers without a settled delivery."""
    settled = select(DELIVERIES.c.subscriber).where(
        _of(edition), DELIVERIES.c.state.not_in(("waiting", "deferred", "claimed"))
    )
    query = (
        select(func.count())
        .select_from(SUBSCRIPTIONS)
        .join(SUBSCRIBERS, SUBSCRIBERS.c.id == SUBSCRIPTIONS.c.subscriber)
        .where(
            SUBSCRIPTIONS.c.publication == edition.publication,
            SUBSCRIPTIONS.c.language == edition.language,
            SUBSCRIBERS.c.state == "confirmed",
            SUBSCRIBERS.c.id.not_in(settled),
        )
    )
    return tx.execute(query).scalar_one()


def get(tx: Connection, delivery: int) -> Delivery | None:
    """Return a delivery by its id."""
    row = tx.execute(_select().where(DELIVERIES.c.id == delivery)).one_or_none()
    return _delivery(values_of(row)) if row else None


def unfinished(tx: Connection, now: datetime) -> list[Edition]:
    """List the editions of which something can be sent now, or was being sent by a killed sender, by their address."""
    columns = (DELIVERIES.c.publication, DELIVERIES.c.period, DELIVERIES.c.language)
    due = and_(DELIVERIES.c.state == "deferred", DELIVERIES.c.due <= now)
    query = select(*columns).where(or_(DELIVERIES.c.state.in_(("waiting", "claimed")), due)).distinct()
    return [Edition(**values_of(row)) for row in tx.execute(query.order_by(*columns))]


def _waiting(tx: Connection, n: int, now: datetime, edition: Edition) -> Sequence[Any]:
    wanted = and_(SUBSCRIBERS.c.state == "confirmed", SUBSCRIPTIONS.c.subscriber.is_not(None)).label("wanted")
    chosen = and_(
        SUBSCRIPTIONS.c.subscriber == DELIVERIES.c.subscriber,
        SUBSCRIPTIONS.c.publication == DELIVERIES.c.publication,
        SUBSCRIPTIONS.c.language == DELIVERIES.c.language,
    )
    query = (
        select(DELIVERIES.c.id, wanted)
        .join(SUBSCRIBERS, SUBSCRIBERS.c.id == DELIVERIES.c.subscriber)
        .outerjoin(SUBSCRIPTIONS, chosen)
        .where(_of(edition))
        .order_by(DELIVERIES.c.id)
        .limit(n)
    )
    fresh = tx.execute(query.where(DELIVERIES.c.state == "waiting")).all()
    return fresh or tx.execute(query.where(DELIVERIES.c.state == "deferred", DELIVERIES.c.due <= now)).all()


def _mark(tx: Connection, ids: Sequence[int], values: dict[str, Any]) -> None:
    if ids:
        tx.execute(update(DELIVERIES).where(DELIVERIES.c.id.in_(ids)).values(values))


def _of(edition: Edition) -> ColumnElement[bool]:
    return and_(
        DELIVERIES.c.publication == edition.publication,
        DELIVERIES.c.period == edition.period,
        DELIVERIES.c.language == edition.language,
    )


def _select() -> Select[Any]:
    columns = [column for column in DELIVERIES.c if column.name != "claimed"]
    return select(*columns, SUBSCRIBERS.c.address).join(SUBSCRIBERS, SUBSCRIBERS.c.id == DELIVERIES.c.subscriber)


def _delivery(values: dict[str, Any]) -> Delivery:
    return Delivery(**values | {"address": values["address"] or ""})
