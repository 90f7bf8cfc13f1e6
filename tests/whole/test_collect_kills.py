"""`digest collect` killed at random moments while its feeds go on: nothing is lost, nothing is there twice."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.cli.conftest import ran

FEEDS, SHOWN = 120, 8
NOW = "2026-06-16T12:00:00Z"
RUN = """
import sys
from digest import app, pipeline
from digest.cli import collect, progress
from digest.cli.main import main
print("ready", flush=True)
main()
"""


class Feeds(ThreadingHTTPServer):
    """Feeds that show their newest eight entries; `newest` is the number of the newest, the same in all."""

    daemon_threads = True
    request_queue_size = 128
    block_on_close = False
    newest = SHOWN

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that is killed leaves its connections open."""

    def entries(self, feed: int) -> str:
        numbers = range(self.newest, self.newest - SHOWN, -1)
        return "".join(
            f"<item><title>Entry {n} of feed {feed}</title><link>https://feed{feed}.example/{n}</link>"
            f"<description>{'It ranks what it reads. ' * 40}</description>"
            "<pubDate>Tue, 16 Jun 2026 10:00:00 GMT</pubDate></item>"
            for n in numbers
        )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Feeds

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        feed, tag = int(self.path.strip("/")), f'"{self.server.newest}"'
        same = self.headers["If-None-Match"] == tag
        body = b"" if same else f'<rss version="2.0"><channel>{self.server.entries(feed)}</channel></rss>'.encode()
        self.send_response(304 if same else 200)
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def feeds(tmp_path: Path) -> Iterator[Feeds]:
    with Feeds(("127.0.0.1", 0), _Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_address[1]}"
        sources = [f'[[source]]\nkind = "feed"\nslug = "f{n}"\nurl = "{base}/{n}"\n' for n in range(FEEDS)]
        head = '[digest]\nengine = "local"\n[fetch]\nper_host = 16\nallow_private_hosts = ["127.0.0.1"]\n'
        (tmp_path / "feeds.toml").write_text(head + "".join(sources), encoding="utf-8")
        yield server
        server.shutdown()


@pytest.mark.parametrize("kills", [5, pytest.param(50, marks=pytest.mark.chaos)])
def test_collecting_killed_again_and_again_loses_and_doubles_nothing(
    feeds: Feeds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kills: int
) -> None:
    monkeypatch.chdir(tmp_path)
    chance = random.Random(kills)  # noqa: S311  moments, not secrets
    with _started() as process:
        loaded = time.monotonic()
        assert process.wait(timeout=60) == 0
    took = time.monotonic() - loaded
    partly = 0
    for n in range(kills):
        feeds.newest += 3
        with _started() as process:
            if n == kills // 2:
                _wait_until_it_writes(feeds, process)
            else:
                time.sleep(took * chance.uniform(n / kills, (n + 1) / kills))
            process.send_signal(signal.SIGKILL)
        assert _scalar("PRAGMA integrity_check") == "ok"
        partly += 0 < _new(feeds) < 3 * FEEDS
        again = ran("collect", "--config", "feeds.toml", "--now", NOW)
        assert again.code == 0, again.err
        assert _scalar("PRAGMA integrity_check") == "ok"
        shown = range(1, feeds.newest + 1)
        expected = {f"https://feed{feed}.example/{entry}" for feed in range(FEEDS) for entry in shown}
        stored = [row[0] for row in _rows("SELECT url FROM items")]
        assert len(stored) == len(expected)
        assert set(stored) == expected
        assert _scalar("SELECT count(*) FROM sightings") == len(expected)
    assert partly > 0, "no kill came while it was writing"
    same = ran("collect", "--config", "feeds.toml", "--now", NOW, "--json")
    assert {row["status"] for row in same.rows} == {"unchanged"}


def _wait_until_it_writes(feeds: Feeds, process: "subprocess.Popen[str]") -> None:
    """Whatever the machine does beside: one of the kills comes between the first entry stored and the last."""
    while not _new(feeds):
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.001)


def _new(feeds: Feeds) -> int:
    """Count the entries of the last change that the killed pass had stored."""
    found = [row[0].rpartition("/")[2] for row in _rows("SELECT url FROM items")]
    return sum(int(number) > feeds.newest - 3 for number in found)


def _started() -> "subprocess.Popen[str]":
    """Start a pass; it has loaded its modules when this returns."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, "collect", "--config", "feeds.toml", "--now", NOW],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _rows(query: str) -> list[tuple[str, ...]]:
    with sqlite3.connect("digest.db") as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def _scalar(query: str) -> object:
    return _rows(query)[0][0]
