"""Subscribers, what they chose, and each message to them with its state."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

SubscriberState = Literal["pending", "confirmed", "unsubscribed", "suppressed", "erased"]
DeliveryState = Literal["waiting", "claimed", "sent", "deferred", "refused", "uncertain", "suppressed"]

UNSUBSCRIBE = "https://unsubscribe.invalid/"
"""Stands in a rendered mail where each reader's own link to leave belongs; delivery puts it in."""
PREFERENCES = "https://preferences.invalid/"
"""The same for the link to what the reader chose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A person with an address. Only the confirmed get mail."""

    id: int
    address: str
    state: SubscriberState
    created: datetime
    confirmed: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One publication in one language for one subscriber."""

    subscriber: int
    publication: str
    language: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message to one person.

    waiting -> claimed -> sent | deferred (4xx, tried again) | refused (5xx) | uncertain (connection lost after the
    final dot, or a crash while claimed) | suppressed (unsubscribed in the meantime).
    """

    id: int
    publication: str
    period: str
    language: str
    subscriber: int
    address: str
    state: DeliveryState
    attempts: int = 0
    due: datetime | None = None
    note: str = ""
