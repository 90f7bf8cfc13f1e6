"""The long-lived commands as processes: how they start, are refused, and end."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from digest.store import deliveries
from digest.store.database import Database
from tests.cli.conftest import ran
from tests.deliver.sink import Sink
from tests.whole.readers import EDITION, ISSUE, mailing


@pytest.fixture
def here(collected: Path, tmp_path: Path, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    shutil.copytree(collected, folder)
    mailing(folder, sink.url, 60, connections=1)
    monkeypatch.chdir(folder)
    return folder


def _started(*words: str) -> "subprocess.Popen[str]":
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "digest", *words, "--config", "mail.toml"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_server_takes_a_free_port_says_which_and_ends_on_sigterm(here: Path) -> None:
    with _started("serve", "--port", "0") as server:
        assert server.stderr is not None
        said = re.fullmatch(r"(http://127\.0\.0\.1:[1-9]\d+)\n", server.stderr.readline())
        assert said is not None
        with urlopen(f"{said[1]}/healthz", timeout=10) as answer:
            assert json.load(answer) == {"status": "ok"}
        with urlopen(f"{said[1]}/{ISSUE}/", timeout=10) as answer:
            assert b"RecSys Weekly" in answer.read()
        server.send_signal(signal.SIGTERM)
        assert (server.wait(timeout=20), server.stderr.read()) == (0, "")


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "192.0.2.1"])
def test_an_address_that_cannot_be_had_is_said_in_one_line(here: Path, host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, socket.socket(socket.AF_INET6) as other:
        port = taken.getsockname()[1]
        if host == "::1":
            try:
                other.bind((host, port))
            except OSError:
                pytest.skip("this machine has no IPv6")
            other.listen()
        outcome = ran("serve", "--host", host, "--port", str(port), "--config", "mail.toml")
    assert outcome.code == 2
    assert f"{host}:{port}: can't listen there" in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_mailing_ends_on_sigterm_with_nobody_uncertain_and_resume_finishes_it(here: Path, sink: Sink) -> None:
    sink.delay_s = 0.05
    with _started("send", ISSUE) as sender:
        while len(sink.messages) < 3:
            assert sender.poll() is None
            time.sleep(0.005)
        sender.send_signal(signal.SIGTERM)
        out, err = sender.communicate(timeout=20)
    assert sender.returncode == 6, err
    assert "digest send recsys-weekly/2026-W25/en --resume" in err
    assert "waiting" in out
    assert "uncertain" not in out
    sink.delay_s = 0
    assert ran("send", ISSUE, "--resume", "--config", "mail.toml").code == 0
    assert sink.addresses == sorted(f"r{n}@e.org" for n in range(60))


def test_a_look_at_a_mailing_needs_no_lock_and_changes_nothing(here: Path, sink: Sink) -> None:
    from digest import app  # noqa: PLC0415  with the commands' own modules
    from digest.config import load  # noqa: PLC0415

    with app.only_one(load(Path("mail.toml"))):
        seen = ran("send", ISSUE, "--dry-run", "--config", "mail.toml")
        copy = ran("send", ISSUE, "--to", "me@e.org", "--config", "mail.toml")
        assert ran("send", ISSUE, "--config", "mail.toml").code == 75
    assert (seen.code, seen.out.splitlines()[0]) == (0, "60 readers would get this message:")
    assert (copy.code, copy.out) == (0, "sent to me@e.org\n")
    assert sink.addresses == ["me@e.org"]
    with Database.open("sqlite:///sample/digest.db") as database, database.read() as tx:
        assert deliveries.counts(tx, EDITION) == {}


def test_a_mail_server_that_is_not_there_is_said_and_nobody_is_lost(
    here: Path, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_MAIL_SMTP_URL", "nonsense")
    assert ran("send", ISSUE, "--config", "mail.toml").code == 2
    monkeypatch.delenv("DIGEST_MAIL_SMTP_URL")
    assert ran("send", "none/2026-W25/en", "--config", "mail.toml").code == 2
    assert ran("send", "none", "--config", "mail.toml").code == 2
    done = ran("send", ISSUE, "--json", "--config", "mail.toml")
    assert (done.code, done.rows[0]["counts"]) == (0, {"sent": 60})
