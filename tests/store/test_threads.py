from digest import period
from digest.store import threads
from digest.store.database import Database
from tests.store.made import HOUR, MONDAY, thread

W24, W25, W26 = (period.week(f"2026-W{n}") for n in (24, 25, 26))


def test_the_past_is_what_earlier_periods_had(database: Database) -> None:
    with database.write() as tx:
        threads.save(tx, "weekly", W25, [thread("t1", 3), thread("t2", 4, 5, terms=("agents",))], {"t1": "Later title"})
        threads.save(tx, "weekly", W24, [thread("t1", 1, 2, last_seen=MONDAY - HOUR)], {"t1": "First title"})
        threads.save(tx, "other", W24, [thread("t9")])
        assert threads.past(tx, "weekly", W24.start) == []
        [before] = threads.past(tx, "weekly", W25.start)
        assert (before.title, before.period, before.works) == ("First title", "2026-W24", {"w1", "w2"})
        first, second = threads.past(tx, "weekly", W26.start)
    assert (first.id, first.title, first.period) == ("t1", "Later title", "2026-W25")
    assert first.works == {"w1", "w2", "w3"}
    assert (first.first_seen, first.last_seen) == (MONDAY + HOUR, MONDAY + 3 * HOUR)
    assert (second.id, second.title, second.terms) == ("t2", "", ("agents",))


def test_a_period_made_again_does_not_see_itself(database: Database) -> None:
    late = thread("t1", last_seen=W25.start - 50 * HOUR)
    with database.write() as tx:
        threads.save(tx, "weekly", W25, [late])
        assert threads.past(tx, "weekly", W25.start) == []


def test_saving_replaces_the_period_and_the_same_again_writes_nothing(database: Database) -> None:
    with database.write() as tx:
        threads.save(tx, "weekly", W25, [thread("t1"), thread("t2")], {"t1": "One"})
    with database.write() as tx:
        before = tx.exec_driver_sql("SELECT total_changes()").scalar_one()
        threads.save(tx, "weekly", W25, [thread("t1"), thread("t2")], {"t1": "One"})
        assert tx.exec_driver_sql("SELECT total_changes()").scalar_one() == before
        threads.save(tx, "weekly", W25, [thread("t2")])
        assert [each.id for each in threads.past(tx, "weekly", W26.start)] == ["t2"]
        threads.save(tx, "weekly", W25, [])
        assert threads.past(tx, "weekly", W26.start) == []


def test_a_thread_without_stories_has_the_start_of_its_period(database: Database) -> None:
    with database.write() as tx:
        threads.save(tx, "weekly", W25, [thread("t1", stories=())])
        [only] = threads.past(tx, "weekly", W26.start)
    assert only.first_seen == only.last_seen == W25.start


def test_history_and_chapters_go_from_old_to_new(database: Database) -> None:
    with database.write() as tx:
        threads.save(tx, "weekly", W25, [thread("t2"), thread("t1", weak=True, continues="2026-W24")], {"t1": "Two"})
        threads.save(tx, "weekly", W24, [thread("t1", 3)], {"t1": "One"})
        told = threads.history(tx, "t1")
        assert [(each.period, each.title, each.weak, each.continues) for each in told] == [
            ("2026-W24", "One", False, None),
            ("2026-W25", "Two", True, "2026-W24"),
        ]
        assert told[0].works == ("w3",)
        assert [each.id for each in threads.chapters(tx, "weekly")] == ["t1", "t2", "t1"]
        assert threads.history(tx, "none") == []
