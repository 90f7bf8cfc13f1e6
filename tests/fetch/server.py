"""A server that says exactly the bytes a test wants, on loopback."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from digest.fetch.client import Fetcher
from digest.fetch.model import Limits, MemoryValidators, Validators

NOW = datetime(2026, 6, 21, 12, tzinfo=UTC)
Script = Callable[[asyncio.StreamWriter], Awaitable[None]]
Route = bytes | Script | Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Seen:
    path: str
    headers: Mapping[str, str]


@dataclass(slots=True)
class Server:
    """Routes path -> bytes to send, a list of them (one a request, the last for ever), or a coroutine that writes."""

    routes: dict[str, Route] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    open: int = 0
    peak: int = 0
    _server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open += 1
        self.peak = max(self.peak, self.open)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.strip().split("\r\n")
            path = first.split(" ")[1]
            self.seen.append(Seen(path, {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}))
            await self._say(path, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self.open -= 1
            writer.close()

    async def _say(self, path: str, writer: asyncio.StreamWriter) -> None:
        route = self.routes.get(path, answer(b"no such page", status="404 Not Found"))
        if callable(route):
            await route(writer)
            return
        if not isinstance(route, bytes):
            count = sum(each.path == path for each in self.seen)
            route = route[min(count, len(route)) - 1]
        writer.write(route)
        await writer.drain()


def answer(body: bytes = b"", *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(target: str, status: str = "302 Found") -> bytes:
    return answer(b"", f"Location: {target}", status=status)


def fetcher(
    validators: Validators | None = None, now: Callable[[], datetime] = lambda: NOW, **limits: object
) -> Fetcher:
    bounds = {"timeout_s": 3.0, "allow_private_hosts": ("127.0.0.1",), **limits}
    return Fetcher(Limits(**bounds), validators or MemoryValidators(), now)  # type: ignore[arg-type]
