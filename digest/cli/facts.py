"""`digest facts`: a filter."""

import click

from digest.cli.base import Call, command
from digest.cli.filters import emit, rows


@command(click.argument("file"))
def facts(call: Call, *, file: str) -> None:
    """Read company, deployment and results of the papers of FILE: {id, title, abstract} -> {id, company, ...}."""
    from digest.filters import facts as filtering  # noqa: PLC0415  `digest --help` must not pay for it

    del call
    emit(filtering.run(rows(file)))


COMMAND = facts
