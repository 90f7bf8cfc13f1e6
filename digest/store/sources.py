"""What is remembered of sources: the validators of their URLs, and their health."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from functools import cache
from statistics import median
from typing import Any

from sqlalchemy import Connection, Row, Select, Text, select, type_coerce

from digest.fetch.model import Stored
from digest.store.database import Database
from digest.store.schema import Insert, encode, execute_many, insert, inserting, values_of
from digest.store.tables import LISTINGS, SOURCE_HEALTH, VALIDATORS

FAILED = frozenset({"failed"})
_ANSWERED = frozenset({"ok", "unchanged", "stale"})
_STORED = tuple(field.name for field in fields(Stored))
_REMEMBERED_GAPS = 20
_ENOUGH_GAPS = 3
_AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a source does.

    `status`, `seen`, `new` and `error` are those of the last check. `failures` counts the failed checks in a row.
    `rhythm` is the usual time between two checks that brought something new, None before there were four of them.
    """

    slug: str
    status: str
    seen: int
    new: int
    error: str
    last_checked: datetime
    last_success: datetime | None = None
    last_new: datetime | None = None
    failures: int = 0
    rhythm: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How one look at a source ended; `status` as in SourceReceipt, `seen` and `new` count its items."""

    slug: str
    status: str
    seen: int = 0
    new: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """How many papers arXiv's listing of a day announced for a source, and how many of them arrived."""

    source: str
    day: date
    announced: int
    arrived: int


class StoredValidators:
    """The validators that fetch asks for; it satisfies digest.fetch.model.Validators.

    They are read once and written a hundred at a time and when the database is closed: a transaction for each would
    cost as much as asking for an unchanged feed. One that a crash loses costs a download and nothing else.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, str] | None = None
        self._new: dict[str, Stored] = {}
        database.at_close(self.flush)

    def get(self, url: str) -> Stored | None:
        """Return what was put last for the URL."""
        if url in self._new:
            return self._new[url]
        if self._known is None:
            self._known = self._read()
        text = self._known.get(url)
        return None if text is None else _stored(json.loads(text))

    def put(self, url: str, stored: Stored) -> None:
        """Remember it in place of what was there. Not to be called while the same thread holds `Database.write`."""
        self._new[url] = stored
        if len(self._new) >= _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write what was put since the last time."""
        if self._new:
            with self._database.write() as tx:
                _put(tx, self._new)
            if self._known is not None:
                self._known |= {url: encode(_value(stored)) for url, stored in self._new.items()}
            self._new = {}

    def _read(self) -> dict[str, str]:
        query = select(VALIDATORS.c.url, type_coerce(VALIDATORS.c.value, Text).label("text"))
        with self._database.read() as tx:
            return {row.url: row.text for row in tx.execute(query)}


def keep(tx: Connection, validators: Sequence[Stored]) -> None:
    """Remember validators in the very transaction that stores what they vouch for."""
    _put(tx, {stored.url: stored for stored in validators})


def record(tx: Connection, when: datetime, checks: Sequence[Check]) -> None:
    """Keep the outcomes of one check of each of some sources.

    One that was silent beyond its rhythm and shows the same again is still silent: "unchanged" leaves it "stale".
    """
    before = {each.slug: each for each in tx.execute(_rows_of([check.slug for check in checks]))}
    rows = [_row(before.get(check.slug), when, check) for check in checks]
    if rows:
        execute_many(tx, _upsert_health(tx.dialect.name), rows)


def health(tx: Connection, slugs: Sequence[str] | None = None) -> list[Health]:
    """List the health of the sources that were ever checked, of all or of some, by slug."""
    return [_health(row) for row in tx.execute(_rows_of(slugs))]


