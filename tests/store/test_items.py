from dataclasses import replace

from digest.store import items
from digest.store.database import Database
from digest.store.items import Saved
from tests.store.made import HOUR, MONDAY, item


def test_an_item_comes_back_as_it_was_given(database: Database) -> None:
    given = [
        item(1),
        item(2, published=None, updated=MONDAY, announced=MONDAY + HOUR, authors=(), extra={}, text="图\n检索"),
    ]
    with database.write() as tx:
        assert items.save(tx, given) == Saved(new=2)
    with database.read() as tx:
        assert [items.get(tx, each.id) for each in given] == given
        assert items.get(tx, "arxiv:none") is None


def test_the_same_again_changes_nothing(database: Database) -> None:
    with database.write() as tx:
        items.save(tx, [item(1), item(2)])
        assert items.save(tx, [item(2), item(1, first_seen=MONDAY)]) == Saved(unchanged=2)
        assert items.get(tx, item(1).id) == item(1)


def test_an_update_keeps_the_first_seen_and_what_the_paper_said_before(database: Database) -> None:
    later = item(1, text="Now with numbers.", first_seen=MONDAY + 90 * HOUR, extra={"version": "2"})
    with database.write() as tx:
        items.save(tx, [item(1)])
        assert items.save(tx, [later, item(2)]) == Saved(new=1, updated=1)
        assert items.get(tx, later.id) == replace(later, first_seen=item(1).first_seen)
        [before] = items.versions(tx, later.id)
    assert (before.version, before.text, before.title) == ("1", item(1).text, item(1).title)


def test_new_counts_of_likes_are_an_update_but_no_version(database: Database) -> None:
    with database.write() as tx:
        items.save(tx, [item(1)])
        assert items.save(tx, [item(1, signals={"likes": 9.0})]) == Saved(updated=1)
        stored = items.get(tx, item(1).id)
        assert stored is not None
        assert stored.signals == {"likes": 9.0}
        assert items.versions(tx, item(1).id) == []


def test_an_edited_post_has_no_versions(database: Database) -> None:
    with database.write() as tx:
        items.save(tx, [item(1, kind="post")])
        items.save(tx, [item(1, kind="post", text="12:00")])
        assert items.versions(tx, item(1).id) == []


def test_another_source_fills_gaps_and_overwrites_nothing(database: Database) -> None:
    listing = item(1, source="arxiv-rss", text="Announced: ...", announced=MONDAY + 24 * HOUR)
    with database.write() as tx:
        items.save(tx, [item(1)])
        assert items.save(tx, [listing]) == Saved(updated=1)
        assert items.get(tx, item(1).id) == item(1, announced=listing.announced)
        assert items.save(tx, [item(1)]) == Saved(unchanged=1)
        assert items.save(tx, [listing]) == Saved(unchanged=1)
        assert items.get(tx, item(1).id) == item(1, announced=listing.announced)


def test_another_source_with_nothing_to_add_changes_nothing(database: Database) -> None:
    with database.write() as tx:
        items.save(tx, [item(1)])
        assert items.save(tx, [item(1, source="mirror", title="RANKING PAPER 1")]) == Saved(unchanged=1)
        assert items.get(tx, item(1).id) == item(1)


def test_another_source_with_a_later_version_updates(database: Database) -> None:
    second = item(1, source="arxiv-all", text="Version two.", updated=MONDAY + 50 * HOUR)
    with database.write() as tx:
        items.save(tx, [item(1, updated=MONDAY)])
        assert items.save(tx, [second]) == Saved(updated=1)
        assert items.get(tx, item(1).id) == replace(second, source="arxiv-ir")


def test_a_guessed_date_replaces_no_date(database: Database) -> None:
    guessed = item(1, text="Edited.", published=MONDAY + 99 * HOUR, flags=frozenset({"backfilled", "excerpt"}))
    with database.write() as tx:
        items.save(tx, [item(1)])
        items.save(tx, [guessed])
        assert items.get(tx, item(1).id) == replace(guessed, published=item(1).published, flags=frozenset({"excerpt"}))


def test_twice_in_one_batch_is_one_item(database: Database) -> None:
    with database.write() as tx:
        assert items.save(tx, [item(1), item(1, text="Edited."), item(1, source="other", announced=MONDAY)]) == Saved(
            new=1
        )
        assert items.get(tx, item(1).id) == item(1, text="Edited.", announced=MONDAY)
        assert items.sightings(tx, MONDAY, MONDAY + HOUR) == {item(1).id: ("arxiv-ir", "other")}


def test_more_than_a_batch(database: Database) -> None:
    many = [item(n, published=MONDAY) for n in range(6_000)]
    with database.write() as tx:
        assert items.save(tx, iter(many)) == Saved(new=6_000)
        assert items.save(tx, iter(many)) == Saved(unchanged=6_000)
        assert items.between(tx, MONDAY, MONDAY + HOUR) == many
        plan = tx.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM items WHERE at >= 1 AND at < 2 ORDER BY at, id"
        ).all()
    assert "USING INDEX ix_items_at" in plan[0][3]


def test_between_is_half_open_ordered_and_by_kind(database: Database) -> None:
    announced = item(7, published=MONDAY - HOUR, announced=MONDAY + HOUR)
    undated = item(8, published=None, kind="post", first_seen=MONDAY + HOUR)
    with database.write() as tx:
        items.save(tx, [item(2), undated, announced, item(1), item(3, kind="post")])
        found = items.between(tx, MONDAY + HOUR, MONDAY + 3 * HOUR)
        assert [each.id[-1] for each in found] == ["1", "7", "8", "2"]
        assert items.between(tx, MONDAY + HOUR, MONDAY + 4 * HOUR, kinds=("post",)) == [undated, item(3, kind="post")]


def test_find_takes_an_id_a_url_or_a_key(database: Database) -> None:
    voice = item(2, id="x:1", kind="tweet", url="https://x.com/1", keys=("arxiv:2606.00001",))
    with database.write() as tx:
        items.save(tx, [item(1), voice])
        assert items.find(tx, " arxiv:2606.00001 ") == [item(1)]
        assert items.find(tx, "https://x.com/1") == [voice]
        assert items.find(tx, "2606.00001") == [item(1), voice]
        assert items.find(tx, "doi:10.1/x") == [item(1)]
        assert items.find(tx, "nothing") == []


def test_sightings_name_every_source_the_earliest_first(database: Database) -> None:
    with database.write() as tx:
        items.save(tx, [item(1, source="zeta", first_seen=MONDAY), item(2)])
        items.save(tx, [item(1, source="alpha", first_seen=MONDAY + HOUR)])
        assert items.sightings(tx, MONDAY, MONDAY + 3 * HOUR) == {
            item(1).id: ("zeta", "alpha"),
            item(2).id: ("arxiv-ir",),
        }
        assert items.sightings(tx, MONDAY + 9 * HOUR, MONDAY + 10 * HOUR) == {}
