import gzip
import json
from pathlib import Path

import pytest

from digest.errors import UsageError
from digest.evaluate.bcubed import b_cubed
from digest.evaluate.clusters import first_half, run

AI = [
    {"id": "1", "title": "Microsoft buys robot maker Ladlebotics for $4.2 billion", "language": "en", "story": "deal"},
    {"id": "2", "title": "微软将以42亿美元收购机器人公司Ladlebotics", "language": "zh", "story": "deal"},
    {"id": "3", "title": "Why gardeners love rain", "language": "en", "story": None},
    {"id": "4", "title": "Bread rises at night", "language": "en", "story": "night"},
    {"id": "5", "title": "港口图书馆开放", "language": "zh", "story": "night"},
]
TEXTS = [{"id": f"{n}", "story": f"{n % 2}", "text": f"Ada Ladle of Port {n % 2} cooks. " * 20} for n in range(4)]


def write(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)


def test_b_cubed_is_the_mean_over_members() -> None:
    assert b_cubed(["a", "a", "b"], ["x", "x", "y"]) == (1.0, 1.0, 1.0)
    precision, recall, value = b_cubed(["a", "a", "a"], ["x", "x", "y"])
    assert (precision, recall) == (pytest.approx(5 / 9), 1.0)
    assert value == pytest.approx(2 * (5 / 9) / (14 / 9))
    assert b_cubed([], []) == (0.0, 0.0, 0.0)


def test_figures_and_misses_come_from_the_filter(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    write(gold / "stories_ai.jsonl.gz", AI)
    write(gold / "stories_ecbplus.jsonl.gz", TEXTS)
    report = run(gold)
    figures = {figure.name: figure for figure in report.figures}
    assert figures["headlines, all: zh-en pair recall"].counts == "1/2"
    assert figures["headlines, all: zh-en pair precision"].counts == "1/1"
    assert figures["headlines, all: every item"].value == pytest.approx(2 * 0.8 / 1.8)
    assert "texts, all" in figures
    assert any("Bread rises" in miss and "fell apart" in miss for miss in report.misses)


def test_repeats_are_measured_where_rows_have_days(tmp_path: Path) -> None:
    days = ("2026-03-02T09:00Z", "2026-03-03T09:00Z", "2026-03-02T09:00Z", "2026-03-02T09:00Z", "2026-03-03T10:00Z")
    write(tmp_path / "stories_ai.jsonl.gz", [row | {"published": day} for row, day in zip(AI, days, strict=True)])
    figures = {figure.name: figure.counts for figure in run(tmp_path).figures}
    assert figures["repeats: held back"] == "1/2"
    assert figures["repeats: true news lost"] == "0/0"


def test_duplicates_are_measured_where_a_world_lies_beside(tmp_path: Path) -> None:
    write(tmp_path / "gold" / "stories_ai.jsonl.gz", AI)
    text = " ".join(f"Sentence {n} tells of harbour {n * 7} and of baker number {n * 13}." for n in range(20))
    papers = [{"id": "2603.00001", "title": "Soup indexing for patient cooks", "abstract": text, "published_utc": None}]
    post = {
        "slug": "a", "url": "https://a.example/x/bread", "title": "Bread that forecasts its own rise",
        "html": f"<p>{text[::-1]}</p>", "published_utc": "2026-03-02T09:00:00Z", "language": "en",
    }  # fmt: skip
    write(tmp_path / "world" / "weeks" / "2026-W10" / "arxiv.jsonl.gz", papers)
    write(tmp_path / "world" / "weeks" / "2026-W10" / "feed_items.jsonl.gz", [post])
    figures = {figure.name: figure for figure in run(tmp_path / "gold" / "stories_ai.jsonl.gz").figures}
    assert figures["duplicates: tweet found"].counts == "2/2"
    assert figures["duplicates: excerpt found"].counts == "2/2"
    assert figures["duplicates: false merges"].counts == "0/2"


def test_the_halves_share_no_story() -> None:
    rows = [{"id": f"{n}", "story": f"s{n % 9}" if n % 3 else None} for n in range(90)]
    half = first_half(rows)
    inside = {rows[n]["story"] for n in half} - {None}
    outside = {row["story"] for n, row in enumerate(rows) if n not in half} - {None}
    assert inside
    assert outside
    assert not inside & outside


def test_no_gold_and_damaged_gold_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no stories"):
        run(tmp_path)
    (tmp_path / "stories_ai.jsonl.gz").write_bytes(b"no gzip")
    with pytest.raises(UsageError, match="be read after"):
        run(tmp_path)


@pytest.mark.shared
def test_the_targets_are_met_on_the_shared_gold(shared: Path) -> None:
    figures = {figure.name: figure.value for figure in run(shared / "gold" / "stories_ai.jsonl.gz").figures}
    assert figures["headlines, all: every item"] >= 0.915
    assert figures["headlines, all: items of a story"] >= 0.80
    assert figures["duplicates: false merges"] <= 0.002
    assert min(value for name, value in figures.items() if name.endswith("found")) >= 0.98
