import asyncio
import re
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from digest.collect.arxiv import LOOK_BACK, queries
from digest.collect.arxiv_pages import read_page
from digest.collect.model import Settings, Window
from tests.collect.worlds import LATER, PAST, WEEK, Outcome, feed, outcomes
from tests.fetch.server import NOW, Server, answer

ENTRY = """<entry><id>http://arxiv.org/abs/{id}</id><title>On  Ranking
 {id}</title><updated>{updated}</updated><published>{published}</published>
<link href="https://arxiv.org/abs/{id}" rel="alternate" type="text/html"/><summary>  We rank
 things. Code: https://github.com/o/r. </summary><category term="cs.LG"/><category term="cs.IR"/>{more}
<arxiv:primary_category term="cs.IR"/><author><name>Role One</name>
<arxiv:affiliation>Example University</arxiv:affiliation></author></entry>"""
HEAD = """<?xml version='1.0' encoding='UTF-8'?><feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
 xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom"><id>x</id><title>t</title>
<opensearch:totalResults>{total}</opensearch:totalResults>{entries}</feed>"""
LISTED = """<item><title>T</title><link>https://arxiv.org/abs/{id}</link>
<pubDate>Tue, 16 Jun 2026 00:00:00 -0400</pubDate>
<description>arXiv:{id}v1 Announce Type: {kind} Abstract: We rank.</description></item>"""
TUESDAY = datetime(2026, 6, 16, 15, tzinfo=UTC)


def entry(name: str, published: str = "2026-06-15T10:00:00Z", updated: str = "", more: str = "") -> str:
    return ENTRY.format(id=name, published=published, updated=updated or published, more=more)


