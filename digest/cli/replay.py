"""`digest replay`: an issue again, from what the store holds."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.base import Call, command
from digest.errors import DigestError, UsageError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import datetime

    from digest.config import Config
    from digest.steps.context import Context, Target
    from digest.steps.replay import Replayed


@command(
    click.argument("issue"),
    click.option("--model", metavar="M", help="Let this model write instead; its calls cost money."),
    click.option("--diff", is_flag=True, help="Name what differs."),
    click.option("--sample", is_flag=True, help="An issue of the recorded week in ./sample."),
)
def replay(call: Call, *, issue: str, model: str | None, diff: bool, sample: bool) -> None:
    """Write an ISSUE (PUBLICATION/PERIOD/LANGUAGE) again offline and compare it with the kept one."""
    from digest import app  # noqa: PLC0415  `digest --help` must not pay for any of these
    from digest.steps import replay as replaying  # noqa: PLC0415

    config, now = app.sampled(call.config()) if sample else (call.config(), call.now)
    config = _with_model(config, model)
    target, language = _target(config, issue)
    if sample and not Path(config.digest.database.partition(":///")[2]).exists():
        raise UsageError(f"no sample here to replay {issue} from; make it by: digest run --sample")
    try:
        found = _replayed(config, now, target, language, live=model is not None)
    except LookupError as error:
        raise UsageError(f"no issue {issue!r}; see: digest issues list") from error
    for line in replaying.lines(found.difference) if diff else ():
        click.echo(line)
    click.echo("the same bytes" if found.same else "differs")
    if not found.same and model is None:
        asked = f"; {found.missing} questions are not on its record" if found.missing else ""
        raise DigestError(f"{issue}: the store or the program is not what it was when it was made{asked}; see --diff")


def _replayed(config: "Config", now: "datetime", target: "Target", language: str, *, live: bool) -> "Replayed":
    """Replay in a copy of the store; what a live model answers is paid for and kept in the store itself."""
    from digest import app, pipeline  # noqa: PLC0415
    from digest.steps import replay as replaying  # noqa: PLC0415

    def copied(url: str) -> "AbstractContextManager[Context]":
        return app.opened(replace(config, digest=replace(config.digest, database=url)), now, forbidden=True)

    with app.opened(config, now, create=False) as context, replaying.scratch(context, copied) as copy:
        return replaying.replay(
            copy,
            target,
            language,
            lambda there, one: pipeline.compose(there, one).issues,
            context.desk if live else None,
        )


def _with_model(config: "Config", model: str | None) -> "Config":
    if model is None:
        return config
    llm = replace(config.llm, model_best=model, model_cheap=model)
    return replace(config, llm=llm, digest=replace(config.digest, engine="openai"))


def _target(config: "Config", issue: str) -> "tuple[Target, str]":
    from digest import period  # noqa: PLC0415
    from digest.steps.context import Target  # noqa: PLC0415

    parts = issue.strip("/").split("/")
    if len(parts) != len(("publication", "period", "language")):
        raise UsageError(f"no issue {issue!r}; write it like recsys-weekly/2026-W25/en, or see: digest issues list")
    publication = config.publication(parts[0])
    zone = config.digest.timezone
    span = (
        period.day(parts[1], zone)
        if publication.cadence == "daily"
        else period.week(parts[1], zone, publication.week_starts)
    )
    return Target(publication=publication, period=span), parts[2]


COMMAND = replay
