import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.read.results import Outcome, outcomes

Row = tuple[str, float, str]
WORDS = [
    "It",
    "improves",
    "CTR",
    "cost",
    "by",
    "of",
    "in",
    "to",
    "from",
    "and",
    ",",
    "(",
    ")",
    "+1.2%",
    "3x",
    "5%",
    "20ms",
]
WORDS += ["lift", "gain", "higher", "relative", "up"]


def rows(sentence: str) -> list[Row]:
    """Metric, signed value and unit of each outcome."""
    return [(o.metric, -o.value if o.down else o.value, o.unit) for o in outcomes(sentence)]


def only(sentence: str) -> Outcome:
    found = outcomes(sentence)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # figure, noun of change, name
        ("It brings a 1.2% lift in CTR.", [("CTR", 1.2, "%")]),
        (
            "It gives a +7.3% improvement in nDCG@5 and a +0.5% lift in gross revenue.",
            [("NDCG@5", 7.3, "%"), ("revenue", 0.5, "%")],
        ),
        ("We see a 0.8% gain over the old system in conversion rate.", [("CVR", 0.8, "%")]),
        (
            "It shows a 12.5 % increase in the number of songs played per user.",
            [("number of songs played per user", 12.5, "%")],
        ),
        ("It yields over 100 basis points improvement in gadget depth.", [("gadget depth", 100, "bps")]),
        # figure, name, noun of change
        ("Tests show a 1.65% CTR uplift.", [("CTR", 1.65, "%")]),
        ("It has a 1.3% online CPC reduction.", [("CPC", -1.3, "%")]),
        # noun of change of figure in name, and lists of it
        (
            "It saw uplifts of 4.5% in Active Users, the main goal, 6.3% in Total Listening Time, and 11% in Likes.",
            [("active users", 4.5, "%"), ("listening time", 6.3, "%"), ("likes", 11, "%")],
        ),
        ("It got a GMV lift of 0.4%.", [("GMV", 0.4, "%")]),
        ("We saw an improvement in CTR of 1.2%.", [("CTR", 1.2, "%")]),
        # verb, name, by figure
        ("It improves CTR by 1.2%.", [("CTR", 1.2, "%")]),
        ("It cuts serving computational cost by 83%.", [("serving computational cost", -83, "%")]),
        (
            "It raised top depth by 4%, low depth by 5% and CTR by 0.1%.",
            [("top depth", 4, "%"), ("low depth", 5, "%"), ("CTR", 0.1, "%")],
        ),
        ("It improves CTR by 6% over BM25 and by 3% over GBDT.", [("CTR", 6, "%"), ("CTR", 3, "%")]),
        ("Last year, complaints about spam declined by 54.9%.", [("complaints about spam", -54.9, "%")]),
        ("Satisfaction is improved by 27% in terms of thumb ratio.", [("thumb ratio", 27, "%")]),
        ("It reduces the offline loss value by 12% to 36%.", [("offline loss value", -12, "%")]),
        ("It speeds serving up, and cuts latency by 20 ms.", [("latency", -20, "ms")]),
        # signs beside names
        ("It achieves +2.1% advertising revenue and +1.9% orders.", [("ad revenue", 2.1, "%"), ("orders", 1.9, "%")]),
        (
            "Lifts include Total Orders +0.8% and Visits per User -0.5%.",
            [("orders", 0.8, "%"), ("Visits per User", -0.5, "%")],
        ),
        # parentheses
        ("It improves CTR (+0.6%) and CVR (+4.4%).", [("CTR", 0.6, "%"), ("CVR", 4.4, "%")]),
        ("It helps engagement (+2.1% time spent) a lot.", [("time spent", 2.1, "%")]),
        ("It lowers cost (by 12%) everywhere.", [("cost", -12, "%")]),
        ("We gain in key metrics (GMV: +1.3%).", [("GMV", 1.3, "%")]),
        ("There were F1 boosts in NER (+9%) and Weighting (+8%).", [("F1", 9, "%"), ("F1", 8, "%")]),
        ("It has a CTR increase (+3%) there.", [("CTR", 3, "%")]),
        # comparatives
        ("It has 6% higher profit.", [("profit", 6, "%")]),
        ("It runs 3.5x faster.", [("speedup", 3.5, "x")]),
        ("It has 3.8 x higher recall than A and 2.1 x higher than B.", [("recall", 3.8, "x"), ("recall", 2.1, "x")]),
        ("It needs 35% fewer tokens per query.", [("tokens per query", -35, "%")]),
        ("It achieves a 2.5x inference speedup.", [("inference speedup", 2.5, "x")]),
        # lists that go together
        (
            "It improves CTR, CVR, and GMV by 1%, 2%, and 3%, respectively.",
            [("CTR", 1, "%"), ("CVR", 2, "%"), ("GMV", 3, "%")],
        ),
        (
            "Gains of 3.8%, 2.6% and 2.1% on R@5, R@10 and R@20 show it.",
            [("R@5", 3.8, "%"), ("R@10", 2.6, "%"), ("R@20", 2.1, "%")],
        ),
        (
            "We see lifts of 0.09% and 0.12% in active days on Foo and Foo Lite.",
            [("active days", 0.09, "%"), ("active days", 0.12, "%")],
        ),
        ("It has 48% and 27% relative NDCG@5 gains.", [("NDCG@5", 48, "%"), ("NDCG@5", 27, "%")]),
        # from A to B
        ("It lifts NDCG@10 from 73.96\\% to 77.84\\%.", [("NDCG@10", 3.88, "pp")]),
        ("It cuts latency from 120 ms to 80 ms.", [("latency", -40, "ms")]),
        ("P@10 rises from 0.77 to 0.86.", []),
        # rivals
        (
            "It outperforms the best baseline by +17.8% in Recall@10 and +20.2% in NDCG@10.",
            [("Recall@10", 17.8, "%"), ("NDCG@10", 20.2, "%")],
        ),
        ("It surpasses a 32B model by 7.6% accuracy.", [("accuracy", 7.6, "%")]),
        ("It outperforms all baselines by up to 11%.", [("", 11, "%")]),
        ("It improves quality by up to 4% in NDCG.", [("NDCG", 4, "%")]),
        ("It achieves +10.9pp over the baseline and +4.6pp over the old one.", [("", 10.9, "pp"), ("", 4.6, "pp")]),
        (
            "The test leads to a +0.7% in foo clicks and +1.2% in views.",
            [("foo clicks", 0.7, "%"), ("views", 1.2, "%")],
        ),
        ("It wins (e.g., improvements of up to ~6x in hit rate, ~3.7x in NDCG).", [("HR", 6, "x"), ("NDCG", 3.7, "x")]),
        ("We obtain an improvement of 3% for the MCI score.", [("MCI score", 3, "%")]),
        ("It achieves 5x throughput.", [("throughput", 5, "x")]),
        ("It shows gains of 3% and even higher gains of 5%.", [("", 3, "%"), ("", 5, "%")]),
        (
            "It has gains: >6.0% in IPV and CTR, >2.9% in Orders.",
            [("IPV", 6, "%"), ("CTR", 6, "%"), ("orders", 2.9, "%")],
        ),
        ("Foo CTR sees improvements in foo's CTR (+2.7%).", [("CTR", 2.7, "%")]),
        (
            "It achieves 86% accuracy (+23.9% over others) and 25% CTR (149% relative improvement).",
            [("accuracy", 23.9, "%"), ("CTR", 149, "%")],
        ),
        ("It improves relevance (from 51% to 63% topic match rate).", [("topic match rate", 12, "pp")]),
        ("It improves over the old one by 3% across four Recall@5 metrics.", [("Recall@5", 3, "%")]),
        (
            "It lifts recall by up to 11%, cold-content delivery by up to 57%.",
            [("recall", 11, "%"), ("cold-content delivery", 57, "%")],
        ),
        ("In an online A/B test CTR rose by 1%.", [("CTR", 1, "%")]),
        (
            "It cuts API cost by an average -98% versus A and by -25.9% over B.",
            [("API cost", -98, "%"), ("API cost", -25.9, "%")],
        ),
        # the metric of a level told before
        (
            "It reaches 56.7% average accuracy, outperforming the best model by 3.7% and the best team by 3.3%.",
            [("accuracy", 3.7, "%"), ("accuracy", 3.3, "%")],
        ),
        ("It scores 47.7% recall--a 4.8% improvement over others.", [("recall", 4.8, "%")]),
        # the unit behind the second figure
        (
            "It improves pass rate by 2.9 and 5.2 percentage points.",
            [("pass rate", 2.9, "pp"), ("pass rate", 5.2, "pp")],
        ),
        # no outcomes: intervals, sizes, levels, votes
        ("Coverage of -90% prediction intervals drops.", []),
        ("Our agent outperforms the 10x larger Zorbax-72B.", []),
        ("It improves recall by +24 points (e.g., 15.2% to 39.0% on Foo).", [("recall", 24, "pp")]),
        ("It is faster than the single-card one (164.5 s) at a cost of four calls (~270 s).", []),
        ("It makes 98% execution success, outperforming a baseline (95.6% execution).", []),
        ("Even with a 14x smaller backbone it is robust.", []),
        ("We propose designs within 1% relative error margin.", []),
        ("It gains 13.1% on challenging ZORB 2025.", [("", 13.1, "%")]),
        ("It is 4-400x faster depending on the set.", [("speedup", 4, "x")]),
        ("There was optimism (82% agreed that it saves time).", []),
        ("It shows a 35% improvement in accident-free driving mileage.", [("accident-free driving mileage", 35, "%")]),
        ("It has a negligible accuracy loss (<1%).", [("accuracy", -1, "%")]),
        # without a name of their own
        ("A gives a 0.9% lift in CTR, while B adds an additional 0.1% gain.", [("CTR", 0.9, "%"), ("CTR", 0.1, "%")]),
        ("It has an accuracy of 93%, a 24% improvement.", [("accuracy", 24, "%")]),
        ("It had a 5.7% performance drop.", [("performance", -5.7, "%")]),
        ("CTR saw a 2% increase.", [("CTR", 2, "%")]),
        ("It contributes up to 14.9% CVR and 1.3% CTR.", [("CVR", 14.9, "%"), ("CTR", 1.3, "%")]),
        ("It improves Recall@5 by 30% and 1.7x the QPS of others.", [("Recall@5", 30, "%")]),
        (
            "It raises likes, halving latency (-44%) and doubling throughput (+121%).",
            [("latency", -44, "%"), ("throughput", 121, "%")],
        ),
        ("The unique visitor click through rate rose by 0.07%.", [("unique visitor click through rate", 0.07, "%")]),
    ],
)
def test_names_every_figure(sentence: str, expected: list[Row]) -> None:
    assert rows(sentence) == [(name, pytest.approx(value), unit) for name, value, unit in expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "We ran it on 15% of traffic.",
        "It was tested with a 5% traffic split.",
        "Of long-term users, 72.7% of them prefer it.",
        "A/B testing with 300 simulated users is cheap.",
        "It achieves 61% accuracy.",
        "It maintains 95% recall.",
        "Its uplift was 2.35 times the increment of the last one.",
        "A 95% confidence interval was used.",
        "The rate is the same (19.1% vs. 19.6%).",
        "Errors fell (38% to 14%) there.",
        "It has 7B parameters (4.7x increase).",
        "Live rooms are 9 times higher than the others.",
        "There is no figure here.",
        "It was shown in 2026 on 3 surfaces.",
        "Scores reach 33.3%.",
        "It gets 83% recall, exceeding Foo Research (65%).",
        "One by 3%.",
        "It cut reports by 3% of users.",
        "A net benefit in the 10 to 20 percent operating range.",
    ],
)
def test_levels_shares_and_other_figures_are_no_outcomes(sentence: str) -> None:
    assert outcomes(sentence) == []


