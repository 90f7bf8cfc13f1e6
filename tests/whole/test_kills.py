"""Commands that are killed at random moments, each time followed by one that is left alone."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from digest.store import deliveries
from digest.store.database import Database
from tests.cli.conftest import Ran, ran
from tests.cli.test_run import digests
from tests.deliver.sink import Sink
from tests.whole.readers import EDITION, ISSUE, mailing

WEEK = ("run", "--week", "2026-W25", "--sample", "--engine", "local")
RUN = """
import sys
from digest import app, newsletter, pipeline
from digest.cli import progress, run, send, summary
from digest.cli.main import main
print("ready", flush=True)
main()
"""


def _started(folder: Path, *words: str) -> "subprocess.Popen[str]":
    """Start a command; it has loaded its modules when this returns."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, *words], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _whole(database: Path) -> bool:
    with sqlite3.connect(database) as connection:
        sound: bool = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    return sound


@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.chaos)])
def test_a_run_killed_at_any_moment_is_made_good_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kills: int
) -> None:
    chance = random.Random(kills)  # noqa: S311  moments, not secrets
    whole = tmp_path / "whole"
    whole.mkdir()
    monkeypatch.chdir(whole)
    began = time.monotonic()
    with _started(whole, *WEEK) as process:
        loaded = time.monotonic()
        assert process.wait(timeout=120) == 0
    took = time.monotonic() - loaded
    expected = digests(whole)
    assert len(expected) > 100, time.monotonic() - began
    for n in range(kills):
        folder = tmp_path / f"kill {n}"
        folder.mkdir()
        with _started(folder, *WEEK) as process:
            time.sleep(took * chance.uniform(n / kills, (n + 1) / kills))
            process.send_signal(signal.SIGKILL)
        database = folder / "sample/digest.db"
        if database.is_file():
            assert _whole(database)
        monkeypatch.chdir(folder)
        again = ran(*WEEK)
        assert again.code == 0, again.err
        assert digests(folder) == expected
        assert _whole(database)


@pytest.mark.parametrize(("kills", "count"), [(2, 300), pytest.param(10, 2_000, marks=pytest.mark.chaos)])
def test_a_mailing_killed_again_and_again_is_finished_by_resume(
    collected: Path, tmp_path: Path, sink: Sink, monkeypatch: pytest.MonkeyPatch, kills: int, count: int
) -> None:
    folder = tmp_path / "office"
    shutil.copytree(collected, folder)
    monkeypatch.chdir(folder)
    mailing(folder, sink.url, count)
    sink.delay_s = 0.004
    for n in range(kills):
        wanted = len(sink.messages) + 11 + 29 * n % 60
        with _started(folder, "send", ISSUE, "--config", "mail.toml") as sender:
            while len(sink.messages) < wanted:
                assert sender.poll() is None, "it ended before it could be killed"
                time.sleep(0.001)
            sender.send_signal(signal.SIGKILL)
    assert len(sink.messages) < count
    resumed = _send("--resume")
    sent, uncertain = _states(folder)
    assert (resumed.code, bool(uncertain)) == (6, True)
    assert "delivery is incomplete" in resumed.err
    assert all(address in resumed.out for address in uncertain)
    assert len(uncertain) <= kills * 4 * 25
    assert len(sink.addresses) == len(set(sink.addresses))
    assert sent <= set(sink.addresses) <= sent | uncertain
    assert len(sent | uncertain) == count
    again = _send("--resume", "--resend-uncertain")
    assert (again.code, _states(folder)[1]) == (0, set())
    assert set(sink.addresses) == {f"r{n}@e.org" for n in range(count)}
    twice = {address for address in sink.addresses if sink.addresses.count(address) > 1}
    assert twice <= uncertain
    assert _whole(folder / "sample/digest.db")


def _send(*options: str) -> Ran:
    return ran("send", ISSUE, *options, "--config", "mail.toml")


def _states(folder: Path) -> tuple[set[str], set[str]]:
    url = f"sqlite:///{folder / 'sample/digest.db'}"
    with Database.open(url, create=False) as database, database.read() as tx:
        found = {state: deliveries.listing(tx, EDITION, state) for state in ("sent", "uncertain")}
        assert set(deliveries.counts(tx, EDITION)) <= {"sent", "uncertain"}
    return {d.address for d in found["sent"]}, {d.address for d in found["uncertain"]}
