import pytest

from digest.cluster.terms import slug_words, stems, terms


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Ladle raises $6 billion", "勺子公司融资60亿美元"),
        ("Ladle raises $62.5M", "勺子公司获6250万美元融资"),
        ("costs fall by 40%", "成本下降 40%"),
        ("a 7 trillion plan", "7万亿计划"),
    ],
)
def test_one_sum_is_one_amount_in_both_languages(english: str, chinese: str) -> None:
    assert terms(english).amounts
    assert terms(english).amounts == terms(chinese).amounts


def test_reports_in_two_languages_share_concepts() -> None:
    english = terms("Microsoft acquires robot startup Ladle")
    chinese = terms("微软收购机器人初创公司 Ladle")
    assert {"microsoft", "acquire", "robot", "startup"} <= {
        word.rstrip("e") if word == "ladle" else word for word in english.words
    }
    assert len(set(english.words) & set(chinese.words)) >= 4
    assert "microsoft" in english.names
    assert english.names == chinese.names


def test_a_readers_own_post_is_known_as_one() -> None:
    assert terms("Show HN: a ladle for Vim").forum
    assert terms("Ask HN: 你用哪个勺子？").forum
    assert not terms("A show: HN at ten").forum


def test_versions_are_names_with_numbers() -> None:
    assert terms("Spoon-5.2 beats Fork 4.1").versions == {"spoon~5.2", "fork~4.1"}
    assert terms("Spoon 5.2 发布").versions == terms("spoon-5.2 is out").versions


def test_rubrics_outlets_links_and_fillers_say_nothing() -> None:
    assert terms("Show HN: Ladle").words.keys() == terms("Ladle").words.keys()
    assert terms("勺子公司发布机器人 - Reuters").words.keys() == terms("勺子公司发布机器人").words.keys()
    assert terms("财联社 6 月 17 日电，勺子公司发布机器人").words.keys() == terms("勺子公司发布机器人").words.keys()
    assert not terms("https://site.example/a-b-c").words
    assert not terms("的了是在").words
    assert not terms("").words


def test_an_address_counts_where_it_spells_words() -> None:
    assert slug_words("https://site.example/2026/03/harbour-opens-robot-library") == (
        "harbour",
        "open",
        "robot",
        "library",
    )
    assert slug_words("https://site.example/p/a8f-33-x9") == ()
    assert slug_words("no address") == ()
    assert slug_words("http://[broken") == ()
    assert "library" in terms("港口开放", "https://site.example/harbour-opens-robot-library").words


def test_a_foreign_name_meets_its_transliteration() -> None:
    english = {word for word in terms("Quentin Brockman resigns").words if word.startswith("@")}
    assert english & set(terms("布罗克曼辞职").words)


def test_running_text_gives_its_stems_in_order() -> None:
    assert list(stems("The robots launched. 微软机器人囧囧")) == ["robot", "launch", "microsoft", "robot", "囧囧"]
