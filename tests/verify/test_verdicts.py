"""Each kind of fault is found, and a free paraphrase of the same source passes."""

import importlib
import pkgutil

import pytest

import digest.verify.checks
from digest.verify.verdicts import CHECKS, check

LIFT = (
    "Meadow: Graph Ranking for Grocery Search\n"
    "Shoppers type short queries. We propose Meadow, a graph ranker for grocery search. On public datasets Meadow "
    "outperforms the strongest baseline by up to 6.4%. In online A/B tests at Instacart, Meadow raises "
    "CTR by 1.25% and GMV by 0.80%, and reduces serving "
    "computational cost by 40%. It serves more than 15 million users without extra latency."
)
NEWS = (
    "星河科技完成 B 轮融资\n"
    "星河科技于 2026 年 5 月 12 日宣布完成 3.2 亿美元融资，估值约 41 亿美元，总部设在上海。"
    "CEO 库克表示产品“不可避免”地涨价。"
    "新模型 Nova 3 的推理延迟降至 20 毫秒，"
    "计划近期开放 API，投资者没有投票权。"
)
FORMULA = (
    "On Costs\nThe method reaches only $\\sim$25.5\\% accuracy. Latency falls from 90 ms to 12 ms. "
    "No statistically significant change in retention was observed, "
    "and 7 of 8 models improved. Quant matches the dense baseline at 62.3% F1."
)
RIVALS = (
    "Gateways compared: HarborAI and LanternDB\n"
    "HarborAI is a hosted gateway that charges a 4.5% platform fee and supports 60 providers. "
    "LanternDB is a self-hosted proxy, so data stay on the own network. "
    "The gap stems from caching rules, not network limits. "
    "In April LanternDB cached 61% of requests. Both kept their prices in March. "
    "Only paid accounts keep their logs. "
    "On public benchmarks recall gains 9.2%, and online A/B tests add 1.7% to revenue."
)

AGENTS = (
    "Tallow: Agents with Verified Memory\n"
    "Tallow solves 61.3% of 1,204 tasks, against 58.9% for ReAct and 47.0% for plain prompting, at a third of"
    " the cost of ReAct. No improvement is seen on tasks shorter than five steps, and Tallow needs no labels,"
    " logs, or retraining. In a pilot at Siemens, median resolution time fell from 41 to 29 minutes and "
    "memory use by $30\\%$ (up to $52\\%$). It answers near 25 s at p50 and cuts compute by 35x; 25% of prefill"
    " time goes to paging, 17 to 20 kg to cooling. Critics agree that the memory may help rare cases. The "
    "router is conflict-free. Fewer labels suffice. No judge preferred the baseline. The code will be "
    "released."
)

