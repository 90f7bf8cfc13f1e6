"""`digest status`: what ran, what is due, which sources are in trouble."""

import click

from digest.cli.base import Call, command, emit, json_option


@command(json_option)
def status(call: Call, *, as_json: bool) -> None:
    """Say what ran last, what is due, and which sources are in trouble."""
    from digest import app, upkeep  # noqa: PLC0415  `digest --help` must not pay for it

    with app.opened(call.config(), call.now, create=False) as context:
        found = upkeep.status(context)
    if as_json:
        emit(found)
        return
    for line in upkeep.status_lines(found):
        click.echo(line)


COMMAND = status
