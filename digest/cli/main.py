"""The command line: a group that imports a command only when it is called, and errors as one line."""

import importlib
import sys
from collections.abc import Mapping
from typing import Any

import click

from digest import __version__
from digest.cli.base import common, say
from digest.errors import DigestError, UsageError

COMMANDS: Mapping[str, tuple[str, str]] = {
    "run": ("run", "Make the issues of a week, of a day, or what is due."),
    "collect": ("collect", "Collect from the sources without making an issue."),
    "sources": ("sources", "List and check the sources; OPML in and out."),
    "issues": ("issues", "List, show, explain and rate issues; review, approve, publish and correct them."),
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

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401  click's own arguments
        """Run a command and end the process; an error is one line on stderr, and the exit code of its class.

        Without `standalone_mode` the command returns, and raises what it raises, as click has it.
        """
        if not extra.get("standalone_mode", True):
            return super().main(*args, **extra)
        try:
            if sys.stdout is None:
                raise UsageError("standard output is closed; send it to a file, or to /dev/null")
            code = super().main(*args, **{**extra, "prog_name": "digest", "standalone_mode": False})
            sys.stdout.flush()
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            code = error.exit_code
        except (DigestError, click.ClickException, click.Abort, OSError) as error:
            line, code = _told(error)
            say(f"digest: {' '.join(line.splitlines())}")
        sys.exit(code)

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
    """Run the command that the process was started with."""
    group()


def _told(error: Exception) -> tuple[str, int]:
    """Return what an error says, and its exit code."""
    match error:
        case DigestError():
            return str(error), error.exit_code
        case click.ClickException():
            said = " ".join(error.format_message().split()).rstrip(".")
            where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "digest"
            return f"{said}; see: {where} --help", UsageError.exit_code
        case OSError():
            subject = error.filename or "standard output"  # a stream has no name
            return f"{subject}: {error.strerror or error}; free space, or check the rights", DigestError.exit_code
        case _:
            return "interrupted", DigestError.exit_code
