from digest.deliver.pace import Pace


def test_without_limits_nobody_waits() -> None:
    def never(_seconds: float) -> None:
        raise AssertionError

    Pace().wait("a@e.org", never)


def test_messages_keep_their_distance_in_all_and_to_a_domain() -> None:
    now = [100.0]
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        now[0] += seconds

    pace = Pace(60, 6, clock=lambda: now[0])
    for address in ("a@e.org", "b@f.org", "c@e.org", "d@g.org"):
        pace.wait(address, sleep)
    assert waited == [1.0, 9.0, 1.0]
    now[0] += 100
    pace.wait("a@e.org", sleep)
    assert len(waited) == 3


def test_one_limit_is_enough() -> None:
    waited: list[float] = []
    pace = Pace(0, 60, clock=lambda: 0.0)
    for address in ("a@e.org", "b@f.org", "c@e.org"):
        pace.wait(address, waited.append)
    assert waited == [1.0]
