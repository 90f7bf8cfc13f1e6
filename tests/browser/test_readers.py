"""A reader's whole way in chromium: sign up, confirm, read the mail, leave; the server is `digest serve`."""

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from digest.store import readers
from digest.store.database import Database
from tests.browser.chromium import CHROMIUM
from tests.browser.devtools import Page, chromium
from tests.cli.conftest import ran
from tests.deliver.office import SECRET
from tests.deliver.sink import Sink, free_port
from tests.whole.readers import ISSUE, mailing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]


class Served:
    """A sample week with a server for its readers and one for its mail."""

    def __init__(self, folder: Path, sink: Sink, port: int) -> None:
        self.folder, self.sink, self.url = folder, sink, f"http://127.0.0.1:{port}"

    def readers(self) -> list[tuple[str, str, int]]:
        with Database.open(f"sqlite:///{self.folder / 'sample/digest.db'}", create=False) as store, store.read() as tx:
            return [(r.address, r.state, len(readers.subscriptions(tx, r.id))) for r in readers.listing(tx)]

    def ask(self, method: str, url: str, body: str = "") -> tuple[int, str | None]:
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        connection.request(method, urlsplit(url).path, body or None, headers)
        response = connection.getresponse()
        response.read()
        connection.close()
        return response.status, response.headers["Set-Cookie"]

    def send(self) -> bytes:
        sent = ran("send", ISSUE, "--config", "mail.toml")
        assert sent.code == 0, sent.err
        return self.sink.messages[-1][1]

    def mailed(self) -> str:
        """The text of the last mail."""
        return _part(self.sink.messages[-1][1], "plain")


def _part(content: bytes, kind: str) -> str:
    body = message_from_bytes(content, policy=policy.default).get_body((kind,))  # type: ignore[arg-type]  plain or html
    assert body is not None
    return str(body.get_content())


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIGEST_SECRET", SECRET)
    made = ran("run", "--week", "2026-W25", "--sample", "--engine", "local", "--publication", "recsys-weekly")
    assert made.code == 0, made.err
    with Sink() as sink:
        port = free_port()
        mailing(tmp_path, sink.url, 0, site=f"http://127.0.0.1:{port}")
        command = [sys.executable, "-m", "digest", "serve", "--config", "mail.toml", "--port", str(port)]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
            assert server.stderr is not None
            assert server.stderr.readline() == f"http://127.0.0.1:{port}\n"
            yield Served(tmp_path, sink, port)
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=20) == 0
            assert server.stderr.read() == ""


@pytest.fixture
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with chromium(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def test_a_reader_signs_up_confirms_reads_and_leaves(served: Served, page: Page) -> None:
    page.goto(f"{served.url}/")
    assert "RecSys Weekly" in page.text
    page.goto(f"{served.url}/subscribe?lang=en")
    assert "Leave this empty" not in page.text
    assert page.run("document.querySelectorAll('input[name=choice]:checked').length") == 1
    page.type("input[name=address]", "ann@e.org")
    page.press("form button")
    assert "Look into your mail" in page.text
    assert served.readers() == [("ann@e.org", "pending", 0)]
    confirm = re.search(rf"{served.url}/confirm/\S+", served.mailed())
    assert confirm is not None
    page.goto(confirm[0])
    assert "RecSys Weekly" in page.text
    assert served.readers() == [("ann@e.org", "pending", 0)]
    page.press("form button")
    assert "You are subscribed" in page.text
    assert served.readers() == [("ann@e.org", "confirmed", 1)]
    mail = served.folder / "mail.html"
    mail.write_text(_part(served.send(), "html"), encoding="utf-8")
    page.goto(mail.as_uri())
    assert "RecSys Weekly" in page.text
    assert page.run("document.querySelectorAll('img[src^=http], script, link[rel=stylesheet]').length") == 0
    page.press("a[href*='/u/']")
    assert "Unsubscribe" in page.text
    assert served.readers() == [("ann@e.org", "confirmed", 1)]
    page.press("form button")
    assert "You are unsubscribed" in page.text
    assert served.readers() == [("ann@e.org", "unsubscribed", 0)]
    assert page.cookies == 0


def test_one_click_from_the_bytes_of_a_mail_leaves_and_a_get_changes_nothing(served: Served, page: Page) -> None:
    added = ran("subscribers", "add", "ben@e.org", "--choice", "recsys-weekly:en", "--config", "mail.toml")
    assert added.code == 0, added.err
    content = served.send()
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in content
    link = re.search(rb"\r\nList-Unsubscribe: <([^>\r\n]+)>\r\n", content)
    assert link is not None
    url = link[1].decode()
    assert url.startswith(served.url)
    page.goto(url)
    for method in ("GET", "HEAD"):
        assert served.ask(method, url)[0] == 200
    assert served.readers() == [("ben@e.org", "confirmed", 1)]
    for _ in range(2):
        assert served.ask("POST", url, "List-Unsubscribe=One-Click") == (200, None)
        assert served.readers() == [("ben@e.org", "unsubscribed", 0)]
    page.goto(f"{served.url}/subscribe")
    assert page.cookies == 0
