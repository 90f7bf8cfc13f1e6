from digest import period
from digest.store import issues
from digest.store.database import Database
from tests.store.made import HOUR, MONDAY

W24, W25, W26 = (period.week(f"2026-W{n}") for n in (24, 25, 26))


def test_an_edition_is_kept_and_the_same_again_is_not_written(database: Database) -> None:
    with database.write() as tx:
        assert issues.save(tx, "weekly", W25, "en", b"{}", MONDAY, "draft")
        assert not issues.save(tx, "weekly", W25, "en", b"{}", MONDAY, "draft")
        assert issues.save(tx, "weekly", W25, "en", b"{}", MONDAY, "published")
        assert issues.save(tx, "weekly", W25, "en", b"{1}", MONDAY, "published")
        stored = issues.get(tx, "weekly", "2026-W25", "en")
        assert stored is not None
        assert (stored.document, stored.state, stored.date, stored.start) == (b"{1}", "published", MONDAY, W25.start)
        assert issues.get(tx, "weekly", "2026-W25", "zh") is None


def test_the_listing_has_the_newest_period_first(database: Database) -> None:
    with database.write() as tx:
        for publication, of, language in (("b", W24, "en"), ("a", W25, "zh"), ("a", W25, "en"), ("b", W25, "en")):
            issues.save(tx, publication, of, language, b"", MONDAY, "review")
        listed = [(row.publication, row.period[-2:], row.language) for row in issues.listing(tx)]
        assert listed == [("a", "25", "en"), ("a", "25", "zh"), ("b", "25", "en"), ("b", "24", "en")]
        assert [row.publication for row in issues.listing(tx, "b")] == ["b", "b"]
        issues.save(tx, "b", W24, "en", b"", MONDAY, "published")
        assert [row.state for row in issues.listing(tx, "b")] == ["review", "published"]


def test_an_edition_is_held_approved_and_published_and_changed_it_is_held_again(database: Database) -> None:
    where = ("weekly", "2026-W25", "en")

    def state() -> tuple[str, object, object]:
        (row,) = issues.listing(tx)
        return row.state, row.held, row.approved

    with database.write() as tx:
        issues.save(tx, "weekly", W25, "en", b"{}", MONDAY, "review")
        issues.hold(tx, *where, MONDAY)
        issues.hold(tx, *where, MONDAY + HOUR)
        assert state() == ("review", MONDAY, None)
        assert not issues.publish(tx, *where)
        assert issues.approve(tx, *where, MONDAY + HOUR)
        assert not issues.approve(tx, *where, MONDAY + 2 * HOUR)
        assert state() == ("approved", MONDAY, MONDAY + HOUR)
        assert not issues.save(tx, "weekly", W25, "en", b"{}", MONDAY, "approved")
        assert issues.save(tx, "weekly", W25, "en", b"{1}", MONDAY, "review")
        assert state() == ("review", MONDAY, None)
        assert issues.approve(tx, *where, MONDAY + 3 * HOUR)
        assert issues.publish(tx, *where)
        assert not issues.save(tx, "weekly", W25, "en", b"{1}", MONDAY, "published")
        assert state() == ("published", MONDAY, MONDAY + 3 * HOUR)


def test_told_is_what_earlier_periods_told_last(database: Database) -> None:
    with database.write() as tx:
        issues.tell(tx, "weekly", W25, {"w1": "new", "w3": "c"})
        issues.tell(tx, "weekly", W24, {"w1": "old", "w2": "b"})
        issues.tell(tx, "daily", W24, {"w9": "x"})
        assert issues.told(tx, "weekly", W24.start) == {}
        assert issues.told(tx, "weekly", W25.start) == {"w1": "2026-W24", "w2": "2026-W24"}
        assert issues.told(tx, "weekly", W26.start) == {"w1": "2026-W25", "w2": "2026-W24", "w3": "2026-W25"}
        assert issues.fingerprints(tx, "weekly", W26.start) == {"w1": "new", "w2": "b", "w3": "c"}


def test_telling_again_replaces(database: Database) -> None:
    with database.write() as tx:
        issues.tell(tx, "weekly", W24, {"w1": "a", "w2": "b"})
    with database.write() as tx:
        before = tx.exec_driver_sql("SELECT total_changes()").scalar_one()
        issues.tell(tx, "weekly", W24, {"w2": "b", "w1": "a"})
        assert tx.exec_driver_sql("SELECT total_changes()").scalar_one() == before
        issues.tell(tx, "weekly", W24, {"w2": "b"})
        assert issues.told(tx, "weekly", W25.start) == {"w2": "2026-W24"}
        issues.tell(tx, "weekly", W24, {})
        assert issues.told(tx, "weekly", W25.start) == {}
