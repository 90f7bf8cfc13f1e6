"""A process with a folder of its own and the sources and publications of a test."""

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from digest import app
from digest.config import load
from digest.steps.context import Context


def written(folder: Path, tables: str) -> Path:
    """Write a configuration whose database and output lie in the folder and which may ask this machine."""
    folder.mkdir(exist_ok=True)
    path = folder / "config.toml"
    path.write_text(
        f"""
[digest]
database = "sqlite:///{folder / "digest.db"}"
output = "{folder / "public"}"
engine = "local"
[fetch]
allow_private_hosts = ["127.0.0.1", "localhost"]
{tables}""",
        "utf-8",
    )
    return path


def opened(folder: Path, tables: str, now: datetime) -> AbstractContextManager[Context]:
    """Open the process at a moment."""
    return app.opened(load(written(folder, tables), {}), now)
