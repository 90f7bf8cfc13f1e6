"""The ledger: every reported result with its sentence, and each test or deployment without a figure, as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any

from digest import period as periods
from digest.domain.facts import Result
from digest.read.service import Service, service
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

    The company is the one that the abstract names, else the one that stands before it in a full text that was read;
    where the abstract gives no live figure, those of such a text stand in, with the "section" that holds them.
    A row without a figure has None in the places of a Result but its quote; a test on live traffic is "online", a
    deployment has where it runs as "surface" and since when as "length", in the sentence's own words.
    """
    span = periods.week(week, context.zone) if week else None
    start = span.start if span else periods.day(since, context.zone).start if since else None
    with context.database.read() as tx:
        found = results.query(tx, None, None, start, span.end if span else None)
        homes, texts = papers.homes(tx), papers.live(tx)
    named = [replace(row, company=row.company or homes.get(row.item, "")) for row in found]
    wanted = [row for row in named if company is None or row.company.lower() == company.lower()]
    rows = [one for row in wanted for one in _rows(row, *texts.get(row.item, ("", [])))]
    return [row for row in rows if metric is None or str(row["metric"] or "").lower() == metric.lower()]


def _rows(row: results.Row, page: str, live: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Return a row; one without a figure gives way to the live figures of the full text, if any, with their section."""
    if row.result is not None or not live:
        return [_row(row)]
    read = [{field.name: figure[field.name] for field in fields(Result)} for figure in live]
    return [
        _row(replace(row, result=Result(**one), quote=one["quote"], url=page), figure["section"])
        for one, figure in zip(read, live, strict=True)
    ]


def _row(row: results.Row, section: str = "") -> Row:
    said = {
        "day": row.day,
        "company": row.company,
        "title": row.title,
        "url": row.url,
        "tested": row.tested,
        "deployed": row.deployed,
        "section": section,
    }
    figure = asdict(row.result) if row.result else {**_NO_FIGURE, **_in_use(row)}
    return {**said, **figure, "quote": row.quote}


def _in_use(row: results.Row) -> Row:
    """Say of a row without a figure where the system runs and since when, as its sentence does."""
    place = service(row.quote) if row.deployed else Service()
    return {"online": True if row.tested else None, "surface": place.where or None, "length": place.since or None}
