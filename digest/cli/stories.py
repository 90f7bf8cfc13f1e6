"""`digest stories`: a filter."""

import click

from digest.cli.base import Call, command
from digest.cli.filters import emit, rows


@command(click.argument("file"))
def stories(call: Call, *, file: str) -> None:
    """Join the items of FILE that tell one event: {id, title, text?, url?, published?} -> {id, story}."""
    from digest.filters import stories as filtering  # noqa: PLC0415  `digest --help` must not pay for it

    del call
    emit(filtering.run(rows(file)))


COMMAND = stories
