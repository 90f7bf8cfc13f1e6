"""A process with its server on a real socket, and the simplest of browsers."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from digest.store.database import Database
from digest.web.application import application
from tests.deliver.office import SECRET, office
from tests.deliver.sink import Sink
from tests.web.browser import Browser


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setenv("DIGEST_SECRET", SECRET)
    with Database.open(f"sqlite:///{tmp_path / 'digest.db'}") as database, Sink() as sink:
        made = Browser(office(database, tmp_path, sink.url), sink)
        config = uvicorn.Config(
            application(made.now), host="127.0.0.1", port=made.port, log_level="critical", ws="none"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        _wait_for(made.port)
        yield made
        server.should_exit = True
        thread.join()


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("the server did not start")
