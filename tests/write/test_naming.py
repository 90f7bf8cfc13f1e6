"""What a paper is called, and how its first person is reported."""

import pytest

from digest.domain.facts import Facts
from digest.domain.item import Work
from digest.names import known
from digest.write.naming import Label, gist, introduced, label, reported, short_title, spelt, system
from tests.write.test_framing import item


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("Spoons", "We propose SpoonRank, a ranker. More follows.", "SpoonRank"),
        ("Spoons", "We present Adaptive Broth Ranking (ABRX), which stirs. ABRX wins.", "ABRX"),
        ("Spoons", "To close the gap, we propose GRX, a framework. GRX wins.", "GRX"),
        ("Spoons", r"We propose \textsc{BrothLoop}, a simulation.", "BrothLoop"),
        (
            "LadleBench and others",
            "We introduce SoT-7, a prompt. We present LadleBench, a benchmark. ",
            "LadleBench",
        ),
        ("Spoons", "We propose a framework. It is built on GNNs and an LLM. We develop LLM, LLM.", ""),
        ("Spoons", "We present Transformer, a Transformer.", ""),
        ("Spoons", "We introduce ABRX once", ""),
        ("Spoons", "We present ways to teach small language models (SLMs), which stir. SLMs win.", ""),
    ],
)
def test_the_coined_name_under_which_a_system_is_introduced(title: str, text: str, name: str) -> None:
    assert introduced(title, text) == name


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("SoupRank: A Hybrid Ladle Mixture for Canteens", "Hybrid Ladle Mixture"),
        ("SoupRank: Stirring Many Soups in Canteens", ""),
        ("SoupRank: Towards Better Soups", ""),
        ("SoupRank: How Robust Are Ladles in Canteens?", ""),
        ("SoupRank: Not All Soups Are Equal in Canteens", ""),
        ("SoupRank: Speech Generation Without Training on Soups", ""),
        ("SoupRank: An Empirical Study of Ladles", ""),
        ("SoupRank: A Technical Report", ""),
        ("Position: Ladles Deserve Better Soups", ""),
        ("Survey: Ladle Networks under Attack", ""),
        (r"SoupRank: \textbf{Fast} Ladle Mixture", ""),
        ("SoupRank: Soups", ""),
        ("On Hybrid Ladle Mixtures", ""),
        ('SoupRank: The "Best" Ladle Mixture', ""),
        (f"SoupRank: The Very {'Long ' * 12}Ladle", ""),
    ],
)
def test_a_title_says_in_its_own_words_what_a_system_is(title: str, said: str) -> None:
    assert gist(title) == said


def test_a_title_names_a_system_before_its_colon_if_it_is_coined() -> None:
    assert system("RankBroth-2: Soups") == "RankBroth-2"
    assert system("Legal RAG Bench: Soups") == "Legal RAG Bench"
    assert system("Mood-Aware Soup Ranking: Integrating Spoons") == ""


@pytest.mark.parametrize(
    ("headline", "english", "chinese"),
    [("谷歌发布勺子", "Google", "谷歌"), ("Google发布勺子", "Google", "Google")],
)
def test_a_headlines_name_is_spelt_as_it_stands_but_never_in_characters_in_english(
    headline: str, english: str, chinese: str
) -> None:
    (name,) = known(headline)
    assert (spelt(name, "en"), spelt(name, "zh")) == (english, chinese)


def test_a_company_stands_beside_the_system_as_the_edition_calls_it() -> None:
    work = Work(id="w", items=(item("arxiv:x:1", "SpoonRank: Soups", kind="paper"),))
    facts = Facts(item="arxiv:x:1", company="Kuaishou", industry=True)
    assert label(work, facts, "en") == Label(full="SpoonRank (Kuaishou)", bare="SpoonRank")
    assert label(work, facts, "zh") == Label(full="SpoonRank（快手）", bare="SpoonRank")
    assert label(work, None, "zh") == Label(full="SpoonRank", bare="SpoonRank")
    plain = Work(id="w", items=(item("arxiv:x:1", "On soups", kind="paper"),))
    assert label(plain, facts, "zh") == Label(full="快手", bare="快手")
    assert label(Work(id="w", items=(item("feed:x:1", "SpoonRank: Soups"),)), facts, "en") == Label()


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("We propose spoons.", "The authors propose spoons."),
        ("To address these challenges, we propose spoons.", "The authors propose spoons."),
        ("To lift these limits while keeping soups warm, this paper proposes pots.", "The paper proposes pots."),
        ("Motivated by this analysis, we propose spoons.", "The authors propose spoons."),
        ("Finally, our tests show that we win.", "The authors' tests show that they win."),
        ("Notably, SpoonRank serves us.", "SpoonRank serves them."),
        ('He says "we win".', 'He says "we win".'),
    ],
)
def test_the_first_person_becomes_the_third(sentence: str, told: str) -> None:
    assert reported(sentence) == told


def test_a_paper_without_a_system_is_called_by_its_title() -> None:
    assert short_title("Beyond Spoons: A Study") == "“Beyond Spoons”"
    assert short_title("x" * 101) == ""
    assert short_title("The “Spoon”") == ""
