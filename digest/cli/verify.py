"""`digest verify`: a filter."""

import click

from digest.cli.base import Call, command, show
from digest.jsonl import rows


@command(click.argument("file"))
def verify(call: Call, *, file: str) -> None:
    """Check the sentences of FILE: {id, sentence, sources: [{id, text}]} -> {id, verdict, fault, evidence}."""
    from digest.filters import verify as filtering  # noqa: PLC0415  `digest --help` must not pay for it

    del call
    show(filtering.run(rows(file, filtering.SHAPE)), as_json=True)


COMMAND = verify
