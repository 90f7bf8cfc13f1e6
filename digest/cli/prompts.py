"""`digest prompts`: what the model is told."""

import click

from digest.cli.base import Call, command, json_option, show
from digest.errors import DigestError


@command(json_option, name="list")
def listed(call: Call, *, as_json: bool) -> None:
    """List the prompts with their purpose and hash."""
    from digest.llm import prompts as known  # noqa: PLC0415  `digest --help` must not pay for it

    del call
    rows = [{"name": p.name, "tier": p.tier, "hash": p.hash[:12], "purpose": p.purpose} for p in known.listing()]
    show(rows, as_json=as_json)


@command(click.argument("name"), name="show")
def shown(call: Call, *, name: str) -> None:
    """Print a prompt's file."""
    from digest.errors import UsageError  # noqa: PLC0415
    from digest.packed import packed  # noqa: PLC0415

    del call
    path = packed("prompts") / f"{name}.md"
    if not path.is_file():
        raise UsageError(f"no prompt {name!r}; see: digest prompts list")
    click.echo(path.read_text(encoding="utf-8"))


@command()
def check(call: Call) -> None:
    """Render every prompt with its example and check its schema."""
    from digest.llm import prompts as known  # noqa: PLC0415  `digest --help` must not pay for it

    del call
    faults = known.check()
    for fault in faults:
        click.echo(fault)
    if faults:
        raise DigestError(f"{len(faults)} prompts are wrong; mend the files in prompts/")
    click.echo("ok")


@click.group()
def prompts() -> None:
    """List, show and check the prompts."""


for each in (listed, shown, check):
    prompts.add_command(each)
COMMAND = prompts
