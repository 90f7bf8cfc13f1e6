"""`digest collect`: read the sources into the store."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import click

from digest.cli import words
from digest.cli.base import Call, command, json_option, show
from digest.cli.progress import progress
from digest.errors import UsageError


@command(
    click.option(
        "--since",
        type=words.moment,
        metavar="ISO",
        help="Collect what appeared since then (default: the last eight days).",
    ),
    click.option("--source", "slugs", metavar="SLUG", multiple=True, help="Only this source (repeatable)."),
    json_option,
)
def collect(call: Call, *, since: datetime | None, slugs: tuple[str, ...], as_json: bool) -> None:
    """Collect from all sources, or those named, without making an issue."""
    from digest import app, pipeline  # noqa: PLC0415  `digest --help` must not pay for any of these
    from digest.steps.collect import window_until  # noqa: PLC0415

    config, now = call.config(), call.now
    _known(slugs, [source.slug for source in config.sources])
    window = window_until(now)
    if since:
        window = replace(window, start=since)
    with app.only_one(config), progress() as bar, app.opened(config, now, bar) as context:
        gathered = pipeline.gather_only(context, window, slugs)
    rows = [
        {"source": g.slug, "status": g.status, "seen": g.seen, "new": g.new, "changed": g.updated, "error": g.error}
        | {"note": g.note}
        for g in gathered
    ]
    show(rows, as_json=as_json)


def _known(slugs: Sequence[str], known: Sequence[str]) -> None:
    for slug in slugs:
        if slug not in known:
            from difflib import get_close_matches  # noqa: PLC0415  only for a slip of the pen

            near = get_close_matches(slug, known, 1)
            raise UsageError(
                f"--source {slug}: {f'perhaps you meant {near[0]}' if near else 'see: digest sources list'}"
            )


COMMAND = collect
