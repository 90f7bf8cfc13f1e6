import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from digest.errors import UsageError
from digest.evaluate.report import Report
from digest.evaluate.results import holds_metric, run, same_metric

DATA = Path(__file__).resolve().parent.parent / "data"
ROW: dict[str, Any] = {
    "id": "1",
    "title": "T",
    "abstract": "Offline it lifts AUC by 2%. An online A/B test at Zalando raised CTR by 1.2% "
    "and cut spam reports by 3%. "
    "It has been deployed at Zalando.",
    "company": "Zalando",
    "product": None,
    "deployed": True,
    "metrics": [
        {"name": "AUC", "value": 2, "unit": "%", "direction": "up", "context": "", "online": False},
        {"name": "click-through rate", "value": 1.2, "unit": "%", "direction": "up", "context": "", "online": True},
        {"name": "reports", "value": 3, "unit": "%", "direction": "down", "context": "", "online": True},
    ],
    "note": None,
}


def gold(folder: Path, *rows: dict[str, Any]) -> Path:
    with gzip.open(folder / "results.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
    return folder


def value(report: Report, name: str) -> float:
    return next(figure.value for figure in report.figures if figure.name == name)


def test_a_right_reading_scores_one_everywhere(tmp_path: Path) -> None:
    report = run(gold(tmp_path, ROW))
    assert report.misses == ()
    assert value(report, "all: values F1") == 1
    assert value(report, "all: metric name on matched values") == 1
    assert value(report, "all: the same, only names equal in every word") == pytest.approx(2 / 3)
    assert value(report, "all: deployed F1") == 1
    halves = [f.counts for f in report.figures if f.name in {"even: company recall", "odd: company recall"}]
    assert sorted(halves) == ["0/0", "1/1"]


def test_every_miss_is_told(tmp_path: Path) -> None:
    metrics = [
        {**ROW["metrics"][0], "online": True},
        {**ROW["metrics"][1], "name": "watch time", "direction": "down"},
        {**ROW["metrics"][2], "value": 4},
    ]
    report = run(
        gold(tmp_path, {**ROW, "metrics": metrics, "company": "Pinterest", "deployed": False}) / "results.jsonl.gz"
    )
    told = " ".join(report.misses)
    for part in (
        "online False",
        "name 'CTR'",
        "direction up",
        "extra value -3%",
        "missed 4%",
        "company 'Zalando'",
        "deployed True",
    ):
        assert part in told
    assert value(report, "all: company precision") == 0
    assert value(report, "all: values F1") == pytest.approx(4 / 6)


def test_products_count_as_their_company(tmp_path: Path) -> None:
    row = {**ROW, "abstract": "It has been deployed at Taobao.", "company": "Taobao", "metrics": []}
    assert run(gold(tmp_path, row)).misses == ()


def test_qualified_results_are_listed(tmp_path: Path) -> None:
    row = {**ROW, "abstract": "It raised CTR by up to 2%."}
    assert run(gold(tmp_path, row)).notes == ("1: up to 2% CTR: It raised CTR by up to 2%.",)


def test_names_are_compared_fairly() -> None:
    assert same_metric("Click-Through Rate", "CTR")
    assert same_metric("Active Users", "active user")
    assert not same_metric("card conversion rate", "conversion rate")
    assert holds_metric("user-filed staleness reports", "staleness reports")
    assert not holds_metric("reports", "staleness reports")
    assert not holds_metric("anything", "")


@pytest.mark.shared
def test_the_figures_on_the_gold_set_hold(shared: Path) -> None:
    report = run(shared / "gold")
    assert value(report, "all: values F1") >= 0.9
    assert value(report, "all: online or offline on matched values") >= 0.9


def test_rows_that_only_name_a_paper_get_its_text_from_the_gold_beside_them(tmp_path: Path) -> None:
    beside = tmp_path / "shared" / "gold"
    (tmp_path / "shared" / "world" / "weeks").mkdir(parents=True)
    beside.mkdir()
    with gzip.open(beside / "taste.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"papers": [{key: ROW[key] for key in ("id", "title", "abstract")}]}) + "\n")
    bare = {key: ROW[key] for key in ("id", "company", "deployed", "metrics")}
    corpus = tmp_path / "results.jsonl"
    corpus.write_text(json.dumps(bare), encoding="utf-8")
    assert value(run(corpus), "all: values F1") == 1
    corpus.write_text(json.dumps(bare | {"id": "2"}), encoding="utf-8")
    with pytest.raises(UsageError, match="arxiv:2 and 0 more sources have no text"):
        run(corpus)
    corpus.write_text(json.dumps(bare | {"title": 3}), encoding="utf-8")
    with pytest.raises(UsageError, match="title can't be a"):
        run(corpus)


@pytest.mark.parametrize("corpus", sorted(DATA.glob("results*.jsonl")), ids=lambda path: path.stem)
def test_our_corpora_hold_no_source_text(corpus: Path) -> None:
    rows = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) >= 80
    metric = {"name", "value", "unit", "direction", "online", "value_max"}
    for row in rows:
        assert set(row) == {"id", "company", "deployed", "metrics"}
        assert all(set(each) <= metric and len(each["name"]) < 60 for each in row["metrics"])
