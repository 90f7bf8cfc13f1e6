import asyncio

from digest.collect.model import Context, Settings
from digest.collect.probe import Probe, named_feeds, probe
from tests.collect.worlds import ITEM, rss
from tests.fetch.server import NOW, Route, Server, answer, fetcher

PAGE = b"""<html><head><link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" hreflang="de"
 href="/de"><link rel="alternate" type="application/atom+xml; charset=utf-8" href="https://b.example/atom"></head></html>"""
HTML = "Content-Type: text/html"


def look(routes: dict[str, Route], path: str = "/a") -> tuple[Probe, str]:
    async def run() -> tuple[Probe, str]:
        async with Server(routes) as server, fetcher() as client:
            context = Context(fetcher=client, now=NOW, settings=Settings())
            return await probe(server.url(path), context), server.url("")

    return asyncio.run(run())


def test_a_feed_says_what_it_would_yield() -> None:
    items = [ITEM.replace("/model", f"/{n}").replace("16 Jun", f"{n} Jun") for n in (2, 9, 16)]
    found, _ = look({"/a": answer(rss(*items, head="<language>en-us</language>"))})
    assert (found.what, found.status, found.kind, found.format) == ("feed", "ok", "feed", "rss 2.0")
    assert (found.title, found.language, found.entries, found.last_week) == ("Example Lab", "en", 3, 1)
    assert (found.newest, found.rhythm_h, found.titles[0]) == ("2026-06-16T10:00:00Z", 168.0, "A model is out")


def test_a_podcast_and_a_chinese_feed_are_recognised() -> None:
    sound = '<enclosure url="https://a.example/1.mp3" type="audio/mpeg"/>'
    found, _ = look({"/a": answer(rss(ITEM.replace("A model is out", "新的推荐模型今天正式发布了") + sound))})
    assert (found.kind, found.language) == ("podcast", "zh")


def test_an_empty_feed_is_empty() -> None:
    found, _ = look({"/a": answer(rss())})
    assert (found.what, found.status) == ("feed", "empty")


def test_a_page_names_its_feeds() -> None:
    found, base = look({"/a": answer(PAGE, HTML)})
    assert (found.what, found.feeds) == ("page", (f"{base}/feed", "https://b.example/atom"))


def test_a_page_without_a_name_is_tried_at_the_usual_places() -> None:
    found, base = look({"/a": answer(b"<html><body>x</body></html>", HTML), "/atom.xml": answer(rss(ITEM))})
    assert (found.what, found.feeds) == ("page", (f"{base}/atom.xml",))


def test_neither() -> None:
    found, _ = look({"/a": answer(b"<html><body>x</body></html>", HTML)})
    assert (found.what, found.error) == ("neither", "an HTML page, no feed")
    found, _ = look({"/a": answer(b"%PDF-1.4")})
    assert found.what == "neither"
    found, _ = look({})
    assert (found.what, "404" in found.error) == ("neither", True)


def test_named_feeds_of_no_page() -> None:
    assert named_feeds("plain", "https://a.example/") == ()
