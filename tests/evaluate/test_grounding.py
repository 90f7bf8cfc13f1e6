"""The evaluation counts faults found and true sentences passed, by part, language and fault, and names each miss."""

import gzip
import json
from itertools import combinations
from pathlib import Path

import pytest

from digest.errors import UsageError
from digest.evaluate.grounding import run
from digest.evaluate.report import Report

DATA = Path(__file__).resolve().parent.parent / "data"
OWN = DATA / "grounding.jsonl"
CORPORA = [OWN, DATA / "grounding-dev.jsonl", DATA / "grounding-unseen.jsonl"]
TEXT = "Alder: A Ranker\nAlder raises GMV by 2.1% in online tests at Etsy."


def row(name: str, label: str, fault: str | None, sentence: str, **source: str) -> dict[str, object]:
    return {
        "id": name,
        "language": "en",
        "label": label,
        "fault": fault,
        "sentence": sentence,
        "sources": [{"id": "a", **source}],
    }


ROWS = [
    row("1", "supported", None, "Alder lifts GMV by 2.1%.", text=TEXT),
    row("1", "unsupported", "wrong_sign", "Alder lowers GMV by 2.1%.", text=TEXT),
    row("2", "supported", None, "Alder lifts GMV by 5%.", text=TEXT),
    row("2", "unsupported", "wrong_sign", "Alder lifts GMV by 2.1%.", text=TEXT),
]


def value(report: Report, name: str) -> tuple[float, str]:
    return next((figure.value, figure.counts) for figure in report.figures if figure.name == name)


def test_figures_come_with_their_counts_and_each_miss_is_named(tmp_path: Path) -> None:
    gold = tmp_path / "grounding.jsonl"
    gold.write_text("\n".join(json.dumps(one) for one in ROWS), encoding="utf-8")
    report = run(gold)
    assert value(report, "faults found") == (0.5, "1/2")
    assert value(report, "true passed") == (0.5, "1/2")
    assert value(report, "found: wrong sign") == (0.5, "1/2")
    assert value(report, "a check of the digits alone finds") == (0.0, "0/2")
    assert len(report.misses) == 2
    assert report.misses[0].endswith("true, but not found: Alder lifts GMV by 5%.")
    assert "missed: wrong_sign" in report.misses[1]
    assert run(tmp_path) == report


def test_a_packed_file_in_a_folder_is_read(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "grounding.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps(ROWS[0]))
    assert value(run(tmp_path), "true passed") == (1.0, "1/1")


def test_sources_without_text_come_from_the_recorded_weeks_and_the_gold_beside_them(tmp_path: Path) -> None:
    week = tmp_path / "shared" / "world" / "weeks" / "2026-W25"
    week.mkdir(parents=True)
    with gzip.open(week / "arxiv.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"id": "2606.1", "title": "Alder", "abstract": "Alder raises GMV by 2.1%."}) + "\n")
    with gzip.open(week / "feed_items.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"id": "x", "slug": "blog", "title": "Birch", "text": "Birch raises GMV by 3%."}) + "\n")
    beside = tmp_path / "shared" / "gold"
    beside.mkdir()
    paper = {"id": "2503.1", "title": "Cedar", "abstract": "Cedar raises GMV by 4%."}
    with gzip.open(beside / "taste.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"from": "2025-03-03", "papers": [paper]}) + "\n")
    sources = [{"id": "arxiv:2606.1"}, {"id": "feed:blog:2d711642b726"}, {"id": "arxiv:2503.1"}]
    good = {
        "id": "1",
        "language": "en",
        "label": "supported",
        "fault": None,
        "sentence": "Birch lifts GMV by 3%, Alder by 2.1%, Cedar by 4%.",
        "sources": sources,
    }
    gold = tmp_path / "gold" / "grounding.jsonl"
    gold.parent.mkdir()
    gold.write_text(json.dumps(good), encoding="utf-8")
    assert value(run(gold), "true passed") == (1.0, "1/1")


def test_a_source_that_is_nowhere_is_named(tmp_path: Path) -> None:
    gold = tmp_path / "grounding.jsonl"
    gold.write_text(json.dumps(row("1", "supported", None, "x")), encoding="utf-8")
    with pytest.raises(UsageError, match="have no text"):
        run(gold)


@pytest.mark.parametrize("corpus", CORPORA, ids=lambda path: path.stem)
def test_the_corpora_are_made_of_pairs_and_hold_no_source_text(corpus: Path) -> None:
    rows = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 400
    for true, faulty in zip(rows[::2], rows[1::2], strict=True):
        assert (true["id"], true["label"], faulty["label"]) == (faulty["id"], "supported", "unsupported")
        assert true["sentence"] != faulty["sentence"]
        assert all(set(source) == {"id"} for source in true["sources"] + faulty["sources"])


@pytest.mark.shared
def test_our_corpus_is_hard_and_mostly_read(shared: Path) -> None:
    report = run(OWN)
    assert value(report, "a check of the digits alone finds")[0] <= 0.35
    assert value(report, "word overlap tells them apart (AUC)")[0] <= 0.65
    assert value(report, "faults found")[0] >= 0.74
    assert value(report, "true passed")[0] >= 0.93


def test_no_two_corpora_share_a_source() -> None:
    """What was looked at and what was not must not tell of one another."""
    rows = [path.read_text(encoding="utf-8").splitlines() for path in CORPORA]
    cited = [{source["id"] for line in lines for source in json.loads(line)["sources"]} for lines in rows]
    assert not any(one & other for one, other in combinations(cited, 2))


@pytest.mark.shared
@pytest.mark.parametrize(("corpus", "found", "passed"), [(CORPORA[1], 0.85, 0.9), (CORPORA[2], 0.8, 0.8)])
def test_the_later_corpora_are_hard_and_mostly_read(shared: Path, corpus: Path, found: float, passed: float) -> None:
    report = run(corpus)
    assert value(report, "a check of the digits alone finds")[0] <= 0.35
    assert value(report, "word overlap tells them apart (AUC)")[0] <= 0.65
    assert value(report, "faults found")[0] >= found
    assert value(report, "true passed")[0] >= passed


@pytest.mark.shared
def test_the_sample_of_the_gold_is_mostly_read(shared: Path) -> None:
    report = run(shared / "gold")
    assert value(report, "faults found")[0] >= 0.95
    assert value(report, "true passed")[0] >= 0.95