TRUE = [
    (AGENTS, "Tallow costs a third as much as ReAct and solves 61.3% of the tasks, ReAct 58.9%."),
    (AGENTS, "Resolution took a median of 29 minutes, down from 41, in the pilot at Siemens."),
    (AGENTS, "试点中解决时间的中位数从 41 分钟降到 29 分钟。"),
    (AGENTS, "Memory use fell by 30%, at best by 52%."),
    (AGENTS, "The median answer takes about 25 seconds."),
    (AGENTS, "Compute falls to one thirty-fifth, 计算降为三十五分之一。"),
    (AGENTS, "Paging takes 25% of the prefill time."),
    (AGENTS, "Tallow works without logs and without retraining."),
    (AGENTS, "The router works without conflict."),
    (AGENTS, "All 1,204 tasks were used."),
    (RIVALS, "HarborAI charges a platform fee of 4.5%."),
    (RIVALS, "LanternDB is a proxy that one hosts oneself; data stay on the own network."),
    (RIVALS, "In April 61% of requests to LanternDB were cached."),
    (RIVALS, "Online A/B tests show revenue 1.7% higher."),
    (RIVALS, "Caching rules, not limits of the network, explain the gap."),
    (LIFT, "Live tests at Instacart credit Meadow with a 1.25% higher click-through rate and 0.8% more GMV."),
    (LIFT, "Meadow 在 Instacart 的线上 A/B 测试中使点击率提升 1.25%，GMV 提升 0.80%。"),
    (LIFT, "Meadow beats the best baseline by as much as 6.4% on public datasets."),
    (LIFT, "Serving compute costs fall by 40%, and over 15 million users are served."),
    (LIFT, "Meadow 服务超过 1500 万用户，线上服务计算成本降低四成。"),
    (LIFT, "CTR and GMV rise by 1.25% and 0.80% respectively in online tests of Meadow."),
    (LIFT, "It serves more than 15 million users without extra latency."),
    (NEWS, "The company raised $320 million on May 12, 2026, at a valuation of about $4.1 billion."),
    (NEWS, "星河科技的总部在上海，投资者没有投票权。"),
    (NEWS, "Nova 3 的推理延迟为 20ms，API 计划近期开放。"),
    (FORMULA, "Accuracy is a mere 25.5% or so, and latency drops from 90 ms to 12 ms."),
    (FORMULA, "延迟从 90 毫秒降到 12 毫秒，约为 25.5% 的准确率。"),
    (FORMULA, "Seven of eight models got better."),
]
FAULTY = [
    (NEWS + "预计 2026 年内量产。", "星河科技于 2026 年 5 月 22 日宣布完成融资。", "date"),
    (AGENTS, "Tallow solves 61.3% of the tasks at a third of the cost of plain prompting.", "baseline"),
    (AGENTS, "Tallow solves 61.3% of the tasks, far ahead of human pilots at 58.9%.", "baseline"),
    (AGENTS, "Critics disagree that the memory may help rare cases.", "comparison"),
    (AGENTS, "The memory always helps rare cases.", "certainty"),
    (AGENTS, "The memory is proven to help rare cases.", "certainty"),
    (AGENTS, "Every judge preferred the baseline.", "negation"),
    (AGENTS, "More labels suffice.", "sign"),
    (AGENTS, "Cooling takes at least 20 kg.", "qualifier"),
    (LIFT.replace("online A/B tests", "tests"), "Meadow raises CTR by 1.25% on live traffic.", "online"),
    (FORMULA, "Quant is in daily use.", "online"),
    (LIFT, "On public datasets Meadow outperforms the strongest baseline by up to 64%.", "scale"),
    (LIFT, "In online A/B tests at Instacart, Meadow raises CTR by 12.5%", "scale"),
    (RIVALS, "LanternDB charges a platform fee of 4.5%.", "swap"),
    (RIVALS, "HarborAI is a self-hosted proxy, and data stay on the own network.", "swap"),
    (RIVALS, "LanternDB cached 61% of requests in March.", "date"),
    (RIVALS, "All paid accounts keep their logs.", "qualifier"),
    (RIVALS, "Revenue grows by 1.7% on public benchmarks.", "online"),
    (RIVALS, "Network limits explain the gap.", "negation"),
    (LIFT, "Meadow lowers CTR by 1.25% in online tests.", "sign"),
    (LIFT, "Meadow raises CTR by 1.25 percentage points.", "unit"),
    (LIFT, "Meadow serves more than 15 billion users.", "scale"),
    (LIFT, "Meadow serves more than 1.5 million users.", "scale"),
    (LIFT, "Meadow raises CTR by 1.27% in online tests.", "number"),
    (LIFT, "Meadow beats the strongest baseline by 6.4%.", "qualifier"),
    (LIFT, "Meadow beats the strongest baseline by at least 6.4%.", "qualifier"),
    (LIFT, "Meadow cuts compute cost by 40%.", "qualifier"),
    (LIFT, "Meadow cuts training compute by 40%.", "qualifier"),
    (LIFT, "In online tests Meadow raises GMV by 1.25% and CTR by 0.80%.", "metric"),
    (LIFT, "In online tests Meadow raises retention by 1.25%.", "metric"),
    (LIFT, "In online A/B tests Meadow outperforms the strongest baseline by up to 6.4%.", "online"),
    (LIFT, "Meadow was tested at DoorDash, where CTR rose by 1.25%.", "name"),
    (LIFT, "Meadow 在美团的线上 A/B 测试中使点击率提升 1.25%。", "name"),
    (LIFT, "Meadow beats ColBERT by up to 6.4%.", "name"),
    (LIFT, "The authors call Meadow “the end of keyword search”.", "quotation"),
    (LIFT, "Meadow's code is at https://github.com/meadow/ranker.", "link"),
    (LIFT, "See meadow-search.io for a demo of Meadow.", "link"),
    (LIFT, "Meadow trails the strongest baseline on public datasets.", "comparison"),
    (NEWS, "星河科技于 2026 年 5 月 22 日宣布完成融资。", "date"),
    (NEWS, "The company announced its round in March.", "date"),
    (NEWS, "星河科技的总部设在北京。", "place"),
    (NEWS, "CEO 马斯克表示产品将涨价。", "person"),
    (NEWS, "Nova 3 的推理延迟降至 20 秒。", "unit"),
    (NEWS, "Nova 3 已经开放 API。", "comparison"),
    (NEWS, "星河科技的估值为 41 亿美元。", "qualifier"),
    (FORMULA, "Latency rises from 12 ms to 90 ms.", "sign"),
    (FORMULA, "Latency rises from 90 ms to 12 ms.", "sign"),
    (FORMULA, "The change in retention was statistically significant.", "certainty"),
    (FORMULA, "All eight models improved.", "qualifier"),
    (FORMULA, "Quant beats the dense baseline at 62.3% F1.", "comparison"),
]


