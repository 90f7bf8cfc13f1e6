import pytest

from digest.errors import UsageError
from digest.evaluate.baselines import by_regression, by_words


def row(title: str, text: str, categories: str = "") -> dict[str, object]:
    return {"title": title, "text": text, "categories": categories}


def test_words_for_the_field_for_online_tests_and_the_category_count() -> None:
    rows = [
        row("Landing drones", "A controller for wind."),
        row("A recommendation model", "It is deployed and passed an online A/B test.", "cs.IR"),
        row("A recommendation model", "It is good."),
        row("A recommendation model", "It is good.", "cs.IR"),
    ]
    assert by_words(rows) == [4, 1, 3, 2]


def test_ties_stand_in_the_order_of_the_rows() -> None:
    assert by_words([row("A", "b")] * 3) == [1, 2, 3]


def test_a_regression_learns_what_was_liked() -> None:
    liked = [row(f"Cats {n}", "Cats purr in their baskets") | {"rating": 1} for n in range(4)]
    others = [row(f"Dogs {n}", "Dogs bark at the postman") | {"rating": -1} for n in range(4)]
    assert by_regression([row("Dogs", "They bark"), row("Cats", "They purr")], [*liked, *others]) == [2, 1]


def test_nothing_can_be_learned_where_all_were_liked() -> None:
    liked = [row(f"Cats {n}", "Cats purr in their baskets") | {"rating": 1} for n in range(4)]
    with pytest.raises(UsageError, match="too few ratings to learn from"):
        by_regression([row("Dogs", "They bark")], liked)
