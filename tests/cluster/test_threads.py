from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from digest.cluster.phrases import best_form, generic, phrases
from digest.cluster.themes import said_by
from digest.cluster.threads import threads
from digest.domain.issue import Publication
from digest.domain.thread import Story, Thread
from tests.cluster.compose import MONDAY, story, work

WEEKLY = Publication(slug="kitchen", titles={"en": "Kitchen"}, cadence="weekly", threads=(2, 5))


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    id: str
    terms: tuple[str, ...]
    works: frozenset[str] = frozenset()
    first_seen: datetime = field(default=MONDAY - timedelta(days=7))
    last_seen: datetime = field(default=MONDAY - timedelta(days=3))
    period: str = "2026-W09"


SOUP = [
    story("arxiv:1", "SoupRank: Semantic Broth Indexing for Canteens", "Semantic broth indexing groups soups."),
    story("arxiv:2", "Faster Semantic Broth Indexing at Scale", "We revisit semantic broth indexing for canteens."),
    story(
        "arxiv:3",
        "What Do Cooks Want? A Study of Semantic Broth Indexing",
        "Cooks like semantic broth indexing.",
        hours=9,
    ),
]
BREAD = [
    story("arxiv:4", "Sourdough Forecasting with Clocks", "Sourdough forecasting helps bakers at dawn."),
    story("arxiv:5", "Graphs for Sourdough Forecasting", "Bakers trust sourdough forecasting."),
    story("arxiv:6", "Sourdough Forecasting in the Wild", "Bakers measure sourdough forecasting outside."),
]
LONER = story("arxiv:7", "Why Pans Stick", "Metal and eggs.")


def found(stories: list[Story], **more: object) -> list[Thread]:
    return threads(stories, {s.id: 4.0 for s in stories}, WEEKLY, **more)  # type: ignore[arg-type]  the keywords of threads


RANKING = [
    story("arxiv:8", "Ladle Ranking with Clocks", "Cooks order ladles by the hour."),
    story("arxiv:9", "SoupRank: Re-ranking for Canteens", "A canteen orders its soups."),
    story("arxiv:10", "A Ranker That Smells", "Noses order what eyes do not."),
]


def test_a_field_goes_on_by_its_name() -> None:
    papers = replace(WEEKLY, kinds=("paper",))
    ones = [story(s.lead.id, s.lead.lead.title, s.lead.lead.text, kind="paper") for s in RANKING]
    past = (Past(id="old", terms=("ranking", "broth")),)
    (found_again,) = threads(ones, {s.id: 4.0 for s in ones}, papers, past)
    assert (found_again.id, found_again.continues) == ("old", "2026-W09")


def test_papers_of_a_field_are_a_theme_where_papers_are_told_alone() -> None:
    papers = replace(WEEKLY, kinds=("paper",))
    ones = [story(s.lead.id, s.lead.lead.title, s.lead.lead.text, kind="paper") for s in [*RANKING, *SOUP, LONER]]
    worth = {s.id: 4.0 for s in ones}
    told = {t.terms[0]: {s.lead.id for s in t.stories} for t in threads(ones, worth, papers)}
    assert told["ranking"] == {"arxiv:8", "arxiv:9", "arxiv:10"}
    assert len(told) == 2
    beside = {t.terms[0] for t in threads(ones, worth, replace(WEEKLY, kinds=("paper", "post")))}
    assert "ranking" not in beside


def test_themes_are_found_in_the_words_of_the_stories_and_the_rest_stays_out() -> None:
    first, second = found([*SOUP, *BREAD, LONER])
    themes = {thread.terms[0].lower(): {s.lead.id for s in thread.stories} for thread in (first, second)}
    assert themes == {
        "semantic broth indexing": {"arxiv:1", "arxiv:2", "arxiv:3"},
        "sourdough forecasting": {"arxiv:4", "arxiv:5", "arxiv:6"},
    }
    for thread in (first, second):
        text = " ".join(f"{s.lead.lead.title} {s.lead.lead.text}" for s in thread.stories)
        assert all(term in text for term in thread.terms)
        assert not thread.weak
        assert thread.continues is None
        assert 0 < thread.cohesion <= 1
    soup = next(thread for thread in (first, second) if "broth" in thread.terms[0].lower())
    assert soup.id.startswith("semantic-broth-indexing")
    assert (soup.first_seen, soup.last_seen) == (MONDAY, MONDAY + timedelta(hours=9))


