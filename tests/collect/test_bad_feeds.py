"""Everything that the open web sends in place of a feed: each ends soon, is named, and harms no other source."""

import asyncio
import gzip
import resource
import time
import zlib
from collections.abc import Awaitable, Callable

import pytest

from digest.collect.feed_parse import read_feed
from tests.collect.worlds import ITEM, feed, outcomes, rss
from tests.fetch.server import Route, Server, answer, redirect

DTD = b'<?xml version="1.0"?><!DOCTYPE rss ['
TAIL = b"]><rss version='2.0'><channel><item><title>"
END = b"</title></item></channel></rss>"


def laughs() -> bytes:
    entities = [b'<!ENTITY a0 "ha">'] + [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)]
    return DTD + b"".join(entities) + TAIL + b"&a11;" + END


def quadratic() -> bytes:
    return DTD + b'<!ENTITY a "' + b"x" * 100_000 + b'">' + TAIL + b"&a;" * 20_000 + END


def external() -> bytes:
    return DTD + b'<!ENTITY a SYSTEM "file:///etc/passwd">' + TAIL + b"&a;" + END


def nested() -> bytes:
    return b"<rss version='2.0'><channel><item>" + b"<b>" * 200_000 + b"</b>" * 200_000 + b"</item></channel></rss>"


def attributes() -> bytes:
    many = b" ".join(b'a%d="1"' % n for n in range(100_000))
    return b"<rss version='2.0'><channel><item " + many + b"><title>x</title><broken></item></channel></rss>"


def author() -> bytes:
    return rss(ITEM + "<author>" + "a@" * 16_000 + "</author><broken>")


