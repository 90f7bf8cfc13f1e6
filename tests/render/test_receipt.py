"""The receipt in lines."""

from dataclasses import replace

from digest.domain.issue import Cost, Dropped, Receipt, SourceReceipt
from digest.render.receipt import receipt_view
from tests.render import samples


def test_totals_and_problems_by_name() -> None:
    receipt = receipt_view(samples.english())
    assert receipt.counts == "7 sources tried: 144 seen, 113 new, 7 kept."
    assert [(line.title, line.status, line.error) for line in receipt.problems] == [
        ("Example Lab blog", "failed", "503 Service Unavailable"),
        ("Quiet Journal", "empty", "an answer without entries"),
    ]
    assert receipt.lines[0].seen == "88 of 90 announced"
    assert receipt.dropped == (("below the line", "61"), ("duplicate of a kept work", "9"))
    assert receipt.below == "2 below the line"


def test_what_was_left_out_is_said_in_the_language_of_the_edition() -> None:
    dropped = (Dropped(reason="scored too low", count=61), Dropped(reason="a reason of tomorrow", count=1))
    issue = replace(samples.english(), receipt=Receipt(dropped=dropped), language="zh")
    assert [reason for reason, _ in receipt_view(issue).dropped] == ["评分过低", "a reason of tomorrow"]
    assert receipt_view(replace(issue, language="en")).dropped[0] == ("scored too low", "61")


def test_sums_over_sources_are_told_apart_from_items() -> None:
    issue = samples.english()
    issue = replace(issue, counts=dict(issue.counts) | {"read": 131})
    apart = (
        "An item counts with each source that showed it: 131 different items were read, and 7 entries tell those kept."
    )
    assert receipt_view(issue).counts == f"7 sources tried: 144 seen, 113 new, 7 kept. {apart}"
    assert "131 条" in receipt_view(replace(issue, language="zh")).counts
    whole = receipt_view(replace(issue, counts={"read": 144})).counts
    assert whole.endswith("7 kept.")


def test_one_source_is_singular_and_nothing_below_is_not_told() -> None:
    issue = replace(samples.english(), receipt=Receipt(sources=(SourceReceipt(slug="a", title="", status="ok"),)))
    receipt = receipt_view(issue)
    assert receipt.counts.startswith("1 source tried")
    assert (receipt.lines[0].title, receipt.problems, receipt.below) == ("a", (), "")


def test_an_unknown_status_is_a_problem() -> None:
    source = SourceReceipt(slug="a", title="A", status="never read")
    receipt = receipt_view(replace(samples.english(), receipt=Receipt(sources=(source,))))
    assert (receipt.problems[0].code, receipt.problems[0].status) == ("failed", "never read")


def test_the_engine_is_named() -> None:
    assert receipt_view(samples.english()).engine.startswith("Written by the local engine")
    assert "small-1" in receipt_view(replace(samples.english(), engine="small-1")).engine
    assert "本地引擎" in receipt_view(samples.chinese()).engine


def test_the_cost_is_told_to_the_cent() -> None:
    assert "cost nothing" in receipt_view(samples.english()).cost
    cost = Cost(calls=1, prompt_tokens=34000, completion_tokens=5000, usd=0.12, cached=40)
    told = receipt_view(replace(samples.english(), cost=cost)).cost
    assert told == "1 model call, 34,000 tokens in, 5,000 out, 40 answers from the cache; 0.12 US dollars."


def test_chinese_notes_are_spaced() -> None:
    assert receipt_view(samples.chinese()).notes == ("GitHub trending 不保留历史。",)
