"""What each item is worth to a publication in a period."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, select, tuple_

from digest.domain.score import Score
from digest.store.schema import insert, values_of
from digest.store.tables import SCORES


def save(tx: Connection, publication: str, period: str, scores: Sequence[Score]) -> None:
    """Make these the scores of a publication's period; rows that are right already are not written again."""
    wanted = {(score.item, score.criterion): _row(publication, period, score) for score in scores}
    here = (SCORES.c.publication == publication, SCORES.c.period == period)
    stored = {(row.item, row.criterion): values_of(row) for row in tx.execute(select(SCORES).where(*here))}
    gone = sorted(stored.keys() - wanted.keys())
    for start in range(0, len(gone), 500):
        part = gone[start : start + 500]
        tx.execute(delete(SCORES).where(*here, tuple_(SCORES.c.item, SCORES.c.criterion).in_(part)))
    rows = [row for key, row in wanted.items() if stored.get(key) != row]
    if rows:
        statement = insert(tx, SCORES)
        changed = {name: statement.excluded[name] for name in ("value", "reason", "engine", "parts")}
        tx.execute(statement.on_conflict_do_update(index_elements=list(SCORES.primary_key), set_=changed), rows)


def of(tx: Connection, publication: str, period: str) -> list[Score]:
    """List the scores of a publication's period, the highest first, then by item and criterion."""
    query = (
        select(SCORES)
        .where(SCORES.c.publication == publication, SCORES.c.period == period)
        .order_by(SCORES.c.value.desc(), SCORES.c.item, SCORES.c.criterion)
    )
    return [_score(row) for row in tx.execute(query)]


def _row(publication: str, period: str, score: Score) -> dict[str, Any]:
    return {"publication": publication, "period": period, **_value(score)}


def _value(score: Score) -> dict[str, Any]:
    return {
        "item": score.item,
        "criterion": score.criterion,
        "value": float(score.value),
        "reason": score.reason,
        "engine": score.engine,
        "parts": [_value(part) for part in score.parts],
    }


def _score(row: Row[Any]) -> Score:
    return Score(
        item=row.item,
        criterion=row.criterion,
        value=row.value,
        reason=row.reason,
        engine=row.engine,
        parts=tuple(_part(part) for part in row.parts),
    )


def _part(value: dict[str, Any]) -> Score:
    return Score(**value | {"parts": tuple(_part(part) for part in value["parts"])})
