import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

from digest.deliver.post import send_all
from digest.deliver.smtp import Server, server_of
from tests.deliver.sink import Sink
from tests.deliver.test_post import SENDER, Groups


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that nobody signed, with its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl, which makes the certificate, is not installed")
    path = tmp_path_factory.mktemp("tls") / "own.pem"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=sink.test"]
    subprocess.run([*words, "-keyout", path, "-out", path.with_suffix(".crt")], check=True, capture_output=True)
    path.write_text(path.read_text() + path.with_suffix(".crt").read_text())
    return path


def _tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def _send(server: Server, outbox: Groups) -> tuple[str, list[float]]:
    waits: list[float] = []
    return send_all(outbox, server, SENDER, connections=1, sleep=waits.append), waits


def test_tls_is_used_where_it_is_offered_whoever_signed_it(certificate: Path) -> None:
    with Sink(tls=_tls(certificate)) as sink:
        assert _send(server_of(sink.url), Groups(2))[0] == ""
    assert sink.encrypted == [True, True]


def test_a_password_is_kept_from_a_server_that_can_not_prove_its_name(certificate: Path) -> None:
    with Sink(tls=_tls(certificate), password="right") as sink:
        server = Server(host="127.0.0.1", port=sink.port, user="me", password="right", security="starttls", timeout_s=5)
        outbox = Groups(2)
        stopped, _ = _send(server, outbox)
    assert "certificate" in stopped.lower()
    assert outbox.fates == {0: "unsent", 1: "unsent"}


def test_tls_that_is_needed_and_missing_stops() -> None:
    with Sink() as sink:
        server = Server(host="127.0.0.1", port=sink.port, user="me", password="right", security="starttls", timeout_s=5)
        stopped, waits = _send(server, Groups(2))
    assert "STARTTLS" in stopped
    assert waits == []


def test_tls_from_the_first_byte_needs_a_server_that_speaks_it() -> None:
    with Sink() as sink:
        stopped, _ = _send(Server(host="127.0.0.1", port=sink.port, security="tls", timeout_s=5), Groups(2))
    assert "SSL" in stopped


def test_the_right_password_opens_and_a_wrong_one_is_tried_once() -> None:
    with Sink(password="right") as sink:
        url = sink.url.replace("smtp://", "smtp://me@")
        assert _send(server_of(url, "right"), Groups(2))[0] == ""
        stopped, waits = _send(server_of(url, "wrong"), Groups(2))
    assert "535" in stopped
    assert waits == []
    assert len(sink.messages) == 2
