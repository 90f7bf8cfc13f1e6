from datetime import timedelta

from digest.web.brake import Brake
from tests.store.made import MONDAY

MINUTE = timedelta(minutes=1)


def test_a_name_passes_so_often_and_then_waits() -> None:
    brake = Brake(2, 10 * MINUTE)
    assert [brake.passes("a", MONDAY + n * MINUTE) for n in (0, 5, 9, 11, 12)] == [True, True, False, True, False]
    assert brake.passes("b", MONDAY)


def test_only_so_many_names_are_remembered() -> None:
    brake = Brake(1, 10 * MINUTE)
    for n in range(10_001):
        assert brake.passes(str(n), MONDAY)
    assert len(brake._passed) == 10_000
