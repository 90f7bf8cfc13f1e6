"""`digest replay`: an issue again, from what the store holds."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from digest.cli.base import Call, command
from digest.errors import DigestError, UsageError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from digest.config import Config
    from digest.steps.context import Context, Target


@command(
    click.argument("issue"),
    click.option("--model", metavar="M", help="Let this model write instead; its calls cost money."),
    click.option("--diff", is_flag=True, help="Name what differs."),
)
def replay(call: Call, *, issue: str, model: str | None, diff: bool) -> None:
    """Write an ISSUE (PUBLICATION/PERIOD/LANGUAGE) again offline and compare it with the published one."""
    from digest import app, pipeline  # noqa: PLC0415  `digest --help` must not pay for any of these
    from digest.steps import replay as replaying  # noqa: PLC0415

    config = _with_model(call.config(), model)
    target, language = _target(config, issue)
    with app.opened(config, call.now, create=False) as context:
        table = config.digest

        def again(url: str) -> "AbstractContextManager[Context]":
            copied = replace(config, digest=replace(table, database=url))
            return app.opened(copied, call.now, forbidden=model is None)

        with replaying.scratch(context, again) as copy:
            try:
                same, found = replaying.replay(
                    copy, target, language, lambda there, one: pipeline.compose(there, one).issues
                )
            except LookupError as error:
                raise UsageError(f"no issue {issue!r}; see: digest issues list") from error
    for line in replaying.lines(found) if diff else ():
        click.echo(line)
    click.echo("the same bytes" if same else "differs")
    if not same and model is None:
        raise DigestError(f"{issue}: the store holds other material than when it was made; see --diff")


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
