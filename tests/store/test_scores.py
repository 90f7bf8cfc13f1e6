from sqlalchemy import text

from digest.domain.score import Score
from digest.store import scores
from digest.store.database import Database


def _score(item: str, value: float, criterion: str = "overall", **more: object) -> Score:
    return Score(item=item, criterion=criterion, value=value, reason=f"{item} matters", **more)  # type: ignore[arg-type]  # free keywords


def test_scores_come_back_with_their_parts_best_first(database: Database) -> None:
    deep = _score(
        "b", 4.5, parts=(_score("b", 2, "topic", parts=(_score("b", 1.0, "word"),)), _score("b", 3.0, "trust"))
    )
    with database.write() as tx:
        scores.save(tx, "weekly", "2026-W25", [_score("c", 3), deep, _score("a", 3.0, engine="m")])
        assert scores.of(tx, "weekly", "2026-W25") == [deep, _score("a", 3.0, engine="m"), _score("c", 3.0)]
        assert scores.of(tx, "weekly", "2026-W24") == []


def test_saving_replaces_and_writes_only_what_differs(database: Database) -> None:
    many = [_score(f"i{n:04}", 3.0) for n in range(1_200)]
    with database.write() as tx:
        scores.save(tx, "weekly", "2026-W25", many)
        scores.save(tx, "daily", "2026-W25", many[:1])
    with database.write() as tx:
        before = tx.execute(text("SELECT total_changes()")).scalar_one()
        scores.save(tx, "weekly", "2026-W25", many)
        assert tx.execute(text("SELECT total_changes()")).scalar_one() == before
        scores.save(tx, "weekly", "2026-W25", [many[0], _score("i0001", 5.0)])
        assert [(each.item, each.value) for each in scores.of(tx, "weekly", "2026-W25")] == [
            ("i0001", 5.0),
            ("i0000", 3.0),
        ]
        assert scores.of(tx, "daily", "2026-W25") == many[:1]
