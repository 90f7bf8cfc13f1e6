"""The composition root: configuration in, wired objects out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from digest.config import Config
from digest.errors import LockedError
from digest.fetch.client import Fetcher
from digest.fetch.model import Limits
from digest.steps.context import Context, Say, silent
from digest.store.database import Database
from digest.store.sources import StoredValidators


@contextmanager
def opened(config: Config, now: datetime, say: Say = silent, *, create: bool = True) -> Iterator[Context]:
    """Open the database and give the wired context of one process. Raises StoreError."""
    with Database.open(config.digest.database, create=create) as database:
        yield Context(
            config=config,
            database=database,
            now=now,
            fetcher=lambda: Fetcher(limits(config), StoredValidators(database), lambda: now),
            say=say,
        )


@contextmanager
def only_one(config: Config) -> Iterator[None]:
    """Hold the lock of runs; it is free at once when its holder dies. Raises LockedError when another run holds it."""
    path = _lock_path(config)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LockedError(f"{path}: another run holds the lock; wait for it, or end it") from error
    try:
        yield
    finally:
        lock.release()


def limits(config: Config) -> Limits:
    """Return the bounds of the HTTP client as configured."""
    table = config.fetch
    own = {"user_agent": table.user_agent} if table.user_agent else {}
    return Limits(
        concurrency=table.concurrency,
        per_host=table.per_host,
        timeout_s=table.timeout_s,
        max_bytes=table.max_bytes,
        allow_private_hosts=table.allow_private_hosts,
        **own,
    )


def _lock_path(config: Config) -> Path:
    scheme, _, path = config.digest.database.partition(":///")
    return Path(f"{path}.lock") if scheme == "sqlite" and path and path != ":memory:" else Path(".digest.lock")
