"""What the four filters share: JSON Lines in, JSON Lines out, in the same order, `-` for stdin."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from digest.errors import UsageError


def rows(path: str, *needs: str) -> Iterator[dict[str, object]]:
    """Yield the rows of a JSON Lines file (`-`: stdin, `.gz`: unpacked). Raises UsageError naming the bad line."""
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise UsageError(f"{path}: line {number} is not JSON ({error.msg}); write one object a line") from error
        missing = [name for name in ("id", *needs) if not isinstance(row, dict) or name not in row]
        if missing:
            raise UsageError(
                f"{path}: line {number} must be an object with an id{_and(needs)}; {missing[0]} is missing"
            )
        yield row


def _and(needs: tuple[str, ...]) -> str:
    return f", {', '.join(needs)}" if needs else ""


def emit(found: Iterable[Mapping[str, object]]) -> None:
    """Print rows as JSON Lines."""
    for row in found:
        click.echo(json.dumps(row, ensure_ascii=False))


def _lines(path: str) -> Iterator[str]:
    if path == "-":
        yield from sys.stdin
        return
    import gzip  # noqa: PLC0415  only for packed files

    try:
        opener = gzip.open if path.endswith(".gz") else open
        with opener(Path(path), "rt", encoding="utf-8") as file:
            yield from file
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path}: can't be read ({error.__class__.__name__}); give a file of JSON Lines, or -"
        ) from error
