"""What stories of the news show together: sums, moves, releases, an affair's course, its centre, its reach."""

import pytest

from digest.domain.issue import Claim
from digest.domain.thread import Story
from digest.write.news import news_theses
from digest.write.telling import telling
from tests.write.test_framing import item, told


def said(
    *stories: Story, subject: str = "law and policy", language: str = "en", title: str = "", affair: bool = False
) -> list[Claim]:
    told_here = [telling(story, {}, language) for story in stories]
    return list(news_theses(told_here, subject, language, title, affair=affair))


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


def test_the_firm_at_the_centre_has_its_course_and_others_beside_it() -> None:
    beside = told(item("feed:c:1", "Pentagon writes reports on kettles"))
    course, framing, *_ = said(*AFFAIR, beside)
    assert course.text.startswith("On Anthropic, it runs from “Regulator opens")
    assert course.text.endswith("kettle”, with the Pentagon beside it.")
    assert all(cited.quote for cited in course.citations)
    assert framing.kind == "framing"
    assert framing.text == "Anthropic is at the centre, with the Pentagon beside it."


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
    places = said(told(item("feed:a:1", "Japan taxes spoons")), told(item("feed:b:1", "UK bans ladles")))
    assert places[0].text == "It reaches from Japan to the UK."
    terms = said(
        told(item("feed:a:1", "A spoon does query rewriting")), told(item("feed:b:1", "A ladle against cold start")),
        language="zh",
    )  # fmt: skip
    assert terms[0].text == "话题从查询改写延伸到冷启动。"


def test_parties_are_named_where_nothing_else_can_be() -> None:
    claims = said(told(item("feed:a:1", "Apple raises prices")), told(item("feed:b:1", "Amazon sells spoons")))
    assert [claim.text for claim in claims] == ["They concern Apple and Amazon."]
