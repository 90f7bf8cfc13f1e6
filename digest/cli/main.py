"""The command line: a group that imports a command only when it is called, and errors as one line."""

import importlib
import sys
from collections.abc import Mapping

import click

from digest import __version__
from digest.cli.base import common
from digest.errors import DigestError

COMMANDS: Mapping[str, tuple[str, str]] = {
    "run": ("run", "Make the issues of a week, of a day, or what is due."),
    "collect": ("collect", "Collect from the sources without making an issue."),
    "sources": ("sources", "List and check the sources; OPML in and out."),
    "issues": ("issues", "List, show and explain issues; review, publish and correct them."),
    "search": ("search", "Search the items that were collected."),
    "results": ("results", "The ledger of reported results."),
    "send": ("send", "Send an issue to its readers."),
    "subscribers": ("subscribers", "Add, import, export, list and erase subscribers."),
    "serve": ("serve", "Serve the archive and the sign-up pages."),
    "daemon": ("daemon", "Collect, publish and send on schedule."),
    "status": ("status", "What ran, and what is due."),
    "doctor": ("doctor", "Check configuration, store, sources, model and mail."),
    "init": ("init", "Write a configuration to start from."),
    "site": ("site", "Build the archive anew from the store."),
    "prompts": ("prompts", "List, show and check the prompts."),
    "replay": ("replay", "Write an issue again from its recorded model calls."),
    "rank": ("rank", "Filter: score and rank items (JSON Lines)."),
    "stories": ("stories", "Filter: join items that tell one event (JSON Lines)."),
    "facts": ("facts", "Filter: company, deployment and results of papers (JSON Lines)."),
    "verify": ("verify", "Filter: check sentences against their sources (JSON Lines)."),
    "eval": ("evaluate", "Measure the parts against gold."),
    "db": ("db", "Upgrade or check the database."),
    "backup": ("backup", "Copy the database while it is in use."),
    "restore": ("restore", "Put a backup in the database's place."),
    "vacuum": ("vacuum", "Give the database's free space back."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when called, so that `digest --help` costs next to nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None for a name that is none."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"digest.cli.{COMMANDS[cmd_name][0]}")
        found: click.Command = module.COMMAND
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="digest")
@common(environment=True)
def group(**_common: str | None) -> None:
    """Tell what happened in AI and recommender systems, every figure led back to its source."""


def main() -> None:
    """Run a command; print an error as one line and end with the exit code of its class."""
    try:
        group(prog_name="digest", standalone_mode=True)
    except DigestError as error:
        click.echo(f"digest: {error}", err=True)
        sys.exit(error.exit_code)
