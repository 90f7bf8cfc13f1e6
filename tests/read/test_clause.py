"""Names that stand elsewhere than beside their figure, and what only looks like a result."""

import pytest

from tests.read.test_results import Row, outcomes, rows


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # promised by the clause before
        (
            "SoupRank improves graph coherence, yielding 12.4% gains over raw data and more than 8% gains over others.",
            [("graph coherence", 12.4, "%"), ("graph coherence", 8, "%")],
        ),
        ("The loss raises calibration quality, giving a 7% gain over the rest.", [("calibration quality", 7, "%")]),
        (
            "BroomNet enhances session diversity on both sets, with gains of 5% and 9%.",
            [("session diversity", 5, "%"), ("session diversity", 9, "%")],
        ),
        ("It reduces index size, achieving a 35% reduction.", [("index size", -35, "%")]),
        ("The filter lowers false alarms, for a 20% drop compared with the old rule.", [("false alarms", -20, "%")]),
        ("It increases catalog novelty a lot, resulting in a 17% improvement over rivals.", [("", 17, "%")]),
        ("It improves the training process, yielding 5% gains on Zorb.", [("", 5, "%")]),
        ("It improves efficiency, yielding a 35% reduction.", [("", -35, "%")]),
        ("It outperforms the quality rivals, with a 5% gain.", [("", 5, "%")]),
        ("It improves user trust, yielding a 4% increase in clicks.", [("clicks", 4, "%")]),
        # several subjects
        (
            "Average watch time and completion rate rose by 0.9% and 1.7%.",
            [("watch time", 0.9, "%"), ("completion rate", 1.7, "%")],
        ),
        ("On Larder, CTR, CVR and GMV grew by 1%, 2% and 3%.", [("CTR", 1, "%"), ("CVR", 2, "%"), ("GMV", 3, "%")]),
        ("On the OCR benchmark, accuracy rises from 8% to 57%.", [("accuracy", 49, "pp")]),
        # one figure for two, points of a metric, losses and gains
        ("SoupRank achieves average improvements of 14.2% in both EM and F1.", [("EM", 14.2, "%"), ("F1", 14.2, "%")]),
        ("It beats LadleNet by 5.3 AP at the same cost.", [("AP", 5.3, "pp")]),
        ("It exceeds the baselines by 2.5 Dice points.", [("Dice", 2.5, "pp")]),
        ("SoupRank brings a performance gain of up to 24% over rivals.", [("performance", 24, "%")]),
        # factors
        ("P99 latency is 3x lower.", [("P99 latency", -3, "x")]),
        ("Its throughput was 2.5 times higher than before.", [("throughput", 2.5, "x")]),
        ("A debate triggers sycophancy 2-3x more than a question.", []),
        ("The reviews are two times longer with lower lexical diversity.", []),
        ("The gap grows for every tenfold increase in code size.", []),
        (
            "It surpasses others by 4x in text consistency and 3x in 3D looks, exhibiting scope.",
            [("text consistency", 4, "x"), ("", 3, "x")],
        ),
        ("It removes 75% of the cost.", []),
        ("It eliminates 75% of the overhead caused by floors.", [("overhead", -75, "%")]),
        ("The routes are 3x more similar to each other.", []),
        ("The index is 5x smaller and queries are 2x faster.", [("speedup", 2, "x")]),
        ("It is 4.1% better than GRU on AUC.", [("AUC", 4.1, "%")]),
        (
            "It cuts serving cost by 4x compared with the dense model, and 2.3x compared with the sparse one.",
            [("serving cost", -4, "x"), ("serving cost", -2.3, "x")],
        ),
        (r"It gives $1.7\times$--$2.5\times$ speedups.", [("speedup", 1.7, "x")]),
        # lists and brackets
        ("It gives a lift in CTR of 3%, CVR of 2% and RPM of 1%.", [("CTR", 3, "%"), ("CVR", 2, "%"), ("RPM", 1, "%")]),
        ("It has a large reduction (up to 10x) in token usage.", [("token usage", -10, "x")]),
        ("It brings a training speedup of 3x.", [("training speedup", 3, "x")]),
        ("It brings a speedup of 3x over rivals.", [("speedup", 3, "x")]),
        ("It keeps recall (only a 1.5-point drop in MRR@10).", [("MRR@10", -1.5, "pp")]),
        (
            "It reduces both toxic answers (e.g., from 31.0% to 6.5% on TarBench) and refusals (from 40.2% to 8.1%).",
            [("toxic answers", -24.5, "pp"), ("refusals", -32.1, "pp")],
        ),
        ("It saves 45% of GPU memory and 30% of training time.", [("memory", -45, "%"), ("training time", -30, "%")]),
        ("It saves the crew 5% of traffic.", []),
        (
            "Conversion is up 2.9% and cancellations are down 3.5%.",
            [("conversions", 2.9, "%"), ("cancellations", -3.5, "%")],
        ),
        (
            "It raises accuracy on SoupQA from 80.0% to 83.5% and on StewQA from 69.1% to 79.8%.",
            [("accuracy", 3.5, "pp"), ("accuracy", 10.7, "pp")],
        ),
        ("It raises the pass rate by 32.3 percentage points (from 24.9% to 57.2%).", [("pass rate", 32.3, "pp")]),
        ("A rival has a 31% helpfulness loss (99% win rate).", [("helpfulness", -31, "%")]),
        ("It cuts search and ranking latency by 12%.", [("search and ranking latency", -12, "%")]),
        ("It improves precision and recall by 6%.", [("precision", 6, "%"), ("recall", 6, "%")]),
        ("It cuts training loss by 4%.", [("training loss", -4, "%")]),
        ("Enhanced by distillation, the codec reduces bitrate by 85%.", [("bitrate", -85, "%")]),
        ("It reduces token usage up to 20.3%.", [("token usage", -20.3, "%")]),
        (
            "It has 20 and 27 percentage point improvements in macro-F1.",
            [("F1", 20, "pp"), ("F1", 27, "pp")],
        ),
        ("It gives 13 percentage point improvements on distant languages.", [("", 13, "pp")]),
        # a level that is passed
        ("It reaches an accuracy exceeding 98.3%.", []),
        ("All get over 90%, several surpassing 96%.", []),
        ("It exceeds the rest by 3% in recall.", [("recall", 3, "%")]),
        # what the system is made of
        ("Despite training with 16 times smaller batch size, BroomNet wins.", []),
        ("Using 3x larger batches, we train for two days.", []),
        ("It beats one trained on 10x more data.", []),
        ("It wins with 20% fewer training steps.", [("training steps", -20, "%")]),
        # a share and a value are no shares and no count
        ("It has reduced the share of spam by 14%.", [("share of spam", -14, "%")]),
        ("It increased average order value by 2.6%.", [("average order value", 2.6, "%")]),
    ],
)
def test_names_stand_elsewhere(sentence: str, expected: list[Row]) -> None:
    assert rows(sentence) == expected


