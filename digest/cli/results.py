"""`digest results`: the ledger of reported results."""

import csv
import io

import click

from digest.cli import words
from digest.cli.base import Call, command, json_option, show

_COLUMNS = (
    "day",
    "company",
    "metric",
    "value",
    "high",
    "unit",
    "direction",
    "qualifier",
    "surface",
    "online",
    "length",
    "tested",
    "deployed",
    "words",
    "title",
    "url",
    "section",
    "quote",
)


@command(
    click.option("--week", type=words.week, metavar="WEEK", help="Only those of an ISO week."),
    click.option("--company", metavar="NAME", help="Only those of a company."),
    click.option("--metric", metavar="NAME", help="Only this metric, under its canonical name."),
    click.option(
        "--since",
        type=words.day_or_month,
        metavar="DAY",
        help="Only since a day or month: 2026-01-15, 2026-01.",
    ),
    click.option("--csv", "as_csv", is_flag=True, help="Print CSV."),
    json_option,
)
def results(
    call: Call,
    *,
    week: str | None,
    company: str | None,
    metric: str | None,
    since: str | None,
    as_csv: bool,
    as_json: bool,
) -> None:
    """List the results that sources report, each with its sentence and its qualifier.

    A paper that was tested or deployed without a figure has a row with its sentence alone.
    """
    from digest import app  # noqa: PLC0415  `digest --help` must not pay for it
    from digest.steps.ledger import ledger  # noqa: PLC0415

    with app.opened(call.config(), call.now, create=False) as context:
        rows = ledger(context, week=week, company=company, metric=metric, since=since)
    if as_csv:
        table = io.StringIO()
        writer = csv.DictWriter(table, _COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        click.echo(table.getvalue(), nl=False)
        return
    show(
        rows,
        as_json=as_json,
        columns=("day", "company", "metric", "value", "unit", "qualifier", "online", "tested", "deployed", "title"),
    )


COMMAND = results
