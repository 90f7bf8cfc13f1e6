"""Which sentence of a report is news that can stand alone, and how it is set into an overview."""

import pytest

from digest.domain.facts import Facts, Result
from digest.write.entries import headed, strongest, summary
from digest.write.extract import best, tells, unlinked, usable
from digest.write.phrases import joined, phrase, spaced
from digest.write.telling import figure
from digest.write.voices import titled
from tests.write.test_framing import item, told

TITLE = "Ladlebotics sells spoons"


@pytest.mark.parametrize(
    "sentence",
    [
        "For months, Ladlebotics has sold spoons to everyone in town.",
        "Ladlebotics is a company that sells spoons.",
        "We announce that Ladlebotics sells spoons.",
        "You can buy the spoons that Ladlebotics sells.",
        "This means that Ladlebotics sells spoons.",
        "Who would buy the spoons of Ladlebotics?",
        "Rain fell on the hills in the morning.",
        "长期以来，勺子公司发布勺子。",
    ],
)
def test_background_speech_and_what_leans_on_other_sentences_is_no_news(sentence: str) -> None:
    assert not tells(TITLE, sentence)


@pytest.mark.parametrize(
    "sentence", ["Ladlebotics announced a spoon on Monday.", "Spoons of Ladlebotics reach shops.", "勺子公司发布勺子。"]
)
def test_what_happened_is_news(sentence: str) -> None:
    assert tells(TITLE, sentence)


def test_a_report_without_news_in_its_text_is_told_by_its_headline() -> None:
    background = told(item("feed:a:1", TITLE, "For months, people have wanted spoons from Ladlebotics and others."))
    claim = strongest(background, None, "en")
    assert (claim.text, claim.citations[0].quote) == (f"{TITLE}.", TITLE)
    repeated = told(item("feed:a:1", TITLE, f"{TITLE} The Daily Ladle announced it."))
    assert strongest(repeated, None, "en").text == f"{TITLE}."
    news = told(item("feed:a:1", TITLE, "Ladlebotics announced on Monday that it sells spoons in nine towns."))
    assert strongest(news, None, "en").text == "Ladlebotics announced on Monday that it sells spoons in nine towns."


def test_an_episode_is_told_by_its_title() -> None:
    talk = told(item("feed:a:1", "The spoon boom", "I think the spoon boom was announced too early.", kind="episode"))
    assert strongest(talk, None, "en").text == "The spoon boom."


def test_a_headline_ends_as_its_language_does() -> None:
    assert headed(item("feed:a:1", "勺子发布 v2", language="zh")).text.endswith("v2。")
    assert headed(item("feed:a:1", "Claude v2 发布", language="zh")).text.endswith("发布。")
    assert headed(item("feed:a:1", "Is it a spoon?")).text == "Is it a spoon?"


def test_an_address_is_no_headline() -> None:
    bare = item("feed:a:1", "https://site.example/spoons", "Spoons are sold in nine towns. More below.")
    assert titled(bare) == "Spoons are sold in nine towns."
    assert headed(bare).citations[0].quote == "Spoons are sold in nine towns."
    long = item("feed:a:1", "https://site.example/spoons", "Spoons are sold " + "again and again " * 20 + "today.")
    assert titled(long).endswith("again…")
    assert headed(long).text == titled(long)
    assert headed(long).citations[0].quote in long.text
    assert titled(item("feed:a:1", "https://site.example/spoons")) == "https://site.example/spoons"


def test_a_paper_is_told_by_the_sentence_that_proposes_its_system() -> None:
    text = "Soups are widely cooked. First, we describe SoupBench. To help cooks, we propose Soup, a ranker of broths."
    claim = strongest(told(item("arxiv:x:1", "Soup: Ranking Broths", text, kind="paper")), None, "en")
    assert claim.text == "Soup: To help cooks, the authors propose Soup, a ranker of broths."
    assert claim.citations[0].quote == "To help cooks, we propose Soup, a ranker of broths."
    deployed = r"Finally, we deployed \textbf{Soup} for 9\% of all cooks in town."
    facts = Facts(item="arxiv:x:1", deployed=True, deployed_quote=deployed)
    told_so = strongest(told(item("arxiv:x:1", "Soup: Ranking Broths", deployed, kind="paper")), facts, "en")
    assert told_so.text == "Soup: The authors deployed Soup for 9% of all cooks in town."
    facts = Facts(item="arxiv:x:1", company="Meta", industry=True)
    itself = told(item("arxiv:x:1", "Soup: Ranking Broths", "Soup is introduced to cooks in town.", kind="paper"))
    assert strongest(itself, facts, "en").text == "Soup (Meta) is introduced to cooks in town."
    nameless = told(item("arxiv:x:1", "Ranking of broths", "We propose a ranker of broths for cooks.", kind="paper"))
    assert (
        strongest(nameless, None, "en").text == "“Ranking of broths”: The authors propose a ranker of broths for cooks."
    )
    mute = told(item("arxiv:x:1", "Ranking of broths", "", kind="paper"))
    assert strongest(mute, None, "en").text == "Ranking of broths."


