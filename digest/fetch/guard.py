"""Which addresses may be connected to: public ones, checked at the moment of connecting."""

import asyncio
import ipaddress
import select
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any

import httpcore

Resolve = Callable[[str, int], Awaitable[list[str]]]
_WEB_PORTS = frozenset({80, 443})
_FIRST_FREE_PORT = 1024
_CONNECT_S = 8.0
# Networks that lead to private addresses or to nobody, though ipaddress calls them global.
_REFUSED = tuple(
    map(
        ipaddress.ip_network,
        ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10", "192.88.99.0/24"),
    )
)


class RefusedAddressError(OSError):
    """The host's address may not be connected to."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public unicast internet, also behind IPv4-mapped and tunnel forms."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    if mapped is not None:
        return is_public(str(mapped))
    if not ip.is_global or ip.is_multicast or ip.is_reserved:
        return False
    return not any(ip.version == net.version and ip in net for net in _REFUSED)


def is_web_port(port: int) -> bool:
    """Whether a web server may be expected there: mail and other services have their own ports below 1024."""
    return port in _WEB_PORTS or port >= _FIRST_FREE_PORT


async def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host, in the resolver's order. Raises OSError."""
    with suppress(ValueError):
        return [str(ipaddress.ip_address(host))]  # no thread has to be asked
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


class _Stream(httpcore.AsyncNetworkStream):
    """A connection that tells cheaply whether it is still idle: the pool asks all of them before each request."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self._socket = inner.get_extra_info("socket")

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109  httpcore's interface
        return await self._inner.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109  the same
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  the same
    ) -> httpcore.AsyncNetworkStream:
        return await self._inner.start_tls(ssl_context, server_hostname, timeout)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  the same
        if info == "is_readable" and self._socket is not None:
            number = self._socket.fileno()
            return number < 0 or _is_readable(number)
        return self._inner.get_extra_info(info)


def _is_readable(number: int) -> bool:
    poll = select.poll()  # select() can't look at more than 1,024 files
    poll.register(number, select.POLLIN)
    return bool(poll.poll(0))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to the very address that was checked, which defeats names that change their answer (DNS rebinding)."""

    def __init__(self, allowed: Iterable[str] = (), resolve: Resolve = resolve) -> None:
        self._allowed = frozenset(host.strip("[]").lower() for host in allowed)
        self._resolve = resolve
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve, check every address, connect to the first that answers. Raises RefusedAddressError."""
        addresses = await self._checked(host, port)
        for address in addresses[:-1]:
            try:
                return _Stream(await self._inner.connect_tcp(address, port, _CONNECT_S, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return _Stream(await self._inner.connect_tcp(addresses[-1], port, timeout, local_address, socket_options))

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109  httpcore's interface
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002  the same
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: no source lives there."""
        raise RefusedAddressError(f"no socket files: {path}")

    async def sleep(self, seconds: float) -> None:
        """Wait, for httpcore."""
        await self._inner.sleep(seconds)

    async def _checked(self, host: str, port: int) -> list[str]:
        name = host.strip("[]").lower()
        if not is_web_port(port):
            raise RefusedAddressError(f"port {port} is not for the web")
        try:
            addresses = await self._resolve(name, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{name} has no address") from error
        if not addresses:
            raise httpcore.ConnectError(f"{name} has no address")
        if name not in self._allowed:
            for address in addresses:
                if not is_public(address):
                    raise RefusedAddressError(f"{name} leads to the private address {address}")
        return addresses
