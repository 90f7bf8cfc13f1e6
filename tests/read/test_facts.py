import pytest

from digest.domain.facts import Facts, Result
from digest.read.facts import facts

ABSTRACT = (
    "Ranking is hard for modern platforms. Existing work treats stages apart. We present FooRank for search. "
    "On public datasets it outperforms baselines by 5.1% in Recall@10 and reduces training memory by 30%. "
    "In a two-week online A/B test on the Pinterest homefeed, FooRank improves CTR by up to 1.2% "
    "and cuts serving latency by 12 ms. "
    "It has been deployed at Pinterest since May."
)


def read(text: str, title: str = "FooRank") -> Facts:
    return facts("arxiv:1", title, text)


def by_metric(found: Facts) -> dict[str, Result]:
    return {result.metric: result for result in found.results}


def test_reads_an_abstract_as_a_whole() -> None:
    found = read(ABSTRACT)
    assert (found.item, found.company, found.industry, found.deployed) == ("arxiv:1", "Pinterest", True, True)
    assert found.deployed_quote == "It has been deployed at Pinterest since May."
    assert "Pinterest" in found.company_quote
    results = by_metric(found)
    assert list(results) == ["Recall@10", "training memory", "CTR", "latency"]
    assert [r.online for r in found.results] == [False, False, True, True]
    assert [r.value for r in found.results] == [5.1, -30, 1.2, -12]
    assert results["CTR"].qualifier == "up to"
    assert results["CTR"].length == "two-week"


def test_quotes_are_the_very_text() -> None:
    for text in (ABSTRACT, "FooRank\n" + ABSTRACT, "  FooRank\n\n" + ABSTRACT):
        found = read(text)
        assert len(found.results) == 4
        assert all(text[r.start : r.end] == r.quote for r in found.results)


def test_figures_of_the_title_alone_are_left_out() -> None:
    title = "Cutting Latency by 40%"
    assert read(title + "\nWe do it well.", title).results == ()
    assert [r.value for r in read(title + "\nWe cut latency by 40%.", title).results] == [-40]


def test_nothing_is_made_up_without_a_figure() -> None:
    found = read("We deployed FooRank at Airbnb, where online A/B tests show significant gains in bookings.")
    assert (found.company, found.deployed, found.results) == ("Airbnb", True, ())
    assert read("") == Facts(item="arxiv:1")


def test_a_ranking_metric_is_offline_even_beside_an_online_test() -> None:
    found = read("Offline and online A/B tests confirm it, lifting NDCG@10 by 3% and GMV by 1%.")
    assert [(r.metric, r.online) for r in found.results] == [("NDCG@10", False), ("GMV", True)]
    assert read("It improves online AUC by 2% in tests.").results[0].online


def test_a_business_metric_on_a_data_set_is_offline() -> None:
    assert not read("Offline experiments on a dataset show a 3% lift in CTR.").results[0].online
    assert (
        read("It beats rivals on datasets and brings a 1.3% revenue lift on a large advertising platform.")
        .results[0]
        .online
    )
    assert not read("We gain a 3% lift in CTR.").results[0].online
    assert not read("In simulated live traffic we gain a 3% lift in CTR.").results[0].online


def test_other_metrics_follow_the_nearest_cue_and_the_sentence_before() -> None:
    assert read("We ran an online A/B test. It reduces gadget depth by 3%.").results[0].online
    assert not read("We ran it on public datasets. It reduces gadget depth by 3%.").results[0].online
    assert not read("It reduces gadget depth by 3%.").results[0].online
    assert read("It reduces gadget depth by 3% in an online test.").results[0].online


def test_cost_and_speed_need_a_cue_of_their_own() -> None:
    found = read("An online A/B test shows a 4% lift in CTR, along with a 5x boost in processing efficiency.")
    assert [r.online for r in found.results] == [True, False]
    assert read("In online A/B tests it reduces inference latency by 20%.").results[0].online
    assert not read("We ran an online A/B test. It increased throughput by 10x.").results[0].online


def test_a_sentence_that_opens_with_the_test_holds_its_cost_too() -> None:
    found = read("In online A/B tests, it lifts CTR by 1%, while reducing latency by 20%.")
    assert [r.online for r in found.results] == [True, True]


