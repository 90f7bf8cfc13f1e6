"""Full texts of chosen papers: asked for politely, kept once, and what they add to a number and to the ledger."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from digest import pipeline
from digest.config import ArxivTable
from digest.domain.issue import Entry, Issue
from digest.domain.item import Item
from digest.pipeline import Composed
from digest.steps.context import Context, Target
from digest.steps.ledger import ledger
from digest.steps.targets import of_week
from digest.store import items
from digest.store import papers as stored
from tests.read.test_paper_pdf import pdf
from tests.read.test_paper_tex import archive
from tests.steps import process

NOW = datetime(2026, 6, 22, 9, tzinfo=UTC)
PROSE = "We study ranking with one model, and it reads the whole history of a cook before it answers. " * 6
LINE = "We study ranking with one model that reads the whole history of a cook before it answers."
LIVE = "An online A/B test improves CTR by 1.2%, and it has been deployed in the app since May."
GAINS = "An online A/B test shows significant gains in CTR, and it has been deployed in the app since May."
ABSTRACTS = tuple(
    f"We present {name}Rank, a recommender system for {name.lower()} with sequential recommendation. "
    f"{GAINS if name == 'Bread' else LIVE}"
    for name in ("Soup", "Stew", "Bread", "Plum")
)
ONLINE = ("2 Online Experiments", "In an online A/B test at Pinterest, BreadRank improves CTR by up to 1.5%.")
HTML = f"""<html><head><base href="/html/2606.00001v2/"></head><body>
<a id="license-tr" href="https://info.example/help">License: CC BY 4.0</a>
<article class="ltx_document"><div class="ltx_authors">Ada One, Kuaishou Technology; Bo Two, Tsinghua University</div>
<section class="ltx_section"><h2 class="ltx_title">1 Method</h2><p>{PROSE}</p>
<p>Our code is available <a href="https://github.com/soup/rank">here</a>.
A rival is at <a href="https://github.com/rival/rank">its page</a>.</p>
<figure class="ltx_figure"><img src="x1.png"><figcaption>Figure 1: The architecture of SoupRank.</figcaption></figure>
</section></article></body></html>"""
TEX = (
    "\\documentclass{a}\\begin{document}\\author{Cy, Zhejiang University}\\begin{abstract}A.\\end{abstract}"
    "\\section{Method}" + PROSE + "\\begin{figure}\\includegraphics{fig/a.pdf}\\caption{Overview.}\\end{figure}"
    "\\end{document}"
)


@pytest.fixture
def server(httpserver: HTTPServer) -> HTTPServer:
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /html/2606.00002\n")
    httpserver.expect_request("/html/2606.00001v2").respond_with_data(HTML, content_type="text/html")
    for number in (1, 2):  # the first paper's HTML comes before its source, the second one's source before its PDF
        httpserver.expect_request(f"/e-print/2606.0000{number}v2").respond_with_data(archive(main=TEX))
    scan = pdf(["BreadRank", "Di Three, Pinterest", "Abstract", LINE, "1 Introduction", *[LINE] * 6, *ONLINE])
    for number in (1, 2, 3):
        httpserver.expect_request(f"/pdf/2606.0000{number}v2").respond_with_data(scan)
    return httpserver


@pytest.fixture
def context(tmp_path: Path, server: HTTPServer) -> Iterator[Context]:
    tables = f"""