class Arxiv(Server):
    """A small arXiv: papers by search term, in pages, and one day's listing."""

    def __init__(
        self, submitted: Sequence[str] = (), revised: Sequence[str] = (), listed: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__()
        self.submitted, self.revised = list(submitted), list(revised)
        self.listed = listed
        self.refusals: list[bytes] = []
        self.blank_pages = 0

    async def _say(self, path: str, writer: asyncio.StreamWriter) -> None:
        writer.write(self._answer(path))
        await writer.drain()

    def _answer(self, path: str) -> bytes:
        if path.startswith("/rss/"):
            rows = "".join(LISTED.format(id=name, kind=kind) for name, kind in self.listed)
            return answer(
                f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{rows}</channel></rss>'.encode()
            )
        if self.refusals:
            return self.refusals.pop(0)
        query = {key: values[-1] for key, values in parse_qs(urlsplit(path).query).items()}
        start, size = int(query["start"]), int(query["max_results"])
        if "id_list" in query:
            rows = [entry(f"{name}v1", "2020-01-01T00:00:00Z") for name in query["id_list"].split(",")]
        else:
            rows = self.revised if "ANDNOT" in query["search_query"] else self.submitted
        shown = [] if start and self.blank_pages else rows[start : start + size]
        self.blank_pages -= bool(start and self.blank_pages)
        return answer(HEAD.format(total=len(rows), entries="".join(shown)).encode())


def collect(
    server: Arxiv, query: str = "cat:cs.IR", now: datetime = TUESDAY, window: Window = WEEK, delay: float = 0.0
) -> Outcome:
    async def run() -> Outcome:
        async with server:
            settings = Settings(arxiv_api_url=server.url("/api"), arxiv_rss_url=server.url("/rss"), arxiv_delay_s=delay)
            source = feed("ir", query, kind="arxiv")
            return (await outcomes([source], settings=settings, now=now, window=window, timeout_s=10.0))["ir"]

    return asyncio.run(run())


def test_a_paper() -> None:
    found = collect(
        Arxiv([entry("2606.00001v2", updated="2026-06-16T10:00:00Z", more="<arxiv:doi>10.1145/ABC</arxiv:doi>")])
    )
    (item,) = found.items
    assert (item.id, item.kind, item.title) == ("arxiv:2606.00001", "paper", "On Ranking 2606.00001v2")
    assert item.url == "https://arxiv.org/abs/2606.00001"
    assert item.text == "We rank things. Code: https://github.com/o/r."
    assert item.links == ("https://github.com/o/r",)
    assert item.keys == ("arxiv:2606.00001", "doi:10.1145/abc")
    assert item.announced == datetime(2026, 6, 16, 12, tzinfo=UTC)
    assert (item.updated, item.authors) == (datetime(2026, 6, 16, 10, tzinfo=UTC), ("Role One",))
    assert item.extra["version"] == "2"
    assert item.extra["categories"] == "cs.IR cs.LG"
    assert item.extra["affiliations"] == "Example University"
    assert (item.flags, found.status, found.announced) == (frozenset(), "ok", None)


def test_a_withdrawal_is_recorded() -> None:
    more = "<arxiv:comment>This paper has been withdrawn by the author due to an error</arxiv:comment>"
    (item,) = collect(Arxiv([entry("2606.00001v3", more=more)])).items
    assert item.flags == {"withdrawn"}


def test_pages_are_read_to_the_end_and_revisions_come_too() -> None:
    server = Arxiv([entry(f"2606.{n:05}v1") for n in range(1203)], [entry("2501.00001v4", "2025-01-01T00:00:00Z")])
    found = collect(server)
    assert len({item.id for item in found.items}) == 1204
    starts = [re.search(r"start=(\d+)", seen.path) for seen in server.seen if "/api" in seen.path]
    assert [int(match[1]) for match in starts if match] == [0, 500, 1000, 0]


def test_an_empty_page_in_the_middle_is_asked_for_again() -> None:
    server = Arxiv([entry(f"2606.{n:05}v1") for n in range(501)])
    server.blank_pages = 2
    assert len(collect(server).items) == 501


def test_an_index_that_lags_is_said() -> None:
    server = Arxiv([entry(f"2606.{n:05}v1") for n in range(501)])
    server.blank_pages = 9
    found = collect(server)
    assert (found.status, found.error) == ("failed", "arXiv announced 501 results and gave 500")
    assert len(found.items) == 500


def test_a_refusal_is_waited_out() -> None:
    server = Arxiv([entry("2606.00001v1")])
    server.refusals = [
        answer(b"Rate exceeded.", "Retry-After: 1", status="429 Too Many"),
        answer(b"", status="503 Busy"),
    ]
    found = collect(server)
    assert (found.status, len(found.items)) == ("ok", 1)


def test_requests_keep_the_delay_on_one_connection() -> None:
    server = Arxiv([entry(f"2606.{n:05}v1") for n in range(501)])
    start = time.monotonic()
    collect(server, delay=0.2)
    assert time.monotonic() - start > 0.4
    assert server.peak == 1


def test_a_wrong_query_is_explained() -> None:
    server = Arxiv()
    said = HEAD.format(total=1, entries="<entry><title>Error</title><summary>malformed query: cat:</summary></entry>")
    server.refusals = [answer(said.encode(), status="400 Bad Request")]
    found = collect(server, "cat:")
    assert found.status == "failed"
    assert found.error.endswith("answered 400 Bad Request: malformed query: cat:")


def test_no_papers_at_all_is_empty_and_no_atom_is_failed() -> None:
    assert collect(Arxiv()).status == "empty"
    server = Arxiv()
    server.refusals = [answer(b"<html>maintenance")]
    assert collect(server).status == "failed"


def test_the_listing_says_what_was_announced_and_fills_what_is_missing() -> None:
    server = Arxiv(
        [entry("2606.00001v1")], listed=[("2606.00001", "new"), ("2006.00002", "cross"), ("2606.00003", "replace")]
    )
    found = collect(server)
    items = {item.id: item for item in found.items}
    assert set(items) == {"arxiv:2606.00001", "arxiv:2006.00002"}
    assert items["arxiv:2006.00002"].announced == datetime(2026, 6, 16, 12, tzinfo=UTC)
    assert items["arxiv:2006.00002"].extra["listed"] == "2026-06-16"
    assert (found.announced, found.note) == (2, "listing of 2026-06-16: 2 announced, 2 arrived")


def test_the_listing_is_left_alone_for_past_weeks_and_free_queries() -> None:
    for query, now, window in (("cat:cs.IR", LATER, PAST), ('ti:"recommender" AND cat:cs.LG', TUESDAY, WEEK)):
        server = Arxiv([entry("2606.00001v1")], listed=[("2606.00009", "new")])
        found = collect(server, query, now, window)
        assert (len(found.items), found.announced) == (1, None)
        assert not [seen for seen in server.seen if "/rss" in seen.path]


def test_queries_look_back_for_what_the_window_announces() -> None:
    submitted, revised = queries("cat:cs.IR OR cat:cs.LG", WEEK, NOW)
    assert submitted == "(cat:cs.IR OR cat:cs.LG) AND submittedDate:[202606070000 TO 202606211200]"
    assert revised == (
        "((cat:cs.IR OR cat:cs.LG) AND lastUpdatedDate:[202606150000 TO 202606211200])"
        " ANDNOT submittedDate:[202606070000 TO 202606211200]"
    )
    assert timedelta(days=8) <= LOOK_BACK


def test_a_page_is_read_by_the_package() -> None:
    body = HEAD.format(total=1, entries=entry("hep-th/9901001v1")).encode()
    assert [result.get_short_id() for result in read_page(body)] == ["hep-th/9901001v1"]
