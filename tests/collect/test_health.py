from datetime import timedelta

from digest.collect.health import Check, health, is_silent, rhythm
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


def test_health_of_a_source() -> None:
    dates = [NOW - n * DAY for n in range(5)]
    checks = [Check(at=NOW - 2 * DAY, status="ok", new=3), Check(at=NOW - DAY, status="unchanged")]
    good = health(checks, dates, NOW)
    assert (good.state, good.failures, good.rhythm) == ("ok", 0, DAY)
    assert (good.last_success, good.last_new) == (NOW - DAY, NOW - 2 * DAY)
    failed = [Check(at=NOW + n * DAY, status="failed") for n in range(5)]
    assert (health([*checks, failed[0]], dates, NOW).state, health([*failed, *checks], dates, NOW).state) == (
        "failing",
        "broken",
    )
    assert health(checks, dates, NOW + 90 * DAY).state == "stale"
    assert health([], [], NOW).state == "new"
