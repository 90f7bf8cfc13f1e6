from digest.domain.run import Run, Step
from digest.store import runs
from digest.store.database import Database
from tests.store.made import HOUR, MONDAY


def test_a_run_is_recorded_from_start_to_end(database: Database) -> None:
    with database.write() as tx:
        assert runs.last(tx) is None
        run = runs.start(tx, "k1", "run", MONDAY)
        assert run == Run(id=1, key="k1", command="run", state="running", started=MONDAY)
        step = Step(run=1, stage="write", subject="weekly 2026-W25", state="running", started=MONDAY)
        runs.step(tx, step)
        done = Step(
            run=1, stage="write", subject="weekly 2026-W25", state="done", started=MONDAY, ended=MONDAY + HOUR, note="2"
        )
        runs.step(tx, done)
        runs.step(tx, Step(run=1, stage="collect", subject="", state="done", started=MONDAY))
        runs.finish(tx, 1, "done", MONDAY + HOUR, "2 editions")
        assert [each.stage for each in runs.steps(tx, 1)] == ["collect", "write"]
        assert runs.steps(tx, 1)[1] == done
        assert runs.last(tx) == Run(
            id=1, key="k1", command="run", state="done", started=MONDAY, ended=MONDAY + HOUR, note="2 editions"
        )


def test_a_key_is_taken_once_but_a_failed_run_may_be_tried_again(database: Database) -> None:
    with database.write() as tx:
        assert runs.start(tx, "k1", "run", MONDAY)
        assert runs.start(tx, "k1", "run", MONDAY, alone=False) is None
        runs.finish(tx, 1, "failed", MONDAY)
        again = runs.start(tx, "k1", "run", MONDAY)
        assert again is not None
        runs.finish(tx, again.id, "done", MONDAY)
        assert runs.start(tx, "k1", "run", MONDAY) is None


def test_what_was_killed_is_marked_as_failed_at_the_next_start(database: Database) -> None:
    with database.write() as tx:
        runs.start(tx, "k1", "run", MONDAY)
        runs.step(tx, Step(run=1, stage="write", subject="", state="running", started=MONDAY))
        assert runs.start(tx, "k1", "collect", MONDAY + HOUR) is not None
        second, first = runs.listing(tx)
        assert (first.state, first.ended, second.state) == ("failed", MONDAY + HOUR, "running")
        assert "killed" in first.note
        assert runs.steps(tx, 1)[0].state == "failed"
        assert runs.last(tx, "run") == first
        assert runs.listing(tx, 1) == [second]
        assert runs.recover(tx, MONDAY) == 1
        assert runs.recover(tx, MONDAY) == 0
