"""Subscribers and what they chose, from sign-up to erasure."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Update, delete, func, select, update

from digest.domain.reader import Subscriber, SubscriberState, Subscription
from digest.store.people import DELIVERIES, SUBSCRIBERS, SUBSCRIPTIONS
from digest.store.schema import insert, values_of

Choice = tuple[str, str]
"""A publication's slug and a language."""

_COLUMNS = tuple(column for column in SUBSCRIBERS.c if column.name != "address_hash")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A subscriber with the choices, as `subscribers export` writes it and `subscribers import` reads it."""

    address: str
    state: SubscriberState
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many readers came in, were there already, and were refused because they once left or bounced."""

    added: int = 0
    known: int = 0
    refused: int = 0


def add(tx: Connection, address: str, now: datetime) -> Subscriber:
    """Return the subscriber of an address: new, or back after leaving, as pending since now.

    Nothing changes for a confirmed or suppressed subscriber: anybody can type anybody's address. What was chosen
    travels in the confirmation's token, and is written by `confirm`.
    """
    known = by_address(tx, address)
    if known is not None and known.state in {"confirmed", "suppressed"}:
        return known
    values = {"address": address, "state": "pending", "created": now, "confirmed": None, "reason": ""}
    statement = insert(tx, SUBSCRIBERS).values(values | {"address_hash": address_hash(address)})
    tx.execute(statement.on_conflict_do_update(index_elements=["address_hash"], set_=values))
    return _of_hash(tx, address)


def confirm(tx: Connection, subscriber: int, choices: Sequence[Choice], now: datetime) -> Subscriber | None:
    """Confirm a pending subscriber and add the choices; None for one who has left since, or does not exist.

    Twice is as once.
    """
    found = get(tx, subscriber)
    if found is None or found.state not in {"pending", "confirmed"}:
        return None
    if found.state == "pending":
        tx.execute(_at(subscriber).values(state="confirmed", confirmed=now))
    _choose(tx, subscriber, choices, now)
    return get(tx, subscriber)


def choose(tx: Connection, subscriber: int, choices: Sequence[Choice], now: datetime) -> bool:
    """Make these the choices of a confirmed subscriber; without any, it is as `unsubscribe`. False for anyone else."""
    found = get(tx, subscriber)
    if found is None or found.state != "confirmed":
        return False
    if not choices:
        return unsubscribe(tx, subscriber)
    wanted = set(choices)
    for old in subscriptions(tx, subscriber):
        if (old.publication, old.language) not in wanted:
            _withdraw(tx, subscriber, (old.publication, old.language))
    _choose(tx, subscriber, choices, now)
    return True


def unsubscribe(tx: Connection, subscriber: int, choice: Choice | None = None) -> bool:
    """End one choice, or all; with the last one the subscriber is unsubscribed. False for an unknown subscriber.

    Twice is as once.
    """
    found = get(tx, subscriber)
    if found is None:
        return False
    _withdraw(tx, subscriber, choice)
    if found.state in {"pending", "confirmed"} and not subscriptions(tx, subscriber):
        tx.execute(_at(subscriber).values(state="unsubscribed", reason="by the reader"))
    return True


def suppress(tx: Connection, address: str, reason: str) -> bool:
    """Send nothing more to an address that refuses mail or complained; False for an unknown one."""
    statement = update(SUBSCRIBERS).where(SUBSCRIBERS.c.address_hash == address_hash(address))
    statement = statement.where(SUBSCRIBERS.c.state != "erased").values(state="suppressed", reason=reason)
    return tx.execute(statement).rowcount > 0


def erase(tx: Connection, address: str) -> bool:
    """Forget a person: the address and the choices go, its hash stays so that no import brings it back."""
    found = by_address(tx, address)
    if found is None or found.state == "erased":
        return False
    _withdraw(tx, found.id, None)
    tx.execute(_at(found.id).values(address=None, state="erased", confirmed=None, reason=""))
    # A server's refusal often repeats the address.
    tx.execute(update(DELIVERIES).where(DELIVERIES.c.subscriber == found.id).values(note=""))
    return True


def purge(tx: Connection, before: datetime) -> int:
    """Erase those who signed up before an instant and never confirmed; return how many."""
    query = select(SUBSCRIBERS.c.address).where(SUBSCRIBERS.c.state == "pending", SUBSCRIBERS.c.created < before)
    return sum(erase(tx, address) for address in tx.execute(query).scalars().all())


