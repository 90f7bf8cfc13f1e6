"""`digest stories`: a filter."""

import click

from digest.cli.base import Call, command, show
from digest.jsonl import rows


@command(click.argument("file"))
def stories(call: Call, *, file: str) -> None:
    """Join the items of FILE that tell one event: {id, title, text?, url?, published?} -> {id, story}."""
    from digest.filters import stories as filtering  # noqa: PLC0415  `digest --help` must not pay for it

    del call
    show(filtering.run(rows(file, filtering.SHAPE)), as_json=True)


COMMAND = stories
