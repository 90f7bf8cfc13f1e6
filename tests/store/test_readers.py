from digest.store import readers
from digest.store.database import Database
from digest.store.readers import Exported, Imported
from tests.store.made import HOUR, MONDAY

WEEKLY, DAILY = ("weekly", "en"), ("daily", "zh")


def _confirmed(database: Database, address: str = "ann@e.org") -> int:
    with database.write() as tx:
        reader = readers.add(tx, address, MONDAY)
        assert readers.confirm(tx, reader.id, [WEEKLY, DAILY], MONDAY + HOUR)
    return reader.id


def test_a_reader_is_pending_until_confirmed(database: Database) -> None:
    with database.write() as tx:
        new = readers.add(tx, "Ann@E.org", MONDAY)
        assert (new.id, new.address, new.state, new.created) == (1, "Ann@E.org", "pending", MONDAY)
        assert readers.add(tx, "ann@e.org ", MONDAY + HOUR).id == 1
        assert readers.subscriptions(tx, 1) == []
        for _ in range(2):
            confirmed = readers.confirm(tx, 1, [WEEKLY], MONDAY + HOUR)
            assert confirmed is not None
            assert (confirmed.state, confirmed.confirmed) == ("confirmed", MONDAY + HOUR)
        assert [(each.publication, each.since) for each in readers.subscriptions(tx, 1)] == [("weekly", MONDAY + HOUR)]
        assert readers.confirm(tx, 99, [WEEKLY], MONDAY) is None


def test_typing_the_address_of_a_reader_changes_nothing_of_theirs(database: Database) -> None:
    reader = _confirmed(database)
    with database.write() as tx:
        before = readers.export(tx)
        assert readers.add(tx, "ANN@e.org", MONDAY + 9 * HOUR).state == "confirmed"
        assert readers.export(tx) == before
        readers.suppress(tx, "ann@e.org", "complaint")
        assert readers.add(tx, "ann@e.org", MONDAY).state == "suppressed"
        assert readers.confirm(tx, reader, [WEEKLY], MONDAY) is None


def test_leaving_one_edition_and_then_the_last(database: Database) -> None:
    reader = _confirmed(database)
    with database.write() as tx:
        assert readers.unsubscribe(tx, reader, DAILY)
        assert [each.publication for each in readers.subscriptions(tx, reader)] == ["weekly"]
        for _ in range(2):
            assert readers.unsubscribe(tx, reader)
            left = readers.get(tx, reader)
            assert left is not None
            assert left.state == "unsubscribed"
        assert readers.confirm(tx, reader, [WEEKLY], MONDAY) is None
        assert not readers.unsubscribe(tx, 99)
        assert readers.add(tx, "ann@e.org", MONDAY).state == "pending"
        assert readers.confirm(tx, reader, [WEEKLY], MONDAY) is not None


def test_choosing_replaces_the_choices(database: Database) -> None:
    reader = _confirmed(database)
    with database.write() as tx:
        assert readers.choose(tx, reader, [WEEKLY, ("weekly", "zh")], MONDAY + 9 * HOUR)
        chosen = readers.subscriptions(tx, reader)
        assert [(each.publication, each.language, each.since) for each in chosen] == [
            ("weekly", "en", MONDAY + HOUR),
            ("weekly", "zh", MONDAY + 9 * HOUR),
        ]
        assert readers.choose(tx, reader, [], MONDAY)
        assert not readers.choose(tx, reader, [WEEKLY], MONDAY)
        assert readers.counts(tx) == {"unsubscribed": 1}


def test_erasing_keeps_the_hash_alone(database: Database, url: str) -> None:
    reader = _confirmed(database, "secret@e.org")
    with database.write() as tx:
        assert readers.erase(tx, "SECRET@e.org")
        assert not readers.erase(tx, "secret@e.org")
        assert not readers.erase(tx, "nobody@e.org")
        gone = readers.get(tx, reader)
        assert gone is not None
        assert (gone.address, gone.state, gone.confirmed) == ("", "erased", None)
        assert readers.subscriptions(tx, reader) == []
        assert readers.export(tx) == []
        assert readers.bring(tx, [Exported(address="secret@e.org", state="confirmed")], MONDAY) == Imported(refused=1)
        assert not readers.suppress(tx, "secret@e.org", "bounce")
        tx.exec_driver_sql("DELETE FROM subscribers")
        assert readers.add(tx, "next@e.org", MONDAY).id == reader + 1


def test_those_who_never_confirmed_are_forgotten(database: Database) -> None:
    _confirmed(database)
    with database.write() as tx:
        readers.add(tx, "never@e.org", MONDAY)
        assert readers.purge(tx, MONDAY) == 0
        assert readers.purge(tx, MONDAY + HOUR) == 1
        assert [each.address for each in readers.listing(tx)] == ["ann@e.org", ""]
        assert [each.address for each in readers.listing(tx, "confirmed")] == ["ann@e.org"]


def test_export_and_import_are_inverse_and_the_left_stay_out(database: Database, tmp_path: object) -> None:
    _confirmed(database)
    with database.write() as tx:
        left = readers.add(tx, "left@e.org", MONDAY)
        readers.unsubscribe(tx, left.id)
        exported = readers.export(tx)
        assert exported[0] == Exported(address="ann@e.org", state="confirmed", choices=(DAILY, WEEKLY))
        assert readers.bring(tx, exported, MONDAY) == Imported(known=1, refused=1)
        again = [
            Exported(address="left@e.org", state="confirmed", choices=(WEEKLY,)),
            Exported(address="new@e.org", state="confirmed"),
        ]
        assert readers.bring(tx, again, MONDAY) == Imported(added=1, refused=1)
    with Database.open("sqlite://") as other, other.write() as tx:
        assert readers.bring(tx, exported, MONDAY) == Imported(added=1, refused=1)
        assert readers.export(tx) == exported[:1]
