"""`digest doctor`: is everything in order, and if not, what to do."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.base import Call, command, json_option, show
from digest.errors import DigestError, StoreError

if TYPE_CHECKING:
    from datetime import datetime

    from digest.config import Config

Row = dict[str, object]


@command(json_option)
def doctor(call: Call, *, as_json: bool) -> None:
    """Check configuration, database, output folder, sources, model and mail; end with 1 when something is wrong.

    The model's server is asked for its models and for one tiny answer, the mail server is greeted; nothing is sent.
    """
    rows = _examined(call.config(), call.now)
    show(rows, as_json=as_json, columns=("what", "state", "note"))
    wrong = [row for row in rows if row["state"] == "wrong"]
    if wrong:
        raise DigestError(
            f"{len(wrong)} of {len(rows)} checks failed, the first: {wrong[0]['what']}: {wrong[0]['note']}"
        )
    if not as_json:
        click.echo("all is well")


def _examined(config: "Config", now: "datetime") -> list[Row]:
    """Examine with the database as it is; without one, or with one that can't be opened, all the rest."""
    from digest import app, upkeep  # noqa: PLC0415  `digest --help` must not pay for it

    try:
        with app.opened(config, now, create=False) as context:
            return upkeep.examine(context)
    except StoreError as error:
        there = Path(config.digest.database.partition(":///")[2]).exists()
        database: Row = {"what": "database", "state": "wrong" if there else "note", "note": str(error)}
    nowhere = replace(config, digest=replace(config.digest, database="sqlite:///:memory:"))
    with app.opened(nowhere, now) as context:
        return [database if row["what"] == "database" else row for row in upkeep.examine(context)]


COMMAND = doctor
