import pytest

from digest.errors import UsageError
from digest.filters import rank
from tests.score.works import news, papers

RECSYS = papers(topics=("recommendation", "ranking"), categories=("cs.IR",))


def test_rows_come_back_in_their_order_with_ranks() -> None:
    rows = [
        {"id": "off", "kind": "paper", "title": "Landing drones", "text": "A controller in wind."},
        {
            "id": "in",
            "kind": "paper",
            "title": "Ranking for recommendation",
            "abstract": "An online A/B test at Pinterest shows +1.2% CTR.",
            "categories": ["cs.LG", "cs.IR"],
        },
    ]
    out = rank.run(rows, RECSYS)
    assert [row["id"] for row in out] == ["off", "in"]
    assert [row["rank"] for row in out] == [2, 1]
    assert set(out[0]) == {"id", "score", "rank", "criteria", "reason"}
    assert "Pinterest" in str(out[1]["reason"])
    criteria = out[1]["criteria"]
    assert isinstance(criteria, dict)
    assert criteria["category"] == 5.0


def test_signals_and_categories_as_text_are_read() -> None:
    row = {"id": 7, "kind": "tweet", "title": "Agent", "signals": {"likes": 900, "flag": True, "name": "x"}}
    (out,) = rank.run([row], news(topics=("agent",)))
    assert out["id"] == 7
    assert "900 likes" in str(out["reason"])
    (out,) = rank.run([{**row, "kind": "repository", "signals": {"stars_today": 1_234_567}}], news(topics=("agent",)))
    assert "1.2M stars today" in str(out["reason"])
    (out,) = rank.run([{"id": "a", "title": "Ranking", "categories": "cs.IR", "signals": None}], RECSYS)
    assert out["criteria"]["category"] == 5.0  # type: ignore[index]  a row's values are plain JSON


@pytest.mark.parametrize("ids", [("a", "a"), (1, "1"), (None, [1.5, True])])
def test_ids_of_any_kind_are_each_ranked_and_come_back_as_they_are(ids: tuple[object, object]) -> None:
    text = "An online A/B test at Pinterest shows +1.2% CTR."
    rows = [{"id": ids[0], "title": "Drones"}, {"id": ids[1], "title": "Ranking for recommendation", "text": text}]
    out = rank.run(rows, RECSYS)
    assert [row["rank"] for row in out] == [2, 1]
    assert [row["id"] for row in out] == list(ids)
    assert [out[0]["reason"], out[1]["reason"]] == [rank.run([row], RECSYS)[0]["reason"] for row in rows]


def test_ratings_teach() -> None:
    rows = [{"id": f"{n}", "title": t, "text": f"about {t} {n}"} for n, t in enumerate(["cats", "dogs"] * 5)]
    ratings = [
        {"id": f"r{n}", "kind": "paper", "title": t, "text": f"about {t}", "rating": 1 if t == "dogs" else -1}
        for n, t in enumerate(["cats", "dogs"] * 5)
    ]
    best = [row["id"] for row in sorted(rank.run(rows, papers(), ratings), key=lambda row: int(str(row["rank"])))]
    assert sorted(best[:5]) == ["1", "3", "5", "7", "9"]


def test_nothing_in_nothing_out() -> None:
    assert rank.run([], RECSYS) == []


@pytest.mark.parametrize(
    ("rows", "ratings", "says"),
    [
        ([{"title": "x"}], [], "without an id"),
        ([{"id": "a", "kind": "book"}], [], "no such kind: 'book'"),
        ([{"id": "a"}], [{"id": "b", "rating": 0}], "rating of b: 0"),
        ([{"id": "a"}], [{"id": "b"}], "rating of b: None"),
    ],
)
def test_wrong_rows_are_named(rows: list[dict[str, object]], ratings: list[dict[str, object]], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        rank.run(rows, RECSYS, ratings)