def packed(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b" " * 1_000_000) for _ in range(size // 1_000_000)) + packer.flush()


async def drip(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(100):
        writer.write(b"<")
        await writer.drain()
        await asyncio.sleep(0.1)


async def endless(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n" + rss(ITEM))
    await writer.drain()
    await asyncio.sleep(5)


PAGE = b"<!DOCTYPE html><html><head><title>Home</title></head><body><p>Hello</p></body></html>"
CHALLENGE = b"<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"

BAD: dict[str, tuple[Route, str, str]] = {
    "billion laughs": (answer(laughs()), "failed", "entities"),
    "quadratic entities": (answer(quadratic()), "failed", "entities"),
    "external entity": (answer(external()), "failed", "entities"),
    "nested elements": (answer(nested()), "failed", "nested"),
    "nested markup in a text": (
        answer(rss(f"<description><![CDATA[{'<div>' * 200_000}x]]></description>")),
        "failed",
        "stopped",
    ),
    "attributes": (answer(attributes()), "failed", "attributes"),
    "long author": (answer(author()), "failed", "author"),
    "large text": (answer(b"<rss><channel><item><title>" + b"x" * 20_000_000), "failed", "bytes"),
    "large text within the cap": (
        answer(b"<rss><channel><item><broken><title>" + b"x" * 2_000_000),
        "failed",
        "text of",
    ),
    "utf-7": (answer(b'<?xml version="1.0" encoding="utf-7"?>+ADw-rss+AD4-'), "empty", ""),
    "html": (answer(PAGE), "failed", "HTML page"),
    "challenge": (answer(CHALLENGE), "failed", "challenge"),
    "empty": (answer(b""), "empty", "no body"),
    "blank": (answer(b" \n\0 "), "empty", "no body"),
    "no entries": (answer(rss()), "empty", "no entries"),
    "gzip bomb": (answer(packed(200_000_000), "Content-Encoding: gzip"), "failed", "bytes"),
    "stacked gzip": (answer(gzip.compress(packed(10_000_000)), "Content-Encoding: gzip, gzip"), "failed", "coding"),
    "drip": (drip, "failed", "time allowed"),
    "never closing": (endless, "failed", "time allowed"),
    "redirect loop": (redirect("/redirect%20loop"), "failed", "redirects"),
    "metadata address": (redirect("http://169.254.169.254/"), "failed", "private address"),
    "file": (redirect("file:///etc/passwd"), "failed", "http"),
    "number as address": (redirect("http://2130706433/"), "failed", "private address"),
    "mail port": (redirect("http://127.0.0.1:25/"), "failed", "port 25"),
    "random bytes": (answer(bytes(range(256)) * 50), "failed", "no feed"),
    "json": (answer(b'{"items": 3}'), "failed", "no JSON Feed"),
    "broken json": (answer(b'{"items": ['), "failed", "JSON"),
    "deep json": (answer(b'{"a":' + b"[" * 100_000), "failed", "JSON"),
    "gone": (answer(status="410 Gone"), "disabled", "410"),
    "arithmetic": (answer(b"<?xml version='1.0'?><math/>"), "failed", "no feed"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_answers_end_soon_and_are_named(name: str) -> None:
    route, status, said = BAD[name]

    async def run() -> None:
        async with Server({f"/{name.replace(' ', '%20')}": route, "/good": answer(rss(ITEM))}) as server:
            bad = feed("bad", server.url(f"/{name.replace(' ', '%20')}"))
            good = feed("good", server.url("/good"))
            start = time.monotonic()
            found = await outcomes([bad, good], timeout_s=1.0)
            assert time.monotonic() - start < 5
            assert (found["bad"].status, found["bad"].items) == (status, ())
            assert said in found["bad"].error
            assert (found["good"].status, len(found["good"].items)) == ("ok", 1)

    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # the peak of all children so far
    asyncio.run(run())
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < max(300_000, before + 1)  # KiB


CHINESE = ITEM.replace("A model is out", "模型发布了")
CYRILLIC = ITEM.replace("A model is out", "Модель вышла")


def encoded(item: str, name: str, codec: str) -> bytes:
    return rss(item).decode().replace('encoding="utf-8"', f'encoding="{name}"').encode(codec)


MENDED: dict[str, tuple[bytes, str]] = {
    "truncated": (rss(ITEM, ITEM.replace("model", "other"))[:-60], "A model is out"),
    "bad utf-8": (rss(ITEM).replace(b"is out", b"is\xff out"), "A model is\ufffd out"),
    "nul": (rss(ITEM).replace(b"is out", b"is\0 out"), "A model is out"),
    "utf-16": (encoded(CHINESE, "utf-16", "utf-16"), "模型发布了"),
    "wrong prolog": (encoded(CHINESE, "utf-16", "utf-8"), "模型发布了"),
    "koi8-r": (encoded(CYRILLIC, "koi8-r", "koi8-r"), "Модель вышла"),
    "gb2312": (encoded(CHINESE, "gb2312", "gb2312"), "模型发布了"),
    "utf-8 mark": (b"\xef\xbb\xbf" + rss(ITEM), "A model is out"),
    "blank before the prolog": (b"\n\n " + rss(ITEM), "A model is out"),
    "unclosed element": (rss(ITEM).replace(b"</description>", b""), "A model is out"),
    "html entities": (rss(ITEM).replace(b"is out", b"is&nbsp;out &mdash; now"), "A model is out — now"),
    "bare ampersand": (rss(ITEM).replace(b"is out", b"is out & about"), "A model is out & about"),
    "windows quotes": (rss(ITEM).replace(b"is out", b"is &#146;out&#148;"), "A model is ’out”"),
    "markup in the title": (
        rss(ITEM.replace("model", "&lt;b&gt;model&lt;/b&gt; &amp;lt;T&amp;gt;")),
        "A model <T> is out",
    ),
}


@pytest.mark.parametrize("name", MENDED)
def test_what_can_be_mended_is_read(name: str) -> None:
    body, title = MENDED[name]

    async def run() -> None:
        async with Server({"/a": answer(body)}) as server:
            found = await outcomes([feed("a", server.url("/a"))])
        assert (found["a"].status, found["a"].items[0].title) == ("ok", title)

    asyncio.run(run())


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", MENDED)
def test_the_sandbox_changes_nothing(name: str) -> None:
    body, title = MENDED[name]
    assert read_feed(body, "https://lab.example/feed").entries[0].title == title


FAULTS = {"billion laughs": laughs(), "nested elements": nested(), "attributes": attributes(), "long author": author()}
FAULTS |= {"page": PAGE, "empty": b"", "json": b"{}", "no json": b"{", "other xml": b"<math><a></math>"}
FAULTS["text"] = b"<rss><channel><item><broken><title>" + b"x" * 2_000_000


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named(name: str) -> None:
    feed_ = read_feed(FAULTS[name], "https://lab.example/feed", "text/xml; charset=utf-8")
    assert (feed_.fault != "", feed_.entries) == (True, [])


@pytest.mark.parametrize("parser_trouble", [drip, endless])
def test_a_stuck_source_does_not_hold_up_the_others(parser_trouble: Callable[..., Awaitable[None]]) -> None:
    async def run() -> None:
        routes: dict[str, Route] = {"/bad": parser_trouble} | {f"/{n}": answer(rss(ITEM)) for n in range(40)}
        async with Server(routes) as server:
            sources = [feed("bad", server.url("/bad")), *(feed(str(n), server.url(f"/{n}")) for n in range(40))]
            start = time.monotonic()
            found = await outcomes(sources, timeout_s=0.7)
            assert time.monotonic() - start < 4
        assert [found[str(n)].status for n in range(40)] == ["ok"] * 40

    asyncio.run(run())
