"""A writer that is killed at any moment leaves a whole database with whole transactions."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import text

from digest.store import migrate
from digest.store.database import Database, check

WRITER = """
import sys
from digest.store import items
from digest.store.database import Database
from tests.store.made import item
with Database.open(sys.argv[1]) as database:
    print("open", flush=True)
    for n in range(0, 1_000_000, 50):
        with database.write() as tx:
            items.save(tx, [item(k) for k in range(n, n + 50)])
            items.index(tx)
"""
CREATOR = """
import sys
from digest.store.database import Database
print("open", flush=True)
Database.open(sys.argv[1]).close()
"""


def _kill_after(script: str, url: str, seconds: float) -> None:
    with subprocess.Popen([sys.executable, "-c", script, url], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"open\n"
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)


def test_killed_writers_leave_whole_transactions(url: str) -> None:
    for n in range(5):
        _kill_after(WRITER, url, 0.03 + 0.05 * n)
        assert check(url) == []
    with Database.open(url) as database, database.read() as tx:
        count, sighted, indexed = tx.execute(
            text(
                "SELECT (SELECT count(*) FROM items), (SELECT count(*) FROM sightings),"
                " (SELECT count(*) FROM items_words_docsize)"
            )
        ).one()
        assert count == sighted == indexed
        assert count % 50 == 0
        assert count > 0


def test_a_killed_creation_is_done_again(tmp_path: Path) -> None:
    for n in range(4):
        url = f"sqlite:///{tmp_path / f'{n}.db'}"
        _kill_after(CREATOR, url, 0.02 + 0.12 * n)
        with Database.open(url) as database, database.read() as tx:
            assert migrate.version(tx) == migrate.known()[-1]
        assert check(url) == []