def bring(tx: Connection, readers: Iterable[Exported], now: datetime) -> Imported:
    """Take in readers who gave their consent elsewhere: those exported as confirmed. Who once left stays out."""
    added = known = refused = 0
    for reader in readers:
        found = by_address(tx, reader.address)
        if reader.state != "confirmed" or (found is not None and found.state not in {"pending", "confirmed"}):
            refused += 1
            continue
        new = found is None or found.state == "pending"
        confirm(tx, add(tx, reader.address, now).id, reader.choices, now)
        added, known = added + new, known + (not new)
    return Imported(added=added, known=known, refused=refused)


def export(tx: Connection) -> list[Exported]:
    """List all subscribers who have an address, by id, with their choices."""
    chosen: dict[int, list[Choice]] = {}
    query = select(SUBSCRIPTIONS).order_by(
        SUBSCRIPTIONS.c.subscriber, SUBSCRIPTIONS.c.publication, SUBSCRIPTIONS.c.language
    )
    for row in tx.execute(query):
        chosen.setdefault(row.subscriber, []).append((row.publication, row.language))
    return [
        Exported(address=reader.address, state=reader.state, choices=tuple(chosen.get(reader.id, ())))
        for reader in listing(tx)
        if reader.address
    ]


def get(tx: Connection, subscriber: int) -> Subscriber | None:
    """Return the subscriber of an id; the address of an erased one is ""."""
    row = tx.execute(select(*_COLUMNS).where(SUBSCRIBERS.c.id == subscriber)).one_or_none()
    return _subscriber(values_of(row)) if row else None


def by_address(tx: Connection, address: str) -> Subscriber | None:
    """Return the subscriber of an address, in any case of its letters, also an erased one."""
    query = select(*_COLUMNS).where(SUBSCRIBERS.c.address_hash == address_hash(address))
    row = tx.execute(query).one_or_none()
    return _subscriber(values_of(row)) if row else None


def listing(tx: Connection, state: SubscriberState | None = None) -> list[Subscriber]:
    """List the subscribers by id, of all states or of one."""
    query = select(*_COLUMNS).order_by(SUBSCRIBERS.c.id)
    if state is not None:
        query = query.where(SUBSCRIBERS.c.state == state)
    return [_subscriber(values_of(row)) for row in tx.execute(query)]


def subscriptions(tx: Connection, subscriber: int) -> list[Subscription]:
    """List what a subscriber chose, by publication and language."""
    query = select(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.subscriber == subscriber)
    query = query.order_by(SUBSCRIPTIONS.c.publication, SUBSCRIPTIONS.c.language)
    return [Subscription(**values_of(row)) for row in tx.execute(query)]


def counts(tx: Connection) -> dict[str, int]:
    """Count the subscribers by state."""
    query = (
        select(SUBSCRIBERS.c.state, func.count().label("n")).group_by(SUBSCRIBERS.c.state).order_by(SUBSCRIBERS.c.state)
    )
    return {row.state: row.n for row in tx.execute(query)}


def address_hash(address: str) -> str:
    """Return what identifies an address, in any case of its letters, after it is forgotten: its SHA-256, hex."""
    return hashlib.sha256(address.strip().casefold().encode()).hexdigest()


def _of_hash(tx: Connection, address: str) -> Subscriber:
    query = select(*_COLUMNS).where(SUBSCRIBERS.c.address_hash == address_hash(address))
    return _subscriber(values_of(tx.execute(query).one()))


def _choose(tx: Connection, subscriber: int, choices: Iterable[Choice], now: datetime) -> None:
    rows = [
        {"subscriber": subscriber, "publication": publication, "language": language, "since": now}
        for publication, language in sorted(set(choices))
    ]
    if rows:
        tx.execute(insert(tx, SUBSCRIPTIONS).on_conflict_do_nothing(), rows)


def _withdraw(tx: Connection, subscriber: int, choice: Choice | None) -> None:
    statement = delete(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.subscriber == subscriber)
    if choice is not None:
        statement = statement.where(SUBSCRIPTIONS.c.publication == choice[0], SUBSCRIPTIONS.c.language == choice[1])
    tx.execute(statement)


def _at(subscriber: int) -> Update:
    return update(SUBSCRIBERS).where(SUBSCRIBERS.c.id == subscriber)


def _subscriber(values: dict[str, Any]) -> Subscriber:
    return Subscriber(**values | {"address": values["address"] or ""})
