"""How values of the domain lie in columns: instants, JSON, and the naming of constraints."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Connection, Dialect, Integer, MetaData, Row, Table, Text, TypeDecorator
from sqlalchemy.dialects import sqlite

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_INSERTS = {"sqlite": sqlite.insert}  # one import a dialect: all of them cost a tenth of a second

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
BIG_KEY = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER PRIMARY KEY is SQLite's rowid

Insert = sqlite.Insert
_Bind = tuple[str, Callable[[Any], Any] | None]

encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""Write a value as JSON: sorted keys, no spaces, so that equal values are equal bytes."""


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept as microseconds since 1970 in UTC: exact, compact, sorted by an index."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002  the signature is SQLAlchemy's
        """Turn an aware datetime into microseconds. Raises TypeError for a naive one."""
        return None if value is None else (value - _EPOCH) // _TICK

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  as above
        """Turn microseconds into an aware datetime in UTC."""
        return None if value is None else _EPOCH + value * _TICK


class Json(TypeDecorator[Any]):
    """A value of lists, mappings, strings and numbers, kept as JSON text with sorted keys."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ANN401, ARG002  JSON is untyped; SQLAlchemy's signature
        """Write the value."""
        return encode(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002  as above
        """Read the value."""
        return None if value is None else json.loads(value)


def insert(tx: Connection, table: Table) -> Insert:
    """Return the dialect's INSERT, which knows ON CONFLICT. Raises KeyError for a dialect that has none here."""
    return inserting(tx.dialect.name, table)


def inserting(dialect: str, table: Table) -> Insert:
    """Return the same for a dialect by its name, for statements that are made once. Raises KeyError as above."""
    return _INSERTS[dialect](table)


def execute_many(tx: Connection, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
    """Execute an insert with many rows of the same columns, for dialects whose parameters are positions.

    The values are bound here and handed to the driver, which costs half of SQLAlchemy's own way: that asks for every
    value of every row how it is to be bound.
    """
    words, binds = _compiled(statement, tx.dialect, tuple(rows[0]))
    table = [[row[name] if bind is None else bind(row[name]) for row in rows] for name, bind in binds]
    tx.exec_driver_sql(words, list(zip(*table, strict=True)))


@lru_cache(maxsize=32)
def _compiled(statement: Insert, dialect: Dialect, names: tuple[str, ...]) -> tuple[str, tuple[_Bind, ...]]:
    """Return a statement's words, and for each position its column and how that column's values are bound."""
    compiled: Any = statement.compile(dialect=dialect, column_keys=list(names))
    types = {name: statement.table.c[name].type.dialect_impl(dialect) for name in names}
    return str(compiled), tuple((name, types[name].bind_processor(dialect)) for name in compiled.positiontup)


def values_of(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    """Return a row as column name -> value."""
    return dict(row._mapping)  # noqa: SLF001  the documented name: it leaves the others free for columns
