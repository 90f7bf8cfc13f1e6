"""What was recorded elsewhere: other parsers' suites, genuine answers of the origins, two Mondays of served feeds."""

import gzip
import io
import json
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from digest.collect.arxiv_pages import read_page
from digest.collect.feed_items import Setting, items_of
from digest.collect.feed_parse import read_feed
from digest.collect.github import read_trending
from digest.collect.tweet_items import tweets_of
from digest.domain.item import Source
from digest.urls import canonical
from tests.collect import cassettes, gofeed, suites
from tests.collect.worlds import WEEK
from tests.fetch.server import NOW

pytestmark = pytest.mark.shared

# Cases of feedparser's suite that we read otherwise, each on purpose.
OTHERWISE = {
    "encoding/bozo_linenoise.xml": "bytes of no encoding: the suite fixes one guess of several",
    "wellformed/atom/entry_updated_multiple_values.xml": "of two <updated> we keep the first, as Atom allows but one",
    "wellformed/atom10/entry_id_with_attributes.xml": "an id in a foreign element",
    "wellformed/namespace/atommathml.xml": "the suite compares MathML's markup; we keep text",
    "wellformed/rss/entity_in_doctype.xml": "documents that declare entities are refused",
    "wellformed/rss/item_summary_and_description.xml": "which of two texts is the summary depends on their order",
}
OTHERWISE_GOFEED = {
    "parser/atom/entry_id_xml_base.xml": "an id is no link: it is compared, not resolved",
    "parser/atom/issue_275_extensions_and_source.xml": "content that is markup or JSON: we keep text",
    "parser/rss/rdf_item_links.xml": "of several <link> we keep the first",
    "parser/rss/rss_channel_item_author_naked_markup.xml": "markup where a name belongs",
    "parser/rss/rss_channel_item_guid_naked_markup.xml": "markup where an identifier belongs",
    "parser/rss/rss_channel_item_links.xml": "of several <link> we keep the first",
    "translator/rss/feed_item_links_-_rss_channel_item_links.xml": "of several <link> we keep the first",
}
SHARE = 0.95
TWEETS = 670


def files(archive: Path, ending: str = "") -> Iterator[tuple[str, bytes]]:
    with tarfile.open(archive) as tar:
        for member in sorted(tar.getmembers(), key=lambda m: m.name):
            file = tar.extractfile(member) if member.isfile() and member.name.endswith(ending) else None
            if file:
                yield member.name, file.read()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_feedparsers_suite(shared: Path) -> None:
    wrong, total = [], 0
    for case in suites.cases(shared / "feeds" / "feedparser-tests.tar.gz"):
        entries = read_feed(case.body, case.url, case.content_type).entries
        results = [suites.holds(entries, *wanted) for wanted in case.wanted]
        if [result for result in results if result is not None]:
            total += 1
            wrong += [case.name] if False in results else []
    assert total > 250
    assert set(wrong) == set(OTHERWISE)
    assert 1 - len(wrong) / total >= SHARE


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_gofeeds_testdata(shared: Path) -> None:
    cases = list(gofeed.cases(shared / "feeds" / "gofeed-testdata.tar.gz"))
    cases = [case for case in cases if any(gofeed.kept(item) for item in case.items)]
    read = {case.name: read_feed(case.body, "http://example.org/feed").entries for case in cases}
    wrong = {case.name for case in cases if gofeed.holds(read[case.name], case.items)}
    assert len(cases) > 140
    assert wrong == set(OTHERWISE_GOFEED)
    assert 1 - len(wrong) / len(cases) >= SHARE


def test_arxivs_answers(shared: Path) -> None:
    count = 0
    for name, content in files(shared / "feeds" / "arxiv-api-answers.tar.gz", ".json"):
        row = json.loads(content)
        if row["status_code"] == 200:
            results = read_page(row["body"].encode())
            assert len(results) == row["body"].count("<entry>"), name
            assert all(result.title and result.published for result in results)
            count += 1
    assert count == 19


def test_trending_pages_of_four_generations(shared: Path) -> None:
    pages = list(files(shared / "feeds" / "github-trending-html.tar.gz", ".html"))
    assert len(pages) == 4
    for name, content in pages:
        text = content.decode("utf-8", "replace")
        rows = read_trending(text)
        wanted = text.count('class="Box-row"') or text.count('<li class="col-12 d-block')
        assert len(rows) == wanted >= 2, name
        assert all(row.stars is not None for row in rows), name
        assert sum(row.gained is not None for row in rows) >= len(rows) - 1, name
        assert sum(bool(row.description) for row in rows) * 2 > len(rows), name


def test_xs_recordings(shared: Path) -> None:
    source = Source(kind="x", slug="x", title="x")
    total = 0
    for name, content in files(shared / "feeds" / "x-api-v2-cassettes.tar.gz", ".yaml"):
        for page in cassettes.answers(content.decode()):
            tweets = page.get("data")
            if not isinstance(tweets, list) or not all("text" in t and "id" in t for t in tweets):
                continue
            items = tweets_of([page], source, NOW)
            assert {item.id for item in items} == {f"x:{t['id']}" for t in tweets}, name
            assert all(item.title and item.text for item in items)
            total += len(items)
    assert total == TWEETS


def test_two_mondays(shared: Path) -> None:
    feeds: dict[str, dict[str, bytes]] = {}
    for name, content in files(shared / "feeds" / "served-2026-03.tar.gz"):
        day, file = name.split("/")[-2:]
        feeds.setdefault(file.removesuffix(".gz"), {})[day] = (
            gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
        )
    assert len(feeds) == 22
    new = 0
    for slug, days in feeds.items():
        first, second = (_ids(slug, days[day]) for day in sorted(days))
        wanted = _links(days[max(days)]) - _links(days[min(days)])
        assert len(second - first) == len(wanted), slug
        new += len(wanted)
    assert new > 20


def _ids(slug: str, body: bytes) -> set[str]:
    source = Source(kind="feed", slug=slug, title=slug)
    now = datetime(2026, 3, 16, 8, tzinfo=UTC)
    items = items_of(read_feed(body, "https://example.org/feed").entries, Setting(source=source, now=now, window=WEEK))
    ids = [item.id for item in items]
    assert len(ids) == len(set(ids))
    return set(ids)


def _links(body: bytes) -> set[str]:
    entries = feedparser.parse(io.BytesIO(body)).entries
    return {canonical(entry.get("link", "")) + "#" + entry.get("link", "").partition("#")[2] for entry in entries}
