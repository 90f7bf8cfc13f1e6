"""`digest sources`: what is read, how it does, and OPML in and out."""

from pathlib import Path

import click

from digest.cli import words
from digest.cli.base import Call, command, json_option, say, show
from digest.errors import UsageError

_COLUMNS = ("slug", "kind", "status", "seen", "new", "last_success", "last_new", "rhythm_h", "failures", "error")


@command(json_option, name="list")
def listed(call: Call, *, as_json: bool) -> None:
    """List the sources with their last check."""
    from digest import app, upkeep  # noqa: PLC0415  `digest --help` must not pay for it

    with app.opened(call.config(), call.now) as context:
        rows = upkeep.sources(context)
    show(rows, as_json=as_json, columns=_COLUMNS)


@command(click.argument("url", type=words.url, required=False), json_option)
def check(call: Call, *, url: str | None, as_json: bool) -> None:
    """Try every source without storing anything, or tell what a new URL is and what it would yield."""
    from digest import app, upkeep  # noqa: PLC0415  `digest --help` must not pay for it

    with app.opened(call.config(), call.now) as context:
        rows = [upkeep.probe(context, url)] if url else upkeep.try_sources(context)
    show(rows, as_json=as_json)
    tried = [row for row in rows if row["status"] != "skipped"]
    if not url and tried and all(row["status"] == "failed" for row in tried):
        from digest.errors import AllSourcesFailed  # noqa: PLC0415

        raise AllSourcesFailed("every source failed; check the network and [fetch]")


@command(click.argument("file"), name="import")
def import_opml(call: Call, *, file: str) -> None:
    """Print the feeds of an OPML FILE as [[source]] tables for config.toml."""
    from digest.collect import opml  # noqa: PLC0415  `digest --help` must not pay for it

    del call
    try:
        content = Path(file).read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: can't be read ({error.strerror}); give an OPML file") from error
    found = opml.read(content)
    click.echo(opml.as_toml(found))
    say(f"{len(found)} feeds; add them to config.toml")


@command(name="export")
def export_opml(call: Call) -> None:
    """Print the configured feeds and podcasts as OPML."""
    from digest.collect import opml  # noqa: PLC0415  `digest --help` must not pay for it

    click.echo(opml.write(call.config().sources).decode())


@click.group()
def sources() -> None:
    """List and check the sources; OPML in and out."""


for each in (listed, check, import_opml, export_opml):
    sources.add_command(each)
COMMAND = sources
