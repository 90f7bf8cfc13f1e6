import pytest

from digest.store import deliveries, readers
from digest.store.database import Database
from digest.store.deliveries import Edition, Outcome
from tests.store.made import HOUR, MONDAY

EDITION = Edition(publication="weekly", period="2026-W25", language="en")
OTHER = Edition(publication="weekly", period="2026-W25", language="zh")


@pytest.fixture
def queued(database: Database) -> Database:
    """Five confirmed readers of the English edition with a delivery each, and one of the Chinese one without."""
    with database.write() as tx:
        for n in range(1, 6):
            readers.confirm(tx, readers.add(tx, f"r{n}@e.org", MONDAY).id, [("weekly", "en")], MONDAY)
        readers.confirm(tx, readers.add(tx, "zh@e.org", MONDAY).id, [("weekly", "zh")], MONDAY)
        readers.add(tx, "pending@e.org", MONDAY)
        assert deliveries.enqueue(tx, EDITION) == 5
    return database


def test_everybody_is_queued_once(queued: Database) -> None:
    with queued.write() as tx:
        assert deliveries.enqueue(tx, EDITION) == 0
        assert deliveries.enqueue(tx, OTHER) == 1
        assert [each.address for each in deliveries.listing(tx, EDITION)] == [f"r{n}@e.org" for n in range(1, 6)]
        assert deliveries.counts(tx, EDITION) == {"waiting": 5}
        assert deliveries.unfinished(tx, MONDAY) == [EDITION, OTHER]


def test_an_old_issue_does_not_go_to_new_readers(database: Database) -> None:
    with database.write() as tx:
        for n, since in ((1, MONDAY), (2, MONDAY + HOUR)):
            readers.confirm(tx, readers.add(tx, f"r{n}@e.org", MONDAY).id, [("weekly", "en")], since)
        assert deliveries.open_count(tx, EDITION) == 2
        assert deliveries.enqueue(tx, EDITION, MONDAY) == 1
        assert deliveries.open_count(tx, EDITION) == 2
        delivery = deliveries.get(tx, 1)
        assert delivery is not None
        assert (delivery.subscriber, delivery.address) == (1, "r1@e.org")
        assert deliveries.get(tx, 2) is None


def test_groups_are_claimed_in_order_and_settled(queued: Database) -> None:
    with queued.write() as tx:
        first = deliveries.claim(tx, 3, MONDAY, EDITION)
        assert [(each.id, each.address, each.state, each.attempts) for each in first] == [
            (1, "r1@e.org", "claimed", 1),
            (2, "r2@e.org", "claimed", 1),
            (3, "r3@e.org", "claimed", 1),
        ]
        deliveries.settle(
            tx,
            [
                Outcome(delivery=1, state="sent"),
                Outcome(delivery=2, state="refused", note="550 unknown"),
                Outcome(delivery=3, state="deferred", note="451", due=MONDAY + HOUR),
            ],
        )
        deliveries.settle(tx, [])
        assert [each.id for each in deliveries.claim(tx, 9, MONDAY, EDITION)] == [4, 5]
        assert deliveries.claim(tx, 9, MONDAY, EDITION) == []
        assert deliveries.next_due(tx, EDITION) == MONDAY + HOUR
        deliveries.settle(tx, [Outcome(delivery=n, state="sent") for n in (4, 5)])
        assert deliveries.unfinished(tx, MONDAY) == []
        assert deliveries.unfinished(tx, MONDAY + HOUR) == [EDITION]
        assert deliveries.open_count(tx, EDITION) == 1
        [again] = deliveries.claim(tx, 9, MONDAY + HOUR, EDITION)
        assert (again.id, again.attempts) == (3, 2)
        assert deliveries.listing(tx, EDITION, "refused")[0].note == "550 unknown"
        assert deliveries.counts(tx, EDITION) == {"claimed": 1, "refused": 1, "sent": 3}


def test_who_left_is_seen_at_the_claim(queued: Database) -> None:
    with queued.write() as tx:
        readers.unsubscribe(tx, 1)
        readers.suppress(tx, "r2@e.org", "complaint")
        readers.erase(tx, "r3@e.org")
        assert [each.id for each in deliveries.claim(tx, 2, MONDAY, EDITION)] == [4]
        assert [each.id for each in deliveries.listing(tx, EDITION, "suppressed")] == [1, 2, 3]
        assert deliveries.listing(tx, EDITION, "suppressed")[2].address == ""


def test_erasing_takes_the_address_out_of_the_servers_words(queued: Database) -> None:
    with queued.write() as tx:
        deliveries.settle(tx, [Outcome(delivery=1, state="refused", note="550 <r1@e.org> unknown")])
        readers.erase(tx, "r1@e.org")
        assert [each.note for each in deliveries.listing(tx, EDITION, "refused")] == [""]


def test_who_left_only_this_edition_does_not_get_it(queued: Database) -> None:
    with queued.write() as tx:
        readers.confirm(tx, 1, [("weekly", "zh")], MONDAY)
        readers.unsubscribe(tx, 1, ("weekly", "en"))
        assert [each.id for each in deliveries.claim(tx, 9, MONDAY, EDITION)] == [2, 3, 4, 5]


def test_when_all_left_nothing_is_claimed(queued: Database) -> None:
    with queued.write() as tx:
        for n in range(1, 6):
            readers.unsubscribe(tx, n)
        assert deliveries.claim(tx, 2, MONDAY, EDITION) == []
        assert deliveries.counts(tx, EDITION) == {"suppressed": 5}
        assert deliveries.unfinished(tx, MONDAY) == []


def test_what_a_killed_sender_held_is_uncertain_until_somebody_decides(queued: Database) -> None:
    with queued.write() as tx:
        deliveries.claim(tx, 2, MONDAY, EDITION)
        assert deliveries.abandon(tx, EDITION) == 2
        assert [each.id for each in deliveries.claim(tx, 9, MONDAY, EDITION)] == [3, 4, 5]
        deliveries.settle(tx, [Outcome(delivery=n, state="sent") for n in (3, 4, 5)])
        assert deliveries.claim(tx, 9, MONDAY, EDITION) == []
        assert deliveries.counts(tx, EDITION) == {"sent": 3, "uncertain": 2}
        assert deliveries.retry_uncertain(tx, EDITION) == 2
        assert [each.id for each in deliveries.claim(tx, 9, MONDAY, EDITION)] == [1, 2]


def test_claiming_stays_cheap_among_many_that_were_sent(queued: Database) -> None:
    with queued.read() as tx:
        plan = tx.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT id FROM deliveries WHERE state='waiting' AND publication='a' AND period='b'"
            " AND language='c' ORDER BY id LIMIT 25"
        ).all()
    assert "ix_deliveries_state" in plan[0][3]
    assert len(plan) == 1
