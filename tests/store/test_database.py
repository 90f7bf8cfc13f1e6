import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from digest.errors import StoreError
from digest.store import items, migrate, people, tables
from digest.store.database import Database, _engine, _parse, check, upgrade
from digest.store.schema import METADATA
from tests.store.made import item


def _url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_a_new_database_gets_the_tables_of_the_metadata(database: Database) -> None:
    assert people.RATINGS.metadata is tables.ITEMS.metadata
    with database.read() as tx:
        context = MigrationContext.configure(
            tx, opts={"include_object": lambda _o, name, *_: not name.startswith("items_words")}
        )
        assert compare_metadata(context, METADATA) == []
        assert migrate.version(tx) == migrate.known()[-1]
        assert tx.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert tx.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert tx.execute(text("PRAGMA synchronous")).scalar() == 1


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    Database.open(_url(tmp_path / "a.db")).close()
    assert check(_url(tmp_path / "a.db")) == []


def test_a_database_in_memory_lives_as_long_as_it_is_open() -> None:
    with Database.open("sqlite://") as database:
        with database.write() as tx:
            items.save(tx, [item(1)])
        with database.read() as tx:
            assert items.get(tx, item(1).id) == item(1)


def test_an_old_database_is_refused_and_upgraded_with_its_content(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    first = migrate.known()[0]
    _make_version(path, first)
    with pytest.raises(StoreError, match=r"old.db is of an older version; run: digest db upgrade"):
        Database.open(_url(path))
    with pytest.raises(StoreError, match="digest db upgrade"):
        check(_url(path))
    assert upgrade(_url(path)) == (first, migrate.known()[-1])
    assert upgrade(_url(path)) == (migrate.known()[-1], migrate.known()[-1])
    with Database.open(_url(path)) as database, database.read() as tx:
        assert tx.execute(text("SELECT slug FROM source_health")).scalars().all() == ["kept"]


def _make_version(path: Path, version: str) -> None:
    with Database(_engine(_parse(_url(path)))) as database, database.write() as tx:
        migrate.up(tx, version)
        tx.execute(
            text(
                "INSERT INTO source_health(slug, status, seen, new, error, last_checked, failures, gaps)"
                " VALUES ('kept', 'ok', 0, 0, '', 0, 0, '[]')"
            )
        )


def test_a_newer_database_is_refused(url: str, database: Database) -> None:
    with database.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for use in (Database.open, check, upgrade):
        with pytest.raises(StoreError, match="written by a newer version of digest; update digest, or restore"):
            use(url)


def test_another_program_s_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = path.read_bytes()
    for use in (Database.open, upgrade):
        with pytest.raises(StoreError, match="belongs to another program"):
            use(_url(path))
    assert path.read_bytes() == before


@pytest.mark.parametrize("use", [Database.open, check, upgrade])
def test_no_database_is_one_line(tmp_path: Path, use: Callable[[str], object]) -> None:
    (tmp_path / "text.db").write_text("This is a text, long enough to be no header of anything. " * 20)
    with pytest.raises(StoreError, match=r"text.db is not an SQLite database; name another file") as error:
        use(_url(tmp_path / "text.db"))
    assert "\n" not in str(error.value)
    for wrong in ("nonsense", "postgresql://localhost/digest"):
        with pytest.raises(StoreError, match=r"sqlite:///digest\.db"):
            use(wrong)


def test_what_does_not_exist_is_not_created_unless_asked(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no database .*run: digest run"):
        Database.open(_url(tmp_path / "a.db"), create=False)
    for use in (check, upgrade):
        with pytest.raises(StoreError, match="no database"):
            use(_url(tmp_path / "a.db"))
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StoreError, match="check that its folder exists and may be written"):
        Database.open(_url(tmp_path / "missing" / "a.db"))


def test_a_read_only_database_says_so(url: str, database: Database) -> None:
    path = url.removeprefix("sqlite:///")
    with Database.open(f"sqlite:///file:{path}?mode=ro&uri=true") as reading:
        with reading.read() as tx:
            assert items.get(tx, "x") is None
        with pytest.raises(StoreError, match="can't be written; check the rights"), reading.write() as tx:
            items.save(tx, [item(1)])


def test_damage_is_found(url: str, database: Database) -> None:
    with database.write() as tx:
        items.save(tx, [item(n) for n in range(200)])
    database.close()
    path = Path(url.removeprefix("sqlite:///"))
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 40_960] = b"\xff" * 40_960
    path.write_bytes(content)
    try:
        found = " ".join(check(url))
    except StoreError as error:
        found = str(error)
    assert "damaged" in found or "age" in found


def test_a_missing_row_is_found(url: str, database: Database) -> None:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as raw:
        raw.execute("INSERT INTO sightings VALUES ('none', 's', 0, '')")
    raw.close()
    assert check(url) == ["sightings: row None points to a missing row of items"]


def test_an_exception_rolls_back_and_a_broken_promise_stays_itself(database: Database) -> None:
    def fail() -> None:
        with database.write() as tx:
            items.save(tx, [item(1)])
            tx.execute(text("INSERT INTO sightings VALUES ('none', 's', 0, '')"))

    with pytest.raises(IntegrityError):
        fail()
    with database.read() as tx:
        assert items.get(tx, item(1).id) is None


def test_a_durable_transaction_waits_for_the_disk(database: Database) -> None:
    with database.write(durable=True) as tx:
        assert tx.execute(text("PRAGMA synchronous")).scalar() == 2
    with database.write() as tx:
        assert tx.execute(text("PRAGMA synchronous")).scalar() == 1


def test_a_reader_sees_one_snapshot_and_does_not_wait(database: Database) -> None:
    with database.read() as tx:
        assert items.get(tx, item(1).id) is None
        with database.write() as other:
            items.save(other, [item(1)])
        assert items.get(tx, item(1).id) is None
    with database.read() as tx:
        assert items.get(tx, item(1).id) == item(1)


def test_threads_take_turns(database: Database) -> None:
    def count() -> None:
        for _ in range(20):
            with database.write() as tx:
                seen = tx.execute(text("SELECT seen FROM source_health")).scalar_one()
                tx.execute(text("UPDATE source_health SET seen = :seen"), {"seen": seen + 1})

    with database.write() as tx:
        tx.execute(text("INSERT INTO source_health VALUES ('s', 'ok', 0, 0, '', 0, NULL, NULL, 0, '[]')"))
    workers = [threading.Thread(target=count) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with database.read() as tx:
        assert tx.execute(text("SELECT seen FROM source_health")).scalar() == 80


COUNT = """
import sys
from sqlalchemy import text
from digest.store.database import Database
with Database.open(sys.argv[1]) as database:
    for _ in range(40):
        with database.write() as tx:
            tx.execute(text("INSERT INTO validators VALUES ('n', '0') ON CONFLICT DO NOTHING"))
            n = int(tx.execute(text("SELECT value FROM validators")).scalar_one())
            tx.execute(text("UPDATE validators SET value = :n"), {"n": str(n + 1)})
"""


def test_four_processes_create_one_database_and_read_and_write_it_in_turns(tmp_path: Path) -> None:
    url = _url(tmp_path / "new.db")
    writers = [subprocess.Popen([sys.executable, "-c", COUNT, url], stderr=subprocess.PIPE) for _ in range(4)]
    trouble = [writer.communicate()[1].decode() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0, 0], trouble
    with Database.open(url) as database, database.read() as tx:
        assert tx.execute(text("SELECT value FROM validators")).scalar() == "160"
