import numpy as np
import pytest

from digest.score import taste
from digest.score.taste import lesson, tasted
from digest.score.words import canonical
from tests.score.works import rating

CATS = "A study of cats and their whiskers, sleeping habits and purring sounds, number"
DOGS = "A study of dogs and their leashes, running habits and barking sounds, number"


def both(count: int) -> list[taste.Rating]:
    liked = [rating(f"c{n}", "On cats", f"{CATS} {n}", True) for n in range(count)]
    return liked + [rating(f"d{n}", "On dogs", f"{DOGS} {n}", False) for n in range(count)]


def liking(ratings: list[taste.Rating], *texts: str, prior: list[float] | None = None) -> list[float]:
    words = [canonical(text) for text in texts]
    return [each.value for each in tasted(lesson(ratings), words, words, prior or [0.0] * len(words))]


def test_the_last_word_on_an_item_counts() -> None:
    taught = lesson([rating("a", "A", "x", False), rating("b", "B", "y", False), rating("a", "A", "x", True)])
    assert taught.titles == (" b ", " a ")
    assert taught.liked == (False, True)


def test_ratings_without_words_teach_nothing() -> None:
    assert lesson([rating("a", "", "!?", True)]).liked == ()


def test_old_ratings_are_forgotten() -> None:
    taught = lesson([rating(str(n), f"t{n}", "", True) for n in range(taste.MOST + 5)])
    assert len(taught.liked) == taste.MOST
    assert taught.titles[0] == " t5 "


def test_trust_grows_with_ratings_and_is_bounded() -> None:
    assert lesson(both(4)).trust == pytest.approx(0.5, abs=1e-3)
    assert 0.9 < lesson(both(40)).trust < 1.0


def test_what_is_like_the_liked_comes_first() -> None:
    cats, dogs = liking(both(10), "sleeping cats purring", "running dogs barking")
    assert cats > 0 > dogs


@pytest.mark.parametrize("value", [True, False])
def test_ratings_that_all_agree_still_teach(value: bool) -> None:
    ratings = [rating(f"c{n}", "On cats", f"{CATS} {n}", value) for n in range(5)]
    cats, *dogs = liking(ratings, "sleeping cats purring", "running dogs barking", "dogs and leashes")
    assert (cats > max(dogs)) is value


def test_the_prior_decides_where_words_do_not() -> None:
    low, high = liking(both(3), "nothing known", "nothing known", prior=[0.0, 1.0])
    assert high > low


def test_older_ratings_weigh_less() -> None:
    ratings = [rating(f"o{n}", "", f"{CATS} old", False) for n in range(20)]
    weights = lesson(ratings).weights
    assert list(weights) == sorted(weights)
    assert weights[-1] == 1.0
    aged = lesson(ratings, [730.0] * 20).weights
    assert aged == pytest.approx([weight / 4 for weight in weights])


def test_a_later_word_has_its_own_age() -> None:
    twice = [rating("a", "A", "x", True), rating("b", "B", "y", True), rating("a", "A", "x", False)]
    assert lesson(twice, [730.0, 365.0, 0.0]).weights == pytest.approx([0.5 * 0.5 ** (1 / taste.HALF_LIFE), 1.0])


def test_the_prior_counts_less_the_more_was_liked() -> None:
    shares = [lesson(both(count)).share_of_prior for count in (1, 30, 300)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 2
    assert shares[2] < 1


def test_meaning_counts_where_the_extra_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    ratings = [rating("k", "", "kitten word", True), rating("h", "", "hound word", False)] * 5

    def meant(texts: list[str]) -> np.ndarray:
        return np.asarray([[float("kitten" in text or "feline" in text), 0.5] for text in texts])

    monkeypatch.setattr(taste, "available", lambda: True)
    monkeypatch.setattr(taste, "vectors", meant)
    feline, canine = liking(ratings, "feline word", "canine word")
    assert feline > canine
    monkeypatch.setattr(taste, "available", lambda: False)
    assert liking(ratings, "feline word", "canine word") == [0.0, 0.0]


def test_what_was_alike_is_counted() -> None:
    words = [canonical("sleeping cats purring"), canonical("running dogs barking"), canonical("nothing known")]
    cats, dogs, none = tasted(lesson(both(10)), words, words, [0.0] * 3)
    assert (cats.alike, dogs.alike, none.alike) == (10, 10, 0)
    assert cats.value > 0 > dogs.value


def test_only_ratings_that_speak_for_a_value_are_counted() -> None:
    speaking = taste._speaking
    assert (speaking(1.0, 5, 5, 0.1), speaking(-1.0, 5, 5, 0.1)) == (5, 0)
    assert (speaking(1.0, 1, 50, 0.1), speaking(-1.0, 1, 50, 0.1)) == (0, 50)
    assert (speaking(1.0, 3, 0, 1.0), speaking(-1.0, 0, 3, 0.0)) == (3, 3)


def test_many_items_are_looked_at_in_parts() -> None:
    words = [canonical("sleeping cats"), canonical("running dogs")] * (taste._AT_ONCE // 2 + 5)
    found = tasted(lesson(both(5)), words, words, [0.0] * len(words))
    assert len(found) == len(words)
    assert len({each.alike for each in found[::2]}) == 1
    assert found[-2].value == pytest.approx(found[0].value)


def test_many_items_stand_in_as_examples_up_to_a_bound() -> None:
    training = taste._training(lesson([rating("a", "A", "x", True)]), 10_000)
    assert len(training.rows) == 1 + taste._MOST_BACKGROUND


@pytest.mark.parametrize("text", ["", "one"])
def test_a_single_rating_of_hardly_any_words(text: str) -> None:
    values = liking([rating("a", "", "unique", True)], text, "")
    assert values == [0.0, 0.0]


def test_one_word_in_common() -> None:
    ratings = [rating("a", "", "word", True), rating("b", "", "word", False)]
    assert liking(ratings, "word", "word") == [0.0, 0.0]
    blank = [canonical("")] * 2
    assert [each.value for each in tasted(lesson(ratings), blank, [canonical("word")] * 2, [0.0, 0.0])] == [0.0, 0.0]
