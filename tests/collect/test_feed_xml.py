"""The rarer fields of RSS and Atom, each as some feed out there writes it."""

import pytest

from digest.collect.entry import Entry
from digest.collect.feed_parse import read_feed
from digest.collect.feed_xml import NotPlainError, parse_xml
from tests.collect.worlds import rss

URL = "https://lab.example/feed"


def entry(inner: str) -> Entry:
    return parse_xml(rss(f"<title>T</title>{inner}"), URL).entries[0]


@pytest.mark.parametrize(
    ("inner", "field", "value"),
    [
        ("<media:group><media:description>D</media:description></media:group>", "summary", "D"),
        ("<media:description>D</media:description>", "summary", "D"),
        ("<itunes:summary>D</itunes:summary>", "summary", "D"),
        ("<dc:description>D</dc:description>", "summary", "D"),
        ("<summary>D</summary>", "summary", "D"),
        ("<description>A</description><summary>D</summary>", "content", "D"),
        ("<body>D</body>", "content", "D"),
        ("<atom:content type='html'>&lt;p&gt;D</atom:content>", "content", "D"),
        ("<dc:date>2026-06-16</dc:date>", "published", "2026-06-16"),
        ("<atom:updated>2026-06-16</atom:updated>", "updated", "2026-06-16"),
        ("<author>me@e.org (A Name)</author><dc:creator> </dc:creator>", "authors", ["A Name"]),
        ("<itunes:author>A Name</itunes:author>", "authors", ["A Name"]),
        ("<atom:author><atom:name>A Name</atom:name></atom:author>", "authors", ["A Name"]),
        ("<guid>https://lab.example/g</guid>", "link", "https://lab.example/g"),
        ("<guid isPermaLink='false'>https://lab.example/g</guid>", "link", ""),
        ("<atom:link href='/a' type='text/html'/>", "link", "https://lab.example/a"),
        (
            "<atom:link rel='related' href='/a'/><atom:link rel='related' href='/b'/>",
            "related",
            "https://lab.example/a",
        ),
        ("<atom:link rel='related' href='javascript:x'/>", "related", ""),
        ("<atom:link rel='enclosure' href='/a.mp4' type='video/mp4'/>", "audio", "https://lab.example/a.mp4"),
        ("<enclosure url='' type='audio/mpeg'/>", "enclosures", []),
        ("<slash:comments>many</slash:comments>", "comments", -1),
        ("<podcast:transcript url='/t.srt' type='application/srt; x=y'/>", "transcript", "https://lab.example/t.srt"),
        ("<podcast:transcript url='mailto:x'/>", "transcript", ""),
        ("<link>mailto:me@e.org</link>", "link", ""),
    ],
)
def test_fields(inner: str, field: str, value: object) -> None:
    assert getattr(entry(inner), field) == value


def test_the_media_title_stands_in() -> None:
    body = rss("<media:title>M</media:title>", "<media:group><media:title>G</media:title></media:group>")
    assert [each.title for each in parse_xml(body, URL).entries] == ["M", "G"]


def test_a_namespace_in_another_spelling() -> None:
    body = rss("<itunes:duration>90</itunes:duration>").replace(
        b"http://www.itunes.com/dtds/podcast-1.0.dtd", b"http://www.itunes.com/DTDs/Podcast-1.0.dtd"
    )
    assert parse_xml(body, URL).entries[0].duration == 90


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel>",
        b"<rss version='2.0'/>",
        b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>",
        b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel/></rss>",
        b"<opml/>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='image/png'>aGk=</content></entry></feed>",
        b"<feed xmlns='http://purl.org/atom/ns#'><entry><title mode='base64'>aGk=</title></entry></feed>",
    ],
)
def test_what_is_not_plain_is_left_to_the_tolerant_parser(body: bytes) -> None:
    with pytest.raises(NotPlainError):
        parse_xml(body, URL)


def test_a_film_as_content_is_no_text() -> None:
    body = (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title/><content type='video/mp4' src='a'/></entry></feed>"
    )
    assert parse_xml(body, URL).entries[0].content == ""


def test_base64_is_read_by_the_tolerant_parser() -> None:
    body = (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>T</title>"
        b"<content type='application/octet-stream'>aGVsbG8=</content></entry></feed>"
    )
    assert read_feed(body, URL).entries[0].content == "hello"