def test_a_range_of_factors_in_formulas_has_both_ends() -> None:
    (found,) = outcomes(r"It cuts cost by about $3\times$-$4\times$.")
    assert (found.value, found.high, found.down) == (3, 4, True)
    assert outcomes(r"It raises throughput from $2\times$ to $4\times$.") == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It lowers the AUC of the selected detectors by 8%.", [("AUC", -8, "%")]),
        (
            "It improves over Larder by 5.9% in physical realism and 10.1% in scene editing.",
            [("physical realism", 5.9, "%"), ("scene editing", 10.1, "%")],
        ),
        ("It cuts video tokens by 68%, with up to 11% gains on streams.", [("video tokens", -68, "%"), ("", 11, "%")]),
        ("We see an 11% gain in recall, with a peak gain of 13% on Zorb.", [("recall", 11, "%"), ("recall", 13, "%")]),
        ("It has a 30% improvement over the rest and better robustness in dark regions.", [("", 30, "%")]),
        ("We see a 3% drop in cross-entropy loss.", [("cross-entropy loss", -3, "%")]),
        ("P95 latency went from 210ms to 140ms.", [("P95 latency", -70, "ms")]),
        ("The mood went from 10% to 14%.", []),
        ("Throughput went up by 150%.", [("throughput", 150, "%")]),
        # two levels, settings, a stray dash
        ("It improves field completeness (96.97% vs. 93.23%).", []),
        ("It works at a 20x compression ratio.", []),
        ("It has a recall of 0.769-22% higher than others.", []),
    ],
)
def test_each_figure_keeps_to_its_own_name(sentence: str, expected: list[Row]) -> None:
    assert rows(sentence) == expected


def test_a_range_about_a_tilde_has_both_ends() -> None:
    (found,) = outcomes(r"It surpasses the best by $1.4\% \sim 8.4\%$ in mIoU.")
    assert (found.metric, found.value, found.high) == ("mIoU", 1.4, 8.4)
