"""Claims are checked by their kind; what fails leaves the issue and is told with its reason."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digest.domain.facts import Facts, Result
from digest.domain.issue import Citation, Claim, Entry, Issue, Receipt, Section, ThreadSection
from digest.verify.claims import verdict, verify

NOW = datetime(2026, 6, 21, tzinfo=UTC)
ALDER = "Alder: A Ranker\nAlder raises GMV by 2.1% in online tests at Etsy. It is a two-stage ranker for search."
BIRCH = "Birch: A Retriever\nBirch cuts serving cost by up to 30% at Zalando. Retrieval for search is its task."
SOURCES = {"a": ALDER, "b": BIRCH}
GOOD = Claim(
    kind="quoted",
    text="Alder lifts GMV by 2.1% online.",
    citations=(Citation(item="a", quote="Alder raises GMV by 2.1% in online tests at Etsy."),),
)

THESIS = Claim(
    kind="framing",
    text="Alder and Birch both serve search.",
    citations=(Citation(item="a"), Citation(item="b")),
)
COUNT = Claim(
    kind="computed",
    text="Told here: 2 papers, 1 with 5 stars.",
    citations=(Citation(item="receipt"),),
    figures={"papers": 2, "by_score.5": 1},
)


def entry(name: str, stars: int, **more: object) -> Entry:
    plain = Entry(
        id=name, kind="paper", title=name, url=f"https://example.org/{name}", source="s", source_title="S",
        published=NOW,
        language="en", authors=(), stars=stars, value=4.0, reason="", summary=(),
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]  # the tests name real fields


def issue(**more: object) -> Issue:
    online = Result(
        metric="GMV", words="GMV", value=2.1, unit="%", direction="up", online=True, quote="q", start=0, end=1
    )
    facts = Facts(item="a", industry=True, deployed=True, results=(online,))
    plain = Issue(
        publication="p", title="P", headline="h", period="2026-W25", cadence="weekly", language="en", date=NOW,
        summary="",
        engine="local", overview=(), threads=(), sections=(), entries=(entry("a", 5, facts=facts), entry("b", 3)),
        counts={"papers": 2, "by_score": {"5": 1, "3": 1}, "by_kind": {"paper": 40}, "industry": 1, "read": 40},
        receipt=Receipt(),
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]  # the tests name real fields


def name_of(claim: Claim) -> tuple[str, str]:
    found = verdict(claim, issue(), SOURCES)
    return found.name, found.fault


def test_good_claims_of_each_kind_are_supported() -> None:
    assert [name_of(claim) for claim in (GOOD, THESIS, COUNT)] == [("supported", "")] * 3


@pytest.mark.parametrize(
    ("claim", "fault"),
    [
        (replace(GOOD, text="Alder lifts GMV by 3.1% online."), "number"),
        (replace(GOOD, citations=()), "citations"),
        (replace(GOOD, citations=(Citation(item="z", quote="x"),)), "source"),
        (replace(GOOD, citations=(Citation(item="a", quote="Alder raises GMV by 2.10%"),)), "quotation"),
        (replace(GOOD, citations=(Citation(item="a"),)), "quotation"),
        (replace(GOOD, text="Alder lifts GMV by 2.1%, see https://example.org/alder."), "link"),
        (replace(GOOD, text="Alder lifts GMV by 2.1% ([paper](/alder))."), "link"),
        (replace(GOOD, text="Alder lifts GMV by 2.1% (alder-search.io)."), "link"),
        (replace(THESIS, citations=(Citation(item="a"), Citation(item="a"))), "citations"),
        (replace(THESIS, citations=(Citation(item="a"), Citation(item="unknown"))), "citations"),
        (replace(THESIS, text="Alder and Birch gain 30% in search."), "figure"),
        (replace(THESIS, text="Alder and Birch are the best of search."), "superlative"),
        (replace(THESIS, text="Alder 与 Birch 是最强的检索系统。"), "superlative"),
        (replace(THESIS, text="Alder and Birch call it “search”."), "quotation"),
        (replace(THESIS, text="Alder and Birch follow Walmart into search."), "name"),
        (replace(COUNT, figures={}), "figures"),
        (replace(COUNT, figures={"papers": 3}), "number"),
        (replace(COUNT, figures={"by_score.5": 2, "papers": 2}), "number"),
        (replace(COUNT, figures={"unheard": 2}), "figures"),
        (replace(COUNT, text="Told here: 2 papers of 9, 1 with 5 stars."), "number"),
    ],
)
def test_a_claim_that_breaks_a_rule_of_its_kind_fails(claim: Claim, fault: str) -> None:
    name, found = name_of(claim)
    assert name != "supported"
    assert found == fault


@pytest.mark.parametrize(
    ("text", "source", "fault"),
    [
        ("Alder runs at Booking.com.", "Alder is served at Booking.com today.", ""),
        ("Alder runs at JD.com.", "Alder 已部署于京东。", ""),
        ("Alder runs at Shelf.ai.", "Alder is served at Shelf.ai, a startup.", ""),
        ("Alder runs at Booking.com.", "Alder is served at Etsy.", "link"),
        ("Alder runs at Shelf.ai.", "Alder is served at Shelf.", "link"),
        ("Alder runs at Shelf.ai.", "Visit Shelf.ai for Alder.", "link"),
        ("Alder runs at Shelf.ai.", "Alder: https://Shelf.ai/alder", "link"),
        ("Alder runs at shelf.ai.", "Alder is served at shelf.ai.", "link"),
        ("Alder runs at Booking.com/alder.", "Alder runs at Booking.com/alder.", "link"),
    ],
)
def test_a_name_that_looks_like_a_link_stands_so_in_its_source(text: str, source: str, fault: str) -> None:
    claim = Claim(kind="quoted", text=text, citations=(Citation(item="a", quote=source),))
    assert verdict(claim, issue(), {"a": source}).fault == fault


def test_a_term_with_a_number_word_is_no_figure() -> None:
    assert name_of(replace(THESIS, text="Alder and Birch are two-stage systems for search."))[0] == "supported"


def test_counts_that_the_issue_shows_are_counted_anew() -> None:
    wrong = issue(counts={"industry": 2, "read": 40})
    assert (
        verdict(replace(COUNT, text="2 from industry", figures={"industry": 2}), wrong, SOURCES).evidence
        == "industry = 1"
    )
    assert verdict(replace(COUNT, text="40 read", figures={"read": 40}), wrong, SOURCES).name == "supported"


def test_what_fails_leaves_the_issue_and_its_summary() -> None:
    bad = replace(GOOD, text="Alder lowers GMV by 2.1% online.")
    thread = ThreadSection(
        id="t",
        title="Search",
        thesis=replace(THESIS, text="Alder wins 9% with Birch."),
        claims=(bad, GOOD),
        items=("a", "b"),
    )
    draft = issue(
        overview=(COUNT, bad),
        summary=f"{COUNT.text} {bad.text}",
        threads=(thread, replace(thread, id="u", thesis=THESIS)),
        sections=(Section(slug="more", title="More", claims=(bad,), items=()),),
        entries=(entry("a", 5, summary=(GOOD, bad), facts=issue().entries[0].facts), entry("b", 3)),
    )
    kept, failures = verify(draft, SOURCES)
    assert [failure.place for failure in failures] == [
        "overview",
        "thesis t",
        "thread t",
        "thread u",
        "section more",
        "entry a",
    ]
    assert {failure.verdict.fault for failure in failures} == {"sign", "figure"}
    assert kept.summary == COUNT.text
    assert [claim.text for claim in kept.overview] == [COUNT.text]
    assert kept.threads[0].thesis is None
    assert kept.threads[1].thesis is not None
    assert kept.sections[0].claims == ()
    left = [*kept.overview, *kept.threads[0].claims, *kept.entries[0].summary]
    assert all(claim.verdict and claim.verdict.name == "supported" for claim in left)


def test_checking_twice_changes_nothing() -> None:
    once, _ = verify(issue(overview=(COUNT, GOOD)), SOURCES)
    twice, failures = verify(once, SOURCES)
    assert twice == once
    assert failures == ()


def test_the_same_holds_for_the_other_language() -> None:
    assert name_of(replace(GOOD, text="Alder 线上 GMV 提升 2.1%。"))[0] == "supported"
    assert name_of(replace(GOOD, text="Alder 线上 GMV 下降 2.1%。")) == ("contradicted", "sign")


def test_an_issue_of_150_sentences_is_cheap() -> None:
    sources = {
        f"i{n}": f"Work {n}\n" + ALDER + f" On {n + 2} datasets it gains {n + 3}.5% recall over BM25. " * 4
        for n in range(150)
    }
    claims = tuple(
        Claim(
            kind="quoted",
            text=f"On {n + 2} datasets it gains {n + 3}.5% recall over BM25.",
            citations=(Citation(item=f"i{n}", quote=f"On {n + 2} datasets it gains {n + 3}.5% recall over BM25."),),
        )
        for n in range(150)
    )
    started = time.process_time()
    kept, failures = verify(issue(overview=claims), sources)
    assert time.process_time() - started < 5
    assert (len(kept.overview), failures) == (150, ())
