"""The only HTTP client: asks politely, within bounds, and says what happened as a value."""

import asyncio
import base64
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

import httpcore
import httpx

from digest.fetch.body import read_body
from digest.fetch.caching import expiry, retry_after
from digest.fetch.guard import RefusedAddressError
from digest.fetch.hosts import HostBusyError, Hosts, Sleep
from digest.fetch.model import Failure, FailureKind, Limits, Request, Response, Stored, Validators
from digest.fetch.transports import network

MAX_REDIRECTS = 5
MOVES_TO_REMEMBER = 3
_ERROR_BYTES = 16_384
_FIRST_BACKOFF_S = 1.0
_BUSY = frozenset({429, 503})
_PASSING = frozenset({500, 502, 503, 504, 429})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_SECRET_HEADERS = frozenset({"authorization", "cookie"})


@dataclass(slots=True)
class _Budget:
    """The seconds that a request may still use, for asking and for waiting."""

    asking_s: float
    patience_s: float

    @property
    def waiting_s(self) -> float:
        return self.asking_s + self.patience_s

    def wait(self, seconds: float) -> None:
        from_patience = min(self.patience_s, seconds)
        self.patience_s -= from_patience
        self.asking_s -= seconds - from_patience


@dataclass(frozen=True, slots=True)
class _Answer:
    """One HTTP answer before its meaning: status, lower-case headers, body where it was wanted."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes | Failure


class Fetcher:
    """Fetches with the bounds of `Limits`; an async context manager that owns the connections.

    `now` is the process's clock, used for expiry alone; deadlines and pauses run on the monotonic clock.
    """

    def __init__(
        self,
        limits: Limits,
        validators: Validators,
        now: Callable[[], datetime],
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._limits = limits
        self._validators = validators
        self._now = now
        self._transport = transport or network(limits)
        self._hosts = Hosts(limits.concurrency, limits.per_host, sleep)
        self._sleep = sleep
        self._random = random.Random(0)  # noqa: S311  spreads retries, guards nothing

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.aclose()

    async def fetch(self, request: Request) -> Response | Failure:
        """Get a URL: a response, "not modified", or what went wrong; never raises for trouble outside."""
        stored = None if request.fresh else self._validators.get(request.url)
        known = self._already_known(request, stored)
        if known is not None:
            return known
        budget = _Budget(request.timeout_s or self._limits.timeout_s, request.patience_s)
        answer: Response | Failure = Failure(kind="timeout", message="no attempt was allowed")
        for attempt in range(max(1, request.attempts)):
            answer = await self._attempt(request, stored, budget)
            pause = _pause(answer, attempt, self._random)
            if pause is None or attempt + 1 >= request.attempts or pause >= budget.waiting_s:
                break
            budget.wait(pause)
            await self._sleep(pause)
        self._note(request, stored, answer)
        return answer

    def remembered(self, url: str) -> Stored | None:
        """Return what was remembered of a URL when this client was opened."""
        return self._validators.get(url)

    def _already_known(self, request: Request, stored: Stored | None) -> Response | Failure | None:
        if stored is None:
            return None
        if stored.gone:
            return Failure(kind="disabled", message=f"{shown(request.url)} answered 410 Gone earlier", status=410)
        if stored.expires is not None and self._now() < stored.expires:
            return Response(url=request.url, status=304, headers={}, body=b"", not_modified=True)
        return None

    async def _attempt(self, request: Request, stored: Stored | None, budget: _Budget) -> Response | Failure:
        """Follow redirects to an answer; every hop waits for its own host's turn."""
        url = stored.moved_to if stored and stored.moves >= MOVES_TO_REMEMBER else request.url
        moved_to, permanent = "", True
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._hop(url, request, stored, budget)
            if isinstance(answer, Failure):
                return answer
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return self._meaning(request, stored, answer, moved_to)
            try:
                url = urljoin(url, answer.headers["location"])
            except ValueError:
                return Failure(kind="redirects", message=f"{shown(request.url)} redirects to no address")
            permanent = permanent and answer.status in _PERMANENT
            moved_to = url if permanent else ""
        return Failure(kind="redirects", message=f"{shown(request.url)}: more than {MAX_REDIRECTS} redirects")

    async def _hop(self, url: str, request: Request, stored: Stored | None, budget: _Budget) -> _Answer | Failure:
        try:
            asked = self._build(url, request, stored)
        except (ValueError, TypeError, httpx.InvalidURL, UnicodeError) as error:
            return Failure(kind="address", message=f"{shown(url)} is no web address: {error}")
        try:
            async with self._hosts.turn(asked.url.netloc.decode("ascii"), request.min_gap_s, budget.waiting_s):
                return await self._within(asked, url, request, budget)
        except HostBusyError as error:
            return Failure(kind="busy", message=f"{shown(url)}: {error}", retry_after=error.wait_s)

    async def _within(self, asked: httpx.Request, url: str, request: Request, budget: _Budget) -> _Answer | Failure:
        start = time.monotonic()
        try:
            async with asyncio.timeout(max(0.0, budget.asking_s)):
                answer = await self._send(asked, url, request.max_bytes or self._limits.max_bytes)
        except TimeoutError:
            return Failure(kind="timeout", message=f"{shown(url)}: no complete answer within the time allowed")
        except RefusedAddressError as error:
            return Failure(kind="address", message=f"{shown(url)} is refused: {error}")
        except (httpx.TransportError, httpcore.ConnectError, OSError) as error:
            return Failure(kind="connect", message=f"{shown(url)}: {str(error) or type(error).__name__}")
        finally:
            budget.asking_s -= time.monotonic() - start
        if answer.status in _BUSY:
            wait = retry_after(answer.headers, self._now())
            self._hosts.close(asked.url.netloc.decode("ascii"), _FIRST_BACKOFF_S if wait is None else wait)
        else:
            self._hosts.served(asked.url.netloc.decode("ascii"))
        return answer

    async def _send(self, asked: httpx.Request, url: str, max_bytes: int) -> _Answer:
        response = await self._transport.handle_async_request(asked)
        try:
            headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in reversed(response.headers.raw)}
            status = response.status_code
            # also a body that nobody wants is read to its end, for the connection to be used again
            limit = max_bytes if httpx.codes.is_success(status) else _ERROR_BYTES
            codings = ",".join(response.headers.get_list("content-encoding"))
            # the stream of an async transport is async; httpx's type covers the other kind too
            body = await read_body(response.stream, codings, limit)  # type: ignore[arg-type]
            return _Answer(url, status, headers, body)
        finally:
            await response.aclose()

    def _build(self, url: str, request: Request, stored: Stored | None) -> httpx.Request:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0 or " " in parts.netloc:
            raise ValueError("only http and https are fetched")
        headers = {"User-Agent": self._limits.user_agent, "Accept": "*/*", "Accept-Encoding": "gzip"} | dict(
            request.headers if _same_origin(url, request.url) else _harmless(request.headers)
        )
        if parts.username is not None and "Authorization" not in headers:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        if stored is not None and stored.etag:
            headers["If-None-Match"] = stored.etag
        if stored is not None and stored.last_modified:
            headers["If-Modified-Since"] = stored.last_modified
        raw = [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()]
        return httpx.Request("GET", url, headers=raw, extensions={"timeout": {}})

    def _meaning(self, request: Request, stored: Stored | None, answer: _Answer, moved_to: str) -> Response | Failure:
        if answer.status == httpx.codes.NOT_MODIFIED and stored is not None:
            kept = self._validators_of(request, stored, answer, moved_to)
            news = None if replace(kept, checked=stored.checked) == stored else kept
            return Response(
                url=answer.url, status=304, headers=answer.headers, body=b"", not_modified=True, validators=news
            )
        if not httpx.codes.is_success(answer.status):
            return _failed(request.url, answer, retry_after(answer.headers, self._now()))
        if isinstance(answer.body, Failure):
            return replace(answer.body, message=f"{shown(request.url)}: {answer.body.message}", status=answer.status)
        validators = None if request.fresh else self._validators_of(request, stored, answer, moved_to)
        return Response(
            url=answer.url, status=answer.status, headers=answer.headers, body=answer.body, validators=validators
        )

    def _validators_of(self, request: Request, stored: Stored | None, answer: _Answer, moved_to: str) -> Stored:
        """Return what to remember; a 304 may leave out the validators, which then stay (RFC 9111, 3.2)."""
        now, unchanged = self._now(), answer.status == httpx.codes.NOT_MODIFIED
        followed = stored is not None and stored.moves >= MOVES_TO_REMEMBER
        before = stored or Stored(url=request.url, checked=now)
        target = before.moved_to if followed else moved_to
        moves = before.moves if followed else before.moves + 1 if moved_to == before.moved_to else 1
        return Stored(
            url=request.url,
            checked=now,
            etag=answer.headers.get("etag", before.etag if unchanged else ""),
            last_modified=answer.headers.get("last-modified", before.last_modified if unchanged else ""),
            expires=expiry(answer.headers, now),
            moved_to=target,
            moves=moves if target else 0,
        )

    def _note(self, request: Request, stored: Stored | None, answer: Response | Failure) -> None:
        """Remember a 410 at once, and forget a remembered redirect that leads nowhere any more."""
        if request.fresh or not isinstance(answer, Failure):
            return
        before = stored or Stored(url=request.url, checked=self._now())
        if answer.kind == "gone":
            self._validators.put(request.url, replace(before, checked=self._now(), gone=True))
        elif before.moves and answer.kind in {"status", "connect", "address", "redirects"}:
            self._validators.put(request.url, replace(before, moved_to="", moves=0))


