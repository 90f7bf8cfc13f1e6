"""`digest serve`: the archive and the sign-up pages over HTTP."""

import signal
import socket
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from digest.cli.base import Call, command, say
from digest.errors import UsageError

if TYPE_CHECKING:
    from digest.steps.context import Context


@command(
    click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on."),
    click.option(
        "--port",
        type=click.IntRange(0, 65_535),
        default=8000,
        show_default=True,
        help="The port to listen on; 0 takes a free one.",
    ),
)
def serve(call: Call, *, host: str, port: int) -> None:
    """Serve the archive, sign-up, preferences, unsubscribing and /healthz until SIGTERM."""
    import uvicorn  # noqa: PLC0415  `digest --help` must not pay for any of these

    from digest import app  # noqa: PLC0415
    from digest.web.application import application  # noqa: PLC0415

    with _bound(host, port) as listening, app.opened(call.config(), call.now) as context:

        def fresh() -> "Context":
            return context if call.fixed else replace(context, now=datetime.now(UTC))

        server = uvicorn.Server(uvicorn.Config(application(fresh), log_level="warning", server_header=False, ws="none"))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _nothing)  # uvicorn ends on them, and raises them again when it has ended
        say(f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}")
        server.run(sockets=[listening])


def _bound(host: str, port: int) -> socket.socket:
    """Listen before anything is announced, so that a port that is taken is said in one line."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise UsageError(
            f"{host}:{port}: can't listen there ({error}); choose another with --host and --port"
        ) from error


def _nothing(_number: int, _frame: object) -> None:
    """Leave the ending to uvicorn."""


COMMAND = serve
