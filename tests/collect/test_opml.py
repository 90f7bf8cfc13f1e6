import tomllib

import pytest

from digest.collect import opml
from digest.domain.item import Source
from digest.errors import UsageError

SOURCES = [
    Source(kind="feed", slug="lab", title='Lab & "Co"', address="https://lab.example/feed?a=1&b=2", language="en"),
    Source(kind="podcast", slug="ji-qi", title="机器之声", address="https://pod.example/feed", language="zh"),
    Source(kind="arxiv", slug="ir", title="IR", address="cat:cs.IR"),
]


def test_what_is_written_is_read_again() -> None:
    found = opml.read(opml.write(SOURCES))
    assert [(s.kind, s.title, s.address, s.language) for s in found] == [
        (s.kind, s.title, s.address, s.language) for s in SOURCES[:2]
    ]


def test_an_outline_of_another_reader() -> None:
    body = b"""<opml version="1.0"><body><outline text="Folder"><outline text="A B" xmlUrl="https://a.example/1"/>
      <outline title="A B" xmlUrl="https://a.example/2"/><outline text="A B again" xmlUrl="https://a.example/1"/>
      <outline xmlUrl="https://c.example/feed.xml"/><outline text="none" xmlUrl="javascript:x"/>
      </outline></body></opml>"""
    found = opml.read(body)
    assert [s.slug for s in found] == ["a-b", "a-b-2", "https-c-example-feed-xml"]
    assert found[2].title == "https://c.example/feed.xml"


def test_toml_loads_again() -> None:
    tables = tomllib.loads(opml.as_toml(SOURCES[:2]))["source"]
    assert tables[0] == {
        "kind": "feed",
        "slug": "lab",
        "title": 'Lab & "Co"',
        "url": "https://lab.example/feed?a=1&b=2",
    }
    assert tables[1]["language"] == "zh"


def test_a_chinese_title_takes_its_name_from_the_address() -> None:
    assert opml.read(opml.write([SOURCES[1]]))[0].slug == "pod-example-feed"


@pytest.mark.parametrize(
    "body",
    [b"", b"not xml", b"<rss/>", b'<!DOCTYPE opml [<!ENTITY a "b">]><opml>&a;</opml>', "<opml>é".encode("latin-1")],
)
def test_what_is_no_opml_is_said(body: bytes) -> None:
    with pytest.raises(UsageError, match="OPML"):
        opml.read(body)
