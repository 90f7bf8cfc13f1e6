"""The full texts of papers, and which papers gave none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, select

from digest.store.schema import insert, values_of
from digest.store.tables import PAPERS

_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class FullText:
    """What asking for one version of a paper gave.

    `document` holds the fields of the read paper when the state is "read", `page` is where it came from and `sha256`
    the hash of its bytes. `company` is the company or institution that stands before its abstract, with the line that
    names it. `results` are the text's live figures: the fields of a Result with its "section" and the section's number,
    "part", in whose text its offsets count. `note` tells why there is no text. `at` is the run's clock.
    """

    item: str
    version: str
    state: Literal["read", "none", "failed"]
    at: datetime
    page: str = ""
    sha256: str = ""
    company: str = ""
    company_quote: str = ""
    document: Mapping[str, Any] = field(default_factory=dict)
    results: Sequence[Mapping[str, Any]] = ()
    note: str = ""


def save(tx: Connection, found: FullText) -> None:
    """Keep what a paper gave, in place of what it gave before. The item must be stored."""
    row = asdict(found) | {"results": list(found.results)}
    tx.execute(insert(tx, PAPERS).values(row).on_conflict_do_update(index_elements=["item"], set_=row))


def of(tx: Connection, items: Iterable[str]) -> dict[str, FullText]:
    """Map those of the items that were asked for to what they gave."""
    wanted = sorted(set(items))
    found: dict[str, FullText] = {}
    for start in range(0, len(wanted), _CHUNK):
        query = select(PAPERS).where(PAPERS.c.item.in_(wanted[start : start + _CHUNK])).order_by(PAPERS.c.item)
        found |= {row.item: _full_text(values_of(row)) for row in tx.execute(query)}
    return found


def live(tx: Connection) -> dict[str, tuple[str, list[dict[str, Any]]]]:
    """Map items whose full text gives live figures to where it came from, and to these figures."""
    query = select(PAPERS.c.item, PAPERS.c.page, PAPERS.c.results).where(PAPERS.c.results != [])
    return {row.item: (row.page, row.results) for row in tx.execute(query.order_by(PAPERS.c.item))}


def homes(tx: Connection) -> dict[str, str]:
    """Map items to the company or institution that their full text names before the abstract."""
    query = select(PAPERS.c.item, PAPERS.c.company).where(PAPERS.c.company != "").order_by(PAPERS.c.item)
    return {row.item: row.company for row in tx.execute(query)}


def _full_text(row: dict[str, Any]) -> FullText:
    return FullText(**row | {"results": tuple(row["results"])})
