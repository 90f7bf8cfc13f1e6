import asyncio
import gzip
import time
import zlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import pairwise

import pytest

from digest.fetch.client import Fetcher, shown
from digest.fetch.model import Failure, Limits, MemoryValidators, Request, Response
from digest.fetch.transports import network
from tests.fetch.server import NOW, Server, answer, fetcher, redirect


def on_server(test: Callable[[Server], Awaitable[None]]) -> None:
    async def run() -> None:
        async with Server() as server:
            await test(server)

    asyncio.run(run())


async def get(server: Server, path: str, client: Fetcher | None = None, **request: object) -> Response | Failure:
    async with client or fetcher() as own:
        return await own.fetch(Request(url=server.url(path), **request))  # type: ignore[arg-type]


def kind(found: Response | Failure) -> str:
    return found.kind if isinstance(found, Failure) else "response"


def keep(validators: MemoryValidators, response: Response) -> None:
    assert response.validators is not None
    validators.put(response.validators.url, response.validators)


def test_a_page_arrives_with_its_headers_and_an_honest_user_agent() -> None:
    async def run(server: Server) -> None:
        server.routes["/a?b=c"] = answer(b"hello", "X-One: 1")
        found = await get(server, "/a?b=c", fetcher(user_agent="digest-test/1 (+https://example.org)"))
        assert isinstance(found, Response)
        assert (found.status, found.body, found.headers["x-one"], found.not_modified) == (200, b"hello", "1", False)
        assert server.seen[0].headers["user-agent"] == "digest-test/1 (+https://example.org)"
        assert server.seen[0].headers["accept-encoding"] == "gzip"
        assert "cookie" not in server.seen[0].headers

    on_server(run)


def test_validators_go_back_byte_for_byte_once_kept() -> None:
    etag, modified = "W/\"\xe9-'odd' ~,;\"", "Sun, 21 jun 2026 9:00:00 CEST (odd)"

    async def run(server: Server) -> None:
        server.routes["/a"] = [
            answer(b"x", f"ETag: {etag}", f"Last-Modified: {modified}"),
            answer(status="304 Not Modified"),
        ]
        validators = MemoryValidators()
        first = await get(server, "/a", fetcher(validators))
        assert isinstance(first, Response)
        async with fetcher(validators) as client:
            keep(validators, first)
            second = await client.fetch(Request(url=server.url("/a")))
            assert isinstance(second, Response)
            assert (second.not_modified, second.body) == (True, b"")
            assert second.validators is None  # it says nothing that is not known
            await client.fetch(Request(url=server.url("/a")))
        for seen in server.seen[1:]:
            assert (seen.headers["if-none-match"], seen.headers["if-modified-since"]) == (etag, modified)

    on_server(run)


def test_what_was_not_kept_is_asked_for_again_in_full() -> None:
    async def run(server: Server) -> None:
        server.routes["/a"] = answer(b"x", 'ETag: "1"')
        validators = MemoryValidators()
        await get(server, "/a", fetcher(validators))
        await get(server, "/a", fetcher(validators))
        assert "if-none-match" not in server.seen[1].headers

    on_server(run)


def test_fresh_asks_unconditionally_and_remembers_nothing() -> None:
    async def run(server: Server) -> None:
        server.routes["/a"] = answer(b"x", 'ETag: "1"', "Cache-Control: max-age=600")
        validators = MemoryValidators()
        async with fetcher(validators) as client:
            first = await client.fetch(Request(url=server.url("/a")))
            assert isinstance(first, Response)
            keep(validators, first)
            again = await client.fetch(Request(url=server.url("/a"), fresh=True))
            assert isinstance(again, Response)
            assert (again.body, again.validators) == (b"x", None)
        assert "if-none-match" not in server.seen[1].headers

    on_server(run)


