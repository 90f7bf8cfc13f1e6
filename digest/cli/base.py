"""What all commands share: --config, --now, --version, errors as one line, results on stdout."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.words import moment

if TYPE_CHECKING:
    from digest.config import Config

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What every command is told: which configuration, and what time it is."""

    path: Path | None
    fixed: datetime | None

    @property
    def now(self) -> datetime:
        """The process's clock: --now, else DIGEST_NOW (both are `fixed`), else the system's."""
        return self.fixed or datetime.now(UTC)

    def config(self) -> "Config":
        """Load the configuration. Raises ConfigError."""
        from digest.config import load  # noqa: PLC0415  `digest --help` must not pay for it

        return load(self.path)


def command(*options: Callable[..., Any], name: str | None = None) -> Callable[..., click.Command]:
    """Make a command of a function whose first argument is the Call; every command takes --config and --now.

    They may also stand before the command's name; those behind it win, and the environment comes last.
    """

    def made(function: Callable[..., None]) -> click.Command:
        def call(config: str | None, now: str | None, **values: object) -> None:
            before = click.get_current_context().find_root().params
            path, time = config or before.get("config"), now or before.get("now")
            function(Call(path=Path(path) if path else None, fixed=moment(time) if time else None), **values)

        call.__doc__ = function.__doc__
        for option in (*options[::-1], common()):
            call = option(call)
        return click.command(name=name or function.__name__.replace("_", "-"), context_settings=_SETTINGS)(call)

    return made


def common(*, environment: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command, or the group of all, the options --config and --now; the group's read the environment too."""
    config, now = ("DIGEST_CONFIG", "DIGEST_NOW") if environment else (None, None)
    path = click.option("--config", metavar="FILE", envvar=config, help="The configuration (default: config.toml).")
    time = click.option("--now", metavar="ISO", envvar=now, help="The time it is for the whole process.")
    return lambda function: path(time(function))


def say(text: str) -> None:
    """Print to the log: stderr."""
    click.echo(text, err=True)


def emit(value: object) -> None:
    """Print a value as a line of JSON: UTF-8 wherever it goes, half a surrogate pair as the escape that it came as."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str).encode(errors="backslashreplace"))


def show(rows: Iterable[Row], *, as_json: bool, columns: Iterable[str] = ()) -> None:
    """Print a listing to stdout: JSON Lines, or columns as wide as their content."""
    listed = list(rows)
    if as_json:
        for row in listed:
            emit(row)
        return
    names = list(columns) or list(listed[0] if listed else ())
    cells = [[_cell(row.get(name)) for name in names] for row in listed]
    widths = [max(map(len, column)) for column in zip(names, *cells, strict=True)] if cells else []
    for line in [[name.replace("_", " ") for name in names], *cells] if cells else []:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def is_terminal() -> bool:
    """Whether progress may be drawn: stderr is a terminal and no one asked for plain output."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and "NO_COLOR" not in os.environ


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON Lines.")
_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
