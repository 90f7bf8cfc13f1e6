"""`digest site`: the archive from the store."""

import click

from digest.cli.base import Call, command


@command()
def build(call: Call) -> None:
    """Write every published edition and the pages around them anew."""
    from digest import app  # noqa: PLC0415  `digest --help` must not pay for it
    from digest.steps import render  # noqa: PLC0415

    with app.opened(call.config(), call.now, create=False) as context:
        count = render.rebuild(context)
        click.echo(f"{count} editions in {context.output / 'index.html'}")


@click.group()
def site() -> None:
    """Build the archive anew from the store."""


site.add_command(build)
COMMAND = site
