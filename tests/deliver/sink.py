"""A real SMTP server in a thread that keeps what it takes, and fails where it is told to."""

import asyncio
import socket
import ssl
import threading
import warnings
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Sink:
    """`rcpt` and `data` hold the answers to some addresses, used up from the front: a reply, "drop" or "" for yes.

    "drop" in `data` breaks the connection after the message's final dot, without an answer; "keep-drop" keeps the
    message before it does so.
    """

    mail: list[str] = field(default_factory=list)
    rcpt: dict[str, list[str]] = field(default_factory=dict)
    data: dict[str, list[str]] = field(default_factory=dict)
    messages: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0
    delay_s: float = 0.0
    tls: ssl.SSLContext | None = None
    password: str = ""
    encrypted: list[bool] = field(default_factory=list)
    most_connections: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Self:
        self._controller = _Server(_Handler(self), hostname="127.0.0.1", port=free_port())
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()

    def allows(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        return AuthResult(success=data.password == self.password.encode(), handled=False)

    @property
    def port(self) -> int:
        return int(self._controller.port)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def addresses(self) -> list[str]:
        return sorted(address for address, _ in self.messages)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Server(Controller):
    def factory(self) -> SMTP:
        # aiosmtpd warns of a password without TLS, which is what some tests are about.
        with warnings.catch_warnings(action="ignore"):
            return self._session()

    def _session(self) -> SMTP:
        sink = self.handler.sink
        return _Session(
            self.handler,
            hostname="sink.test",
            enable_SMTPUTF8=False,
            loop=self.loop,
            tls_context=sink.tls,
            auth_required=bool(sink.password),
            auth_require_tls=bool(sink.tls) or not sink.password,
            authenticator=sink.allows if sink.password else None,
        )


class _Session(SMTP):
    def connection_made(self, transport: Any) -> None:
        sink = self.event_handler.sink
        sink.connections += 1
        super().connection_made(transport)
        if sink.most_connections and sink.connections > sink.most_connections:
            transport.write(b"421 too many connections\r\n")
            transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        self.event_handler.sink.connections -= 1
        super().connection_lost(error)


class _Handler:
    def __init__(self, sink: Sink) -> None:
        self.sink = sink

    async def handle_MAIL(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.sink.mail and (reply := self.sink.mail.pop(0)):
            return reply
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if reply := self._next(self.sink.rcpt, address):
            if reply == "drop":
                server.transport.abort()
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  as above
        if self.sink.delay_s:
            await asyncio.sleep(self.sink.delay_s)
        [address] = envelope.rcpt_tos
        self.sink.encrypted.append(session.ssl is not None)
        reply = self._next(self.sink.data, address)
        if reply in {"", "keep-drop"}:
            content = envelope.original_content
            assert isinstance(content, bytes)
            with self.sink._lock:
                self.sink.messages.append((address, content))
        if reply.endswith("drop"):
            server.transport.abort()
        return reply or "250 OK"

    def _next(self, answers: dict[str, list[str]], address: str) -> str:
        return answers[address].pop(0) if answers.get(address) else ""
