"""Titles and theses: what they say, from what, and what gives way when it does not hold."""

from datetime import timedelta

from digest.domain.facts import Facts, Result
from digest.domain.issue import Claim, ThreadSection
from digest.domain.item import Item, ItemKind, Work
from digest.domain.thread import Story, Thread
from digest.verify.framing import check_framing
from digest.verify.verdicts import check
from digest.write.framing import headline, shows, thesis, thread_title
from digest.write.subjects import subject
from tests.llm.material import NOW

LANE = "We propose GraphLane, a graph retrieval system. In an online A/B test GraphLane improves CTR by up to 0.9%."
PATH = "We propose TokenPath for cold start. In an online A/B test TokenPath improves CTR by 1.2%."
CITED = "In an online A/B test {name} improves CTR by {bound}{value}%."


def item(
    identity: str, title: str, text: str = "", *, kind: ItemKind = "post", language: str = "en", days: int = 0
) -> Item:
    when = NOW + timedelta(days=days)
    return Item(
        id=identity, source=identity.split(":")[1], kind=kind, title=title, url=f"https://site.example/{identity}",
        first_seen=when, published=when, text=text, language=language,
    )  # fmt: skip


def told(*items: Item) -> Story:
    return Story(id=f"story:{items[0].id}", works=tuple(Work(id=one.id, items=(one,)) for one in items))


def thread(*stories: Story, terms: tuple[str, ...]) -> Thread:
    return Thread(id="t-1", stories=stories, terms=terms, cohesion=0.5)


def result(text: str, value: float, qualifier: str = "") -> Result:
    start = text.index("In an online")
    return Result(
        metric="CTR", words="CTR", value=value, unit="%", direction="up", online=True, qualifier=qualifier,
        quote=text[start:], start=start, end=len(text),
    )  # fmt: skip


PAPERS = (
    told(item("arxiv:x:1", "Graph Retrieval for Short Video", LANE, kind="paper")),
    told(item("arxiv:x:2", "TokenPath: Semantic Identifiers for Cold Start", PATH, kind="paper")),
)
FACTS = {
    "arxiv:x:1": Facts(item="arxiv:x:1", company="Meta", industry=True, results=(result(LANE, 0.9, "up to"),)),
    "arxiv:x:2": Facts(item="arxiv:x:2", company="Kuaishou", industry=True, results=(result(PATH, 1.2),)),
}
TEXTS = {s.lead.lead.id: f"{s.lead.lead.title}\n{s.lead.lead.text}\nby Meta and Kuaishou" for s in PAPERS}


def holds(texts: dict[str, str]):  # noqa: ANN201  the predicate of steps/write
    def supported(claim: Claim) -> bool:
        if claim.kind == "framing":
            return check_framing(claim, texts).name == "supported"
        return check(claim.text, {c.item: texts[c.item] for c in claim.citations}).name == "supported"

    return supported


def test_live_tests_are_told_with_figure_qualifier_and_company_in_both_languages() -> None:
    video = thread(*PAPERS, terms=("Short Video",))
    english = thesis(video, FACTS, "en", holds(TEXTS))
    chinese = thesis(video, FACTS, "zh", holds(TEXTS))
    assert english is not None
    assert (
        english.text == "In online tests, GraphLane (Meta) reports up to +0.9% CTR for graph retrieval and "
        "TokenPath (Kuaishou) +1.2% CTR for cold start."
    )
    assert [c.quote for c in english.citations] == [LANE[LANE.index("In an") :], PATH[PATH.index("In an") :]]
    assert chinese is not None
    assert (
        chinese.text
        == "线上测试中，GraphLane（Meta）的 CTR 最高 +0.9%（图检索），TokenPath（快手）的 CTR +1.2%（冷启动）。"
    )
    title = thread_title(video, FACTS, "en", holds(TEXTS))
    assert title == "Short video in live tests: GraphLane (Meta) and TokenPath (Kuaishou)"
    assert thread_title(video, FACTS, "zh", holds(TEXTS)) == "短视频的线上实测：GraphLane（Meta）和 TokenPath（快手）"


