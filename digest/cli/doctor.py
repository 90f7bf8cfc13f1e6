"""`digest doctor`: is everything in order, and if not, what to do."""

import click

from digest.cli.base import Call, command, json_option, show
from digest.errors import DigestError


@command(json_option)
def doctor(call: Call, *, as_json: bool) -> None:
    """Check configuration, database, output folder, sources, model and mail; end with 1 when something is wrong."""
    from digest import app, upkeep  # noqa: PLC0415  `digest --help` must not pay for it

    with app.opened(call.config(), call.now) as context:
        rows = upkeep.examine(context)
    show(rows, as_json=as_json, columns=("what", "state", "note"))
    wrong = [row for row in rows if row["state"] == "wrong"]
    if wrong:
        raise DigestError(
            f"{len(wrong)} of {len(rows)} checks failed, the first: {wrong[0]['what']}: {wrong[0]['note']}"
        )
    if not as_json:
        click.echo("all is well")


COMMAND = doctor
