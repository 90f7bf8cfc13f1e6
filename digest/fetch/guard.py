"""Which addresses may be connected to: public ones, checked at the moment of connecting."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable
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
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


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
                return await self._inner.connect_tcp(address, port, _CONNECT_S, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._inner.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)

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
