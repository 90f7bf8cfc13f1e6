"""Where answers come from: the network behind the guard, or a folder of packaged files."""

import json
import ssl
import zlib
from collections.abc import AsyncIterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import httpcore
import httpx

from digest.fetch.guard import GuardedBackend, Resolve, resolve
from digest.fetch.model import Limits

_POOL_SIZE = 8  # one pool with 32 connections costs three times the CPU per request of one with 8
_KEEPALIVE_S = 15.0


def network(limits: Limits, resolve: Resolve = resolve) -> httpx.AsyncBaseTransport:
    """Return a transport to the internet that refuses private addresses at each connection."""
    return _Network(limits, resolve)


def sample(folder: Path) -> httpx.AsyncBaseTransport:
    """Return a transport that answers from files.

    `index.json` in the folder maps each URL, with its query string, to {"file", "status", "headers"}; the last two may
    be left out (200, none). A key that ends in "*" stands for all URLs that begin so, the longest one counting, since
    some queries hold the dates of the window. A URL that is not there is answered 404.
    """
    return _Sample(folder)


class _Network(httpx.AsyncBaseTransport):
    def __init__(self, limits: Limits, resolve: Resolve) -> None:
        context = _trust()
        backend = GuardedBackend(limits.allow_private_hosts, resolve)
        count = -(-limits.concurrency // _POOL_SIZE)
        self._pools = [_guarded(context, backend) for _ in range(count)]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        name = request.url.netloc
        return await self._pools[zlib.crc32(name) % len(self._pools)].handle_async_request(request)

    async def aclose(self) -> None:
        for pool in self._pools:
            await pool.aclose()


@cache
def _trust() -> ssl.SSLContext:
    """Return the certificates to trust; reading them takes 100 ms, so it is done once in a process."""
    return httpx.create_ssl_context(trust_env=False)


def _guarded(context: ssl.SSLContext, backend: GuardedBackend) -> httpx.AsyncHTTPTransport:
    transport = httpx.AsyncHTTPTransport(verify=context, trust_env=False)
    # httpx offers no door for a network backend; the pool it would have made is replaced before first use.
    transport._pool = httpcore.AsyncConnectionPool(  # noqa: SLF001
        ssl_context=context,
        max_connections=_POOL_SIZE,
        max_keepalive_connections=_POOL_SIZE,
        keepalive_expiry=_KEEPALIVE_S,
        http1=True,
        http2=False,
        network_backend=backend,
    )
    return transport


class _Sample(httpx.AsyncBaseTransport):
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index: Mapping[str, Mapping[str, Any]] = json.loads((folder / "index.json").read_text("utf-8"))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        row = self._row(str(request.url))
        if row is None:
            return httpx.Response(404, stream=_Bytes(b""))
        body = (self._folder / row["file"]).read_bytes() if row.get("file") else b""
        return httpx.Response(int(row.get("status", 200)), headers=row.get("headers", {}), stream=_Bytes(body))

    def _row(self, url: str) -> Mapping[str, Any] | None:
        if url in self._index:
            return self._index[url]
        open_ended = [key for key in self._index if key.endswith("*") and url.startswith(key[:-1])]
        return self._index[max(open_ended, key=len)] if open_ended else None


class _Bytes(httpx.AsyncByteStream):
    def __init__(self, body: bytes) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._body
