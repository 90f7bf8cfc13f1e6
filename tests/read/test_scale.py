"""Percentages said to be absolute and points of a rate are points; points of anything else are no outcome."""

import pytest

from tests.read.test_results import Row, rows


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "SoupRank has an accuracy of over 91%, a 12% absolute improvement over the old one.",
            [("accuracy", 12, "pp")],
        ),
        ("It beats all baselines by over 9% absolute in recall.", [("recall", 9, "pp")]),
        ("We observe an absolute gain of 3.1% in accuracy.", [("accuracy", 3.1, "pp")]),
        ("It has absolute gains of 5% and 7% in precision and recall.", [("precision", 5, "pp"), ("recall", 7, "pp")]),
        ("BroomNet gains 6.4% (absolute) in Hit Rate.", [("HR", 6.4, "pp")]),
        ("The prompt cuts the error rate by 8% in absolute terms.", [("error rate", -8, "pp")]),
        ("In absolute terms, recall rises by 2%.", [("recall", 2, "pp")]),
        ("It improves MRR by 11% absolute and 24% relative.", [("MRR", 11, "pp"), ("MRR", 24, "%")]),
        ("It lowers mean absolute error by 12%.", [("MAE", -12, "%")]),
        ("It has a 15% absolute error rate reduction.", [("error rate", -15, "pp")]),
        ("It brings 20% absolute trajectory error reduction.", [("absolute trajectory error", -20, "%")]),
        ("An absolute latency reduction of 12% was seen.", [("latency", -12, "%")]),
        ("It brings an absolute 3% lift in GMV.", [("GMV", 3, "%")]),
        ("Precision dropped by 2.0 points without the gate.", [("precision", -2, "pp")]),
        ("It improves accuracy by 4.4 and 6.0 points.", [("accuracy", 4.4, "pp"), ("accuracy", 6, "pp")]),
        ("It brings a 1.5-point gain in MRR@10.", [("MRR@10", 1.5, "pp")]),
        ("It lifts the net promoter score by 5 points.", []),
        ("It raises accuracy by 512 points of the cloud.", []),
        ("Training cost falls by a factor of 5.", [("training cost", -5, "x")]),
        ("We see a threefold increase in throughput.", [("throughput", 3, "x")]),
        ("It raises the recall of rare items by more than fourfold.", [("recall", 4, "x")]),
        ("It gives a twofold advantage in learning.", []),
    ],
)
def test_the_unit_of_a_change(sentence: str, expected: list[Row]) -> None:
    assert rows(sentence) == expected
