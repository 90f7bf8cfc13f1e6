"""What a sender asks of a store: groups to send, each claimed before its first byte, each settled after its last."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Fate = Literal["sent", "deferred", "refused", "uncertain", "unsent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One message to one person. `content` builds its bytes when they are needed, so that memory stays flat."""

    delivery: int
    address: str
    content: Callable[[], bytes]
    attempts: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What became of a parcel.

    sent: the server took it. deferred: it said "later" (4xx). refused: it will never take this address (5xx).
    uncertain: the connection broke between the last byte and the answer. unsent: it was certainly not taken, through
    no fault of the address. `note` is the server's answer or what broke, on one line.
    """

    parcel: Parcel
    fate: Fate
    note: str = ""


class Outbox(Protocol):
    """Where parcels come from; called by several threads at once."""

    def exchange(self, done: Sequence[Posted]) -> Sequence[Parcel]:
        """Keep what became of the last group and durably claim the next; empty when none is left."""
        ...

    def settle(self, done: Sequence[Posted]) -> None:
        """Keep what became of a group and claim nothing."""
        ...
