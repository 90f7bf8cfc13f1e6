"""Outboxes: an edition's deliveries in the store, claimed and settled in groups; and a single message."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from digest.config import Config
from digest.deliver.message import Recipient, Template, fill
from digest.deliver.outbox import Parcel, Posted
from digest.deliver.tokens import Tokens
from digest.domain.reader import Delivery
from digest.steps.context import Context
from digest.store import deliveries
from digest.store.deliveries import Edition, Outcome

_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=8)
_MOST_ATTEMPTS = 10


class OneParcel:
    """An outbox of one message."""

    def __init__(self, parcel: Parcel) -> None:
        self._waiting = [parcel]
        self.done: list[Posted] = []

    def exchange(self, done: Sequence[Posted]) -> Sequence[Parcel]:
        """Hand the parcel over, once."""
        self.settle(done)
        group, self._waiting = self._waiting, []
        return group

    def settle(self, done: Sequence[Posted]) -> None:
        """Keep what became of it."""
        self.done += done


class StoreOutbox:
    """The outbox of one edition: groups claimed and settled in the store, in one durable transaction a group."""

    def __init__(self, context: Context, edition: Edition, message: Template, tokens: Tokens) -> None:
        self._context, self._edition = context, edition
        self._message, self._tokens = message, tokens

    def exchange(self, done: Sequence[Posted]) -> Sequence[Parcel]:
        """Settle a group and claim the next."""
        context = self._context
        with context.database.write(durable=True) as tx:
            deliveries.settle(tx, [self._outcome(posted) for posted in done])
            claimed = deliveries.claim(tx, context.config.mail.group, context.now, self._edition)
        return [self._parcel(delivery) for delivery in claimed]

    def settle(self, done: Sequence[Posted]) -> None:
        """Settle a group."""
        if done:
            with self._context.database.write(durable=True) as tx:
                deliveries.settle(tx, [self._outcome(posted) for posted in done])

    def _parcel(self, delivery: Delivery) -> Parcel:
        to = recipient(self._context.config, self._tokens, delivery)
        return Parcel(
            delivery=delivery.id,
            address=delivery.address,
            content=partial(fill, self._message, to),
            attempts=delivery.attempts,
        )

    def _outcome(self, posted: Posted) -> Outcome:
        parcel = posted.parcel
        match posted.fate:
            case "unsent":
                return Outcome(delivery=parcel.delivery, state="waiting", note=posted.note)
            case "deferred" if parcel.attempts >= _MOST_ATTEMPTS:
                return Outcome(delivery=parcel.delivery, state="refused", note=f"given up: {posted.note}")
            case "deferred":
                due = self._context.now + wait_after(parcel.attempts)
                return Outcome(delivery=parcel.delivery, state="deferred", note=posted.note, due=due)
            case fate:
                return Outcome(delivery=parcel.delivery, state=fate, note=posted.note)


def wait_after(attempts: int) -> timedelta:
    """Return how long a deferred message rests: five minutes, doubled each time, at most eight hours."""
    doubled: int = 2 ** min(attempts - 1, 12)
    return min(_FIRST_WAIT * doubled, _LONGEST_WAIT)


def recipient(config: Config, tokens: Tokens, delivery: Delivery) -> Recipient:
    """Return what is a delivery's own in a message: its address, number and links."""
    return Recipient(
        address=delivery.address,
        number=f"{delivery.id}.{delivery.publication}.{delivery.period}.{delivery.language}",
        unsubscribe=link(config, "u", tokens.number("unsubscribe", delivery.id)),
        preferences=link(config, "p", tokens.number("preferences", delivery.subscriber)),
    )


def link(config: Config, way: str, token: str) -> str:
    """Return the address of one of the server's pages with a token."""
    return f"{config.digest.site_url.rstrip('/')}/{way}/{token}"
