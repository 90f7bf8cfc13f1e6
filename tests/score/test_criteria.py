import math
from collections.abc import Mapping

import pytest

from digest.domain.facts import Facts
from digest.domain.issue import Publication
from digest.domain.item import Item, Work
from digest.score.criteria import Evidence, Finding, findings
from digest.score.rubric import rubric_of
from digest.score.words import canonical
from tests.score.works import item, news, papers, result


def judged(
    *items: Item, publication: Publication, facts: Facts | None = None, trust: float = 1.0
) -> Mapping[str, Finding]:
    lead = items[0]
    evidence = Evidence(
        work=Work(id=lead.id, items=items),
        facts=facts or Facts(item=lead.id),
        title=canonical(lead.title),
        text=canonical(f"{lead.title}. {lead.text}"),
        trust=trust,
    )
    return {f.criterion: f for f in findings(evidence, rubric_of(publication))}


def test_a_topic_in_the_title_says_more_than_in_the_text() -> None:
    wanted = papers(topics=("graph retrieval", "ranking"))
    title = judged(item(title="Graph retrieval"), publication=wanted)["topic"]
    text = judged(item(title="On graphs", text="We do graph retrieval."), publication=wanted)["topic"]
    both = judged(item(title="Graph retrieval and ranking"), publication=wanted)["topic"]
    assert 0.0 < text.share < title.share < both.share < 1.0
    assert title.phrase == "graph retrieval, your topic"
    assert both.phrase == "graph retrieval, ranking, your topics"


def test_a_topic_inside_another_is_not_named_twice() -> None:
    found = judged(
        item(title="Sequential recommendation"), publication=papers(("recommendation", "sequential recommendation"))
    )
    assert found["topic"].phrase == "sequential recommendation, your topic"


def test_an_unwanted_topic_is_named() -> None:
    found = judged(item(title="A coupon for you"), publication=news(not_topics=("coupon",)))
    assert found["unwanted"].phrase == "about coupon, not wanted"
    assert judged(item(title="News"), publication=news(not_topics=("coupon",)))["unwanted"].share == 0.0


@pytest.mark.parametrize(("categories", "share"), [("cs.LG cs.IR", 1.0), ("cs.CV", 0.0), ("", 0.5)])
def test_category(categories: str, share: float) -> None:
    found = judged(item(categories=categories), publication=papers(categories=("cs.IR",)))
    assert found["category"].share == share


def test_online_results_are_shown_with_their_qualifier_and_range() -> None:
    facts = Facts(
        item="a",
        company="Meta",
        industry=True,
        results=(
            result("NDCG", 9.0, online=False),
            result("CTR", 0.96, qualifier="up to"),
            result("cost", -3.0, high=-5.0),
            result("third", 1.0),
        ),
    )
    found = judged(item(), publication=papers(), facts=facts)
    assert found["online"] == Finding(
        criterion="online", share=1.0, phrase="online test at Meta, up to +0.96% CTR, -3 to -5% cost"
    )
    assert found["industry"] == Finding(criterion="industry", share=1.0)


def test_results_without_a_company() -> None:
    found = judged(item(), publication=papers(), facts=Facts(item="a", results=(result("CTR", 1.0),)))
    assert found["online"].phrase == "online test, +1% CTR"


@pytest.mark.parametrize(("company", "phrase"), [("Airbnb", "deployed at Airbnb"), ("", "deployed in production")])
def test_deployed(company: str, phrase: str) -> None:
    found = judged(item(), publication=papers(), facts=Facts(item="a", company=company, deployed=True))
    assert found["online"].phrase == phrase
    assert found["online"].share < 1.0


def test_words_for_online_tests_count_less_than_facts() -> None:
    tested = judged(item(text="An online A/B test shows gains."), publication=papers())["online"].share
    served = judged(item(text="It is deployed."), publication=papers())["online"].share
    assert 0.0 < served < tested < 0.8
    assert judged(item(text="Offline only."), publication=papers())["online"].share == 0.0


def test_industry_without_a_company() -> None:
    assert judged(item(text="In an industrial ranker"), publication=papers())["industry"].phrase == "industrial setting"
    assert judged(item(), publication=papers(), facts=Facts(item="a", industry=True))["industry"].share == 0.8
    named = judged(item(), publication=papers(), facts=Facts(item="a", industry=True, company="Meta"))["industry"]
    assert named.phrase == "from Meta"


def test_a_launch_is_new_and_a_roundup_is_not() -> None:
    new = judged(item(title="Lab releases a model", kind="post"), publication=news())["novelty"]
    assert (new.share, new.phrase) == (1.0, "something new is released")
    assert judged(item(title="Weekly roundup: lab releases", kind="post"), publication=news())["novelty"].share == 0.0
    assert judged(item(title="某公司发布新模型", kind="post"), publication=news())["novelty"].share == 1.0
    later = judged(item(title="A model", text="They launched it.", kind="post"), publication=news())["novelty"].share
    assert 0.0 < later < 1.0
    assert judged(item(title="We release", kind="paper"), publication=news())["novelty"] == Finding(
        criterion="novelty", share=0.5
    )


def test_a_trusted_source_is_named() -> None:
    assert judged(item(), publication=news(), trust=1.5)["authority"] == Finding(
        criterion="authority", share=0.75, phrase="a source with high weight"
    )
    assert judged(item(), publication=news(), trust=9.0)["authority"].share == 1.0
    assert judged(item(), publication=news())["authority"].phrase == ""


def test_voices_are_sources_and_single_tweets() -> None:
    same = [item("a", source="blog", kind="post"), item("b", source="blog", kind="post")]
    assert judged(*same, publication=news())["voices"].share == 0.0
    tweets = [item("a", source="x", kind="tweet"), item("b", source="x", kind="tweet")]
    assert judged(*tweets, publication=news())["voices"].phrase == "2 voices"
    many = [item(str(n), source=str(n), kind="post") for n in range(40)]
    assert judged(*many, publication=news())["voices"].share == 1.0


def test_attention_takes_the_strongest_signal() -> None:
    found = judged(item(signals={"upvotes": 5.0, "likes": 2_500.0, "stars": 90_000.0}), publication=news())["attention"]
    assert found.phrase == "2,500 likes"
    assert 0.0 < found.share < 1.0


@pytest.mark.parametrize("count", [-5.0, 0.0, math.nan, math.inf])
def test_impossible_counts_say_nothing(count: float) -> None:
    found = judged(item(signals={"likes": count}), publication=news())["attention"]
    assert found == Finding(criterion="attention", share=0.0)
