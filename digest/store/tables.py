"""The tables of what is read, judged and published, and of the runs that did it."""

from sqlalchemy import (
    Boolean,
    Column,
    Computed,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    desc,
    false,
    text,
)

from digest.store.schema import BIG_KEY, METADATA, Instant, Json

ITEMS = Table(
    "items",
    METADATA,
    Column("pk", BIG_KEY, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("published", Instant),
    Column("updated", Instant),
    Column("announced", Instant),
    Column("first_seen", Instant, nullable=False),
    # The rule of Item.when, computed by the database so that it can't drift from the columns it rests on.
    Column("at", Instant, Computed("coalesce(announced, published, first_seen)", persisted=True)),
    Column("more", Text, nullable=False),  # authors, keys, links, signals, flags, extra: JSON, written by items.py
    Column("content_hash", String(32), nullable=False),
    Column("payload_hash", Text, nullable=False),
    Index("ix_items_at", "at", "id"),
    Index("ix_items_url", "url"),
)

SIGHTINGS = Table(
    "sightings",
    METADATA,
    Column("item", Text, ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Column("source", Text, primary_key=True),
    Column("first_seen", Instant, nullable=False),
    Column("content_hash", String(32), nullable=False),
    sqlite_with_rowid=False,
)

ITEM_VERSIONS = Table(
    "item_versions",
    METADATA,
    Column("item", Text, ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Column("content_hash", String(32), primary_key=True),
    Column("version", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("updated", Instant),
)

# What the search index still holds of items that changed since: it can only forget words that it is told.
STALE_WORDS = Table(
    "stale_words",
    METADATA,
    Column("pk", BIG_KEY, ForeignKey("items.pk", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
)

VALIDATORS = Table(
    "validators",
    METADATA,
    Column("url", Text, primary_key=True),
    Column("value", Json, nullable=False),
)

SOURCE_HEALTH = Table(
    "source_health",
    METADATA,
    Column("slug", Text, primary_key=True),
    Column("status", Text, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("last_checked", Instant, nullable=False),
    Column("last_success", Instant),
    Column("last_new", Instant),
    Column("failures", Integer, nullable=False),
    Column("gaps", Json, nullable=False),
)

# What arXiv's own listing of a day announced for a source, and how many of these papers arrived.
LISTINGS = Table(
    "listings",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("announced", Integer, nullable=False),
    Column("arrived", Integer, nullable=False),
)

SCORES = Table(
    "scores",
    METADATA,
    Column("publication", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("criterion", Text, primary_key=True),
    Column("value", Float, nullable=False),
    Column("reason", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("parts", Json, nullable=False),
)
Index("ix_scores_rank", SCORES.c.publication, SCORES.c.period, desc(SCORES.c.value))

FACTS = Table(
    "facts",
    METADATA,
    Column("item", Text, ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Column("text_hash", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("company_quote", Text, nullable=False),
    Column("industry", Boolean, nullable=False),
    Column("deployed", Boolean, nullable=False),
    Column("deployed_quote", Text, nullable=False),
    Column("tested", Boolean, nullable=False, server_default=false()),
    Column("tested_quote", Text, nullable=False, server_default=""),
)

RESULTS = Table(
    "results",
    METADATA,
    Column("item", Text, ForeignKey("facts.item", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("metric", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("value", Float, nullable=False),
    Column("high", Float),
    Column("unit", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("qualifier", Text, nullable=False),
    Column("surface", Text, nullable=False),
    Column("online", Boolean, nullable=False),
    Column("length", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index("ix_results_metric", "metric"),
)

ARTICLES = Table(
    "articles",
    METADATA,
    Column("url", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("wall", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

PAPERS = Table(
    "papers",
    METADATA,
    Column("item", Text, ForeignKey("items.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("page", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("company_quote", Text, nullable=False),
    Column("document", Json, nullable=False),  # sections, front, picture, code, flags
    Column("results", Json, nullable=False, server_default="[]"),
    Column("note", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

THREADS = Table(
    "threads",
    METADATA,
    Column("publication", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("start", Instant, nullable=False),
    Column("title", Text, nullable=False),
    Column("terms", Json, nullable=False),
    Column("works", Json, nullable=False),
    Column("cohesion", Float, nullable=False),
    Column("weak", Boolean, nullable=False),
    Column("continues", Text),
    Column("first_seen", Instant, nullable=False),
    Column("last_seen", Instant, nullable=False),
    Index("ix_threads_start", "publication", "start"),
    Index("ix_threads_id", "id"),
)

ISSUES = Table(
    "issues",
    METADATA,
    Column("publication", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("start", Instant, nullable=False),
    Column("date", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("held", Instant),
    Column("approved", Instant),
    Index("ix_issues_start", "start"),
)

# What was told wrongly, beside the documents, which stay what was told.
ERRATA = Table(
    "errata",
    METADATA,
    Column("publication", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("start", Instant, nullable=False),
    Column("at", Instant, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("shown", Boolean, nullable=False),
    Column("told", Text),
)

TOLD = Table(
    "told",
    METADATA,
    Column("publication", Text, primary_key=True),
    Column("work", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("start", Instant, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Index("ix_told_start", "publication", "start"),
)

RUNS = Table(
    "runs",
    METADATA,
    Column("id", BIG_KEY, primary_key=True),
    Column("key", Text, nullable=False),
    Column("command", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("started", Instant, nullable=False),
    Column("ended", Instant),
    Column("note", Text, nullable=False),
    # A run that failed gives its key back, so that it can be tried again; one that runs or is done does not.
    Index(
        "ix_runs_key",
        "key",
        unique=True,
        sqlite_where=text("state <> 'failed'"),
        postgresql_where=text("state <> 'failed'"),
    ),
)

STEPS = Table(
    "steps",
    METADATA,
    Column("run", BIG_KEY, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("stage", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("started", Instant, nullable=False),
    Column("ended", Instant),
    Column("note", Text, nullable=False),
)
