"""The tables of people and money: ratings, answers of models, subscribers, their choices, and what was sent to them."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text

from digest.store.schema import BIG_KEY, METADATA, Instant

RATINGS = Table(
    "ratings",
    METADATA,
    Column("publication", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("rating", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)

ANSWERS = Table(
    "answers",
    METADATA,
    Column("model", Text, primary_key=True),
    Column("prompt_hash", Text, primary_key=True),
    Column("input_hash", Text, primary_key=True),
    Column("output", Text, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("prompt_tokens", Integer, nullable=False),
    Column("completion_tokens", Integer, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("usd", Float, nullable=False),
    Column("at", Instant, nullable=False),
)

# What was paid, also for answers that were replaced since: the month's budget counts these.
PAYMENTS = Table(
    "payments",
    METADATA,
    Column("id", BIG_KEY, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("model", Text, nullable=False),
    Column("prompt_hash", Text, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("prompt_tokens", Integer, nullable=False),
    Column("completion_tokens", Integer, nullable=False),
    Column("usd", Float, nullable=False),
    Index("ix_payments_at", "at"),
)

# What a model was asked for a number, with the answers: a cache may be emptied, this stays as long as the number.
RECORDS = Table(
    "records",
    METADATA,
    Column("publication", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("document", LargeBinary, nullable=False),
)

SUBSCRIBERS = Table(
    "subscribers",
    METADATA,
    Column("id", BIG_KEY, primary_key=True),
    Column("address", Text),  # gone after erasure
    Column("address_hash", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("created", Instant, nullable=False),
    Column("confirmed", Instant),
    Column("reason", Text, nullable=False),
    # Erasing the newest row must not hand its number, and with it old links, to the next person.
    sqlite_autoincrement=True,
)

SUBSCRIPTIONS = Table(
    "subscriptions",
    METADATA,
    Column("subscriber", BIG_KEY, ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
    Column("publication", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("since", Instant, nullable=False),
    Index("ix_subscriptions_edition", "publication", "language"),
)

DELIVERIES = Table(
    "deliveries",
    METADATA,
    Column("id", BIG_KEY, primary_key=True),
    Column("publication", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("subscriber", BIG_KEY, ForeignKey("subscribers.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due", Instant),
    Column("claimed", Instant),
    Column("note", Text, nullable=False),
    Index("ix_deliveries_once", "publication", "period", "language", "subscriber", unique=True),
    Index("ix_deliveries_state", "state", "publication", "period", "language"),  # within it: by id
)