@pytest.mark.parametrize(("source", "sentence"), TRUE)
def test_a_paraphrase_is_supported(source: str, sentence: str) -> None:
    verdict = check(sentence, {"a": source})
    assert (verdict.name, verdict.fault) == ("supported", "")


@pytest.mark.parametrize(("source", "sentence", "fault"), FAULTY)
def test_a_fault_is_found_and_named(source: str, sentence: str, fault: str) -> None:
    verdict = check(sentence, {"a": source})
    assert verdict.name != "supported"
    assert verdict.fault == fault


def test_the_qualifier_that_the_original_lost_is_caught() -> None:
    """The issue that this project learns from wrote so of an abstract with other words for the same figures."""
    source = (
        "Quill\nA cluster index cuts serving computational cost by 83%. Quill delivers up to +0.96% CTR and +2.75% CVR."
    )
    assert check("Quill cuts compute cost by 83%.", {"a": source}).fault == "qualifier"
    assert check("Quill brings +0.96% CTR.", {"a": source}).fault == "qualifier"
    assert (
        check("Quill brings up to 0.96% more CTR and cuts the compute for serving by 83%.", {"a": source}).name
        == "supported"
    )


def test_figures_of_two_sources_stay_with_their_names() -> None:
    sources = {
        "a": "Alder: A Ranker\nAlder raises GMV by 2.1% at Etsy.",
        "b": "Birch: A Retriever\nBirch raises GMV by 7.3% at Zalando.",
    }
    assert check("Alder lifts GMV by 2.1%, Birch by 7.3%.", sources).name == "supported"
    assert check("Alder lifts GMV by 7.3%, Birch by 2.1%.", sources).name == "contradicted"


def test_a_sentence_without_sources_is_not_found() -> None:
    assert check("Alder lifts GMV by 2.1%.", {}).name == "not found"
    assert check("Etsy is busy.", {}).name == "not found"


def test_names_are_known_by_their_sound() -> None:
    source = {"a": "参议员伯尼·桑德斯提出新税。\n法案征收 50% 股票税。"}
    assert check("Bernie Sanders proposes a 50% stock tax.", source).name == "supported"
    assert check("Elizabeth Warren proposes a 50% stock tax.", source).fault == "name"


def test_the_evidence_is_in_the_words_of_the_source() -> None:
    verdict = check("Meadow cuts compute cost by 40%.", {"a": LIFT})
    assert verdict.evidence in LIFT


def test_verdicts_do_not_depend_on_the_order_of_sources() -> None:
    one = {"a": LIFT, "b": NEWS}
    two = {"b": NEWS, "a": LIFT}
    for _, sentence, _ in FAULTY:
        assert check(sentence, one) == check(sentence, two)


@pytest.mark.parametrize(
    "hostile", ["", " ", "\x00\ud800", "9" * 4000, "((((" * 500, "不" * 3000, "\\frac{" * 300, "A " * 2000]
)
def test_hostile_text_ends_in_a_verdict(hostile: str) -> None:
    assert check(hostile, {"a": LIFT}).name in {"supported", "contradicted", "not found"}
    assert check("Meadow raises CTR by 1.25%.", {"a": hostile}).name != "supported"


def test_every_check_is_asked() -> None:
    modules = [info.name for info in pkgutil.iter_modules(digest.verify.checks.__path__, "digest.verify.checks.")]
    written = {
        (name, value)
        for module in map(importlib.import_module, modules)
        for name, value in vars(module).items()
        if name.startswith("check_") and value.__module__ == module.__name__
    }
    assert written == {(asked.__name__, asked) for asked in CHECKS}
