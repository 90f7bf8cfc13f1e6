"""What was read from each item: company, deployment, and the rows of the results ledger."""

from collections.abc import Iterable
from typing import Any, get_type_hints

from sqlalchemy import Connection, Row, delete, select

from digest.domain.facts import Facts, Result
from digest.store.schema import insert, values_of
from digest.store.tables import FACTS, RESULTS

RESULT_FIELDS = tuple(get_type_hints(Result))
_CHUNK = 500


def save(tx: Connection, facts: Facts, text_hash: str) -> bool:
    """Keep what was read from a text, in place of what was read before; return whether that changed anything.

    `text_hash` identifies the text, so that nothing need be read twice. The item must be stored.
    """
    row = _row(facts, text_hash)
    stored = tx.execute(select(FACTS).where(FACTS.c.item == facts.item)).one_or_none()
    if stored is not None and values_of(stored) == row and of(tx, [facts.item])[facts.item] == facts:
        return False
    tx.execute(insert(tx, FACTS).values(row).on_conflict_do_update(index_elements=["item"], set_=row))
    tx.execute(delete(RESULTS).where(RESULTS.c.item == facts.item))
    if facts.results:
        tx.execute(insert(tx, RESULTS), [_result_row(facts.item, n, result) for n, result in enumerate(facts.results)])
    return True


def of(tx: Connection, items: Iterable[str]) -> dict[str, Facts]:
    """Map the ids of those items that were read to their facts, in the order of the ids."""
    ids = sorted(set(items))
    found: dict[str, Facts] = {}
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        results = _results(tx, part)
        rows = tx.execute(select(FACTS).where(FACTS.c.item.in_(part)).order_by(FACTS.c.item))
        found |= {row.item: _facts(row, results.get(row.item, [])) for row in rows}
    return found


def hashes(tx: Connection, items: Iterable[str]) -> dict[str, str]:
    """Map the ids of those items that were read to the hash of the text that they were read from."""
    ids = sorted(set(items))
    found: dict[str, str] = {}
    for start in range(0, len(ids), _CHUNK):
        query = select(FACTS.c.item, FACTS.c.text_hash).where(FACTS.c.item.in_(ids[start : start + _CHUNK]))
        found |= {row.item: row.text_hash for row in tx.execute(query.order_by(FACTS.c.item))}
    return found


def to_result(row: Row[Any]) -> Result:
    """Return the Result of a row of the ledger."""
    return Result(**{name: getattr(row, name) for name in RESULT_FIELDS})


def _results(tx: Connection, items: list[str]) -> dict[str, list[Result]]:
    query = select(RESULTS).where(RESULTS.c.item.in_(items)).order_by(RESULTS.c.item, RESULTS.c.position)
    found: dict[str, list[Result]] = {}
    for row in tx.execute(query):
        found.setdefault(row.item, []).append(to_result(row))
    return found


def _row(facts: Facts, text_hash: str) -> dict[str, Any]:
    return {
        "item": facts.item,
        "text_hash": text_hash,
        "company": facts.company,
        "company_quote": facts.company_quote,
        "industry": facts.industry,
        "deployed": facts.deployed,
        "deployed_quote": facts.deployed_quote,
        "tested": facts.tested,
        "tested_quote": facts.tested_quote,
    }


def _result_row(item: str, position: int, result: Result) -> dict[str, Any]:
    return {"item": item, "position": position, **{name: getattr(result, name) for name in RESULT_FIELDS}}


def _facts(row: Row[Any], results: list[Result]) -> Facts:
    return Facts(
        item=row.item,
        company=row.company,
        company_quote=row.company_quote,
        industry=row.industry,
        deployed=row.deployed,
        deployed_quote=row.deployed_quote,
        tested=row.tested,
        tested_quote=row.tested_quote,
        results=tuple(results),
    )
