"""What collecting costs, as ratios of CPU time in one run: `python benchmarks/collect.py [FEEDS]`.

parse    parse, sanitise, identify and store, in workers, against feedparser alone on the same bytes   at most 0.20
pass     the whole step over HTTP against bare httpx fetching plus the above                           at most 1.20
304      the step when nothing changed against the bare conditional requests                           at most 1.30

The step is `digest.steps.collect.collect` itself, with its validators and checks in the database.
"""

import asyncio
import hashlib
import random
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from digest import app
from digest.collect.entry import from_json
from digest.collect.feed_items import Setting, items_of
from digest.collect.feed_parse import parse_feed
from digest.collect.gather import Collected
from digest.collect.model import Window
from digest.config import load
from digest.domain.item import Source
from digest.sandbox import Sandbox
from digest.steps.collect import Pass, collect
from digest.steps.context import Context

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


def costs(work: Callable[[], None]) -> float:
    start = cpu()
    work()
    return cpu() - start


def tag_of(body: bytes) -> str:
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


async def serve(count: int) -> None:
    """Serve the feeds with ETags on a free port, which is printed."""
    bodies = [feed_bytes(number) for number in range(count)]
    tags = [tag_of(body) for body in bodies]

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


def opened(folder: str, base: str, count: int) -> AbstractContextManager[Context]:
    """Wire a process that reads so many feeds."""
    head = f"""[digest]
database = "sqlite:///{folder}/digest.db"
engine = "local"
[fetch]
concurrency = {CONNECTIONS}
per_host = {CONNECTIONS}
allow_private_hosts = ["127.0.0.1"]
"""
    table = '[[source]]\nkind = "feed"\nslug = "s{0}"\ntitle = "s"\nurl = "{1}/{0}"\n'
    path = Path(folder) / "config.toml"
    path.write_text(head + "".join(table.format(number, base) for number in range(count)))
    return app.opened(load(path), NOW)


async def ours(bodies: list[bytes], context: Context) -> None:
    """Parse, sanitise, identify and store, as the step does."""
    run = Pass(context, WINDOW)

    async def one(source: Source, box: Sandbox) -> None:
        body = bodies[int(source.slug[1:])]
        row = await box.run(parse_feed, body, url=source.address)
        found = items_of(from_json(row).entries, Setting(source=source, now=NOW, window=WINDOW))
        run.take(Collected(source=source, status="ok", items=found))

    sources = context.config.sources
    async with Sandbox() as box:
        for start in range(0, len(sources), CONNECTIONS):
            await asyncio.gather(*(one(source, box) for source in sources[start : start + CONNECTIONS]))
    run.save()


def feedparsers(bodies: list[bytes]) -> float:
    import feedparser  # noqa: PLC0415  its import is not what is measured

    start = cpu()
    for body in bodies:
        feedparser.parse(body)
    return cpu() - start


async def bare(base: str, headers: list[dict[str, str]]) -> None:
    """Ask for as many feeds as there are headers, with httpx alone."""
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    async with httpx.AsyncClient(limits=limits, trust_env=False) as client:

        async def some(first: int) -> None:
            for number in range(first, len(headers), CONNECTIONS):
                await client.get(f"{base}/{number}", headers=headers[number])

        await asyncio.gather(*(some(first) for first in range(CONNECTIONS)))


def whole(context: Context, status: str) -> None:
    """Collect as `digest collect` does; all sources must end with the status."""
    given = collect(context, WINDOW, context.config.sources)
    assert {each.status for each in given} == {status}


def started(count: int) -> tuple[subprocess.Popen[str], str]:
    server = subprocess.Popen([sys.executable, __file__, "serve", str(count)], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    return server, f"http://127.0.0.1:{int(server.stdout.readline())}"


def peak(count: int) -> int:
    """Return the peak memory in KiB of a process that passes over so many feeds."""
    done = subprocess.run([sys.executable, __file__, "peak", str(count)], capture_output=True, text=True, check=True)
    return int(done.stdout)


def measure_peak(count: int) -> None:
    server, base = started(count)
    with TemporaryDirectory() as folder, opened(folder, base, count) as context:
        whole(context, "ok")
    server.kill()
    sys.stdout.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))


def main(count: int) -> None:
    bodies = [feed_bytes(number) for number in range(count)]
    sizes = sorted(map(len, bodies))
    print(f"{count} feeds, median {sizes[count // 2] / 1000:.0f} KB, {sum(sizes) / 1e6:.1f} MB")
    server, base = started(count)
    try:
        with TemporaryDirectory() as one, TemporaryDirectory() as two:
            old = feedparsers(bodies)
            with opened(one, base, count) as context:
                parse = costs(lambda: asyncio.run(ours(bodies, context)))
            plain = costs(lambda: asyncio.run(bare(base, [{}] * count)))
            with opened(two, base, count) as context:
                full = costs(lambda: whole(context, "ok"))
            tags = [{"If-None-Match": f'"{tag_of(body)}"'} for body in bodies]
            again = min(costs(lambda: asyncio.run(bare(base, tags))) for _ in range(3))
            with opened(two, base, count) as context:
                same = min(costs(lambda: whole(context, "unchanged")) for _ in range(3))
    finally:
        server.kill()
    print(f"parse   {parse:6.2f} s of {old:6.2f} s   {parse / old:.3f}   (at most 0.20)")
    print(f"pass    {full:6.2f} s of {plain + parse:6.2f} s   {full / (plain + parse):.3f}   (at most 1.20)")
    print(f"304     {same:6.2f} s of {again:6.2f} s   {same / again:.3f}   (at most 1.30)")


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(serve(int(sys.argv[2])))
    elif sys.argv[1:2] == ["peak"]:
        measure_peak(int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
