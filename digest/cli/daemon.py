"""`digest daemon`: collect, publish and send on schedule."""

import logging
from datetime import UTC, datetime

import click

from digest.cli.base import Call, command


@command(
    click.option(
        "--tick",
        type=click.FloatRange(min=0, min_open=True),
        default=30.0,
        show_default=True,
        help="Seconds between two looks at the clock.",
    )
)
def daemon(call: Call, *, tick: float) -> None:
    """Run until SIGTERM: collect by interval, publish at the publications' hours, send, catch up after a pause."""
    from digest import daemon as serving  # noqa: PLC0415  `digest --help` must not pay for it

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    ahead = call.now - datetime.now(UTC) if call.fixed else None
    serving.serve(call.config(), lambda: datetime.now(UTC) + ahead if ahead else datetime.now(UTC), tick_s=tick)


COMMAND = daemon
