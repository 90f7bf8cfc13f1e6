"""`digest db`: bring the database to this version, or check it."""

import click

from digest.cli.base import Call, command
from digest.errors import StoreError


@command()
def upgrade(call: Call) -> None:
    """Bring the database to this program's version."""
    from digest.store import database  # noqa: PLC0415  `digest --help` must not pay for it

    before, after = database.upgrade(call.config().digest.database)
    click.echo("already up to date" if before == after else f"upgraded from {before or 'nothing'} to {after}")


@command()
def check(call: Call) -> None:
    """Check the database's version and integrity."""
    from digest.store import database  # noqa: PLC0415  `digest --help` must not pay for it

    faults = database.check(call.config().digest.database)
    for fault in faults:
        click.echo(fault)
    if faults:
        raise StoreError(f"{len(faults)} faults found; run: digest restore")
    click.echo("ok")


@click.group()
def db() -> None:
    """Upgrade or check the database."""


db.add_command(upgrade)
db.add_command(check)
COMMAND = db
