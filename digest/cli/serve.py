"""`digest serve`: the archive and the sign-up pages over HTTP."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from digest.cli.base import Call, command, say

if TYPE_CHECKING:
    from digest.steps.context import Context


@command(
    click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on."),
    click.option("--port", default=8000, show_default=True, help="The port to listen on; 0 takes a free one."),
)
def serve(call: Call, *, host: str, port: int) -> None:
    """Serve the archive, sign-up, preferences, unsubscribing and /healthz until SIGTERM."""
    import uvicorn  # noqa: PLC0415  `digest --help` must not pay for any of these

    from digest import app  # noqa: PLC0415
    from digest.render.forms import page  # noqa: PLC0415
    from digest.web.application import application  # noqa: PLC0415

    with app.opened(call.config(), call.now) as context:

        def fresh() -> "Context":
            return context if call.now_text else replace(context, now=datetime.now(UTC))

        say(f"http://{host}:{port}")
        uvicorn.run(application(fresh, page), host=host, port=port, log_level="warning", server_header=False)


COMMAND = serve
