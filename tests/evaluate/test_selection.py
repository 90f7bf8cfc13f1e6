import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from digest.errors import UsageError
from digest.evaluate import selection

RECSYS = "We propose a ranking model of user behavior for recommendation at scale, item"
OTHER = "A controller lands drones on water in wind, flight"


def write(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("\n".join(json.dumps(row) for row in rows).encode(), mtime=0))


def paper(name: str, inside: bool, **more: object) -> dict[str, object]:
    title = "Ranking for recommendation" if inside else "Landing drones"
    return {"id": name, "title": title, "abstract": f"{RECSYS if inside else OTHER} {name}", **more}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    week = [paper(f"p{n}", inside=n < 5, categories=["cs.IR"]) for n in range(40)]
    write(tmp_path / "world" / "weeks" / "2026-W10" / "arxiv.jsonl.gz", week)
    silver = [paper(f"s{n}", inside=n < 4, day="20260401", score=8 if n < 4 else 2) for n in range(12)]
    write(folder / "relevance_silver.jsonl.gz", [paper("early", inside=True, day="20260101", score=1), *silver])
    weeks: list[dict[str, object]] = [
        {"from": start, "to": end, "papers": [paper(f"{start}{n}", inside=n < 3, picked=n < 3) for n in range(30)]}
        for start, end in (("2026-01-05", "2026-01-11"), ("2025-12-01", "2025-12-07"), ("2025-12-08", "2025-12-14"))
    ]
    write(folder / "taste.jsonl.gz", weeks)
    picks = {"original": {"2026-W10": ["p0", "p1", "p39", "absent"], "2026-W11": ["q"]}, "other": {"2026-W10": ["p2"]}}
    (folder / "picks.json").write_text(json.dumps(picks))
    return folder


def test_a_folder_is_measured_in_all_three_ways(gold: Path) -> None:
    report = selection.run(gold)
    figures = {figure.name: figure for figure in report.figures}
    assert (figures["original picks, recall@20"].counts, figures["original picks, recall@20"].target) == ("2/3", 0.95)
    assert figures["other picks, recall@12"].value == 1.0
    assert figures["other picks, recall@12"].target is None
    silver = figures["silver relevance >= 7 after 20260331, AUC"]
    assert (silver.value, silver.counts) == (1.0, "4/12")
    assert figures["taste, 60 ratings, recall@10"].counts == "3/3"
    assert figures["taste, 60 ratings, plain, recall@10"].counts == "3/3"
    assert figures["taste, 100 ratings, recall@20"].counts == "15/15"
    assert not any("2025" in name for name in figures)  # too few weeks to learn from
    assert report.misses == ("original 2026-W10: p39 at 40",)
    assert report.notes == (
        "original 2026-W10: absent is not among the week's papers",
        "original 2026-W11: q is not among the week's papers",
    )


def test_single_files(gold: Path) -> None:
    assert len(selection.run(gold / "picks.json").figures) == 10
    assert len(selection.run(gold / "relevance_silver.jsonl.gz").figures) == 1


def test_what_cannot_be_measured_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing to measure"):
        selection.run(tmp_path)
    write(tmp_path / "other.jsonl.gz", [{"sentence": "x"}])
    with pytest.raises(UsageError, match="neither picks"):
        selection.run(tmp_path / "other.jsonl.gz")
    write(tmp_path / "early.jsonl.gz", [paper("a", inside=True, day="20250101", score=8)])
    with pytest.raises(UsageError, match="up to which the scorer was trained"):
        selection.run(tmp_path / "early.jsonl.gz")


def test_auc_counts_ties_half() -> None:
    assert selection._auc([1, 2, 3, 4], [False, False, True, True]) == 1.0
    assert selection._auc([1, 2, 3, 4], [True, False, True, False]) == 0.25
    assert selection._auc([1, 1, 1, 1], [True, False, True, False]) == 0.5
    assert selection._auc([1, 2], [True, True]) == 0.0


def test_later_weeks_are_ranked_by_the_ratings_before_their_block() -> None:
    weeks = [
        {
            "from": f"2025-{n:02}",
            "papers": [paper(f"{n}a", inside=True, picked=True), paper(f"{n}b", inside=False, picked=False)],
        }
        for n in range(selection._FIRST_TAUGHT + selection._BLOCK + 1)
    ]
    seen: list[int] = []

    def last_first(rows: Sequence[selection.Row], ratings: Sequence[selection.Row]) -> list[int]:
        seen.append(len(ratings))
        return [len(rows) - n for n in range(len(rows))]

    assert selection._rolling(weeks[: selection._FIRST_TAUGHT], last_first) == []
    assert selection._rolling(weeks, last_first) == [2] * (selection._BLOCK + 1)
    assert seen == [2 * selection._FIRST_TAUGHT] * selection._BLOCK + [2 * (selection._FIRST_TAUGHT + selection._BLOCK)]


def test_a_small_set_of_ratings_is_drawn_in_order() -> None:
    past = [{"id": str(n), "rating": 1 if n % 10 == 0 else -1} for n in range(500)]
    few = selection._few(past, 0)
    assert len(few) == 100
    assert sum(row["rating"] == 1 for row in few) == 30
    assert [int(row["id"]) for row in few] == sorted(int(row["id"]) for row in few)
    assert few != selection._few(past, 1)


@pytest.mark.shared
def test_the_relevance_of_later_papers_is_ranked_well(shared: Path) -> None:
    (figure,) = selection.run(shared / "gold" / "relevance_silver.jsonl.gz").figures
    assert figure.value >= 0.93
