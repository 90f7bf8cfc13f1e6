"""`digest facts`: a filter."""

import click

from digest.cli.base import Call, command, show
from digest.jsonl import rows


@command(click.argument("file"))
def facts(call: Call, *, file: str) -> None:
    """Read company, deployment and results of the papers of FILE: {id, title, abstract} -> {id, company, ...}."""
    from digest.filters import facts as filtering  # noqa: PLC0415  `digest --help` must not pay for it

    del call
    show(filtering.run(rows(file, filtering.SHAPE)), as_json=True)


COMMAND = facts
