from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from digest.fetch.model import Stored
from digest.store import sources
from digest.store.database import Database
from digest.store.sources import Check, Health, Listed, StoredValidators
from tests.store.made import HOUR, MONDAY

FULL = Stored(
    url="https://e.org/feed",
    checked=MONDAY,
    etag='W/"a"',
    last_modified="x",
    expires=MONDAY + HOUR,
    moved_to="/b",
    moves=2,
)


def record(tx: Connection, when: datetime, slug: str, status: str, seen: int, new: int, error: str = "") -> None:
    sources.record(tx, when, [Check(slug=slug, status=status, seen=seen, new=new, error=error)])


def test_validators_come_back_in_the_next_process_too(url: str, database: Database) -> None:
    validators = StoredValidators(database)
    assert validators.get(FULL.url) is None
    validators.put(FULL.url, FULL)
    assert validators.get(FULL.url) == FULL
    database.close()
    with Database.open(url) as again:
        assert StoredValidators(again).get(FULL.url) == FULL
        assert StoredValidators(again).get("https://e.org/other") is None


def test_validators_are_replaced(database: Database) -> None:
    bare = Stored(url=FULL.url, checked=MONDAY, gone=True)
    with database.write() as tx:
        sources.keep(tx, [FULL])
        sources.keep(tx, [])
    validators = StoredValidators(database)
    assert validators.get(FULL.url) == FULL
    validators.put(FULL.url, bare)
    validators.flush()
    validators.flush()
    assert validators.get(FULL.url) == StoredValidators(database).get(FULL.url) == bare


def test_many_validators_are_written_in_batches(database: Database) -> None:
    validators = StoredValidators(database)
    for n in range(150):
        validators.put(f"https://e.org/{n}", FULL)
    with database.read() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM validators").scalar() == 100
    database.close()
    with database.read() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM validators").scalar() == 150


def test_health_tells_the_last_success_news_and_failures_in_a_row(database: Database) -> None:
    with database.write() as tx:
        record(tx, MONDAY, "b", "ok", 9, 3)
        record(tx, MONDAY + HOUR, "b", "unchanged", 0, 0)
        record(tx, MONDAY + 2 * HOUR, "b", "failed", 0, 0, "503")
        record(tx, MONDAY + 3 * HOUR, "b", "failed", 0, 0, "timeout")
        record(tx, MONDAY, "a", "failed", 0, 0, "404")
        first, second = sources.health(tx)
    assert first == Health(slug="a", status="failed", seen=0, new=0, error="404", last_checked=MONDAY, failures=1)
    assert second == Health(
        slug="b",
        status="failed",
        seen=0,
        new=0,
        error="timeout",
        last_checked=MONDAY + 3 * HOUR,
        last_success=MONDAY + HOUR,
        last_new=MONDAY,
        failures=2,
    )


def test_the_rhythm_is_the_median_gap_between_news(database: Database) -> None:
    with database.write() as tx:
        for hours, new in ((0, 1), (1, 0), (2, 1), (4, 2), (5, 0)):
            record(tx, MONDAY + hours * HOUR, "a", "ok", 5, new)
        assert sources.health(tx)[0].rhythm is None
        record(tx, MONDAY + 100 * HOUR, "a", "ok", 5, 1)
        [health] = sources.health(tx)
        assert health.rhythm == timedelta(hours=2)
        assert health.failures == 0
        for n in range(40):
            record(tx, MONDAY + (200 + n) * HOUR, "a", "ok", 5, 1)
        assert sources.health(tx)[0].rhythm == HOUR


def test_the_same_check_again_gives_the_same_row(database: Database) -> None:
    with database.write() as tx:
        record(tx, MONDAY, "a", "ok", 5, 1)
        before = sources.health(tx)
        record(tx, MONDAY, "a", "ok", 5, 1)
        assert sources.health(tx) == before


def test_what_is_unchanged_stays_stale_and_what_is_skipped_is_no_success(database: Database) -> None:
    with database.write() as tx:
        record(tx, MONDAY, "a", "stale", 5, 0, "silent since 2025-01-01")
        record(tx, MONDAY + HOUR, "a", "unchanged", 0, 0)
        record(tx, MONDAY, "b", "skipped", 0, 0)
        sources.record(tx, MONDAY, [])
        first, second = sources.health(tx)
        assert (first.status, first.error, first.last_success) == ("stale", "silent since 2025-01-01", MONDAY + HOUR)
        assert (second.status, second.last_success) == ("skipped", None)
        assert sources.health(tx, ["b"]) == [second]


def test_listings_are_kept_by_source_and_day(database: Database) -> None:
    friday = Listed(source="a", day=date(2026, 6, 19), announced=9, arrived=7)
    later = Listed(source="a", day=date(2026, 6, 19), announced=9, arrived=9)
    other = Listed(source="b", day=date(2026, 6, 18), announced=3, arrived=3)
    with database.write() as tx:
        sources.keep_listings(tx, [friday, other])
        sources.keep_listings(tx, [later])
        sources.keep_listings(tx, [])
        assert sources.listings(tx, date(2026, 6, 18), date(2026, 6, 19)) == [later, other]
        assert sources.listings(tx, date(2026, 6, 20), date(2026, 6, 21)) == []
