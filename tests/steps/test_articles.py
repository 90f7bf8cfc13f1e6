"""Linked pages in place of excerpts: asked for politely, kept beside the items, the same bytes again."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from digest import pipeline
from digest.domain.item import Item
from digest.steps.articles import articles, is_short, page_address
from digest.steps.collect import window_of
from digest.steps.context import Context, Target
from digest.steps.read import Reading, read
from digest.steps.targets import of_week
from digest.store import articles as stored
from digest.store import items
from tests.steps import process

NOW = datetime(2026, 6, 22, 9, tzinfo=UTC)
BODY = "The soup model reads a whole cookbook at once and ranks its recipes for large language model agents. " * 20
HEADS = (
    "Soup house releases a large language model that plans menus",
    "Bakers train an agent to weigh flour by night",
    "Lentil growers open source their harvest agent",
    "Plum market launches a large language model for haggling",
    "Barley brewers benchmark reasoning in small kettles with an agent",
    "Quince library announces an agent with long memory",
    "Walnut cracker firm raises funds for its large language model",
    "Fennel researchers publish an agent evaluation of spice knowledge",
)
FULL = "full-text"


def page(text: str = BODY, head: str = "") -> str:
    return f"<html lang='en'><head><title>T</title>{head}</head><body><article><p>{text}</p></article></body></html>"


def feed(server: HTTPServer) -> str:
    rows = "".join(
        f"<item><title>{head}</title>"
        f"<link>{server.url_for(f'/post/{n}')}</link><guid>{n}</guid>"
        f"<description>{head.split()[0]} people say more on their page [...]</description>"
        f"<pubDate>Wed, 17 Jun 2026 1{n % 10}:00:00 GMT</pubDate></item>"
        for n, head in enumerate(HEADS)
    )
    return f"<rss version='2.0'><channel><title>Kitchen</title><link>http://a.example/</link>{rows}</channel></rss>"


@pytest.fixture
def server(httpserver: HTTPServer) -> HTTPServer:
    httpserver.expect_request("/feed.xml").respond_with_data(feed(httpserver), content_type="application/rss+xml")
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /post/1\n")
    for n in (0, 1, 2, 5, 6, 7):
        httpserver.expect_request(f"/post/{n}").respond_with_data(page(), content_type="text/html")
    httpserver.expect_request("/post/4").respond_with_data("", status=404)
    wall = page("Subscribe to continue reading this article about cooking. " * 3)
    httpserver.expect_request("/post/3").respond_with_data(wall, content_type="text/html")
    return httpserver


@pytest.fixture
def context(tmp_path: Path, server: HTTPServer) -> Iterator[Context]:
    with ExitStack() as stack:
        yield opened(stack, tmp_path, server)


def opened(stack: ExitStack, folder: Path, server: HTTPServer, now: datetime = NOW) -> Context:
    tables = f"""