def test_what_does_not_hold_gives_way_to_the_next_best_sentence() -> None:
    bare = {key: text.replace("0.9", "0.7") for key, text in TEXTS.items()}
    said = thesis(thread(*PAPERS, terms=("Short Video",)), FACTS, "en", holds(bare))
    assert said is not None
    assert "0.9" not in said.text
    assert (
        said.text == "On short video, GraphLane (Meta) works on graph retrieval and TokenPath (Kuaishou) on cold start."
    )
    assert thesis(thread(*PAPERS, terms=("Short Video",)), FACTS, "en", lambda _claim: False) is None


RULES = (
    told(
        item("feed:a:1", "Regulator opens inquiry into Anthropic's kettle"),
        item("feed:z:1", "监管机构调查 Anthropic 的水壶", language="zh"),
    ),
    told(
        item("feed:b:1", "Court lifts ban on Anthropic's kettle", days=2),
        item("feed:z:2", "法院解除对 Anthropic 水壶的禁令", language="zh", days=2),
    ),
)


def test_a_piece_of_news_is_told_by_a_voice_of_the_edition_s_language() -> None:
    law = thread(*RULES, terms=("law and policy", "Anthropic"))
    assert subject(law, "en") == "law and policy around Anthropic"
    english = thread_title(law, {}, "en", lambda _claim: True)
    assert english.startswith("Law and policy around Anthropic: Regulator opens inquiry")
    chinese = thread_title(law, {}, "zh", lambda _claim: True)
    assert chinese == "围绕 Anthropic 的法律与监管：监管机构调查 Anthropic 的水壶"


def test_an_affair_is_told_from_its_first_headline_to_its_last() -> None:
    said = thesis(thread(*RULES, terms=("law and policy", "Anthropic")), {}, "en", lambda _claim: True)
    assert said is not None
    assert said.text == (
        "It runs from “Regulator opens inquiry into Anthropic's kettle” to “Court lifts ban on Anthropic's kettle”."
    )


def test_sums_are_told_with_their_parties() -> None:
    deals = thread(
        told(item("feed:a:1", "SpaceX to acquire Cursor for $60 billion")),
        told(item("feed:b:1", "DeepSeek raises $7 billion")),
        terms=("deals and funding",),
    )
    said = thesis(deals, {}, "en", lambda _claim: True)
    assert said is not None
    assert said.text == "The sums named: $60 billion (SpaceX) and $7 billion (DeepSeek)."


def test_a_thread_of_which_nothing_can_be_said_but_its_name_shows_nothing() -> None:
    mute = thread(
        told(item("feed:a:1", "你绝对想不到！", language="zh")),
        told(item("feed:b:1", "刚刚，炸裂！", language="zh")),
        terms=("robots",),
    )
    assert not shows(mute, {}, "en", lambda _claim: True)
    assert shows(thread(*RULES, terms=("law and policy",)), {}, "en", lambda _claim: True)


def test_an_issue_is_headed_by_one_headline_where_two_are_too_long() -> None:
    first, second = (
        "Court lifts ban on the kettle of a well-known maker of kettles",
        "Regulator opens inquiry into spoons",
    )
    title = f"Law and policy: {first}; {second}"
    section = ThreadSection(id="t", title=title, thesis=None, claims=(), items=())
    assert headline([section], (), "en") == f"Law and policy: {first}"
    short = ThreadSection(id="t", title="Law: A; B", thesis=None, claims=(), items=())
    assert headline([short], (), "en") == "Law: A; B"
    assert headline([short, short], (), "en") == "Law: A; B; Law: A; B"
    long = ThreadSection(id="t", title="x" * 200, thesis=None, claims=(), items=())
    assert headline([long, long], (), "en") == "x" * 200