[arxiv]
delay_s = 0.0
html_url = "{server.url_for("/html")}"
eprint_url = "{server.url_for("/e-print")}"
pdf_url = "{server.url_for("/pdf")}"
[[source]]
kind = "arxiv"
slug = "arxiv"
query = "cat:cs.IR"
[[publication]]
slug = "weekly"
title = "Weekly"
cadence = "weekly"
languages = ["en", "zh"]
kinds = ["paper"]
topics = ["recommender system", "sequential recommendation", "menu"]
"""
    with process.opened(tmp_path, tables, NOW) as opened:
        with opened.database.write() as tx:
            items.save(tx, [paper(n) for n in (1, 2, 3, 4)])
        yield opened


def paper(number: int) -> Item:
    name, text = f"2606.0000{number}", ABSTRACTS[number - 1]
    return Item(
        id=f"arxiv:{name}",
        source="arxiv",
        kind="paper",
        title=text.split(",")[0].removeprefix("We present ") + f": Menu Number {number}",
        url=f"https://arxiv.org/abs/{name}",
        first_seen=NOW,
        text=text,
        published=datetime(2026, 6, 16, 9, tzinfo=UTC),
        announced=datetime(2026, 6, 17, 12, tzinfo=UTC),
        keys=(f"arxiv:{name}",),
        extra={"version": "2"} | ({"comment": "9 pages, accepted at KDD 2026"} if number == 2 else {}),
        payload_hash="p",
    )


def target(context: Context) -> Target:
    (only,) = of_week("2026-W25", context.config.publications, context.zone, NOW)
    return only


def composed(context: Context, *, gather: bool = True) -> Composed:
    return pipeline.compose(context, target(context), gather=gather)


def entries(issue: Issue) -> dict[str, Entry]:
    return {entry.id[-1]: entry for entry in issue.entries}


def asked(server: HTTPServer) -> list[str]:
    return sorted(request.path for request, _ in server.log)


def test_html_else_tex_else_pdf_and_what_gave_none_is_said(context: Context, server: HTTPServer) -> None:
    english, chinese = composed(context).issues
    assert "papers: full text of 3 of 4; the rest from the abstract" in english.receipt.notes
    assert "论文：4 篇中读了 3 篇全文，其余仅据摘要" in chinese.receipt.notes
    with context.database.read() as tx:
        kept = stored.of(tx, [paper(n).id for n in (1, 2, 3, 4)])
    assert [kept[paper(n).id].document.get("format") for n in (1, 2, 3, 4)] == ["html", "tex", "pdf", None]
    assert [kept[paper(n).id].company for n in (1, 2, 3)] == ["Kuaishou", "Zhejiang University", "Pinterest"]
    none = kept[paper(4).id]
    assert none.state == "none"
    assert [part.partition(":")[0] for part in none.note.split("; ")] == ["html", "tex", "pdf"]
    assert "/html/2606.00002v2" not in asked(server)  # robots.txt
    assert {len(text.sha256) for text in kept.values() if text.state == "read"} == {64}


def test_entries_get_company_code_and_figure(context: Context, server: HTTPServer) -> None:
    found = entries(composed(context).issues[0])
    soup, stew = found["1"], found["2"]
    assert soup.facts is not None
    assert (soup.facts.company, soup.facts.industry) == ("Kuaishou", True)
    assert "Kuaishou Technology" in soup.facts.company_quote
    assert soup.also_seen == ("https://github.com/soup/rank",)
    assert soup.figure is not None
    assert soup.figure.url == server.url_for("/html/2606.00001v2/x1.png")
    assert (soup.figure.caption, soup.figure.license) == ("Figure 1: The architecture of SoupRank.", "CC BY 4.0")
    assert stew.figure is not None
    assert (stew.figure.page, stew.figure.url) == ("https://arxiv.org/abs/2606.00002", "")
    assert stew.facts is not None
    assert (stew.facts.company, stew.facts.industry) == ("Zhejiang University", False)
    assert found["4"].figure is None
    assert (soup.source_title, stew.source_title) == ("arXiv cs.IR", "arXiv cs.IR, KDD 2026")


def test_a_second_run_asks_for_nothing_and_is_the_same(context: Context, server: HTTPServer) -> None:
    first = composed(context)
    server.clear_log()
    assert composed(context).issues == composed(context, gather=False).issues == first.issues
    assert asked(server) == []
    later = replace(context, now=NOW + timedelta(days=2))
    composed(later)
    assert asked(server) == []  # an answer that held no paper is an answer
    with context.database.write() as tx:
        items.save(tx, [replace(paper(1), extra={"version": "3"}, payload_hash="q")])
    composed(context)
    assert "/html/2606.00001v3" in asked(server)


def test_the_ledger_names_the_company_too(context: Context) -> None:
    composed(context)
    assert [row["title"] for row in ledger(context, company="kuaishou")] == [paper(1).title]
    assert {row["company"] for row in ledger(context)} == {"Kuaishou", "Zhejiang University", "Pinterest", ""}


def test_live_figures_of_a_full_text_stand_in_where_the_abstract_gives_none(context: Context) -> None:
    composed(context)
    before = next(row for row in ledger(context) if row["title"] == paper(3).title)
    assert (before["metric"], before["value"], before["qualifier"]) == ("CTR", 1.5, "up to")
    assert (before["section"], before["company"], before["online"]) == ("Online Experiments", "Pinterest", True)
    assert "at Pinterest, BreadRank improves CTR" in str(before["quote"])
    assert "/pdf/2606.00003v2" in str(before["url"])
    assert {row["section"] for row in ledger(context) if row["title"] == paper(1).title} == {""}
    assert [row["title"] for row in ledger(context, metric="ctr", company="pinterest")] == [paper(3).title]
    with context.database.read() as tx:
        kept = stored.of(tx, [paper(3).id])[paper(3).id]
    (one,) = kept.results
    assert kept.document["sections"][one["part"]]["text"][one["start"] : one["end"]] == one["quote"]


def test_an_origin_out_of_reach_is_asked_once_and_again_the_next_day(context: Context, server: HTTPServer) -> None:
    server.clear()
    server.expect_request("/robots.txt").respond_with_data("", status=503)
    (issue, _) = composed(context).issues
    assert "papers: full text of 0 of 4; the rest from the abstract" in issue.receipt.notes
    assert asked(server) == ["/robots.txt"]
    with context.database.read() as tx:
        (failed,) = stored.of(tx, [paper(n).id for n in (1, 2, 3, 4)]).values()
    assert failed.state == "failed"
    assert "robots.txt" in failed.note
    composed(replace(context, now=NOW + timedelta(days=1)))
    assert len(asked(server)) == 2


def test_a_broken_and_a_deadly_text_end_in_a_note(context: Context, server: HTTPServer) -> None:
    server.clear()
    server.expect_request("/robots.txt").respond_with_data("", status=404)
    server.expect_request("/html/2606.00001v2").respond_with_data("<html>" + "<p>" * 700_000)
    server.expect_request("/e-print/2606.00001v2").respond_with_data(b"\x1f\x8bjunk")
    server.expect_request("/pdf/2606.00001v2").respond_with_data(b"%PDF-1.7 \x00\xff")
    composed(context)
    with context.database.read() as tx:
        note = stored.of(tx, [paper(1).id])[paper(1).id].note
    assert "too large" in note
    assert "can't be unpacked" in note
    assert "can't be read" in note


@pytest.mark.parametrize("case", ["sample", "none", "copy", "not gathering"])
def test_what_may_not_be_asked_is_not(context: Context, server: HTTPServer, case: str) -> None:
    table = {
        "none": replace(context.config.arxiv, full_texts=0),
        "copy": replace(ArxivTable(), api_url="http://127.0.0.1:9/api"),
    }.get(case, context.config.arxiv)
    changed = replace(context, config=replace(context.config, arxiv=table), sample=case == "sample")
    notes = composed(changed, gather=case != "not gathering").issues[0].receipt.notes
    assert asked(server) == []
    assert ("papers: read from the abstract; full texts were not asked for" in notes) == (case != "not gathering")


def test_only_so_many_are_asked_for(context: Context, server: HTTPServer) -> None:
    few = replace(context, config=replace(context.config, arxiv=replace(context.config.arxiv, full_texts=1)))
    composed(few)
    assert len({path.rpartition("/")[2] for path in asked(server)} - {"robots.txt"}) == 1
