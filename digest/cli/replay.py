"""`digest replay`: an issue again, from what the store holds."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli import words
from digest.cli.base import Call, command
from digest.errors import DigestError, UsageError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from digest.config import Config
    from digest.steps.context import Context, Target
    from digest.steps.replay import Replayed
    from digest.store.issues import Listed


@command(
    click.argument("issue", type=words.issue),
    click.option("--model", metavar="M", help="Let this model write instead; its calls cost money."),
    click.option("--diff", is_flag=True, help="Name what differs."),
    click.option("--sample", is_flag=True, help="An issue of the recorded week in ./sample."),
)
def replay(call: Call, *, issue: str, model: str | None, diff: bool, sample: bool) -> None:
    """Write an ISSUE (PUBLICATION/PERIOD/LANGUAGE) again offline and compare it with the kept one.

    A shorter name is the first edition that it fits: PUBLICATION/PERIOD, or PUBLICATION alone for its newest one.
    """
    from digest import app  # noqa: PLC0415  `digest --help` must not pay for any of these
    from digest.steps import replay as replaying  # noqa: PLC0415

    config, now = app.sampled(call.config()) if sample else (call.config(), call.now)
    config = _with_model(config, model)
    if sample and not Path(config.digest.database.partition(":///")[2]).exists():
        raise UsageError(f"no sample here to replay {issue} from; make it by: digest run --sample")
    with app.opened(config, now, create=False) as context:
        edition = _edition(context, issue)
        found = _replayed(context, edition, live=model is not None)
    for line in replaying.lines(found.difference) if diff else ():
        click.echo(line)
    click.echo("the same bytes" if found.same else "differs")
    if not found.same and model is None:
        asked = f"; {found.missing} questions are not on its record" if found.missing else ""
        raise DigestError(
            f"{edition.slug}: the store or the program is not what it was when it was made{asked}; see --diff"
        )


def _replayed(context: "Context", edition: "Listed", *, live: bool) -> "Replayed":
    """Replay in a copy of the store; what a live model answers is paid for and kept in the store itself."""
    from digest import app, pipeline  # noqa: PLC0415
    from digest.steps import replay as replaying  # noqa: PLC0415

    def copied(url: str) -> "AbstractContextManager[Context]":
        config = replace(context.config, digest=replace(context.config.digest, database=url))
        return app.opened(config, context.now, forbidden=True)

    target = _target(context.config, edition)
    with replaying.scratch(context, copied) as copy:
        return replaying.replay(
            copy,
            target,
            edition.language,
            lambda there, one: pipeline.compose(there, one).issues,
            context.desk if live else None,
        )


def _with_model(config: "Config", model: str | None) -> "Config":
    if model is None:
        return config
    llm = replace(config.llm, model_best=model, model_cheap=model)
    return replace(config, llm=llm, digest=replace(config.digest, engine="openai"))


def _edition(context: "Context", name: str) -> "Listed":
    from digest.steps.named import named  # noqa: PLC0415
    from digest.store import issues  # noqa: PLC0415

    with context.database.read() as tx:
        return named(issues.listing(tx), name, newest=True)[0]


def _target(config: "Config", edition: "Listed") -> "Target":
    from digest import period  # noqa: PLC0415
    from digest.steps.context import Target  # noqa: PLC0415

    publication, zone = config.publication(edition.publication), config.digest.timezone
    span = (
        period.day(edition.period, zone)
        if publication.cadence == "daily"
        else period.week(edition.period, zone, publication.week_starts)
    )
    return Target(publication=publication, period=span)


COMMAND = replay
