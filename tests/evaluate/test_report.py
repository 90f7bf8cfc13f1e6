import json

from digest.evaluate.report import Figure, Report, as_json, lines

REPORT = Report(
    title="results",
    figures=(
        Figure(name="values, F1", value=0.981, counts="106/108", target=0.95),
        Figure(name="names", value=0.8, counts="8/10", target=0.9),
        Figure(name="company", value=1.0, counts="5/5"),
        Figure(name="false merges", value=0.001, counts="1/1000", target=0.002, most=True),
        Figure(name="slow ones", value=0.003, counts="3/1000", target=0.002, most=True),
    ),
    misses=("1: read 3, annotated 4",),
    notes=("tuned on one half",),
)


def test_a_report_shows_counts_targets_and_each_miss() -> None:
    told = list(lines(REPORT))
    assert told[0] == "results"
    assert told[1].endswith("0.9810  106/108  reaches 0.95")
    assert told[2].endswith("below 0.9")
    assert told[3].endswith("5/5")
    assert told[4].endswith("1/1000  within 0.002")
    assert told[5].endswith("3/1000  above 0.002")
    assert told[-1] == "  1: read 3, annotated 4"


def test_misses_can_be_left_out() -> None:
    assert "1 misses:" not in list(lines(REPORT, misses=False))


def test_a_report_as_json() -> None:
    assert json.loads(as_json(REPORT))["figures"][0]["counts"] == "106/108"
