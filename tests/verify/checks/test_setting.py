"""A figure told of live traffic was measured there in its source."""

import pytest

from digest.verify.verdicts import check

BENCH = (
    "Reed: Ranking with Longer Histories\n"
    "Such rankers are often deployed at shops. An online adaptive index keeps them fresh. We study the length of "
    "histories. On logged sessions Reed improves NDCG by 5.5%. The gain holds for all shops."
)
STAGED = (
    "Fern: Pretraining for Feeds\n"
    "Experiments on large logs show gains of 3.4% in recall. An online A/B test at a shop then shows a 1.2% lift in "
    "orders."
)
NAMED = "Tern: A Browsing Agent\nTern plans ahead. It gains 1.8% on Online-Pages and 1.3% on Maze."
LIVE = (
    "Moss: Bidding with Budgets\n"
    "Offline experiments on two logs favour Moss. It is simple. It raised revenue by 2.5% in the online A/B test. "
    "Moss has been deployed since. A plant tests it on its assembly line with an RMSE of 0.8."
)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (NAMED, "Tern 在真实用户的 A/B 测试中提升 1.8%。"),
        (NAMED, "On real roads Tern gains 1.3%."),
        (NAMED, "Tern 在量产车的实际道路上提升 1.3%。"),
        (BENCH, "In an online A/B test Reed improved NDCG by 5.5%."),
        (BENCH, "Reed 在线上真实流量中使 NDCG 提升 5.5%。"),
        (STAGED, "In online A/B tests Fern raised recall by 3.4%."),
    ],
)
def test_a_figure_of_logs_told_of_live_traffic_is_a_fault(source: str, sentence: str) -> None:
    assert check(sentence, {"a": source}).fault == "online"


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (STAGED, "Fern lifted orders by 1.2% in an online A/B test."),
        (LIVE, "Moss is simple; in an online A/B test revenue rose 2.5%."),
        (LIVE, "在装配产线上，Moss 的 RMSE 为 0.8。"),
        (LIVE, "Moss 已正式上线。"),
    ],
)
def test_a_figure_of_live_traffic_is_supported(source: str, sentence: str) -> None:
    assert check(sentence, {"a": source}).name == "supported"
