"""Titles and theses: what they say, from what, and what gives way when it does not hold."""

from dataclasses import replace
from datetime import timedelta

from digest.domain.facts import Facts, Result
from digest.domain.issue import Claim, ThreadSection
from digest.domain.item import Item, ItemKind, Work
from digest.domain.thread import Story, Thread
from digest.verify.framing import check_framing
from digest.verify.verdicts import check
from digest.write.framing import framed, headline, online_claims
from digest.write.subjects import nameable, overlaps, subject
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


BOTH = ("en", "zh")


def always(_claim: Claim) -> bool:
    return True


def thesis(one: Thread, facts: dict[str, Facts] | None = None, language: str = "en", held=always) -> str:  # noqa: ANN001  a predicate
    said = framed(one, facts or {}, BOTH, held)[language].thesis
    return said.text if said else ""


def test_live_tests_are_told_with_figure_qualifier_and_company_in_both_languages() -> None:
    frames = framed(thread(*PAPERS, terms=("Short Video",)), FACTS, BOTH, holds(TEXTS))
    english, chinese = frames["en"].thesis, frames["zh"].thesis
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
    assert frames["en"].title == "Short video in live tests: GraphLane (Meta) and TokenPath (Kuaishou)"
    assert frames["zh"].title == "短视频的线上实测：GraphLane（Meta）和 TokenPath（快手）"
    online = online_claims(PAPERS, FACTS, BOTH, holds(TEXTS))
    assert online["en"].text == english.text
    assert online_claims(PAPERS, FACTS, BOTH, lambda claim: claim.kind == "framing")["zh"].text.startswith("报告线上")
    assert online_claims(PAPERS[:1], FACTS, BOTH, always) == {}


def test_results_are_told_where_there_is_nothing_else_to_say() -> None:
    said = "On three kitchens {name} raises Recall@10 by {value}%."
    texts = {"LadleX": said.format(name="LadleX", value=4.5), "PanY": said.format(name="PanY", value=6.5)}
    papers = [
        told(item(f"arxiv:x:{n}", f"{n}: Pots", f"We propose {n}. {text}", kind="paper")) for n, text in texts.items()
    ]
    facts = {
        f"arxiv:x:{name}": Facts(
            item=f"arxiv:x:{name}",
            results=(
                Result(
                    metric="Recall@10", words="Recall@10", value=value, unit="%", direction="up", online=False,
                    quote=texts[name], start=0, end=len(texts[name]),
                ),
            ),
        )
        for name, value in (("LadleX", 4.5), ("PanY", 6.5))
    }  # fmt: skip
    pots = thread(*papers, terms=("Pots",))
    assert thesis(pots, facts) == "LadleX reports +4.5% Recall@10 and PanY +6.5% Recall@10."
    assert thesis(pots, facts, "zh") == "LadleX 的 Recall@10 +4.5%，PanY 的 Recall@10 +6.5%。"


def test_papers_that_share_no_terms_are_told_in_the_words_of_their_titles() -> None:
    papers = (
        told(item("arxiv:x:1", "LadleX: A Hybrid Spoon Mixture for Cooks", "LadleX stirs.", kind="paper")),
        told(item("arxiv:x:2", "PanY: Hourly Pan Forecasts in Canteens", "PanY stirs.", kind="paper")),
    )
    texts = {s.lead.lead.id: f"{s.lead.lead.title}\n{s.lead.lead.text}" for s in papers}
    pots = thread(*papers, terms=("pots",))
    assert (
        thesis(pots, held=holds(texts))
        == "On pots, LadleX brings “Hybrid Spoon Mixture” and PanY “Hourly Pan Forecasts”."
    )
    assert (
        thesis(pots, None, "zh", holds(texts))
        == "围绕 pots，LadleX 提出“Hybrid Spoon Mixture”，PanY 提出“Hourly Pan Forecasts”。"
    )


def test_what_does_not_hold_gives_way_to_the_next_best_sentence() -> None:
    bare = {key: text.replace("0.9", "0.7") for key, text in TEXTS.items()}
    video = thread(*PAPERS, terms=("Short Video",))
    said = "On short video, GraphLane (Meta) works on graph retrieval and TokenPath (Kuaishou) on cold start."
    assert thesis(video, FACTS, held=holds(bare)) == said
    assert thesis(video, FACTS, held=lambda _claim: False) == ""