def test_the_order_of_stories_is_free() -> None:
    assert found([*SOUP, *BREAD, LONER]) == found([LONER, *BREAD[::-1], *SOUP])


def test_two_stories_make_a_weak_theme_and_only_where_themes_are_missing() -> None:
    (only,) = found([*SOUP[:2], LONER, BREAD[0]])
    assert only.weak
    more = [story(f"arxiv:{n}", f"{word} Teapot Calibration", "") for n, word in ((8, "Quiet"), (9, "Loud"))]
    assert [thread.weak for thread in found([*SOUP, *BREAD, *more])] == [False, False]


def test_firm_themes_come_before_loose_ones() -> None:
    pair = [story(f"arxiv:{n}", f"{word} Teapot Calibration", "") for n, word in ((8, "Quiet"), (9, "Loud"))]
    many = threads([*pair, *BREAD], {"story:arxiv:8": 5.0, "story:arxiv:9": 5.0}, WEEKLY)
    assert [thread.weak for thread in many] == [False, True]


def test_a_theme_that_one_title_alone_says_is_loose() -> None:
    told = [
        story("arxiv:1", "Sourdough Forecasting with Clocks", ""),
        story("arxiv:2", "Bakers at dawn", "Sourdough forecasting is hard."),
        story("arxiv:3", "Ovens outside", "Sourdough forecasting is late."),
    ]
    (only,) = found([*told, LONER])
    assert only.weak


def test_a_phrase_does_not_cut_one_of_the_field_in_two() -> None:
    titles = [story(f"arxiv:{n}", f"Judging Large Language Models on {w}") for n, w in ((1, "Soup"), (2, "Bread"))]
    assert not any(term.lower().endswith(("large", "language")) for thread in found(titles) for term in thread.terms)


def test_nothing_is_forced() -> None:
    assert found([LONER, BREAD[0]]) == []
    assert found([]) == []


def test_an_institution_has_three_stories_in_a_thread() -> None:
    extra = [story(f"arxiv:{n}", f"Semantic Broth Indexing, part {w}") for n, w in ((8, "red"), (9, "blue"))]
    employer = {s.lead.id: "Ladle" for s in (*SOUP, *extra)}
    (thread,) = found([*SOUP, *extra, *BREAD[:1], LONER], companies=employer)
    assert len(thread.stories) == 3


def test_a_theme_of_an_earlier_issue_keeps_its_id() -> None:
    old = Past(id="broth-1", terms=("semantic broth indexing", "canteens"))
    bread = Past(id="bread-1", terms=("sourdough forecasting",), period="2026-W08")
    other = Past(id="tea-1", terms=("teapots",))
    empty = Past(id="none-1", terms=())
    by_id = {thread.id: thread for thread in found([*SOUP, *BREAD, LONER], past=[old, other, bread, empty])}
    assert by_id["broth-1"].continues == "2026-W09"
    assert by_id["broth-1"].first_seen == old.first_seen
    assert by_id["broth-1"].last_seen == MONDAY + timedelta(hours=9)
    assert by_id["bread-1"].continues == "2026-W08"


def test_a_past_thread_continues_once() -> None:
    twins = [
        Past(id="broth-1", terms=("semantic broth indexing",)),
        Past(id="broth-2", terms=("semantic broth indexing",)),
    ]
    ids = [thread.id for thread in found([*SOUP, *BREAD, LONER], past=twins)]
    assert len(set(ids)) == len(ids)
    assert "broth-1" in ids


def test_phrases_weigh_titles_and_fold_forms() -> None:
    said = phrases(
        "Semantic IDs for Soup",
        "A semantic ID is short. Later text. " + "Filler words. " * 40 + "Teapot calibration ends.",
    )
    assert said.weight["semantic id"] == 1.0
    assert said.weight["teapot calibration"] == 0.2
    assert best_form("semantic id", [said]) == "Semantic IDs"
    assert not any("the" in key.split() for key in said.weight)
    assert generic("models")
    assert not generic("broth")


