"""`digest collect`: read the sources into the store."""

import click

from digest.cli.base import Call, command, json_option, show
from digest.cli.progress import progress


@command(
    click.option("--since", metavar="ISO", help="Collect what appeared since then (default: the last seven days)."),
    click.option("--source", "slugs", metavar="SLUG", multiple=True, help="Only this source (repeatable)."),
    json_option,
)
def collect(call: Call, *, since: str | None, slugs: tuple[str, ...], as_json: bool) -> None:
    """Collect from all sources, or those named, without making an issue."""
    from datetime import timedelta  # noqa: PLC0415  `digest --help` must not pay for any of these

    from digest import app, pipeline  # noqa: PLC0415
    from digest.collect.model import Window  # noqa: PLC0415
    from digest.period import parse_now  # noqa: PLC0415

    config, now = call.config(), call.now
    start = parse_now(since) if since else now - timedelta(days=7)
    with app.only_one(config), progress() as bar, app.opened(config, now, bar) as context:
        gathered = pipeline.gather_only(context, Window(start=start, end=now + timedelta(seconds=1)), slugs)
    rows = [
        {"source": g.slug, "status": g.status, "seen": g.seen, "new": g.new, "changed": g.updated, "error": g.error}
        for g in gathered
    ]
    show(rows, as_json=as_json)


COMMAND = collect