def test_sentences_that_begin_midway_are_passed_over() -> None:
    found = best("Spoons", "Notably, spoons are good for soup today. Spoons were announced in town today.")
    assert [span.text for span in found] == ["Spoons were announced in town today."]


def test_chinese_editions_set_characters_and_letters_apart() -> None:
    assert spaced("围绕", "Anthropic", "的法律") == "围绕 Anthropic 的法律"
    assert spaced("围绕", "谷歌", "") == "围绕谷歌"
    assert joined("zh", ["Soup", "Broth"]) == "Soup 和 Broth"
    assert joined("zh", ["勺", "瓢", "盆"]) == "勺、瓢和盆"
    assert phrase("zh", "thesis_reach", first="Apple", last="谷歌") == "话题从 Apple 延伸到谷歌。"


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ("Spoons are here.\n\nSold in nine towns. https://t.example/a", "Spoons are here. Sold in nine towns."),
        ("Want a spoon?\n\nWe sell them.\n\nSign up here: https://t.example/a https://t.example/b",
         "Want a spoon? We sell them."),
        ("See https://t.example/a for more. Good spoons.", "Good spoons."),
        ("Booking.com sells spoons.", "Booking.com sells spoons."),
        ("https://t.example/a", ""),
    ],
)  # fmt: skip
def test_a_post_is_told_without_its_links_and_what_leads_to_them(posted: str, said: str) -> None:
    assert unlinked(posted) == said


def test_a_post_is_cited_as_it_was_posted() -> None:
    posted = "Spoons are sold in nine towns today. https://t.example/a"
    (claim,) = summary(told(item("feed:x:1", posted, posted, kind="tweet")), None, "en")
    assert (claim.text, claim.citations[0].quote) == ("Spoons are sold in nine towns today.", posted)
    bare = told(item("feed:x:1", "Spoons", "https://t.example/a", kind="tweet"))
    assert summary(bare, None, "en") == ()


def test_what_names_an_address_is_passed_over() -> None:
    assert not usable("Spoons can now be ordered at spoons.example by all cooks.")
    assert usable("Spoons can now be ordered at Booking.com by all cooks in town.")


def test_what_a_feed_cuts_off_is_no_sentence() -> None:
    for end in ("…", "...", "[…]", "[...]", " (…)"):
        assert not usable(f"The takeover was not unexpected: Ladlebotics announced{end}")


def test_chinese_qualifiers_are_worded_part_by_part() -> None:
    quote = "relative improvements of up to 12.56% in MRR"
    gain = Result(
        metric="MRR", words="MRR", value=12.56, unit="%", direction="up", online=False, qualifier="up to relative",
        quote=quote, start=0, end=len(quote),
    )  # fmt: skip
    assert figure(gain, "zh") == "MRR 最高相对 +12.56%"


ABSTRACT = (
    "Soup ranking has changed canteens in many ways and soup ranking matters. "
    "We propose LadleRank, which orders soups by the noses of cooks. "
    "LadleRank integrates two key components. "
    "Cooks in nine canteens waste less soup with it than without it. "
    "Our code is available at this https URL."
)


def test_an_abstract_is_quoted_from_its_proposal_on_and_for_what_tells_something() -> None:
    said = [one.text for one in best("LadleRank: Soup Ranking for Canteens", ABSTRACT, 2, abstract=True)]
    assert said == [
        "We propose LadleRank, which orders soups by the noses of cooks.",
        "Cooks in nine canteens waste less soup with it than without it.",
    ]
    kept = "We propose LadleRank, a model that improves CTR by 2% online."
    assert [one.text for one in best("Soups", kept, abstract=True)] == [kept]
    only = "Our code and data are publicly available on the site of our canteen."
    assert [one.text for one in best("Soups", only, abstract=True)] == [only]