def test_a_simulation_and_a_live_test_share_a_sentence() -> None:
    found = read(
        "Deployed on the production kitchen, it achieves up to +4% GMV gain in menu simulation, and improvements in a "
        "two-week online A/B test including +0.4% GMV, and -0.8% walk-out rate."
    )
    assert [(r.metric, r.online) for r in found.results] == [("GMV", False), ("GMV", True), ("walk-out rate", True)]


@pytest.mark.parametrize(
    "before",
    [
        "People rely on online reviews.",
        "We propose an online optimization scheme.",
        "The agent grounds its steps on the live page.",
        "Interleaved reasoning is popular.",
        "Models are hard to mend after launch.",
        "There is widespread deployment of speaker recognition.",
        "Rollouts are online.",
        "High cost hinders scalable production deployment.",
        "Failures emerge in production systems.",
        "Its cost prohibits deployment on edge platforms.",
        "It finds 441 Grade A/B candidates.",
        "By an early online reduction on logits, we save memory.",
        "It is deployed on real-world clinical audio.",
    ],
)
def test_a_word_that_only_looks_like_a_test_makes_nothing_live(before: str) -> None:
    assert not read(f"{before} It reduces gadget depth by 3%.").results[0].online


def test_a_chinese_abstract() -> None:
    found = read("我们提出新方法。在快手首页进行为期两周的线上实验，点击率提升约1.2%，延迟下降 49%。该方法已全量上线。")
    assert (found.company, found.deployed) == ("Kuaishou", True)
    assert [(r.metric, r.value, r.qualifier, r.online) for r in found.results] == [
        ("CTR", 1.2, "about", True),
        ("latency", -49, "", False),
    ]
    assert found.results[0].length == "为期两周"


def test_a_large_hostile_text_is_read_in_bounded_time() -> None:
    found = read("It improves " + "a " * 20_000 + "by 3%. " + "(" * 5_000 + "+1%" + "and 2%, " * 2_000)
    assert isinstance(found, Facts)


@pytest.mark.parametrize(
    "text",
    [
        "The ranker has been deployed in the Fennel app for nine months, leading to 3% fewer bad items.",
        "It has been fully deployed in Fennel's advertising system, contributing to a 5% drop in poor ads.",
        "The method is deployed in the Kettle search engine and brought a 4% reduction in bad cases.",
        "Deployed in an e-commerce search system for half a year, it lowers the rate of poor results by 7%.",
        "It now serves the main feed of Larder, where it improved relevance by 2.4%.",
        "It has been rolled out at Larder to all users. It lowers the rate of poor results by 7%.",
        "After deployment, complaints fell by 12% at Larder.",
        "Since its launch in the Teapot marketplace it has reduced gadget depth by 14%.",
        "Offline, NDCG is flat; online, gadget depth grows by 1%.",
        "It gives a 3% lift in GMV. It has been deployed at Larder since May.",
        "An online evaluation with 5% of users shows a 2% gain in relevance.",
    ],
)
def test_what_a_deployment_brought_is_live(text: str) -> None:
    found = read(f"Ranking is hard. Users leave. We present SoupRank. {text}")
    assert [result.online for result in found.results] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Online A/B tests show more clicks. Manual evaluation shows a gain of 3.1% in page satisfaction.",
        "A/B tests went well, and expert assessment finds a 5% gain in relevance.",
        "We ran an online A/B test. Human raters see a 6% improvement in relevance.",
        "On BrushBench it wins; in online evaluation, it reduces attack success rate by over 60%.",
        "In online evaluation on BrowseArena, the agent improves task success rate by 9%.",
        "Soups can be cooked and directly deployed to kitchen platforms. It yields a 5% gain in taste.",
        "The system can be deployed in production and improves taste by 3%.",
        "We deploy the model on edge devices and cut salt by 40%.",
        "It has been deployed at Larder. Prior art is slow. We ask cooks. It lowers salt by 3% on public datasets.",
    ],
)
def test_judges_agents_and_wishes_are_not_live(text: str) -> None:
    assert [result.online for result in read(f"Cooking is hard. {text}").results] == [False]


def test_a_metric_that_says_where_it_was_measured_was_measured_there() -> None:
    found = read("The model improves offline AUC by 0.3% and online stir rate by 1.5%.")
    assert [result.online for result in found.results] == [False, True]