def test_a_fresh_answer_is_not_asked_for_again_until_it_expires() -> None:
    moment = [NOW]

    async def run(server: Server) -> None:
        server.routes["/a"] = answer(b"x", "Cache-Control: public, max-age=600")
        validators = MemoryValidators()
        async with fetcher(validators, now=lambda: moment[0]) as client:
            first = await client.fetch(Request(url=server.url("/a")))
            assert isinstance(first, Response)
            keep(validators, first)
            second = await client.fetch(Request(url=server.url("/a")))
            assert isinstance(second, Response)
            assert second.not_modified
            assert len(server.seen) == 1
            moment[0] += timedelta(seconds=601)
            await client.fetch(Request(url=server.url("/a")))
            assert len(server.seen) == 2

    on_server(run)


def test_gzip_is_unpacked_also_with_padding_behind_it() -> None:
    async def run(server: Server) -> None:
        server.routes["/a"] = answer(gzip.compress(b"hello" * 1000, mtime=0) + b"\0" * 10, "Content-Encoding: gzip")
        found = await get(server, "/a")
        assert isinstance(found, Response)
        assert found.body == b"hello" * 1000

    on_server(run)


def bomb(size: int = 100_000_000) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b" " * 1_000_000) for _ in range(size // 1_000_000)) + packer.flush()


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (answer(b"x" * 2_000_001), "too-large"),
        (answer(bomb(), "Content-Encoding: gzip"), "too-large"),
        (answer(gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), "Content-Encoding: gzip, gzip"), "coding"),
        (answer(gzip.compress(b"x", mtime=0), "Content-Encoding: gzip", "Content-Encoding: gzip"), "coding"),
        (answer(b"x", "Content-Encoding: br"), "coding"),
        (answer(b"no gzip at all", "Content-Encoding: gzip"), "coding"),
        (answer(gzip.compress(b"hello" * 100, mtime=0)[:-12], "Content-Encoding: gzip"), "coding"),
        (answer(b"x" * 100)[:-50], "connect"),
        (b"this is no HTTP\r\n\r\n", "connect"),
        (answer(status="404 Not Found"), "status"),
        (answer(b"", "Retry-After: 0", status="500 Oh No"), "status"),
        (answer(status="410 Gone"), "gone"),
        (redirect("file:///etc/passwd"), "address"),
        (redirect("gopher://example.org/"), "address"),
        (redirect("http://169.254.169.254/latest/meta-data/"), "address"),
        (redirect("http://2130706433/"), "address"),
        (redirect("http://[::1]:8080/"), "address"),
        (redirect("http://127.0.0.1:25/"), "address"),
        (redirect("http://[bad"), "redirects"),
        (redirect("http://exa mple.org:99999999/"), "address"),
    ],
)
def test_a_bad_answer_is_a_value(said: bytes, wanted: str) -> None:
    async def run(server: Server) -> None:
        server.routes["/a"] = said
        start = time.monotonic()
        found = await get(server, "/a", fetcher(max_bytes=2_000_000))
        assert kind(found) == wanted
        assert time.monotonic() - start < 5

    on_server(run)