def test_chinese_stories_have_phrases_too() -> None:
    said = phrases("微软发布量子计算芯片", "量子计算芯片用于数据中心")
    assert any("量子" in form for form in said.written.values())
    assert "=microsoft" in {key.rstrip("e") + "t" if key == "=microsof" else key for key in said.weight}


BAN = [
    story("feed:a:1", "Regulator bans Anthropic's kettle", hours=1),
    story("feed:a:2", "Court hears Anthropic's appeal against the kettle ban", hours=2),
    story("feed:a:3", "Anthropic sued over whistling kettles", hours=3),
]
SALES = [
    story("feed:b:1", "Ladlebotics acquires spoon maker", hours=1),
    story("feed:b:2", "Panworks in takeover of a lid start-up", hours=2),
    story("feed:b:3", "Potsmith raises $4 million", hours=3),
]


def test_a_section_of_the_news_makes_a_theme_and_a_company_s_name_alone_does_not() -> None:
    found_here = found([*BAN, *SALES, LONER])
    assert {thread.terms[0]: len(thread.stories) for thread in found_here} == {
        "law and policy": 3,
        "deals and funding": 3,
    }
    titles = ("Anthropic paints walls", "Doors close at Anthropic", "Roofs of Anthropic leak")
    named = [story(f"feed:c:{n}", title) for n, title in enumerate(titles)]
    assert not any("Anthropic" in thread.terms[0] for thread in found([*named, LONER]))


def test_most_of_a_section_about_one_firm_is_its_affair_and_the_rest_another_theme() -> None:
    others = [
        story("feed:d:1", "Norway bans kettles", hours=1),
        story("feed:d:2", "Senate weighs a law on ladles", hours=2),
        story("feed:d:3", "Judge hears a lawsuit over lids", hours=3),
    ]
    pans = [story(f"feed:f:{n}", f"Pan {word} sticks") for n, word in enumerate("abcdefghij")]
    worth = {s.id: 5.0 if s in BAN else 2.0 for s in (*BAN, *others)}
    affair, rest = threads([*BAN, *others, *pans], worth, WEEKLY)
    assert affair.terms[:2] == ("law and policy", "Anthropic")
    assert {s.id for s in affair.stories} == {s.id for s in BAN}
    assert {s.id for s in rest.stories} == {s.id for s in others}


def test_what_is_posted_of_a_reported_story_places_it_nowhere() -> None:
    report = work("feed:e:1", "Ladlebotics hires cooks")
    posted = work("x:1", "The government should look at this", kind="tweet")
    assert "!law and policy" in said_by(Story(id="story:x", works=(posted,))).weight
    assert "!law and policy" not in said_by(Story(id="story:y", works=(report, posted))).weight


def test_a_firm_s_affair_takes_a_story_by_half_of_its_headlines() -> None:
    english = work("feed:e:1", "Regulator bans Anthropic's kettle")
    chinese = work("feed:z:1", "Anthropic 的水壶", language="zh")
    said = said_by(Story(id="story:x", works=(english, chinese))).weight
    assert "!law and policy" not in said
    assert "=anthropic+!law and policy" in said


def test_a_section_continues_by_what_it_is_about() -> None:
    same = Past(id="law-1", terms=("law and policy", "Anthropic", "Pentagon"))
    other = Past(id="law-2", terms=("law and policy", "Norway"))
    (thread,) = [t for t in found([*BAN, LONER], past=[same, other]) if t.terms[0] == "law and policy"]
    assert (thread.id, thread.continues) == ("law-1", "2026-W09")
    (thread,) = [t for t in found([*BAN, LONER], past=[other]) if t.terms[0] == "law and policy"]
    assert thread.continues is None


def test_the_weightiest_theme_comes_first() -> None:
    stories = [*BAN, *SALES]
    worth = {s.id: 5.0 if s in SALES else 3.0 for s in stories}
    assert [t.terms[0] for t in threads(stories, worth, WEEKLY)] == ["deals and funding", "law and policy"]


def test_a_phrase_said_in_chinese_alone_names_no_thread_of_an_english_edition() -> None:
    stories = [
        story(f"feed:z:{n}", f"{who}发布量子计算芯片路线图", language="zh")
        for n, who in enumerate(("甲厂", "乙厂", "丙厂"))
    ]
    assert not any("量子" in term for thread in found(stories) for term in thread.terms)
