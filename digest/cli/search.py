"""`digest search`: the items that were collected."""

import click

from digest.cli.base import Call, command, json_option, show


@command(
    click.argument("words", nargs=-1, required=True),
    click.option("--limit", type=click.IntRange(1, 10_000), default=20, help="At most so many."),
    json_option,
)
def search(call: Call, *, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Search title and text of all collected items for WORDS, best first."""
    from digest import app  # noqa: PLC0415  `digest --help` must not pay for it
    from digest.store import items  # noqa: PLC0415

    with app.opened(call.config(), call.now, create=False) as context:
        with context.database.write() as tx:
            items.index(tx)
        with context.database.read() as tx:
            found = items.search(tx, " ".join(words), limit)
    rows = [
        {"id": item.id, "day": item.when.date(), "source": item.source, "title": item.title, "url": item.url}
        for item in found
    ]
    show(rows, as_json=as_json, columns=("id", "day", "title"))


COMMAND = search
