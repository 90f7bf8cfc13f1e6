"""`digest restore`: a backup in the database's place."""

from pathlib import Path

import click

from digest.cli.base import Call, command


@command(click.argument("file"))
def restore(call: Call, *, file: str) -> None:
    """Put the backup FILE in the database's place; what was there is kept beside it."""
    from digest import app  # noqa: PLC0415  `digest --help` must not pay for it
    from digest.store import copies  # noqa: PLC0415

    config = call.config()
    with app.only_one(config), app.only_one(config, "daemon"):
        copies.restore(config.digest.database, Path(file))
    click.echo(f"restored {file}")


COMMAND = restore
