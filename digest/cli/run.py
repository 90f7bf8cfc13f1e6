"""`digest run`: the issues of a week, of a day, or what is due."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from digest.cli import words
from digest.cli.base import Call, command, emit, say
from digest.cli.progress import progress

if TYPE_CHECKING:
    from digest.config import Config, EngineChoice
    from digest.domain.issue import Publication
    from digest.pipeline import Outcome
    from digest.steps.collect import Gathered
    from digest.steps.context import Context, Target


@command(
    click.option(
        "--week",
        type=words.week,
        metavar="WEEK",
        help="The weeklies of an ISO week, such as 2026-W25, and its seven dailies.",
    ),
    click.option("--day", type=words.day, metavar="DAY", help="The dailies of a day, such as 2026-06-21."),
    click.option("--publication", "slugs", metavar="SLUG", multiple=True, help="Only this publication (repeatable)."),
    click.option(
        "--engine", type=click.Choice(["auto", "local", "openai"]), help="Who writes (default: as configured)."
    ),
    click.option("--estimate", is_flag=True, help="Only say what the model would cost."),
    click.option("--sample", is_flag=True, help="The recorded week inside the package, into ./sample."),
    click.option("--no-collect", "gather", flag_value=False, default=True, help="Use what the store has."),
    click.option("--no-send", "send", flag_value=False, default=True, help="Send no mail."),
    click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON."),
)
def run(  # noqa: PLR0913  the options of the command
    call: Call,
    *,
    week: str | None,
    day: str | None,
    slugs: tuple[str, ...],
    engine: "EngineChoice | None",
    estimate: bool,
    sample: bool,
    gather: bool,
    send: bool,
    as_json: bool,
) -> None:
    """Collect, and publish the issues of --week or --day; with neither, what is due."""
    from digest import app, pipeline  # noqa: PLC0415  `digest --help` must not pay for it
    from digest.steps import estimate as estimating  # noqa: PLC0415
    from digest.steps.targets import asked  # noqa: PLC0415

    config, now = app.sampled(call.config()) if sample else (call.config(), call.now)
    week = app.week_of_sample(week or "", day or "") if sample else week
    if engine:
        config = replace(config, digest=replace(config.digest, engine=engine))
    wanted = [config.publication(slug) for slug in slugs] or list(config.publications)
    named = asked(wanted, config.digest.timezone, now, week=week or "", day=day or "")
    gathered: list[Gathered] = []
    with app.only_one(config), progress() as bar, app.opened(config, now, bar, sample=sample) as context:
        targets = _due(context, wanted) if named is None else named
        if estimate:
            for line in estimating.estimate(context, targets):
                click.echo(line)
            return
        if not targets:
            outcome: Outcome | None = pipeline.go_on(context, send=send)
            say("nothing is due")
        else:
            gathered += app.collect_sample(context) if sample and gather else []
            outcome = pipeline.run(context, targets, gather=gather and not sample, due=named is None, send=send)
    if outcome is not None and (targets or outcome.released or outcome.sent):
        _tell(replace(outcome, gathered=(*gathered, *outcome.gathered)), config, as_json=as_json)


def _due(context: "Context", wanted: "Sequence[Publication]") -> "list[Target]":
    from digest.steps import targets  # noqa: PLC0415
    from digest.store import issues  # noqa: PLC0415

    with context.database.read() as tx:
        published = {(row.publication, row.period) for row in issues.listing(tx)}
    return targets.due(wanted, context.zone, context.now, published)


def _tell(outcome: "Outcome", config: "Config", *, as_json: bool) -> None:
    from digest.cli.summary import as_row, lines  # noqa: PLC0415

    if as_json:
        emit(as_row(outcome))
        return
    for line in lines(outcome, config.digest.output):
        click.echo(line)


COMMAND = run
