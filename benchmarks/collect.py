"""What collecting costs, as ratios of CPU time in one run: `python benchmarks/collect.py [FEEDS]`.

parse    parse, sanitise, identify and store, in workers, against feedparser alone on the same bytes   at most 0.20
pass     the whole pass over HTTP against bare httpx fetching plus the above                           at most 1.20
304      a pass in which nothing changed against the bare conditional requests                         at most 1.30
memory   peak memory of a pass over FEEDS feeds against one over a tenth of them                       at most 1.30
"""

import asyncio
import hashlib
import random
import resource
import subprocess
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from digest.collect.entry import from_json
from digest.collect.feed_items import Setting, items_of
from digest.collect.feed_parse import parse_feed
from digest.collect.gather import gather
from digest.collect.model import Context, Settings, Window
from digest.domain.item import Source
from digest.fetch.client import Fetcher
from digest.fetch.model import Limits, MemoryValidators
from digest.sandbox import Sandbox
from digest.store import items
from digest.store.database import Database

NOW = datetime(2026, 6, 21, 12, tzinfo=UTC)
WINDOW = Window(start=NOW - timedelta(days=7), end=NOW)
WORDS = (
    "the",
    "model",
    "ranks",
    "items",
    "for",
    "users",
    "and",
    "learns",
    "from",
    "clicks",
    "<b>sparse</b>",
    "features",
)
CONNECTIONS = 8


def feed_bytes(number: int) -> bytes:
    """Return a feed of about 13 KB, every tenth of 200 KB; the same for the same number."""
    dice = random.Random(number)  # noqa: S311  test data
    size = 200_000 if number % 10 == 0 else int(13_000 * dice.uniform(0.5, 1.5))
    parts, written, entry = [], 0, 0
    while written < size:
        link = f"https://site{number}.example/post/{entry}?utm_source=rss"
        body = " ".join(dice.choices(WORDS, k=dice.randint(60, 240) if size < 100_000 else dice.randint(600, 2000)))
        date = (NOW - timedelta(hours=entry * 7)).strftime("%a, %d %b %Y %H:%M:%S GMT")
        text = f'<p>{body}</p><p><a href="https://site{number}.example/more/{entry}">more</a></p>'
        part = (
            f"<item><title>Post {entry} of site {number} on ranking</title><link>{link.replace('&', '&amp;')}</link>"
            f"<guid>{link}</guid><pubDate>{date}</pubDate><dc:creator>Role {entry % 5}</dc:creator>"
            f"<description><![CDATA[{text}]]></description></item>"
        )
        parts.append(part)
        written, entry = written + len(part), entry + 1
    head = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
    )
    title = f"<title>Site {number}</title><link>https://site{number}.example/</link>"
    return (head + title + "".join(parts) + "</channel></rss>").encode()


