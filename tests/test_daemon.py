"""The daemon's decisions, what it does at an instant, and the process that it is."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest import app, daemon
from digest.config import Config, load
from digest.daemon import asks_now, tried_again
from digest.domain.run import Run, RunState
from digest.errors import ConfigError, LockedError, StoreError
from digest.store import issues, runs
from digest.store.database import Database
from tests.deliver.office import SECRET
from tests.deliver.sink import Sink
from tests.whole.origin import Origin, at, configuration, written
from tests.whole.readers import received, subscribe

NOON = at("2026-06-17T12:00")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_SECRET", SECRET)


@pytest.fixture
def origin() -> Iterator[Origin]:
    with Origin(NOON) as server:
        yield server


@pytest.fixture
def path(tmp_path: Path, origin: Origin) -> Path:
    """A configuration of the daily alone, read from three feeds."""
    return written(tmp_path, _daily(configuration(origin.url, "")))


@pytest.fixture
def config(path: Path) -> Config:
    return load(path)


def _daily(text: str) -> str:
    head, *tables = text.replace('[[publication]]\nslug = "ai-weekly"\n', "").split("[[")
    kept = [t for t in tables if "recsys" not in t.split("\n[")[0] or t.startswith("publication")]
    wanted = ("news-en", "news-zh", "blog-cloud")
    few = [t for t in kept if not t.startswith("source") or any(f'slug = "{slug}"' in t for slug in wanted)]
    tail = text[text.index("\n[digest]\n") :]
    return "".join([head, *(f"[[{t}" for t in few if t.startswith("source"))]) + (
        f'[[publication]]\nslug = "ai-tech-daily"\n{tail}'
    )


def _ran(started: datetime, state: RunState = "done") -> Run:
    return Run(id=1, key="k", command="collect", state=state, started=started)


def _listed(config: Config, command: str = "") -> list[Run]:
    with Database.open(config.digest.database) as database, database.read() as tx:
        return [run for run in runs.listing(tx) if command in ("", run.command)]


def _published(config: Config) -> list[str]:
    with Database.open(config.digest.database) as database, database.read() as tx:
        return sorted({row.period for row in issues.listing(tx)})


@pytest.mark.parametrize(
    ("ran", "due", "expected"),
    [
        ([], None, True),
        ([_ran(NOON - HOUR)], None, True),
        ([_ran(NOON - HOUR + MINUTE)], None, False),
        ([_ran(NOON - 2 * MINUTE)], NOON - MINUTE, True),
        ([_ran(NOON - MINUTE)], NOON - MINUTE, False),
        ([_ran(NOON - 9 * MINUTE, "failed"), _ran(NOON - 3 * HOUR)], NOON - HOUR, False),
        ([_ran(NOON - 10 * MINUTE, "failed")], None, True),
        ([_ran(NOON - 10 * MINUTE, "running")], None, True),
        ([_ran(NOON + HOUR), _ran(NOON - MINUTE)], None, False),
        ([_ran(NOON + HOUR)], None, True),
    ],
)
def test_when_the_sources_are_asked(ran: Sequence[Run], due: datetime | None, expected: bool) -> None:
    assert asks_now(ran, NOON, HOUR, due) is expected


def test_what_failed_is_tried_after_longer_and_longer_pauses() -> None:
    assert tried_again([], NOON)
    pauses = [10, 20, 40, 80, 120, 120]
    for count, pause in enumerate(pauses, 1):
        failed = [NOON - n * HOUR for n in range(count)]
        assert not tried_again(failed, NOON + (pause - 1) * MINUTE)
        assert tried_again(failed, NOON + pause * MINUTE)


def test_a_number_is_published_at_its_hour_and_once(config: Config, origin: Origin) -> None:
    for now in (at("2026-06-16T06:59"), at("2026-06-17T06:59"), at("2026-06-17T07:00"), at("2026-06-17T07:01")):
        origin.now = now
        daemon.tick(config, now)
    assert _published(config)[-1] == "2026-06-16"
    made = [run for run in _listed(config) if run.key.endswith("2026-06-16")]
    assert [(run.state, run.started) for run in made] == [("done", at("2026-06-17T07:00"))]
    asked = [run.started for run in _listed(config, "collect")]
    assert at("2026-06-17T07:00") in asked
    assert at("2026-06-17T07:01") not in asked


def test_after_a_sleep_all_that_was_missed_is_caught_up_oldest_first(config: Config, origin: Origin) -> None:
    origin.now = at("2026-06-16T07:30")
    daemon.tick(config, origin.now)
    origin.now = at("2026-06-19T15:00")
    told = daemon.tick(config, origin.now)
    assert [line.split("/")[1] for line in told if line.startswith("published") and line.endswith("/en")] == [
        "2026-06-16",
        "2026-06-17",
        "2026-06-18",
    ]
    assert daemon.tick(config, at("2026-06-19T15:01")) == []


def test_without_an_answer_of_any_source_a_number_waits(config: Config, origin: Origin) -> None:
    origin.down = True
    told = daemon.tick(config, NOON)
    assert len(told) == 1
    assert told[0].startswith("nothing collected: all 3 sources failed")
    assert [run.state for run in _listed(config)] == ["failed"]
    origin.down = False
    assert daemon.tick(config, NOON + 9 * MINUTE) == []
    assert "published ai-tech-daily/2026-06-16/en" in daemon.tick(config, NOON + 10 * MINUTE)


def test_a_number_that_fails_is_recorded_and_tried_again(config: Config, origin: Origin, tmp_path: Path) -> None:
    (tmp_path / "public").write_text("a file where the folder should be", "utf-8")
    told = daemon.tick(config, NOON)
    assert "ai-tech-daily 2026-06-16 failed" in told[-1]
    assert "check [digest] output" in told[-1]
    (tmp_path / "public").unlink()
    assert daemon.tick(config, NOON + 9 * MINUTE) == []
    daemon.tick(config, NOON + 10 * MINUTE)
    assert [run.state for run in _listed(config, "run")] == ["done", "failed"]
    assert (tmp_path / "public/ai-tech-daily/2026-06-16/en/index.html").is_file()


def test_an_hour_that_comes_twice_publishes_once(path: Path, origin: Origin) -> None:
    """Berlin, 25 October 2026: half past two comes twice."""
    text = path.read_text("utf-8").replace("[digest]\n", '[digest]\ntimezone = "Europe/Berlin"\n')
    daily = 'slug = "ai-tech-daily"\npublish_at = "02:30"\n'
    path.write_text(text.replace('slug = "ai-tech-daily"\n', daily), "utf-8")
    config = load(path)
    origin.now = at("2026-10-25T00:00")
    for minutes in range(0, 121, 30):
        daemon.tick(config, at("2026-10-25T00:00") + minutes * MINUTE)
    made = [run for run in _listed(config, "run") if run.key == "due:ai-tech-daily:2026-10-24"]
    assert [(run.state, run.started) for run in made] == [("done", at("2026-10-25T00:30"))]


def test_a_clock_that_was_ahead_does_not_stop_the_collecting(config: Config, origin: Origin) -> None:
    daemon.tick(config, NOON + 24 * HOUR)
    assert any(line.startswith("collected") for line in daemon.tick(config, NOON))


def test_while_a_run_by_hand_is_under_way_nothing_is_done(config: Config) -> None:
    with app.only_one(config):
        assert daemon.tick(config, NOON) == []


def test_what_waits_is_sent_and_a_missing_mail_server_is_said(path: Path, origin: Origin) -> None:
    with Sink() as sink:
        config = load(path)
        config = replace(config, mail=replace(config.mail, smtp_url=sink.url))
        with Database.open(config.digest.database) as database:
            subscribe(database, 12, at("2026-06-16T00:00"))
        told = daemon.tick(config, NOON)
        assert any(line.startswith("sent ai-tech-daily/2026-06-16/en: ") for line in told)
        assert received(sink)
        assert daemon.tick(config, NOON + MINUTE) == []
        stopped = threading.Event()
        stopped.set()
        origin.now = NOON + 24 * HOUR
        assert [line.partition(" ")[0] for line in daemon.tick(config, NOON + 24 * HOUR, stopped)] == ["collected:"]


def test_a_mailing_pauses_when_the_daemon_ends_and_goes_on_later(path: Path) -> None:
    with Sink(delay_s=0.05) as sink:
        config = load(path)
        config = replace(config, mail=replace(config.mail, smtp_url=sink.url, connections=1))
        with Database.open(config.digest.database) as database:
            subscribe(database, 63, at("2026-06-16T00:00"))
        stop = threading.Event()

        def end_early() -> None:
            while not sink.messages:
                time.sleep(0.01)
            stop.set()

        watcher = threading.Thread(target=end_early)
        watcher.start()
        daemon.tick(config, NOON, stop)
        watcher.join()
        before = len(sink.messages)
        sink.delay_s = 0
        daemon.tick(config, NOON + MINUTE)
        assert 0 < before < len(sink.messages)
        assert set(received(sink).values()) == {1}


def test_the_scheduler_ticks_until_it_is_stopped(config: Config, origin: Origin) -> None:
    moments = iter([at("2026-06-17T06:59"), at("2026-06-17T06:59"), at("2026-06-17T07:00")])
    stop = threading.Event()

    def clock() -> datetime:
        moment = next(moments, None)
        if moment is None:
            stop.set()
        return moment or at("2026-06-17T07:01")

    daemon.serve(config, clock, tick_s=0.05, stop=stop)
    assert "2026-06-16" in _published(config)


def test_a_fault_of_a_tick_does_not_end_the_daemon(config: Config, caplog: pytest.LogCaptureFixture) -> None:
    stop = threading.Event()
    asked: list[int] = []

    def clock() -> datetime:
        asked.append(1)
        if len(asked) == 4:
            stop.set()
        if len(asked) == 2:
            return NOON.replace(tzinfo=None)  # a clock that is out of order
        return NOON

    daemon.serve(config, clock, tick_s=0.05, stop=stop)
    assert "a tick failed; the next one tries again" in caplog.text
    assert len(asked) >= 4


def test_two_daemons_of_one_database_are_refused(config: Config) -> None:
    with app.only_one(config, "daemon"), pytest.raises(LockedError, match="another daemon holds the lock"):
        daemon.serve(config, lambda: NOON, stop=threading.Event())


def test_what_can_never_work_is_said_at_the_start(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIGEST_SECRET")
    mail = replace(config.mail, smtp_url="smtp://127.0.0.1:9")
    with pytest.raises(ConfigError, match="DIGEST_SECRET"):
        daemon.serve(replace(config, mail=mail), lambda: NOON, stop=threading.Event())
    bad = replace(config.digest, database="sqlite:////dev/null/digest.db")
    with pytest.raises(StoreError):
        daemon.serve(replace(config, digest=bad), lambda: NOON, stop=threading.Event())


def test_the_process_ends_cleanly_on_sigterm_and_a_second_one_is_refused(path: Path, config: Config) -> None:
    command = [sys.executable, "-m", "digest", "daemon", "--config", str(path), "--tick", "0.2"]
    environment = os.environ | {"DIGEST_NOW": "2026-06-17T12:00:00Z"}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as first:
        assert first.stderr is not None
        lines = [first.stderr.readline()]
        while "published ai-tech-daily/2026-06-16/zh" not in lines[-1]:
            assert lines[-1], "".join(lines)
            lines.append(first.stderr.readline())
        second = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert (second.returncode, second.stdout) == (75, "")
        assert "another daemon holds the lock" in second.stderr
        first.send_signal(signal.SIGTERM)
        rest = first.stderr.read()
        assert first.wait(timeout=30) == 0
    assert "ended" in rest
    assert "Traceback" not in "".join(lines) + rest
    assert _published(config) == ["2026-06-16"]
    assert {run.state for run in _listed(config)} == {"done"}
