import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.collect.dates import read_date
from digest.domain.item import Item
from digest.fetch.model import MemoryValidators
from tests.collect.worlds import ITEM, LATER, PAST, WEEK, feed, one, outcomes, rss
from tests.fetch.server import NOW, Server, answer

A = feed("lab", "{base}/a")


def items(body: bytes, *, head: str = "Content-Type: text/xml", **around: object) -> tuple[Item, ...]:
    found = one({"/a": answer(body, head)}, A, **around)
    assert found.status in {"ok", "stale"}, found.error
    return found.items


def test_an_rss_entry_with_all_its_fields() -> None:
    body = rss(
        "<title>A &lt;b&gt;model&lt;/b&gt; is out</title><link>https://lab.example/model?utm_source=rss</link>"
        "<guid isPermaLink='false'>tag:1</guid><pubDate>Tue, 16 Jun 2026 12:00:00 +0200</pubDate>"
        "<dc:creator>Role Name</dc:creator><description>Short.</description>"
        "<content:encoded><![CDATA[<p>First <a href='/paper'>paper</a>.</p><script>alert(1)</script><p>Second"
        " <a href='javascript:x'>no</a> <a href='//cdn.example/x'>x</a></p>]]></content:encoded>"
        "<atom:link rel='related' href='https://lab.example/page'/><slash:comments>12</slash:comments>"
    )
    (item,) = items(body)
    assert item.id.startswith("feed:lab:")
    assert (item.source, item.kind, item.title, item.language) == ("lab", "post", "A model is out", "en")
    assert item.url == "https://lab.example/model?utm_source=rss"
    assert item.keys == ("url:https://lab.example/model",)
    assert item.text == "First paper.\n\nSecond no x"
    assert item.links == ("https://lab.example/paper", "https://cdn.example/x")
    assert item.published == datetime(2026, 6, 16, 10, tzinfo=UTC)
    assert item.authors == ("Role Name",)
    assert item.signals == {"comments": 12.0}
    assert item.extra == {"page_url": "https://lab.example/page", "guid": "tag:1"}
    assert (item.flags, item.first_seen, len(item.payload_hash)) == (frozenset(), NOW, 64)


ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://lab.example/blog/" xml:lang="en">
<title>Lab</title><entry><title type="text">R@10 &lt; 5 &amp; more</title><link rel="alternate" href="one"/>
<link rel="enclosure" type="audio/mpeg" href="one.mp3" length="5"/><id>tag:lab,2026:1</id>
<published>2026-06-16T10:00:00Z</published><updated>2026-06-17T10:00:00Z</updated>
<author><name>Role One</name></author><author><email>two@lab.example</email></author><summary>Sum</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Body <a href="two">two</a></p></div></content>
</entry></feed>"""


def test_an_atom_entry_with_base_language_and_xhtml() -> None:
    (item,) = items(ATOM.encode())
    assert (item.title, item.url) == ("R@10 < 5 & more", "https://lab.example/blog/one")
    assert (item.text, item.links) == ("Body two", ("https://lab.example/blog/two",))
    assert item.authors == ("Role One", "two@lab.example")
    assert (item.published, item.updated) == (read_date("2026-06-16T10:00:00Z"), read_date("2026-06-17T10:00:00Z"))
    assert item.extra["audio"] == "https://lab.example/blog/one.mp3"


def test_a_json_feed() -> None:
    entry = {
        "id": 7,
        "url": "/one",
        "external_url": "https://other.example/",
        "title": "R < 5",
        "content_html": "<p>Body <a href='two'>two</a></p>",
        "date_published": "2026-06-16T10:00:00.5+02:00",
        "authors": [{"name": "Role"}, "x"],
        "_page": "https://lab.example/p",
        "attachments": [
            {"url": "https://lab.example/a.mp3", "mime_type": "audio/mpeg", "duration_in_seconds": 61},
            3,
        ],
    }
    plain = {"content_text": "a <b> & c", "summary": "S", "url": "https://lab.example/x", "author": {"name": "Old"}}
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "home_page_url": "https://lab.example/",
        "items": [entry, plain, 5],
    }
    first, second = items(json.dumps(body).encode())
    assert (first.title, first.url, first.text) == ("R < 5", "https://lab.example/one", "Body two")
    assert first.links == ("https://lab.example/two", "https://other.example/")
    assert first.published == datetime(2026, 6, 16, 8, 0, 0, 500000, tzinfo=UTC)
    assert (first.authors, first.signals) == (("Role",), {"duration_s": 61.0})
    assert first.extra == {"page_url": "https://lab.example/p", "audio": "https://lab.example/a.mp3", "guid": "7"}
    assert (second.title, second.text, second.authors) == ("a <b> & c", "a <b> & c", ("Old",))
    assert second.flags == {"undated"}


RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://lab.example/"><title>Lab</title>
 <link>https://lab.example/</link></channel><item rdf:about="https://lab.example/1"><title>One</title>
 <link>https://lab.example/1</link><dc:date>2026-06-16</dc:date><dc:creator>Role</dc:creator></item></rdf:RDF>"""
