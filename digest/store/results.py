"""The ledger of reported results, to be asked by company, metric and time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select
from sqlalchemy import Row as Stored

from digest.domain.facts import Result
from digest.store.facts import to_result
from digest.store.tables import FACTS, ITEMS, RESULTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One reported result with the item that reports it; `result` is None where a test or deployment has no figure.

    `quote` is the sentence of the result, else the one that speaks of the test, else of the deployment. `day` is the
    UTC day to which the item belongs.
    """

    item: str
    title: str
    url: str
    company: str
    industry: bool
    deployed: bool
    tested: bool
    day: date
    quote: str
    result: Result | None


def query(
    tx: Connection,
    company: str | None = None,
    metric: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Row]:
    """List the results of items in [since, until), the newest first, then by item and place in its text.

    Behind its results, if any, an item that was tested or deployed and gives no figure from live traffic has a row
    without a result; asking for a metric leaves those out. `company` and `metric` are names as the ledger spells
    them, in any case; None means all.
    """
    with_figure = select(RESULTS, *_SHARED).select_from(_KNOWN.join(RESULTS, RESULTS.c.item == FACTS.c.item))
    if metric is not None:
        with_figure = with_figure.where(func.lower(RESULTS.c.metric) == metric.lower())
    found = tx.execute(_narrowed(with_figure, company, since, until).order_by(RESULTS.c.position)).all()
    listed = [(row, _row(row, to_result(row))) for row in found]
    if metric is None:
        live = select(RESULTS.c.item).where(and_(RESULTS.c.item == FACTS.c.item, RESULTS.c.online)).exists()
        bare = select(*_SHARED).select_from(_KNOWN).where(or_(FACTS.c.tested, FACTS.c.deployed), ~live)
        listed += [(row, _row(row, None)) for row in tx.execute(_narrowed(bare, company, since, until))]
    # Sorting keeps equals in order: by position in the text, the row without a figure last.
    return [row for _, row in sorted(listed, key=lambda pair: (-pair[0].at.timestamp(), pair[1].item))]


_KNOWN = FACTS.join(ITEMS, ITEMS.c.id == FACTS.c.item)
_SHARED = (
    FACTS.c.item.label("of"),
    ITEMS.c.title,
    ITEMS.c.url,
    ITEMS.c.at,
    FACTS.c.company,
    FACTS.c.industry,
    FACTS.c.deployed,
    FACTS.c.deployed_quote,
    FACTS.c.tested,
    FACTS.c.tested_quote,
)


def _narrowed(
    statement: Select[Any], company: str | None, since: datetime | None, until: datetime | None
) -> Select[Any]:
    if company is not None:
        statement = statement.where(func.lower(FACTS.c.company) == company.lower())
    if since is not None:
        statement = statement.where(ITEMS.c.at >= since)
    return statement if until is None else statement.where(ITEMS.c.at < until)


def _row(row: Stored[Any], result: Result | None) -> Row:
    return Row(
        item=row.of,
        title=row.title,
        url=row.url,
        company=row.company,
        industry=row.industry,
        deployed=row.deployed,
        tested=row.tested,
        day=row.at.date(),
        quote=result.quote if result else row.tested_quote or row.deployed_quote,
        result=result,
    )
