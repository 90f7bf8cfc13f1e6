"""The database file: opened in the right version, read in snapshots, written by one at a time."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DatabaseError, IntegrityError, ProgrammingError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from digest.errors import StoreError
from digest.store import migrate
from digest.store.migrate import Standing

_PATIENCE_S = 60.0
_PAGES_IN_LOG = 4_000  # 16 MB; with SQLite's thousand the same pages are copied into the file again and again
_REMEDIES = (
    ("locked", "is held by another process; end that one, or wait"),
    ("readonly", "can't be written; check the rights of the file and its folder"),
    ("unable to open", "can't be opened; check that its folder exists and may be written"),
    ("not a database", "is not an SQLite database; name another file in [digest] database"),
    ("malformed", "is damaged; run: digest restore"),
    ("full", "can't grow; free space on its disk"),
)


class Database:
    """An open database. Close it, or use it as a context manager.

    SQLite in WAL mode: readers see one snapshot and never wait. Writers start with BEGIN IMMEDIATE, because a
    transaction that reads first and writes later can't be made to wait: SQLite answers "database is locked" at once
    (https://www.sqlite.org/lang_transaction.html). Safe to use from several threads.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._name = str(engine.url.database or ":memory:")
        self._writing = engine.execution_options(begin="BEGIN IMMEDIATE")
        self._last_words: list[Callable[[], None]] = []

    @classmethod
    def open(cls, url: str, *, create: bool = True) -> Self:
        """Open a database; a new one is given its tables first.

        Raises StoreError when there is none and none may be created, when it can't be read or written, and when it
        is of another version than this program.
        """
        parsed = _parse(url)
        if not create and not _exists(parsed):
            raise StoreError(f"no database {parsed.database}; run: digest run, or digest collect")
        database = cls(_engine(parsed))
        try:
            database._prepare()
        except BaseException:
            database.close()
            raise
        return database

    def at_close(self, call: Callable[[], None]) -> None:
        """Have something called before the connections are closed, as those do who write in batches."""
        self._last_words.append(call)

    def close(self) -> None:
        """Close all connections. Raises StoreError when a batch can't be written any more."""
        calls, self._last_words = self._last_words, []
        try:
            for call in calls:
                call()
        finally:
            self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one snapshot. Raises StoreError when the database fails."""
        with _translated(self._name), self._engine.begin() as tx:
            yield tx

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[Connection]:
        """Give the connection that may write, committed at the end, rolled back on an exception.

        A `durable` transaction is on the disk when it ends, also through a loss of power; the others survive
        a crash of the process and may lose the last moments before a loss of power. Raises StoreError.
        """
        with _translated(self._name), self._writing.connect() as connection:
            if durable:
                _synchronous(connection, "FULL")
            try:
                with connection.begin():
                    yield connection
            finally:
                if durable:
                    _synchronous(connection, "NORMAL")

    def _prepare(self) -> None:
        with self.read() as tx:
            stands = migrate.standing(tx)
        if stands is Standing.BLANK:
            with _translated(self._name), self._engine.connect() as connection:
                _journal(connection)
            with self.write() as tx:
                stands = migrate.standing(tx)  # another process may have been quicker
                if stands is Standing.BLANK:
                    migrate.up(tx)
                    return
        _refuse(stands, self._name)


def upgrade(url: str) -> tuple[str, str]:
    """Bring an existing database to this program's version; return the version before and after.

    Raises StoreError as `Database.open` does, but not for an older version.
    """
    parsed = _parse(url)
    if not _exists(parsed):
        raise StoreError(f"no database {parsed.database}; it is created by: digest run")
    with Database(_engine(parsed)) as database, database.write() as tx:
        before = migrate.version(tx)
        stands = migrate.standing(tx)
        if stands in {Standing.BLANK, Standing.OLDER}:
            migrate.up(tx)
        else:
            _refuse(stands, str(parsed.database))
        return before, migrate.version(tx)


def check(url: str) -> list[str]:
    """Return what is wrong with a database, a line each; nothing when it is sound.

    Raises StoreError as `Database.open` does.
    """
    with Database.open(url, create=False) as database, database.read() as tx:
        faults = [str(row[0]) for row in tx.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
        faults += [
            f"{row[0]}: row {row[1]} points to a missing row of {row[2]}"
            for row in tx.execute(text("PRAGMA foreign_key_check"))
        ]
        return faults


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(f"{url!r} names no database; write it like sqlite:///digest.db") from error
    if parsed.get_backend_name() != "sqlite":
        raise StoreError(f"{parsed.get_backend_name()} is not supported yet; use sqlite:///digest.db")
    return parsed


def _in_memory(url: URL) -> bool:
    return url.database in {None, "", ":memory:"}


def _exists(url: URL) -> bool:
    return _in_memory(url) or str(url.database).startswith("file:") or Path(str(url.database)).exists()


def _engine(url: URL) -> Engine:
    pool = {"poolclass": StaticPool} if _in_memory(url) else {}
    engine = create_engine(url, connect_args={"timeout": _PATIENCE_S, "check_same_thread": False}, **pool)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # else sqlite3 chooses where a transaction begins
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_IN_LOG}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _synchronous(connection: Connection, level: str) -> None:
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.execute(f"PRAGMA synchronous = {level}")  # between transactions: inside one it is refused


def _journal(connection: Connection) -> None:
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.execute("PRAGMA journal_mode = WAL")  # kept in the file


def _refuse(stands: Standing, name: str) -> None:
    match stands:
        case Standing.OLDER:
            raise StoreError(f"{name} is of an older version; run: digest db upgrade")
        case Standing.NEWER:
            raise StoreError(
                f"{name} was written by a newer version of digest; update digest, or restore a backup: digest restore"
            )
        case Standing.FOREIGN:
            raise StoreError(f"{name} belongs to another program; name another file in [digest] database")
        case _:
            return


@contextmanager
def _translated(name: str) -> Iterator[None]:
    try:
        yield
    except (IntegrityError, ProgrammingError):
        raise  # a broken promise of ours, to be seen whole
    except (DatabaseError, sqlite3.DatabaseError) as error:
        cause = str(error.orig if isinstance(error, DatabaseError) else error)
        remedy = next((remedy for words, remedy in _REMEDIES if words in cause), "fails; run: digest db check")
        raise StoreError(f"the database {name} {remedy} ({cause})") from error
