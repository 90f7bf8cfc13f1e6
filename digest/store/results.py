"""The ledger of reported results, to be asked by company, metric and time."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from digest.domain.facts import Result
from digest.store.facts import to_result
from digest.store.tables import FACTS, ITEMS, RESULTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One reported result with the item that reports it. `day` is the UTC day to which the item belongs."""

    item: str
    title: str
    url: str
    company: str
    industry: bool
    day: date
    result: Result


def query(
    tx: Connection,
    company: str | None = None,
    metric: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Row]:
    """List the results of items in [since, until), the newest first, then by item and place in its text.

    `company` and `metric` are names as the ledger spells them, in any case; None means all.
    """
    statement = (
        select(RESULTS, ITEMS.c.title, ITEMS.c.url, ITEMS.c.at, FACTS.c.company, FACTS.c.industry)
        .join(FACTS, FACTS.c.item == RESULTS.c.item)
        .join(ITEMS, ITEMS.c.id == RESULTS.c.item)
        .order_by(ITEMS.c.at.desc(), RESULTS.c.item, RESULTS.c.position)
    )
    if company is not None:
        statement = statement.where(func.lower(FACTS.c.company) == company.lower())
    if metric is not None:
        statement = statement.where(func.lower(RESULTS.c.metric) == metric.lower())
    if since is not None:
        statement = statement.where(ITEMS.c.at >= since)
    if until is not None:
        statement = statement.where(ITEMS.c.at < until)
    return [
        Row(
            item=row.item,
            title=row.title,
            url=row.url,
            company=row.company,
            industry=row.industry,
            day=row.at.date(),
            result=to_result(row),
        )
        for row in tx.execute(statement)
    ]
