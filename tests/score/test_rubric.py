from digest.score.rubric import rubric_of
from tests.score.works import news, papers


def test_what_has_nothing_to_hold_against_weighs_nothing() -> None:
    weights = rubric_of(papers()).weights
    assert weights["topic"] == weights["unwanted"] == weights["category"] == 0.0
    assert weights["online"] > 0.0


def test_own_weights_win() -> None:
    assert rubric_of(papers(weights={"online": 9.0})).weights["online"] == 9.0


def test_papers_of_information_retrieval_have_the_field() -> None:
    assert rubric_of(papers(categories=("cs.IR",))).field
    assert not rubric_of(papers(categories=("cs.CV",))).field
    assert not rubric_of(papers(categories=("cs.IR",), weights={"field": 0.0})).field
    assert not rubric_of(news()).field


def test_bias_is_below_the_middle_of_what_can_be_reached() -> None:
    rubric = rubric_of(papers(topics=("ranking",), weights={"novelty": -1.0}))
    reachable = sum(rubric.weights[name] for name in ("topic", "online", "industry"))
    assert -reachable < rubric.bias < -reachable / 2


def test_without_topics_and_field_everything_is_welcome() -> None:
    assert not rubric_of(news()).selective
    assert rubric_of(news(topics=("agent",))).selective


def test_topics_that_are_empty_or_doubled_are_left_out() -> None:
    assert [t.name for t in rubric_of(news(topics=("agent", "!?", "agent"))).topics] == ["agent"]
