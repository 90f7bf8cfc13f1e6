"""The ledger: every reported result with its sentence, as rows."""

from dataclasses import asdict
from datetime import datetime

from digest import period as periods
from digest.steps.context import Context
from digest.store import results

Row = dict[str, object]


def ledger(
    context: Context,
    week: str | None = None,
    company: str | None = None,
    metric: str | None = None,
    since: str | None = None,
) -> list[Row]:
    """List the reported results, newest first. Raises UsageError for a week or day that does not exist."""
    span = periods.week(week, context.zone) if week else None
    start = span.start if span else _since(since, context.zone) if since else None
    with context.database.read() as tx:
        found = results.query(tx, company, metric, start, span.end if span else None)
    return [
        {"day": row.day, "company": row.company, "title": row.title, "url": row.url, **asdict(row.result)}
        for row in found
    ]


def _since(text: str, zone: str) -> datetime:
    whole = text if text.count("-") != 1 else f"{text}-01"
    return periods.day(whole, zone).start
