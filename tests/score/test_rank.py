import os
import random
import subprocess
import sys

import pytest

from digest.domain.facts import Facts
from digest.domain.item import Work
from digest.domain.score import Score
from digest.score.rank import _told_taste, rank, reason_in
from digest.score.taste import Taste
from tests.score.works import item, news, papers, rating, result, work

RECSYS = papers(topics=("recommendation", "ranking"), categories=("cs.IR",))
TEXT = "We propose a ranking model of user behavior for recommendation; offline experiments show gains."


def only(scores: list[Score]) -> Score:
    (score,) = scores
    return score


def test_online_results_of_a_company_come_first_and_off_subject_last() -> None:
    works = [
        work("off", "Landing drones on water", "A controller is trained in wind. " * 5),
        work("paper", "Sequential recommendation", TEXT, categories="cs.IR"),
        work("online", "Sequential recommendation", TEXT, categories="cs.IR"),
    ]
    facts = {"online": Facts(item="online", company="Meta", industry=True, results=(result("CTR", 0.96),))}
    scores = rank(works, facts, RECSYS)
    assert [score.item for score in scores] == ["online", "paper", "off"]
    assert scores[0].reason.startswith("online test at Meta, +0.96% CTR; recommendation, ranking, your topics")
    assert scores[-1].stars == 1
    assert scores[-1].reason == "nothing stands out"


def test_results_off_the_subject_do_not_count() -> None:
    works = [work("off", "Landing drones on water", "A controller is trained in wind. " * 5)]
    facts = {"off": Facts(item="off", company="Meta", industry=True, deployed=True, results=(result("CTR", 9.0),))}
    assert only(rank(works, facts, RECSYS)).stars == 1


def test_parts_are_the_criteria_strongest_first() -> None:
    score = only(rank([work("a", "Sequential recommendation", TEXT)], {}, RECSYS))
    assert score.criterion == "overall"
    assert score.engine == "local"
    assert {part.criterion for part in score.parts} >= {"field", "topic", "online", "industry", "category"}
    assert score.parts[0].criterion == "field"
    assert all(1.0 <= part.value <= 5.0 for part in score.parts)


def test_a_reason_is_sayable_in_chinese() -> None:
    score = only(rank([work("a", "Sequential recommendation", TEXT)], {}, RECSYS))
    assert reason_in(score, "en") == score.reason
    assert reason_in(score, "zh") == "recommendation、ranking：关注的主题；领域核心"


def test_topics_that_match_nothing_leave_everything_below_the_line() -> None:
    posts = [
        Work(
            id=str(n),
            items=tuple(item(f"{n}-{k}", f"Lab releases {n}", "x", kind="post", source=str(k)) for k in range(6)),
        )
        for n in range(5)
    ]
    assert {score.stars for score in rank(posts, {}, news(topics=("underwater basketry",)))} == {1}
    assert {score.stars for score in rank(posts, {}, news())} != {1}


def test_an_unwanted_topic_sinks_an_item() -> None:
    publication = news(topics=("agent",), not_topics=("coupon",))
    good, bad = rank([work("b", "Agent coupon", kind="post"), work("a", "Agent news", kind="post")], {}, publication)
    assert (good.item, bad.item) == ("a", "b")
    assert bad.reason.startswith("about coupon, not wanted")


def test_the_weight_of_the_source_counts() -> None:
    works = [
        Work(id="low", items=(item("low", "Agent", kind="post", source="rumours"),)),
        Work(id="top", items=(item("top", "Agent", kind="post", source="lab"),)),
    ]
    scores = rank(works, {}, news(topics=("agent",)), weights={"lab": 2.0, "rumours": 0.2})
    assert [score.item for score in scores] == ["top", "low"]


def test_ties_go_by_id_and_order_does_not_matter() -> None:
    works = [work(f"{n:02}", "Same title", "Same text") for n in range(20)]
    shuffled = list(works)
    random.Random(3).shuffle(shuffled)  # noqa: S311  an order, no secret
    assert rank(shuffled, {}, RECSYS) == rank(works, {}, RECSYS)
    assert [score.item for score in rank(shuffled, {}, RECSYS)] == [f"{n:02}" for n in range(20)]


def cats_and_dogs() -> list[Work]:
    works = [work(f"cat{n}", "Cats", f"Cats purr and sleep in baskets, study {n}") for n in range(10)]
    return works + [work(f"dog{n}", "Dogs", f"Dogs bark and run on leashes, study {n}") for n in range(10)]


