from digest.domain.score import Rating
from digest.store import ratings
from digest.store.database import Database
from tests.store.made import HOUR, MONDAY


def _rating(n: int, value: int = 1) -> Rating:
    return Rating(id=f"i{n}", kind="paper", title="T", text="x", rating=1 if value > 0 else -1)


def _given(rated: list[ratings.Rated]) -> list[Rating]:
    return [each.rating for each in rated]


def test_ratings_come_back_in_the_order_they_were_given(database: Database) -> None:
    with database.write() as tx:
        ratings.save(tx, _rating(2), MONDAY)
        ratings.save(tx, _rating(1, -1), MONDAY + HOUR, "weekly")
        ratings.save(tx, _rating(3), MONDAY, "daily")
        assert _given(ratings.all(tx)) == [_rating(2), _rating(3), _rating(1, -1)]
        assert _given(ratings.all(tx, "weekly")) == [_rating(2), _rating(1, -1)]
        assert _given(ratings.all(tx, until=MONDAY)) == [_rating(2), _rating(3)]


def test_a_second_thought_replaces_the_first(database: Database) -> None:
    with database.write() as tx:
        ratings.save(tx, _rating(1), MONDAY)
        ratings.save(tx, _rating(1, -1), MONDAY + HOUR)
        [only] = ratings.all(tx)
    assert (only.rating.rating, only.when, only.publication) == (-1, MONDAY + HOUR, "")


def test_a_rating_is_taken_back_for_the_publication_it_was_given_for(database: Database) -> None:
    with database.write() as tx:
        ratings.save(tx, _rating(1), MONDAY)
        ratings.save(tx, _rating(1, -1), MONDAY, "weekly")
        assert ratings.remove(tx, "i1")
        assert not ratings.remove(tx, "i1")
        assert _given(ratings.all(tx)) == [_rating(1, -1)]