[[source]]
kind = "feed"
slug = "kitchen"
title = "Kitchen"
url = "{server.url_for("/feed.xml")}"
[[publication]]
slug = "weekly"
title = "Weekly"
cadence = "weekly"
languages = ["en"]
kinds = ["post"]
topics = ["large language model", "agent"]
"""
    return stack.enter_context(process.opened(folder, tables, now))


def target(context: Context) -> Target:
    (only,) = of_week("2026-W25", context.config.publications, context.zone, NOW)
    return only


def collected(context: Context) -> Reading:
    pipeline.gather_only(context, window_of(NOW, [target(context)]))
    return read(context, target(context))


def by_link(reading: Reading) -> dict[str, Item]:
    return {item.url.rpartition("/")[2]: item for item in reading.items}


def asked(server: HTTPServer) -> list[str]:
    return sorted(request.path for request, _ in server.log if request.path != "/feed.xml")


def test_excerpts_give_way_to_pages_and_the_store_keeps_what_the_source_said(
    context: Context, server: HTTPServer
) -> None:
    before = collected(context)
    joined = articles(context, target(context), before, ask=True)
    found = by_link(joined)
    assert "reads a whole cookbook" in found["0"].text
    assert (FULL in found["0"].flags, "excerpt" in found["0"].flags) == (True, False)
    assert {work.lead.text for work in joined.works} == {item.text for item in joined.items}
    with context.database.read() as tx:
        assert items.get(tx, found["0"].id) == by_link(before)["0"]
    assert asked(server) == ["/post/0", "/post/2", "/post/3", "/post/4", "/post/5", "/post/6", "/post/7", "/robots.txt"]
    assert articles(context, target(context), before, ask=False) == joined
    assert articles(context, target(context), before, ask=True) == joined
    assert len(asked(server)) == 8


def test_what_robots_refuse_walls_hide_and_servers_lack_is_said(context: Context) -> None:
    before = collected(context)
    found = by_link(articles(context, target(context), before, ask=True))
    assert [found[n] for n in ("1", "4")] == [by_link(before)[n] for n in ("1", "4")]
    assert found["3"].flags == by_link(before)["3"].flags | {"paywall"}
    with context.database.read() as tx:
        known = {url.rpartition("/")[2]: one for url, one in stored.of(tx, [i.url for i in before.items]).items()}
    assert [known[n].state for n in ("0", "1", "3", "4")] == ["read", "refused", "none", "failed"]
    assert known["3"].wall == "paywall"
    assert "404" in known["4"].note


def test_a_page_that_failed_is_tried_again_the_next_day_alone(context: Context, server: HTTPServer) -> None:
    before = collected(context)
    articles(context, target(context), before, ask=True)
    server.clear_log()
    articles(replace(context, now=NOW + timedelta(hours=2)), target(context), before, ask=True)
    assert asked(server) == []
    articles(replace(context, now=NOW + timedelta(days=1)), target(context), before, ask=True)
    assert asked(server) == ["/post/4", "/robots.txt"]


@pytest.mark.parametrize(("status", "states"), [(404, {"read", "none", "failed"}), (503, {"failed"})])
def test_a_host_without_robots_is_asked_and_one_that_can_not_say_is_not(
    tmp_path: Path, httpserver: HTTPServer, status: int, states: set[str]
) -> None:
    httpserver.expect_request("/feed.xml").respond_with_data(feed(httpserver), content_type="application/rss+xml")
    httpserver.expect_request("/robots.txt").respond_with_data("", status=status)
    httpserver.expect_request("/post/0").respond_with_data(page(), content_type="text/html")
    httpserver.expect_request("/post/2").respond_with_data("just words", content_type="text/plain")
    with ExitStack() as stack:
        context = opened(stack, tmp_path, httpserver)
        before = collected(context)
        articles(context, target(context), before, ask=True)
        with context.database.read() as tx:
            assert {one.state for one in stored.of(tx, [item.url for item in before.items]).values()} == states


def test_no_page_is_asked_for_without_leave_for_a_sample_or_when_switched_off(
    context: Context, server: HTTPServer
) -> None:
    before = collected(context)
    assert articles(context, target(context), before, ask=False) == before
    assert articles(replace(context, sample=True), target(context), before, ask=True) == before
    off = replace(context.config, fetch=replace(context.config.fetch, articles=False))
    assert articles(replace(context, config=off), target(context), before, ask=True) == before
    assert asked(server) == []


def test_a_run_is_the_same_bytes_again_and_when_it_was_broken_off(tmp_path: Path, server: HTTPServer) -> None:
    made = []
    for name, broken in (("whole", False), ("broken", True)):
        with ExitStack() as stack:
            context = opened(stack, tmp_path / name, server)
            if broken:  # as after a kill: some pages are kept, the others not
                part = collected(context)
                articles(context, target(context), replace(part, works=part.works[:3]), ask=True)
            for _ in range(2):
                assert pipeline.run(context, [target(context)], send=False) is not None
                made.append(
                    {
                        path.relative_to(context.output).as_posix(): path.read_bytes()
                        for path in sorted(context.output.rglob("*"))
                        if path.is_file()
                    }
                )
    assert FULL.encode() in made[0]["weekly/2026-W25/en/issue.json"]
    assert made[0] == made[1] == made[2] == made[3]


def test_the_page_that_a_feed_names_comes_before_the_link() -> None:
    post = Item(id="feed:a:1", source="a", kind="post", title="T", url="https://a.example/1", first_seen=NOW)
    assert page_address(post) == "https://a.example/1"
    assert page_address(replace(post, extra={"page_url": "https://b.example/1"})) == "https://b.example/1"
    assert page_address(replace(post, url="mailto:a@b.example")) == ""
    assert is_short(post)
    assert not is_short(replace(post, text=BODY))
    assert is_short(replace(post, text=BODY, flags=frozenset({"excerpt"})))
    assert not is_short(replace(post, kind="tweet"))