RSS_090 = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>Lab</title></channel>
 <item><title>One</title><link>https://lab.example/1</link></item></rdf:RDF>"""
RSS_091 = """<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Lab</title>
 <item><title>One</title><link>https://lab.example/1</link></item></channel></rss>"""
ATOM_03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Lab</title><entry><title>One</title>
 <link rel="alternate" type="text/html" href="https://lab.example/1"/>
 <issued>2026-06-16T10:00:00Z</issued></entry></feed>"""
YOUTUBE = """<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns="http://www.w3.org/2005/Atom"><title>Channel</title><entry><id>yt:video:abcdefghijk</id><title>One</title>
 <link rel="alternate" href="https://www.youtube.com/watch?v=abcdefghijk"/>
 <published>2026-06-16T10:00:00+00:00</published>
 <media:group><media:title>One</media:title><media:description>What it shows</media:description>
 </media:group></entry></feed>"""


@pytest.mark.parametrize(
    "body", [RDF, RSS_090, RSS_091, ATOM_03, YOUTUBE], ids=["rdf", "090", "091", "atom03", "youtube"]
)
def test_older_and_other_formats(body: str) -> None:
    (item,) = items(body.encode())
    assert item.title == "One"
    assert item.url.endswith(("/1", "abcdefghijk"))


def test_a_youtube_channel_keeps_its_description() -> None:
    (item,) = items(YOUTUBE.encode())
    assert (item.text, item.keys) == ("What it shows", ("url:https://youtube.com/watch?v=abcdefghijk",))


def entry(title: str = "T", link: str = "https://lab.example/1", guid: str = "g", text: str = "x") -> str:
    name = f"<title>{title}</title><link>{link}</link><guid isPermaLink='false'>{guid}</guid>"
    return f"{name}<description>{text}</description>"


def test_identity_survives_edits_clocks_and_changed_guids() -> None:
    (first,) = items(rss(entry(text="It is 12:00", guid="a")))
    (second,) = items(
        rss(entry(text="It is 12:01", guid="b", title="T, corrected", link="https://lab.example/1?utm_source=x"))
    )
    assert first.id == second.id
    assert first.payload_hash != second.payload_hash


def test_doubled_guids_with_different_links_are_different_items() -> None:
    assert len(items(rss(entry(), entry(link="https://lab.example/2")))) == 2


def test_one_address_in_two_spellings_is_one_item_whoever_is_there_with_it() -> None:
    both = items(rss(entry(), entry(link="http://www.lab.example/1/", guid="other", title="T | Lab")))
    alone = items(rss(entry(link="http://www.lab.example/1/", guid="other", title="T | Lab")))
    assert [item.id for item in both] == [item.id for item in alone]


def test_entries_that_share_one_page_are_told_apart_by_guid_then_title() -> None:
    page = "https://lab.example/changes"
    assert len(items(rss(*(entry(link=page, guid=str(n // 2), title=f"v{n // 2}") for n in range(4))))) == 2
    assert len(items(rss(*(f"<title>v{n}</title><link>{page}</link>" for n in range(3))))) == 3
    assert len(items(rss(*(f"<title>v</title><link>{page}#{n}</link>" for n in range(3))))) == 3
    assert len(items(rss(*(f"<title>v{n}</title><link>https://lab.example/</link>" for n in range(3))))) == 3


def test_an_entry_without_title_is_named_by_its_first_sentence() -> None:
    long = "word " * 100
    first, second = items(
        rss("<description>One thing. Another.</description><guid>1</guid>", f"<description>{long}</description>")
    )
    assert first.title == "One thing."
    assert second.title.endswith("…")
    assert len(second.title) <= 141


@pytest.mark.parametrize(
    "date",
    ["Tue, 16 Jun -001 10:00:00 GMT", "0001-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT",
     "Tue, 16 Jun 2099 10:00:00 GMT",
     "Sat, 31 Feb 2026 10:00:00 GMT", "tomorrow"],
)  # fmt: skip
def test_impossible_dates_are_dropped_and_flagged(date: str) -> None:
    (item,) = items(rss(f"<title>T</title><link>https://lab.example/1</link><pubDate>{date}</pubDate>"))
    assert (item.published, item.flags, item.when) == (None, {"date-clamped"}, NOW)


def test_a_nonsense_zone_is_ignored_and_an_old_date_stays() -> None:
    (item,) = items(rss("<title>T</title><pubDate>Tue, 16 Jun 2026 10:00:00 +9999</pubDate>"))
    assert item.published == datetime(2026, 6, 16, 10, tzinfo=UTC)
    (item,) = items(rss("<title>T</title><pubDate>Tue, 16 Jun 1998 10:00:00 GMT</pubDate>"))
    assert (item.published, item.flags) == (datetime(1998, 6, 16, 10, tzinfo=UTC), frozenset())


def test_undated_items_of_a_past_window_are_dated_by_its_end() -> None:
    (item,) = items(rss("<title>T</title><link>https://lab.example/1</link>"), window=PAST, now=LATER)
    assert item.published == PAST.end - timedelta(seconds=1)
    assert item.flags == {"undated", "backfilled"}


def test_a_first_fetch_of_500_old_entries_puts_none_into_the_window() -> None:
    days = [f"<pubDate>{n % 28 + 1} Jan 2020 10:00:00 GMT</pubDate>" for n in range(500)]
    old = [f"<title>T{n}</title><link>https://lab.example/{n}</link>{day}" for n, day in enumerate(days)]
    found = one({"/a": answer(rss(*old))}, A)
    assert len(found.items) == 500
    assert not [item for item in found.items if WEEK.start <= item.when < WEEK.end]
    assert (found.status, "silent since 2020-01-28" in found.error) == ("stale", True)


def test_a_feed_is_cut_at_two_thousand_entries() -> None:
    assert len(items(rss(*(f"<title>T{n}</title><guid>{n}</guid>" for n in range(2500))))) == 2000


def test_language_is_that_of_the_letters() -> None:
    found = items(
        rss(
            entry(title="推荐系统的新进展，今日发布"),
            entry(title="A new thing, released today", link="https://l.example/2"),
        )
    )
    assert [item.language for item in found] == ["zh", "en"]
    chinese = replace(A, language="zh")
    assert one({"/a": answer(rss(entry(title="A new thing, released today")))}, chinese).items[0].language == "en"
    assert one({"/a": answer(rss(entry(title="42")))}, chinese).items[0].language == "zh"


def test_excerpts_are_flagged() -> None:
    first, second = items(
        rss(entry(text="It begins well [+3802 chars]"), entry(text="Whole.", link="https://lab.example/2"))
    )
    assert (first.flags & {"excerpt"}, second.flags & {"excerpt"}) == ({"excerpt"}, frozenset())


def test_the_second_pass_is_unchanged_and_only_once_kept() -> None:
    async def run() -> None:
        validators = MemoryValidators()
        async with Server({"/a": [answer(rss(ITEM), 'ETag: "1"'), answer(status="304 Not Modified")]}) as server:
            source = feed("lab", server.url("/a"))
            first = await outcomes([source], validators=validators)
            second = await outcomes([source], validators=validators)
        assert (first["lab"].status, len(first["lab"].items)) == ("ok", 1)
        assert (second["lab"].status, second["lab"].items) == ("unchanged", ())

    asyncio.run(run())