def test_qualifiers_are_kept_and_cover_a_bare_list() -> None:
    first, second = outcomes("It delivers up to +0.96% CTR and +2.75% CVR.")
    assert (first.qualifier, second.qualifier) == ("up to", "up to")
    first, second = outcomes("It improves CTR by up to 3% and reduces cost by 2%.")
    assert (first.qualifier, second.qualifier) == ("up to", "")
    assert only("It reduces costs by about 70-90\\%.").qualifier == "about"
    assert only("It reduces costs by about 70-90\\%.").high == 90
    assert only("A significant 3.5% relative reduction in error rate.").qualifier == "relative"


def test_the_difference_from_a_to_b_keeps_what_bounds_it() -> None:
    assert only("It cut errors from 75% to below 40%.").qualifier == "over"
    assert only("It raised CTR from 5% to over 7%.").qualifier == "over"
    assert only("It raised CTR from 5% to 7%.").qualifier == ""
    assert outcomes("It raised CTR from 5% to below 7%.") == []
    assert outcomes("It raised CTR from about 5% to 7%.") == []


def test_words_stay_as_written() -> None:
    assert only("It gives \\textbf{+3.6\\%} lift in \\emph{Payment PV}.").words.startswith("Payment PV")
    assert only("It improves Click-Through Rate (CTR) by 1%.").words == "Click-Through Rate"
    assert only("It improves Click-Through Rate (CTR) by 1%.").metric == "CTR"


def test_the_place_is_kept_apart_from_the_metric() -> None:
    found = outcomes("GMV gains appear everywhere, including +2.2% in Foo Moments, +3.8% in Foo Channels.")
    assert [(o.metric, o.surface) for o in found] == [("GMV", "Foo Moments"), ("GMV", "Foo Channels")]
    found = outcomes("It gave a 14.5% increase in CTR for audio ads, and a 1.3% increase for video ads.")
    assert [(o.metric, o.surface) for o in found] == [("CTR", "audio ads"), ("CTR", "video ads")]


@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=14,
    )
)
def test_any_order_of_words_is_read_without_trouble(words: list[str]) -> None:
    sentence = " ".join(words)
    for found in outcomes(sentence):
        assert found.words in sentence
        assert sentence[found.figure.start : found.figure.end] == found.figure.text