async def drip(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(1000):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def hang(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(3)


@pytest.mark.parametrize("script", [drip, hang])
def test_the_deadline_is_a_total_one(script: Callable[[asyncio.StreamWriter], Awaitable[None]]) -> None:
    async def run(server: Server) -> None:
        server.routes["/a"] = script
        start = time.monotonic()
        found = await get(server, "/a", fetcher(timeout_s=0.4))
        assert kind(found) == "timeout"
        assert time.monotonic() - start < 1.5

    on_server(run)


def test_redirects_are_followed_and_counted() -> None:
    async def run(server: Server) -> None:
        server.routes |= {f"/{n}": redirect(f"/{n + 1}") for n in range(6)} | {"/6": answer(b"end")}
        end = await get(server, "/1")
        assert isinstance(end, Response)
        assert (end.body, end.url) == (b"end", server.url("/6"))
        assert kind(await get(server, "/0")) == "redirects"
        server.routes["/loop"] = redirect("/loop")
        assert kind(await get(server, "/loop")) == "redirects"

    on_server(run)


def test_a_permanent_redirect_is_remembered_after_three_in_a_row_and_forgotten_when_it_breaks() -> None:
    async def run(server: Server) -> None:
        server.routes |= {"/old": redirect("/new", "301 Moved Permanently"), "/new": answer(b"x")}
        validators = MemoryValidators()
        async with fetcher(validators) as client:
            for _ in range(4):
                found = await client.fetch(Request(url=server.url("/old")))
                assert isinstance(found, Response)
                keep(validators, found)
            assert [seen.path for seen in server.seen] == ["/old", "/new"] * 3 + ["/new"]
            server.routes["/new"] = answer(status="404 Not Found")
            assert kind(await client.fetch(Request(url=server.url("/old")))) == "status"
            server.routes["/old"] = answer(b"back")
            back = await client.fetch(Request(url=server.url("/old")))
            assert isinstance(back, Response)
            assert back.body == b"back"

    on_server(run)


def test_a_temporary_redirect_in_between_starts_the_count_again() -> None:
    async def run(server: Server) -> None:
        moved, passing = redirect("/new", "308 Permanent Redirect"), redirect("/new")
        server.routes |= {"/old": [moved, moved, passing, moved, moved], "/new": answer(b"x")}
        validators = MemoryValidators()
        async with fetcher(validators) as client:
            for _ in range(5):
                found = await client.fetch(Request(url=server.url("/old")))
                assert isinstance(found, Response)
                keep(validators, found)
        assert [seen.path for seen in server.seen] == ["/old", "/new"] * 5

    on_server(run)


def test_gone_is_not_asked_again_but_by_a_fresh_request() -> None:
    async def run(server: Server) -> None:
        server.routes["/a"] = [answer(status="410 Gone"), answer(b"back")]
        async with fetcher() as client:
            assert kind(await client.fetch(Request(url=server.url("/a")))) == "gone"
            assert kind(await client.fetch(Request(url=server.url("/a")))) == "disabled"
            assert len(server.seen) == 1
            assert kind(await client.fetch(Request(url=server.url("/a"), fresh=True))) == "response"

    on_server(run)


def test_busy_holds_back_the_whole_host_and_passes() -> None:
    async def run(server: Server) -> None:
        server.routes |= {"/a": [answer(b"", "Retry-After: 1", status="429 Slow"), answer(b"a")], "/b": answer(b"b")}
        async with fetcher() as client:
            start = time.monotonic()
            first = asyncio.create_task(client.fetch(Request(url=server.url("/a"))))
            await asyncio.sleep(0.3)
            second = await client.fetch(Request(url=server.url("/b")))
            assert time.monotonic() - start > 0.9
            assert kind(second) == kind(await first) == "response"

    on_server(run)


def test_a_pause_that_is_too_long_is_said_at_once() -> None:
    async def run(server: Server) -> None:
        server.routes["/a"] = answer(b"try later", "Retry-After: 3600", status="503 Busy")
        start = time.monotonic()
        async with fetcher() as client:
            found = await client.fetch(Request(url=server.url("/a")))
            assert isinstance(found, Failure)
            assert (found.kind, found.retry_after, found.status, found.body) == ("busy", 3600.0, 503, b"try later")
            other = await client.fetch(Request(url=server.url("/b")))
            assert isinstance(other, Failure)
            assert (other.kind, other.status) == ("busy", None)
        assert (len(server.seen), time.monotonic() - start < 1) == (1, True)

    on_server(run)


def test_patience_waits_longer_than_the_deadline() -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def run(server: Server) -> None:
        server.routes["/a"] = [answer(b"", "Retry-After: 60", status="429 Slow"), answer(b"a")]
        limits = Limits(timeout_s=2, allow_private_hosts=("127.0.0.1",))
        async with Fetcher(limits, MemoryValidators(), lambda: NOW, sleep=sleep) as client:
            found = await client.fetch(Request(url=server.url("/a"), patience_s=300, attempts=3))
        assert kind(found) == "response"
        assert 59 < max(waits) <= 60

    on_server(run)


def test_paced_requests_keep_their_distance_on_one_connection() -> None:
    starts: list[float] = []

    async def slow(writer: asyncio.StreamWriter) -> None:
        starts.append(time.monotonic())
        await asyncio.sleep(0.05)
        writer.write(answer(b"x"))

    async def run(server: Server) -> None:
        server.routes["/a"] = slow
        start = time.monotonic()
        async with fetcher(per_host=8) as client:
            await asyncio.gather(*(client.fetch(Request(url=server.url("/a"), min_gap_s=0.2)) for _ in range(3)))
        assert server.peak == 1
        assert starts[0] - start >= 0.2  # the run before may have asked just now
        assert min(b - a for a, b in pairwise(starts)) >= 0.2

    on_server(run)


def test_a_host_gets_two_requests_at_a_time() -> None:
    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.05)
        writer.write(answer(b"x"))

    async def run(server: Server) -> None:
        server.routes["/a"] = slow
        async with fetcher() as client:
            await asyncio.gather(*(client.fetch(Request(url=server.url("/a"))) for _ in range(8)))
        assert server.peak == 2

    on_server(run)


def test_credentials_go_to_their_own_origin_alone_and_into_no_message() -> None:
    async def run(server: Server) -> None:
        async with Server() as other:
            server.routes |= {"/a": redirect(other.url("/b")), "/same": redirect("/c")}
            url = server.url("/a").replace("//", "//user:sesame@")
            async with fetcher() as client:
                found = await client.fetch(Request(url=url, headers={"Authorization": "Bearer secret", "X-Plain": "1"}))
                await client.fetch(Request(url=server.url("/same").replace("//", "//user:sesame@")))
            assert server.seen[0].headers["authorization"] == "Bearer secret"
            assert "authorization" not in other.seen[0].headers
            assert other.seen[0].headers["x-plain"] == "1"
            assert server.seen[1].headers["authorization"] == "Basic dXNlcjpzZXNhbWU="
            assert isinstance(found, Failure)
            assert "sesame" not in found.message

    on_server(run)


def test_the_name_localhost_is_refused_unless_allowed() -> None:
    async def run(server: Server) -> None:
        server.routes["/a"] = answer(b"x")
        url = f"http://localhost:{server.port}/a"
        async with fetcher() as client:
            assert kind(await client.fetch(Request(url=url))) == "address"
        async with fetcher(allow_private_hosts=("localhost",)) as client:
            assert kind(await client.fetch(Request(url=url))) == "response"

    on_server(run)


def test_a_name_that_changes_its_answer_gets_no_second_look() -> None:
    answers = iter([["93.184.216.34", "127.0.0.1"], ["127.0.0.1"]])

    async def resolve(host: str, port: int) -> list[str]:
        return next(answers)

    async def run() -> None:
        limits = Limits(timeout_s=2)
        async with Fetcher(limits, MemoryValidators(), lambda: NOW, network(limits, resolve)) as client:
            for _ in range(2):
                found = await client.fetch(Request(url="http://rebind.example/", attempts=1))
                assert isinstance(found, Failure)
                assert (found.kind, "127.0.0.1" in found.message) == ("address", True)

    asyncio.run(run())


def test_a_host_without_address_is_a_connection_failure() -> None:
    async def resolve(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    async def run() -> None:
        limits = Limits(timeout_s=2)
        async with Fetcher(limits, MemoryValidators(), lambda: NOW, network(limits, resolve)) as client:
            assert kind(await client.fetch(Request(url="http://nowhere.example/", attempts=1))) == "connect"
            assert kind(await client.fetch(Request(url="not a url"))) == "address"

    asyncio.run(run())


def test_a_broken_connection_is_tried_once_more() -> None:
    async def run(server: Server) -> None:
        server.routes["/a"] = [b"", answer(b"x")]
        assert kind(await get(server, "/a")) == "response"
        assert len(server.seen) == 2

    on_server(run)


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://me:pw@example.org:8443/a?token=x#y", "https://example.org:8443/a?…"),
        ("https://example.org/a", "https://example.org/a"),
        ("http://[bad", "an unreadable URL"),
    ],
)
def test_shown_hides_what_is_secret(url: str, wanted: str) -> None:
    assert shown(url) == wanted
