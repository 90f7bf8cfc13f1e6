import pytest

from digest.store import items
from digest.store.database import Database
from tests.store.made import HOUR, MONDAY, item


@pytest.fixture
def filled(database: Database) -> Database:
    with database.write() as tx:
        items.save(
            tx,
            [
                item(1, title="Graph retrieval", text="at Meta"),
                item(2, title="Other", text="retrieving graphs, 推荐系统"),
            ],
        )
        assert items.index(tx) == 2
    return database


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("graph retrieval", [1, 2]),
        ("META", [1]),
        ("推荐", [2]),
        ("荐推", []),
        ("graph OR", []),
        ('"', []),
        ("", []),
        ("NEAR(", []),
    ],
)
def test_all_words_must_be_there_and_titles_come_first(filled: Database, words: str, found: list[int]) -> None:
    with filled.read() as tx:
        assert [int(each.id[-1]) for each in items.search(tx, words)] == found
        assert len(items.search(tx, words, limit=1)) == min(1, len(found))


def test_the_index_follows_changes_and_forgets_the_old_words(filled: Database) -> None:
    with filled.write() as tx:
        items.save(tx, [item(1, title="Sequence models", text="v2")])
        items.save(tx, [item(1, title="Sequence models", text="v3 final")])
        items.save(tx, [item(3, title="Brand new", published=MONDAY + HOUR)])
        assert items.index(tx) == 2
        assert items.index(tx) == 0
        assert items.search(tx, "meta") == []
        assert [each.id[-1] for each in items.search(tx, "sequence final")] == ["1"]
        assert [each.id[-1] for each in items.search(tx, "brand")] == ["3"]


def test_a_change_before_the_first_index_is_indexed_once(database: Database) -> None:
    with database.write() as tx:
        items.save(tx, [item(1)])
        items.save(tx, [item(1, title="Better title")])
        assert items.index(tx) == 1
        assert len(items.search(tx, "better")) == 1