def keep_listings(tx: Connection, rows: Sequence[Listed]) -> None:
    """Keep what listings announced, in place of what was kept of the same source and day."""
    if rows:
        statement = insert(tx, LISTINGS)
        changed = {name: statement.excluded[name] for name in ("announced", "arrived")}
        statement = statement.on_conflict_do_update(index_elements=["source", "day"], set_=changed)
        tx.execute(statement, [asdict(row) | {"day": row.day.isoformat()} for row in rows])


def listings(tx: Connection, first: date, last: date) -> list[Listed]:
    """List what the listings of these days announced, both days included, by source and day."""
    days = LISTINGS.c.day.between(first.isoformat(), last.isoformat())
    query = select(LISTINGS).where(days).order_by(LISTINGS.c.source, LISTINGS.c.day)
    return [Listed(**values_of(row) | {"day": date.fromisoformat(row.day)}) for row in tx.execute(query)]


def answered(tx: Connection) -> frozenset[str]:
    """Return the slugs of the sources that have ever answered well."""
    query = select(SOURCE_HEALTH.c.slug).where(SOURCE_HEALTH.c.last_success.is_not(None))
    return frozenset(tx.execute(query).scalars())


def _rows_of(slugs: Sequence[str] | None) -> Select[Any]:
    query = select(SOURCE_HEALTH).order_by(SOURCE_HEALTH.c.slug)
    return query if slugs is None else query.where(SOURCE_HEALTH.c.slug.in_(slugs))


def _row(before: Row[Any] | None, when: datetime, check: Check) -> dict[str, Any]:
    silent = check.status == "unchanged" and before is not None and before.status == "stale"
    said = {"status": "stale", "error": before.error} if silent and before else {}
    return asdict(check) | _checked(before, when, check.status, check.new) | said


def _checked(row: Row[Any] | None, when: datetime, status: str, new: int) -> dict[str, Any]:
    last_success, last_new = (row.last_success, row.last_new) if row else (None, None)
    gaps = list(row.gaps) if row else []
    failed = status in FAILED
    if new and last_new is not None and when > last_new:
        gaps = [*gaps, (when - last_new).total_seconds()][-_REMEMBERED_GAPS:]
    return {
        "last_checked": when,
        "last_success": when if status in _ANSWERED else last_success,
        "last_new": when if new else last_new,
        "failures": (row.failures if row else 0) + 1 if failed else 0,
        "gaps": gaps,
    }


def _health(row: Row[Any]) -> Health:
    return Health(
        slug=row.slug,
        status=row.status,
        seen=row.seen,
        new=row.new,
        error=row.error,
        last_checked=row.last_checked,
        last_success=row.last_success,
        last_new=row.last_new,
        failures=row.failures,
        rhythm=timedelta(seconds=median(row.gaps)) if len(row.gaps) >= _ENOUGH_GAPS else None,
    )


@cache
def _upsert_health(dialect: str) -> Insert:
    statement = inserting(dialect, SOURCE_HEALTH)
    changed = {column.name: statement.excluded[column.name] for column in SOURCE_HEALTH.columns}
    return statement.on_conflict_do_update(index_elements=["slug"], set_=changed)


@cache
def _upsert_validators(dialect: str) -> Insert:
    statement = inserting(dialect, VALIDATORS)
    return statement.on_conflict_do_update(index_elements=["url"], set_={"value": statement.excluded.value})


def _put(tx: Connection, known: dict[str, Stored]) -> None:
    rows = [{"url": url, "value": _value(stored)} for url, stored in sorted(known.items())]
    if rows:
        execute_many(tx, _upsert_validators(tx.dialect.name), rows)


def _value(stored: Stored) -> dict[str, Any]:
    plain = {name: getattr(stored, name) for name in _STORED}
    expires = stored.expires.isoformat() if stored.expires else None
    return plain | {"checked": stored.checked.isoformat(), "expires": expires}


def _stored(value: dict[str, Any]) -> Stored:
    expires = datetime.fromisoformat(value["expires"]) if value["expires"] else None
    return Stored(**value | {"checked": datetime.fromisoformat(value["checked"]), "expires": expires})
