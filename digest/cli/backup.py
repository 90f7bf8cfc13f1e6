"""`digest backup`: a copy of the database while it is in use."""

from pathlib import Path

import click

from digest.cli.base import Call, command


@command(click.argument("file"))
def backup(call: Call, *, file: str) -> None:
    """Copy the database to a new FILE; it may be in use."""
    from digest.store import copies  # noqa: PLC0415  `digest --help` must not pay for it

    size = copies.backup(call.config().digest.database, Path(file))
    click.echo(f"wrote {file}, {size} bytes")


COMMAND = backup
