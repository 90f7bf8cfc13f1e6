import asyncio
from collections.abc import AsyncIterator
from importlib.metadata import EntryPoint

from digest.collect.gather import gather
from digest.collect.model import Context, Settings, Window, Yield
from digest.collect.table import COLLECTORS, Table
from digest.config import KINDS
from digest.domain.item import Source
from digest.fetch.model import MemoryValidators
from tests.collect.worlds import ITEM, WEEK, feed, one, outcomes, rss
from tests.fetch.server import NOW, Server, answer, fetcher


async def broken(source: Source, window: Window, context: Context) -> AsyncIterator[Yield]:
    yield Yield(note="first")
    raise RuntimeError("a bug in the collector")


async def silent(source: Source, window: Window, context: Context) -> AsyncIterator[Yield]:
    for part in ():
        yield part


async def paged(source: Source, window: Window, context: Context) -> AsyncIterator[Yield]:
    for number in range(5):
        yield Yield(note=str(number))


PLUGIN = EntryPoint(name="paged", value="tests.collect.test_gather:paged", group="digest.collectors")
MISSING = EntryPoint(name="missing", value="no.such.module:collect", group="digest.collectors")
OURS = Table({"broken": broken, "silent": silent}, {"paged": PLUGIN, "missing": MISSING, "broken": MISSING})


def test_one_sources_trouble_never_stops_the_rest() -> None:
    async def run() -> None:
        kinds = ["broken", "silent", "paged", "missing", "unheard-of"]
        sources = [Source(kind=kind, slug=kind, title=kind) for kind in kinds]
        sources.append(Source(kind="paged", slug="off", title="off", enabled=False))
        found = await outcomes(sources, collectors=OURS)
        assert list(found) == [*kinds, "off"]
        assert (found["broken"].status, found["broken"].error) == ("failed", "RuntimeError: a bug in the collector")
        assert found["silent"].status == "empty"
        assert (found["paged"].status, [part.note for part in found["paged"].parts]) == ("ok", list("01234"))
        assert "No module named 'no'" in found["missing"].error
        assert found["unheard-of"].error == "no collector for the kind 'unheard-of'"
        assert found["off"].status == "disabled"

    asyncio.run(run())


def test_the_table_lists_our_kinds_and_plug_ins() -> None:
    assert tuple(COLLECTORS)[: len(KINDS)] == KINDS
    assert (list(OURS), len(OURS)) == (["broken", "silent", "missing", "paged"], 4)
    assert OURS["paged"] is paged


def test_sources_come_in_their_order_and_slow_kinds_last() -> None:
    async def run() -> None:
        async with Server({f"/{n}": answer(rss(ITEM)) for n in range(50)}) as server:
            settings = Settings(arxiv_api_url=server.url("/none"))
            papers = feed("papers", "cat:cs.IR AND all:x", kind="arxiv")
            sources = [papers, *(feed(str(n), server.url(f"/{n}")) for n in range(50))]
            found = await outcomes(sources, settings=settings)
        assert list(found) == [*map(str, range(50)), "papers"]

    asyncio.run(run())


def test_validators_come_with_the_items_and_are_not_remembered_before() -> None:
    async def run() -> None:
        validators = MemoryValidators()
        async with Server({"/a": answer(rss(ITEM), 'ETag: "1"')}) as server, fetcher(validators) as client:
            url = server.url("/a")
            context = Context(fetcher=client, now=NOW, settings=Settings())
            (part,) = [part async for part in gather([feed("a", url)], WEEK, context)]
            assert len(part.items) == 1
            assert [(stored.url, stored.etag) for stored in part.validators] == [(url, '"1"')]
            assert validators.get(url) is None

    asyncio.run(run())


def test_an_abandoned_pass_ends_its_tasks() -> None:
    async def run() -> None:
        async with Server({f"/{n}": answer(rss(ITEM)) for n in range(9)}) as server, fetcher() as client:
            context = Context(fetcher=client, now=NOW, settings=Settings())
            parts = gather([feed(str(n), server.url(f"/{n}")) for n in range(9)], WEEK, context)
            await anext(parts)
            await parts.aclose()  # type: ignore[attr-defined]  it is a generator
        assert len(asyncio.all_tasks()) <= 2  # this one, and the server's last connection

    asyncio.run(run())


def test_a_message_holds_no_credentials() -> None:
    source = feed("a", "http://me:sesame@127.0.0.1:9/feed?token=sesame")
    found = one({}, source, timeout_s=1.0)
    assert found.status == "failed"
    assert "sesame" not in found.error
