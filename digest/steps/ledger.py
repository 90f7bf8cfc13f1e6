"""The ledger: every reported result with its sentence, and each test or deployment without a figure, as rows."""

from dataclasses import asdict, fields, replace
from datetime import datetime

from digest import period as periods
from digest.domain.facts import Result
from digest.steps.context import Context
from digest.store import papers, results

Row = dict[str, object]
_NO_FIGURE = {field.name: None for field in fields(Result)}


def ledger(
    context: Context,
    week: str | None = None,
    company: str | None = None,
    metric: str | None = None,
    since: str | None = None,
) -> list[Row]:
    """List the reported results, newest first. Raises UsageError for a week or day that does not exist.

    The company is the one that the abstract names, else the one that stands before it in a full text that was read.
    A row without a figure has None in all the places of a Result but its quote; a test on live traffic is "online".
    """
    span = periods.week(week, context.zone) if week else None
    start = span.start if span else _since(since, context.zone) if since else None
    with context.database.read() as tx:
        found = results.query(tx, None, metric, start, span.end if span else None)
        homes = papers.homes(tx)
    named = [replace(row, company=row.company or homes.get(row.item, "")) for row in found]
    return [_row(row) for row in named if company is None or row.company.lower() == company.lower()]


def _row(row: results.Row) -> Row:
    said = {
        "day": row.day,
        "company": row.company,
        "title": row.title,
        "url": row.url,
        "tested": row.tested,
        "deployed": row.deployed,
    }
    figure = asdict(row.result) if row.result else {**_NO_FIGURE, "online": True if row.tested else None}
    return {**said, **figure, "quote": row.quote}


def _since(text: str, zone: str) -> datetime:
    whole = text if text.count("-") != 1 else f"{text}-01"
    return periods.day(whole, zone).start
