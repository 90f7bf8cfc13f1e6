"""`digest init`: a configuration to start from."""

from contextlib import suppress
from pathlib import Path

import click

from digest.cli.base import Call, command
from digest.errors import UsageError
from digest.packed import packed


@command(click.argument("path", default="config.toml"), click.option("--force", is_flag=True, help="Overwrite."))
def init(call: Call, *, path: str, force: bool) -> None:
    """Write the packaged configuration, complete and commented, to PATH."""
    del call
    target = Path(path)
    if target.exists() and not (force and target.is_file()):
        raise UsageError(f"{target} is already there; name another file{', or give --force' * target.is_file()}")
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_text(packed("config.toml").read_text(encoding="utf-8"), encoding="utf-8")
        part.replace(target.resolve())
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise UsageError(f"{target}: can't be written ({error.strerror}); name a folder that can") from error
    click.echo(f"wrote {target}; edit its publications and sources, then: digest run")


COMMAND = init
