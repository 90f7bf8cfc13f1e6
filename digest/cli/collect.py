"""`digest collect`: read the sources into the store."""

from dataclasses import replace

import click

from digest.cli.base import Call, command, json_option, show
from digest.cli.progress import progress


@command(
    click.option("--since", metavar="ISO", help="Collect what appeared since then (default: the last eight days)."),
    click.option("--source", "slugs", metavar="SLUG", multiple=True, help="Only this source (repeatable)."),
    json_option,
)
def collect(call: Call, *, since: str | None, slugs: tuple[str, ...], as_json: bool) -> None:
    """Collect from all sources, or those named, without making an issue."""
    from digest import app, pipeline  # noqa: PLC0415  `digest --help` must not pay for any of these
    from digest.period import parse_now  # noqa: PLC0415
    from digest.steps.collect import window_until  # noqa: PLC0415

    config, now = call.config(), call.now
    window = window_until(now)
    if since:
        window = replace(window, start=parse_now(since))
    with app.only_one(config), progress() as bar, app.opened(config, now, bar) as context:
        gathered = pipeline.gather_only(context, window, slugs)
    rows = [
        {"source": g.slug, "status": g.status, "seen": g.seen, "new": g.new, "changed": g.updated, "error": g.error}
        for g in gathered
    ]
    show(rows, as_json=as_json)


COMMAND = collect