def shown(url: str) -> str:
    """Return a URL as it may be logged: without user, password and query values."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "an unreadable URL"
    return urlunsplit((parts.scheme, host + port, parts.path, "…" if parts.query else "", ""))[:200]


def _failed(url: str, answer: _Answer, wait: float | None) -> Failure:
    body = answer.body if isinstance(answer.body, bytes) else b""
    kind: FailureKind = "busy" if answer.status in _BUSY else "status"
    return Failure(
        kind="gone" if answer.status == httpx.codes.GONE else kind,
        message=f"{shown(url)} answered {answer.status} {httpx.codes.get_reason_phrase(answer.status)}".rstrip(),
        status=answer.status,
        retry_after=wait,
        body=body[:_ERROR_BYTES],
    )


def _pause(answer: Response | Failure, attempt: int, spread: random.Random) -> float | None:
    """Return the seconds to wait before another attempt, None where another one makes no sense."""
    if isinstance(answer, Response) or (answer.kind == "busy" and answer.status is None):
        return None
    if answer.kind == "connect" or answer.status in _PASSING:
        own = _FIRST_BACKOFF_S * 2.0**attempt
        return own + spread.random() * 0.1 if answer.retry_after is None else max(answer.retry_after, 0.0)
    return None


def _same_origin(one: str, other: str) -> bool:
    a, b = urlsplit(one), urlsplit(other)
    return (a.scheme, a.netloc) == (b.scheme, b.netloc)


def _harmless(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in _SECRET_HEADERS}
