"""What stories of the news show together: sums, moves, releases, an affair's course, its centre, its reach."""

import pytest

from digest.domain.issue import Claim
from digest.domain.thread import Story
from digest.write.news import news_theses
from digest.write.telling import editions
from tests.write.test_framing import item, told


def said(
    *stories: Story, subject: str = "law and policy", language: str = "en", title: str = "", affair: bool = False
) -> list[Claim]:
    told_here = editions(stories, {}, dict.fromkeys((language, "en")))[language]
    return [offer.claim for offer in news_theses(told_here, subject, language, title, affair=affair)]


def test_sums_are_those_that_most_headlines_of_any_language_name() -> None:
    raised = told(
        item("feed:a:1", "深度求索完成融资，估值超 500 亿美元", language="zh"),
        item("feed:a:2", "DeepSeek 融资 70 亿美元", language="zh"),
        item("feed:a:3", "DeepSeek raises $7 billion"),
    )
    bought = told(
        item("feed:b:1", "SpaceX to acquire Cursor for $60 billion"),
        item("feed:b:2", "SpaceX 以 600 亿美元收购 Cursor", language="zh"),
    )
    assert said(bought, raised)[0].text == "The sums named: $60 billion (SpaceX) and $7 billion (DeepSeek)."
    assert "70 亿美元（DeepSeek）" in said(bought, raised, language="zh")[0].text
    assert "500" not in said(bought, raised, language="zh")[0].text


MOVES = (
    told(
        item("feed:a:1", "US scientist Ada Spoon to leave Google DeepMind for Anthropic"),
        item("feed:a:2", "科学家艾达·勺将离开谷歌DeepMind，加入Anthropic", language="zh"),
    ),
    told(item("feed:b:1", "Bob Ladle joins OpenAI"), item("feed:b:2", "鲍勃·瓢宣布加入OpenAI", language="zh")),
)


def test_moves_name_who_goes_from_where_to_where() -> None:
    english, chinese = said(*MOVES)[0], said(*MOVES, language="zh")[0]
    assert english.text == "The moves named: Ada Spoon from Google DeepMind to Anthropic and Bob Ladle to OpenAI."
    assert [c.quote for c in english.citations] == [s.lead.lead.title for s in MOVES]
    assert chinese.text == "去向：艾达·勺由谷歌DeepMind 转投 Anthropic 和鲍勃·瓢加入 OpenAI。"


@pytest.mark.parametrize(
    ("title", "move"),
    [
        ("Ada Spoon leaves Google", "Ada Spoon from Google"),
        ("Ada Spoon is leaving OpenAI to join Meta", "Ada Spoon from OpenAI to Meta"),
    ],
)
def test_a_move_may_have_one_end(title: str, move: str) -> None:
    assert said(told(item("feed:a:1", title)), MOVES[1])[0].text == f"The moves named: {move} and Bob Ladle to OpenAI."


def test_a_firm_that_leaves_is_no_person() -> None:
    assert not any(
        "moves" in claim.text for claim in said(told(item("feed:a:1", "Google DeepMind leaves Meta")), MOVES[1])
    )


def test_releases_are_listed_with_their_firms() -> None:
    stories = (
        told(
            item("feed:a:1", "Google launches Spoon 17 with new handles"),
            item("feed:a:2", "谷歌发布Spoon 17，握柄全新", language="zh"),
        ),
        told(item("feed:b:1", "Ladle Pro arrives on phones"), item("feed:b:2", "Ladle Pro 正式上线", language="zh")),
    )
    assert said(*stories)[0].text == "New here: Spoon 17 (Google) and Ladle Pro."
    assert said(*stories, subject="new releases around Google")[0].text == "New here: Spoon 17 and Ladle Pro."
    assert said(*stories, language="zh")[0].text == "本次发布：Spoon 17（谷歌）和 Ladle Pro。"


AFFAIR = (
    told(item("feed:a:1", "Regulator opens inquiry into Anthropic's kettle")),
    told(item("feed:b:1", "Court lifts ban on Anthropic's kettle", days=2)),
)


def test_an_affair_goes_from_its_first_headline_to_its_last() -> None:
    course = (
        "It runs from “Regulator opens inquiry into Anthropic's kettle” to “Court lifts ban on Anthropic's kettle”."
    )
    assert said(*AFFAIR, affair=True)[0].text == course
    one = said(*AFFAIR, affair=True, title="Law: Court lifts ban on Anthropic's kettle")
    assert one[0].text == course
    both = said(*AFFAIR, affair=True, title="; ".join(story.lead.lead.title for story in AFFAIR))
    assert not any(claim.text == course for claim in both)


def test_an_affair_of_a_day_has_reports_that_run_from_one_to_another() -> None:
    today = (AFFAIR[0], told(item("feed:b:1", "Court lifts ban on Anthropic's kettle")))
    (one,) = said(*today, affair=True, subject="law and policy around Anthropic")
    assert one.text == (
        "The reports run from “Regulator opens inquiry into Anthropic's kettle” to "
        "“Court lifts ban on Anthropic's kettle”."
    )


def test_the_firm_that_most_stories_turn_on_has_its_course() -> None:
    beside = told(item("feed:c:1", "Pentagon writes reports on kettles"))
    middle = told(item("feed:d:1", "Anthropic defends its kettle", days=1))
    course = said(*AFFAIR, middle, beside)[0]
    assert course.text == (
        "On Anthropic, it runs from “Regulator opens inquiry into Anthropic's kettle” to "
        "“Court lifts ban on Anthropic's kettle”."
    )
    assert all(cited.quote for cited in course.citations)
    assert not any(claim.text.startswith("On Anthropic") for claim in said(*AFFAIR, beside))


def test_what_the_title_does_not_say_stands_beside_it() -> None:
    stories = tuple(
        told(item(f"feed:{n}:1", title))
        for n, title in enumerate(("Spoons are taxed", "Ladles are banned", "Forks need a licence"))
    )
    claims = said(*stories, title="Law and policy: Spoons are taxed")
    assert claims[0].text == "Beside it stand “Ladles are banned” and “Forks need a licence”."
    assert claims[0].kind == "quoted"
    assert said(*stories) == []


def test_a_theme_reaches_from_place_to_place_or_from_term_to_term() -> None:
    here, there = told(item("feed:a:1", "Japan taxes spoons")), told(item("feed:b:1", "UK bans ladles"))
    places = said(here, there, title="Law: Japan taxes spoons")
    assert places[0].text == "It reaches from Japan to the UK: “UK bans ladles”."
    assert [cited.quote for cited in places[0].citations] == ["Japan taxes spoons", "UK bans ladles"]
    assert said(here, there, language="zh")[0].text == "话题始于日本，延至英国：“UK bans ladles”。"
    assert said(here, there, title="Law: Japan taxes spoons; UK bans ladles")[0].text == (
        "It reaches from Japan to the UK."
    )
    terms = said(
        told(item("feed:a:1", "A spoon does query rewriting")), told(item("feed:b:1", "A ladle against cold start")),
        language="zh", title="A ladle against cold start",
    )  # fmt: skip
    assert terms[0].text == "话题从查询改写延伸到冷启动。"


def test_who_acts_is_told_with_a_headline_alone() -> None:
    stories = (told(item("feed:a:1", "Apple raises prices")), told(item("feed:b:1", "Amazon sells spoons")))
    (claim,) = said(*stories, title="Chips: Apple raises prices")
    assert claim.text == "It reaches from Apple to Amazon: “Amazon sells spoons”."
    assert said(*stories, title="Apple raises prices; Amazon sells spoons") == []