def test_what_does_not_hold_in_one_edition_is_said_in_none() -> None:
    frames = framed(thread(*PAPERS, terms=("Short Video",)), FACTS, BOTH, lambda claim: "线上测试" not in claim.text)
    said = [frames[language].thesis for language in BOTH]
    assert [one.text.startswith(words) for one, words in zip(said, ("On short", "围绕"), strict=True) if one] == [
        True
    ] * 2


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
    frames = framed(law, {}, BOTH, always)
    assert frames["en"].title.startswith("Law and policy around Anthropic: Regulator opens inquiry")
    assert frames["zh"].title == "围绕 Anthropic 的法律与监管：监管机构调查 Anthropic 的水壶"


def test_an_affair_is_told_from_its_first_headline_to_its_last() -> None:
    assert thesis(thread(*RULES, terms=("law and policy", "Anthropic"))) == (
        "It runs from “Regulator opens inquiry into Anthropic's kettle” to “Court lifts ban on Anthropic's kettle”."
    )


def test_both_editions_quote_the_stories_that_both_can_quote() -> None:
    english = told(item("feed:c:1", "Senate debates spoons"))
    chinese = told(item("feed:d:1", "议会讨论勺子", language="zh"))
    frames = framed(thread(chinese, english, RULES[0], terms=("law and policy",)), {}, BOTH, always)
    assert frames["en"].title.startswith("Law and policy: Regulator opens inquiry into Anthropic's kettle")
    assert frames["en"].title.endswith("; Senate debates spoons")
    assert frames["zh"].title == "法律与监管：监管机构调查 Anthropic 的水壶；Senate debates spoons"


def test_sums_are_told_with_their_parties() -> None:
    deals = thread(
        told(
            item("feed:a:1", "SpaceX to acquire Cursor for $60 billion"),
            item("feed:a:2", "SpaceX 以 600 亿美元收购 Cursor", language="zh"),
        ),
        told(
            item("feed:b:1", "DeepSeek raises $7 billion"), item("feed:b:2", "DeepSeek 融资 70 亿美元", language="zh")
        ),
        terms=("deals and funding",),
    )
    assert thesis(deals) == "The sums named: $60 billion (SpaceX) and $7 billion (DeepSeek)."
    other = replace(
        deals,
        stories=(
            deals.stories[0],
            told(
                item("feed:b:1", "DeepSeek raises $7 billion"),
                item("feed:b:2", "DeepSeek 融资 80 亿美元", language="zh"),
            ),
        ),
    )
    assert "sums" not in thesis(other)


def test_a_thread_of_which_nothing_can_be_said_has_no_thesis() -> None:
    mute = thread(
        told(item("feed:a:1", "你绝对想不到！", language="zh")),
        told(item("feed:b:1", "刚刚，炸裂！", language="zh")),
        terms=("robots",),
    )
    frame = framed(mute, {}, BOTH, always)["en"]
    assert (frame.title, frame.thesis) == ("Robots", None)


def test_a_thread_is_about_what_every_edition_can_name() -> None:
    assert not nameable(thread(*PAPERS, terms=("Exploration",)))
    assert not nameable(thread(*PAPERS, terms=()))
    assert not nameable(thread(*PAPERS, terms=("Ladle Model-based",)))
    assert all(nameable(thread(*PAPERS, terms=(term,))) for term in ("Fine-tuning", "spoon carving", "GraphLane"))
    research = thread(*PAPERS, terms=("Multi-agent",))
    assert (subject(research, "en"), subject(research, "zh")) == ("multi-agent research", "多智能体研究")
    assert overlaps("multi-agent systems", "multi-agent research")
    assert overlaps("AI agents", "agents")
    assert overlaps("智能体系统", "智能体")
    assert not overlaps("agent memory", "agents")
    assert not overlaps("re-ranking", "ranking")
    assert not overlaps("智能体记忆", "智能体")
    assert not overlaps("cold start", "multi-agent research")


def test_a_subject_is_written_as_the_thread_s_own_texts_write_it() -> None:
    stories = (
        told(item("arxiv:x:5", "Spoon Carving with Clocks", "On spoon carving. Markov Ladles help.", kind="paper")),
        told(item("arxiv:x:6", "Fast Spoon Carving", "We carve with Markov Ladles.", kind="paper")),
    )
    assert subject(thread(*stories, terms=("Spoon Carving",)), "en") == "spoon carving"
    assert subject(thread(*stories, terms=("Markov Ladles",)), "en") == "Markov Ladles"
    firm = told(item("feed:x:7", "Google Cooks", "See google.example for soups."))
    assert subject(thread(firm, firm, terms=("Google",)), "en") == "Google"


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
