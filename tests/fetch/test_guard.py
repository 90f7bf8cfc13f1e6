import asyncio

import httpcore
import pytest

from digest.fetch.guard import GuardedBackend, RefusedAddressError, is_public, is_web_port, resolve
from tests.fetch.server import Server


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "240.0.0.1", "192.88.99.1", "198.18.0.1", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "fec0::1",
    ],
)  # fmt: skip
def test_private_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::", "::ffff:8.8.8.8"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


def test_only_web_ports_are_for_the_web() -> None:
    assert [is_web_port(port) for port in (25, 22, 80, 443, 1023, 1024, 8080)] == [False] * 2 + [True] * 2 + [
        False,
        True,
        True,
    ]


def test_an_address_that_does_not_answer_gives_way_to_the_next() -> None:
    async def both(host: str, port: int) -> list[str]:
        return ["::1", "127.0.0.1"]  # the server listens on the second alone

    async def run() -> None:
        async with Server() as server:
            backend = GuardedBackend(("example.org",), both)
            stream = await backend.connect_tcp("example.org", server.port, timeout=2)
            assert stream.get_extra_info("server_addr")[0] == "127.0.0.1"
            await stream.aclose()

    asyncio.run(run())


def test_socket_files_and_hosts_without_address_are_refused() -> None:
    async def none(host: str, port: int) -> list[str]:
        return []

    async def run() -> None:
        backend = GuardedBackend((), none)
        with pytest.raises(RefusedAddressError):
            await backend.connect_unix_socket("/run/secret.sock")
        with pytest.raises(httpcore.ConnectError):
            await backend.connect_tcp("example.org", 80)
        await backend.sleep(0)
        assert await resolve("127.0.0.1", 80) == ["127.0.0.1"]

    asyncio.run(run())
