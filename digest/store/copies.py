"""The database as a whole: copied while in use, put back, and made small again."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import make_url

from digest.errors import StoreError
from digest.store.database import check


def backup(url: str, target: Path) -> int:
    """Copy a database that may be in use to a new file; return its size in bytes.

    The copy is of one instant and complete, or there is none. Raises StoreError.
    """
    source = _path(url)
    if not source.exists():
        raise StoreError(f"no database {source}; nothing to back up")
    if target.exists():
        raise StoreError(f"{target} is already there; name another file")
    part = target.with_name(f".{target.name}.part")
    try:
        with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(part)) as here:
            there.backup(here)
            (fault,) = here.execute("PRAGMA integrity_check(1)").fetchone()
        if fault != "ok":
            raise sqlite3.DatabaseError(fault.splitlines()[-1])
        part.replace(target)
    except (sqlite3.Error, OSError) as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        if type(error) is sqlite3.DatabaseError:  # of what is read; those of writing are of its kind OperationalError
            raise StoreError(f"{source}: damaged ({error}); put an earlier copy back with: digest restore") from error
        raise StoreError(f"{target}: can't be written ({error}); name a folder with room") from error
    return target.stat().st_size


def restore(url: str, backup_file: Path) -> None:
    """Put a backup in the database's place; what was there is kept beside it as <name>.before-restore.

    Raises StoreError when the backup is no sound database of ours. No process may have the database open.
    """
    if not backup_file.is_file():
        raise StoreError(f"no backup {backup_file}; name a file made by: digest backup")
    faults = check(f"sqlite:///{backup_file}")
    if faults:
        raise StoreError(f"{backup_file}: {faults[0]}; it was not restored")
    target = _path(url)
    try:
        part = target.with_name(f".{target.name}.part")
        part.write_bytes(backup_file.read_bytes())
        for suffix in ("", "-wal"):  # a killed writer's last transactions lie in the -wal alone
            _set_aside(target.with_name(target.name + suffix), f"{target.name}.before-restore{suffix}")
        target.with_name(f"{target.name}-shm").unlink(missing_ok=True)
        part.replace(target)
    except OSError as error:
        raise StoreError(f"{target}: can't be written ({error.strerror}); check [digest] database") from error


def vacuum(url: str) -> tuple[int, int]:
    """Give free space back; return the file's size before and after, in bytes. Raises StoreError."""
    path = _path(url)
    if not path.exists():
        raise StoreError(f"no database {path}; nothing to do")
    before = path.stat().st_size
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {error}; end what uses it, and free space on its disk") from error
    return before, path.stat().st_size


def _set_aside(path: Path, name: str) -> None:
    if path.exists():
        path.replace(path.with_name(name))
    else:
        path.with_name(name).unlink(missing_ok=True)


def _path(url: str) -> Path:
    return Path(make_url(url).database or "")