def cpu() -> float:
    """Return the CPU seconds of this process and of its ended children."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def costs(work: Callable[[], Awaitable[None]]) -> float:
    start = cpu()
    asyncio.run(work())  # type: ignore[arg-type]
    return cpu() - start


async def serve(count: int) -> None:
    """Serve the feeds with ETags on a free port, which is printed."""
    bodies = [feed_bytes(number) for number in range(count)]
    tags = [hashlib.md5(body, usedforsecurity=False).hexdigest() for body in bodies]

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            try:
                head = await reader.readuntil(b"\r\n\r\n")
            except asyncio.IncompleteReadError:
                writer.close()
                return
            number = int(head.split(b" ", 2)[1][1:])
            if tags[number].encode() in head:
                writer.write(b'HTTP/1.1 304 Not Modified\r\nETag: "%s"\r\n\r\n' % tags[number].encode())
            else:
                text = f'HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nETag: "{tags[number]}"\r\n'
                writer.write(f"{text}Content-Length: {len(bodies[number])}\r\n\r\n".encode() + bodies[number])
            await writer.drain()

    server = await asyncio.start_server(client, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


async def ours(bodies: list[bytes], database: Database) -> None:
    async def one(number: int, box: Sandbox) -> None:
        row = await box.run(parse_feed, bodies[number], url=f"https://site{number}.example/feed")
        source = Source(kind="feed", slug=f"s{number}", title="s", address="https://e.org")
        found = items_of(from_json(row).entries, Setting(source=source, now=NOW, window=WINDOW))
        with database.write() as tx:
            items.save(tx, found)

    async with Sandbox() as box:
        for start in range(0, len(bodies), CONNECTIONS):
            await asyncio.gather(*(one(n, box) for n in range(start, min(start + CONNECTIONS, len(bodies)))))


def feedparsers(bodies: list[bytes]) -> float:
    import feedparser  # noqa: PLC0415  its import is not what is measured

    start = cpu()
    for body in bodies:
        feedparser.parse(body)
    return cpu() - start


async def bare(base: str, count: int, headers: list[dict[str, str]]) -> None:
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    async with httpx.AsyncClient(limits=limits, trust_env=False) as client:

        async def some(first: int) -> None:
            for number in range(first, count, CONNECTIONS):
                await client.get(f"{base}/{number}", headers=headers[number])

        await asyncio.gather(*(some(first) for first in range(CONNECTIONS)))


async def whole(base: str, count: int, validators: MemoryValidators, database: Database) -> None:
    limits = Limits(allow_private_hosts=("127.0.0.1",), per_host=CONNECTIONS, concurrency=CONNECTIONS)
    sources = [Source(kind="feed", slug=f"s{n}", title="s", address=f"{base}/{n}") for n in range(count)]
    async with Fetcher(limits, validators, lambda: NOW) as fetcher:
        context = Context(fetcher=fetcher, now=NOW, settings=Settings())
        async for part in gather(sources, WINDOW, context):
            assert part.status in {"ok", "unchanged"}, part.error
            if part.items:
                with database.write() as tx:
                    items.save(tx, part.items)


def started(count: int) -> tuple[subprocess.Popen[str], str]:
    server = subprocess.Popen([sys.executable, __file__, "serve", str(count)], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    return server, f"http://127.0.0.1:{int(server.stdout.readline())}"


def peak(count: int) -> int:
    """Return the peak memory in KiB of a process that passes over so many feeds."""
    done = subprocess.run([sys.executable, __file__, "peak", str(count)], capture_output=True, text=True, check=True)
    return int(done.stdout)


def opened(folder: str, name: str) -> Database:
    return Database.open(f"sqlite:///{Path(folder) / name}")


def measure_peak(count: int) -> None:
    server, base = started(count)
    with TemporaryDirectory() as folder, opened(folder, "peak.db") as database:
        asyncio.run(whole(base, count, MemoryValidators(), database))
    server.kill()
    sys.stdout.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))


def main(count: int) -> None:
    bodies = [feed_bytes(number) for number in range(count)]
    sizes = sorted(map(len, bodies))
    print(f"{count} feeds, median {sizes[count // 2] / 1000:.0f} KB, {sum(sizes) / 1e6:.1f} MB")
    server, base = started(count)
    validators = MemoryValidators()
    try:
        with TemporaryDirectory() as folder, opened(folder, "a.db") as first, opened(folder, "b.db") as second:
            old = feedparsers(bodies)
            parse = costs(lambda: ours(bodies, first))
            plain = costs(lambda: bare(base, count, [{}] * count))
            full = costs(lambda: whole(base, count, validators, second))
            known = [validators.get(f"{base}/{n}") for n in range(count)]
            tags = [{"If-None-Match": stored.etag if stored else ""} for stored in known]
            again = costs(lambda: bare(base, count, tags))
            same = costs(lambda: whole(base, count, validators, second))
    finally:
        server.kill()
    print(f"parse   {parse:6.2f} s of {old:6.2f} s   {parse / old:.3f}   (at most 0.20)")
    print(f"pass    {full:6.2f} s of {plain + parse:6.2f} s   {full / (plain + parse):.3f}   (at most 1.20)")
    print(f"304     {same:6.2f} s of {again:6.2f} s   {same / again:.3f}   (at most 1.30)")
    small, large = peak(max(1, count // 10)), peak(count)
    print(f"memory  {large / 1024:6.1f} of {small / 1024:6.1f} MiB   {large / small:.3f}   (at most 1.30)")


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(serve(int(sys.argv[2])))
    elif sys.argv[1:2] == ["peak"]:
        measure_peak(int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
