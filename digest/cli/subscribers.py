"""`digest subscribers`: the readers, by hand."""

import sys
from pathlib import Path

import click

from digest.cli import words
from digest.cli.base import Call, command, json_option, say, show
from digest.errors import UsageError


@command(
    click.argument("address", type=words.address),
    click.option(
        "--choice",
        "choices",
        type=words.choice,
        metavar="PUBLICATION:LANGUAGE",
        multiple=True,
        help="Only this (repeatable).",
    ),
)
def add(call: Call, *, address: str, choices: tuple[tuple[str, str], ...]) -> None:
    """Take in a reader whose consent you have, with all publications or the choices given."""
    from digest import app, newsletter  # noqa: PLC0415  `digest --help` must not pay for it

    config = call.config()
    chosen = newsletter.chosen(config, choices)
    with app.opened(config, call.now) as context:
        reader = newsletter.add(context, address, chosen)
    click.echo(f"{reader.address} is {reader.state}")


@command(click.argument("file"), name="import")
def import_csv(call: Call, *, file: str) -> None:
    """Take in the readers of a CSV FILE (`-`: stdin): address, state, choices."""
    from digest import app, newsletter  # noqa: PLC0415  `digest --help` must not pay for it

    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: can't be read; give a CSV file in UTF-8") from error
    config = call.config()
    found, faults = newsletter.read_csv(config, text)
    for fault in faults:
        say(fault)
    if found or not faults:
        with app.opened(config, call.now) as context:
            taken = newsletter.bring(context, found)
        click.echo(", ".join(f"{getattr(taken, name)} {name}" for name in taken.__dataclass_fields__))
    if faults:
        raise UsageError(f"{file}: {len(faults)} lines could not be read; mend them and import the file again")


@command(name="export")
def export_csv(call: Call) -> None:
    """Print all subscribers as CSV."""
    from digest import app, newsletter  # noqa: PLC0415  `digest --help` must not pay for it

    with app.opened(call.config(), call.now, create=False) as context:
        click.echo(newsletter.export_csv(context), nl=False)


@command(json_option, name="list")
def listed(call: Call, *, as_json: bool) -> None:
    """List the subscribers with their state and choices."""
    from digest import app  # noqa: PLC0415  `digest --help` must not pay for it
    from digest.store import readers  # noqa: PLC0415

    with app.opened(call.config(), call.now, create=False) as context, context.database.read() as tx:
        rows = [
            {"address": each.address, "state": each.state, "choices": " ".join(map(":".join, each.choices))}
            for each in readers.export(tx)
        ]
    show(rows, as_json=as_json)


@command(click.argument("address"))
def erase(call: Call, *, address: str) -> None:
    """Forget a person; only a hash stays, so that no import brings the address back."""
    from digest import app, newsletter  # noqa: PLC0415  `digest --help` must not pay for it

    with app.opened(call.config(), call.now, create=False) as context:
        known = newsletter.erase(context, address)
    if not known:
        raise UsageError(f"nobody has the address {address!r}; see: digest subscribers list")
    click.echo(f"{address} is forgotten")


@click.group()
def subscribers() -> None:
    """Add, import, export, list and erase subscribers."""


for each in (add, import_csv, export_csv, listed, erase):
    subscribers.add_command(each)
COMMAND = subscribers
