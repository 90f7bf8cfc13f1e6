import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from digest.errors import StoreError
from digest.store import copies, items
from digest.store.database import Database, check
from tests.store.made import item

KILLED = """
import os, sys
from digest.store import items
from digest.store.database import Database
from tests.store.made import item
database = Database.open(sys.argv[1])
with database.write() as tx:
    items.save(tx, [item(n) for n in range(7)])
os._exit(9)
"""


def _count(url: str) -> int:
    with Database.open(url) as database, database.read() as tx:
        return int(tx.exec_driver_sql("SELECT count(*) FROM items").scalar_one())


def _file(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def test_a_backup_is_of_one_instant_while_somebody_writes(url: str, database: Database, tmp_path: Path) -> None:
    with database.write() as tx:
        items.save(tx, [item(n) for n in range(5)])
    with database.write() as tx:
        items.save(tx, [item(n) for n in range(9)])
        size = copies.backup(url, tmp_path / "copy.db")
    assert size == (tmp_path / "copy.db").stat().st_size
    assert check(f"sqlite:///{tmp_path / 'copy.db'}") == []
    assert _count(f"sqlite:///{tmp_path / 'copy.db'}") == 5
    assert _count(url) == 9


def test_a_backup_that_can_not_be_made_leaves_nothing(url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no database .*nothing to back up"):
        copies.backup(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "copy.db")
    (tmp_path / "there.db").write_text("precious")
    with pytest.raises(StoreError, match="is already there; name another file"):
        copies.backup(url, tmp_path / "there.db")
    assert (tmp_path / "there.db").read_text() == "precious"
    with pytest.raises(StoreError, match="can't be written"):
        copies.backup(url, tmp_path / "missing" / "copy.db")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["digest.db", "there.db"]


def test_a_damaged_database_is_named_and_not_copied(url: str, database: Database, tmp_path: Path) -> None:
    with database.write() as tx:
        items.save(tx, [item(n) for n in range(400)])
    database.close()
    content = bytearray(_file(url).read_bytes())
    content[len(content) // 2 : len(content) // 2 + 60_000] = b"\x17" * 60_000
    _file(url).write_bytes(content)
    with pytest.raises(StoreError, match=r"digest\.db: damaged .*digest restore"):
        copies.backup(url, tmp_path / "copy.db")
    assert not list(tmp_path.glob("*copy*"))


@pytest.mark.parametrize("left", [b"no database " * 100, None])
def test_a_database_that_is_cut_or_none_at_all_is_what_the_error_names(
    url: str, database: Database, tmp_path: Path, left: bytes | None
) -> None:
    with database.write() as tx:
        items.save(tx, [item(n) for n in range(400)])
    database.close()
    _file(url).write_bytes(left or _file(url).read_bytes()[:50_000])
    with pytest.raises(StoreError, match=r"digest\.db: damaged .*digest restore"):
        copies.backup(url, tmp_path / "copy.db")
    assert not list(tmp_path.glob("*copy*"))


def test_a_backup_comes_back_and_what_was_there_is_kept_whole(url: str, tmp_path: Path) -> None:
    copies.backup(url, tmp_path / "empty.db")
    killed = subprocess.run([sys.executable, "-c", KILLED, url], check=False, env=os.environ)
    assert killed.returncode == 9
    assert _file(f"{url}-wal").stat().st_size > 0
    copies.restore(url, tmp_path / "empty.db")
    assert check(url) == []
    assert _count(url) == 0
    assert _count(f"{url}.before-restore") == 7


def test_a_second_restore_mixes_no_old_rest_into_what_it_keeps(url: str, tmp_path: Path) -> None:
    copies.backup(url, tmp_path / "empty.db")
    subprocess.run([sys.executable, "-c", KILLED, url], check=False, env=os.environ)
    copies.restore(url, tmp_path / "empty.db")
    copies.restore(url, tmp_path / "empty.db")
    assert not _file(f"{url}.before-restore-wal").exists()
    assert _count(f"{url}.before-restore") == 0


def test_a_backup_comes_back_where_nothing_was(url: str, tmp_path: Path) -> None:
    copies.restore(f"sqlite:///{tmp_path / 'new.db'}", _file(url))
    assert check(f"sqlite:///{tmp_path / 'new.db'}") == []
    with pytest.raises(StoreError, match=r"can't be written .*; check \[digest\] database"):
        copies.restore(f"sqlite:///{tmp_path / 'missing' / 'new.db'}", _file(url))


def test_what_is_no_sound_backup_replaces_nothing(url: str, tmp_path: Path) -> None:
    before = _file(url).read_bytes()
    (tmp_path / "text.db").write_text("no database at all, but long enough to be read as one. " * 10)
    with sqlite3.connect(url.removeprefix("sqlite:///")) as raw:
        raw.backup(broken := sqlite3.connect(tmp_path / "broken.db"))
    raw.close()
    broken.execute("INSERT INTO sightings VALUES ('none', 's', 0, '')")
    broken.commit()
    broken.close()
    for name, fault in (("none.db", "no backup"), ("text.db", "not an SQLite"), ("broken.db", "it was not restored")):
        with pytest.raises(StoreError, match=fault):
            copies.restore(url, tmp_path / name)
    assert _file(url).read_bytes() == before


def test_vacuum_gives_space_back(url: str, database: Database, tmp_path: Path) -> None:
    with database.write() as tx:
        items.save(tx, [item(n, text="x" * 2_000) for n in range(500)])
    with database.write() as tx:
        tx.exec_driver_sql("DELETE FROM items")
    database.close()
    before, after = copies.vacuum(url)
    assert after < before / 2
    assert check(url) == []
    with pytest.raises(StoreError, match="nothing to do"):
        copies.vacuum(f"sqlite:///{tmp_path / 'none.db'}")
    (tmp_path / "text.db").write_text("no database at all, but long enough to be read as one. " * 10)
    with pytest.raises(StoreError, match="end what uses it"):
        copies.vacuum(f"sqlite:///{tmp_path / 'text.db'}")
