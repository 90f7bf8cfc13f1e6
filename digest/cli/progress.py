"""Progress on a terminal, and nothing elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from digest.cli.base import is_terminal


@contextmanager
def progress() -> Iterator[Callable[[str, str], None]]:
    """Give a function that takes (stage, subject); it draws on stderr when that is a terminal."""
    if not is_terminal():
        yield lambda _stage, _subject: None
        return
    from rich.console import Console  # noqa: PLC0415  a run in the background never needs it

    with Console(stderr=True).status("starting") as status:
        yield lambda stage, subject: status.update(f"[bold]{stage}[/bold] {subject.replace('[', '(')}")
