"""`digest vacuum`: the database's free space given back."""

import click

from digest.cli.base import Call, command


@command()
def vacuum(call: Call) -> None:
    """Make the database as small as what it holds."""
    from digest import app  # noqa: PLC0415  `digest --help` must not pay for it
    from digest.store import copies  # noqa: PLC0415

    config = call.config()
    with app.only_one(config):
        before, after = copies.vacuum(config.digest.database)
    click.echo(f"{before} bytes before, {after} after")


COMMAND = vacuum
