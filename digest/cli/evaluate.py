"""`digest eval`: the parts measured against gold."""

from pathlib import Path

import click

from digest.cli.base import Call, command, json_option
from digest.errors import UsageError

_KINDS = ("selection", "clusters", "results", "grounding")


@command(
    click.argument("kind", type=click.Choice(_KINDS)),
    click.option("--gold", metavar="PATH", required=True, help="A gold file, or the folder that holds it."),
    click.option("--misses/--no-misses", default=True, help="Name each miss."),
    json_option,
    name="eval",
)
def evaluate(call: Call, *, kind: str, gold: str, misses: bool, as_json: bool) -> None:
    """Measure selection, clusters, results or grounding, and print the counts behind each figure."""
    import importlib  # noqa: PLC0415  `digest --help` must not pay for the parts

    del call
    path = Path(gold)
    if not path.exists():
        raise UsageError(f"{gold}: no such gold; name the file, or the folder that holds it")
    report = importlib.import_module(f"digest.evaluate.{kind}").run(path)
    from digest.evaluate.report import as_json as dumped  # noqa: PLC0415
    from digest.evaluate.report import lines  # noqa: PLC0415

    if as_json:
        click.echo(dumped(report))
        return
    for line in lines(report, misses=misses):
        click.echo(line)


COMMAND = evaluate