def test_a_taste_turns_the_order() -> None:
    likes_dogs = [rating(f"r{n}", "Dogs", f"Dogs bark and run, note {n}", True) for n in range(10)]
    likes_dogs += [rating(f"s{n}", "Cats", f"Cats purr and sleep, note {n}", False) for n in range(10)]
    wanted = papers(topics=("cats",), weights={"topic": 1.0})
    plain = rank(cats_and_dogs(), {}, wanted)
    assert all(score.item.startswith("cat") for score in plain[:10])
    neutral = papers(weights={"online": 0.0, "industry": 0.0})
    tasted = rank(cats_and_dogs(), {}, neutral, likes_dogs)
    assert all(score.item.startswith("dog") for score in tasted[:10])
    assert tasted[0].reason == "the editor rated 10 items like this one up"
    assert tasted[-1].reason == "the editor rated 10 items like this one down"
    assert reason_in(tasted[0], "zh") == "编辑好评过 10 篇同类内容"
    assert {part.criterion for part in tasted[0].parts} >= {"taste"}


def test_only_a_strong_taste_is_told() -> None:
    said = [_told_taste(Taste(value=value, alike=alike)) for value, alike in ((0.5, 3), (1.0, 3), (1.0, 0), (-1.0, 1))]
    assert said == [
        "",
        "the editor rated 3 items like this one up",
        "akin to what the editor rated up",
        "the editor rated an item like this one down",
    ]


def test_a_taste_does_not_lift_what_is_off_the_subject() -> None:
    likes = [rating(f"r{n}", "Dogs", f"Dogs bark and run, note {n}", True) for n in range(30)]
    scores = rank(cats_and_dogs(), {}, papers(topics=("cats",)), likes)
    assert all(score.item.startswith("cat") for score in scores[:10])


def test_one_rating_moves_little() -> None:
    publication = papers(topics=("cats",))
    before = {s.item: s.value for s in rank(cats_and_dogs(), {}, publication)}
    after = rank(cats_and_dogs(), {}, publication, [rating("r", "Dogs", "Dogs bark and run, study 1", True)])
    assert max(abs(s.value - before[s.item]) for s in after) < 0.6


def test_the_influence_of_ratings_is_bounded_and_decays() -> None:
    publication = papers(topics=("cats",))
    ratings = [rating(f"r{n}", "Cats", f"Cats purr and sleep, note {n}", False) for n in range(500)]
    before = {s.item: s.value for s in rank(cats_and_dogs(), {}, publication)}

    def moved(ages: list[float]) -> float:
        after = rank(cats_and_dogs(), {}, publication, ratings, ages)
        return max(abs(score.value - before[score.item]) for score in after)

    fresh, aged, ancient = (moved([days] * 500) for days in (0.0, 3_000.0, 30_000.0))
    assert fresh > aged > ancient
    assert fresh < 4.0
    assert ancient < 0.01


def test_a_weight_of_zero_switches_the_taste_off() -> None:
    off = papers(topics=("cats",), weights={"taste": 0.0})
    ratings = [rating("r", "Dogs", "Dogs bark", True)]
    assert rank(cats_and_dogs(), {}, off, ratings) == rank(cats_and_dogs(), {}, off)


@pytest.mark.parametrize("text", ["", "word", "word " * 200_000, "\x00\ud800", "https://example.org/a/b?c=d"])
def test_odd_texts_get_a_score(text: str) -> None:
    score = only(rank([work("a", text, text)], {}, RECSYS))
    assert 1.0 <= score.value <= 5.0
    assert score.reason


def test_an_item_without_words_says_so() -> None:
    assert only(rank([work("a")], {}, RECSYS)).reason == "no text to judge by"


def test_nothing_to_rank() -> None:
    assert rank([], {}, RECSYS, [rating("a", "A", "b", True)]) == []


def test_five_hundred_copies_beside_one_other() -> None:
    works = [work(f"{n:03}", "Dogs", "Dogs bark and run") for n in range(500)] + [work("x", "Cats", "Cats purr")]
    scores = rank(
        works, {}, papers(), [rating("r", "Cats", "Cats purr", True), rating("s", "Dogs", "Dogs bark", False)]
    )
    assert len(scores) == 501
    assert scores[0].item == "x"


def test_ratings_of_items_that_are_gone_teach_by_their_words() -> None:
    gone = [rating("gone1", "Dogs", "Dogs bark and run", True), rating("gone2", "", "", False)]
    assert len(rank(cats_and_dogs(), {}, papers(), gone)) == 20


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "from tests.score.test_rank import cats_and_dogs\n"
        "from tests.score.works import papers, rating\n"
        "from digest.score.rank import rank\n"
        "ratings = [rating('r', 'Dogs', 'Dogs bark and run', True), rating('s', 'Cats', 'Cats purr', False)]\n"
        "scores = rank(cats_and_dogs(), {}, papers(categories=('cs.IR',)), ratings)\n"
        "print([(score.item, score.value, score.reason) for score in scores])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
