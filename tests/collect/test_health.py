from datetime import timedelta

from digest.collect.health import is_silent, rhythm
from tests.fetch.server import NOW

DAY = timedelta(days=1)


def test_rhythm_is_the_usual_pause() -> None:
    assert rhythm([NOW, NOW - DAY]) is None
    assert rhythm([NOW, NOW - 30 * DAY, NOW - DAY, NOW - 2 * DAY]) == DAY


def test_silence_is_measured_against_the_rhythm() -> None:
    weekly = [NOW - (7 * n + 35) * DAY for n in range(5)]
    assert not is_silent(weekly, NOW)
    assert is_silent(weekly, NOW + 8 * DAY)
    daily = [NOW - n * DAY for n in range(5)]
    assert (is_silent(daily, NOW + 29 * DAY), is_silent(daily, NOW + 31 * DAY)) == (False, True)
    rare = [NOW - 200 * n * DAY for n in range(4)]
    assert (is_silent(rare, NOW + 364 * DAY), is_silent(rare, NOW + 366 * DAY)) == (False, True)
    assert (is_silent([], NOW), is_silent([NOW], NOW + 364 * DAY)) == (False, False)
