"""`digest rank`: a filter."""

import click

from digest.cli.base import Call, command, show
from digest.jsonl import rows


@command(
    click.argument("file"),
    click.option("--publication", "slug", metavar="SLUG", default="recsys-weekly", help="Whose rubric counts."),
    click.option("--ratings", metavar="FILE", help="What was liked so far: {id, kind, title, text, rating: 1 | -1}."),
)
def rank(call: Call, *, file: str, slug: str, ratings: str | None) -> None:
    """Score and rank the items of FILE: {id, kind, title, text, ...} -> {id, score, rank, criteria, reason}."""
    from digest.filters import rank as filtering  # noqa: PLC0415  `digest --help` must not pay for it

    publication = call.config().publication(slug)
    taught = list(rows(ratings, filtering.SHAPE)) if ratings else ()
    show(filtering.run(rows(file, filtering.SHAPE), publication, taught), as_json=True)


COMMAND = rank
