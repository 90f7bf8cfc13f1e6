"""`digest send`: an issue to its readers."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

import click

from digest.cli import words
from digest.cli.base import Call, command, emit, json_option
from digest.errors import DeliveryError

if TYPE_CHECKING:
    from digest.steps.context import Context
    from digest.store.deliveries import Edition


@command(
    click.argument("issue", type=words.issue),
    click.option("--to", type=words.address, metavar="ADDRESS", help="One copy to this address; nothing is recorded."),
    click.option("--dry-run", is_flag=True, help="Say how many would get it, and print the message."),
    click.option("--resume", is_flag=True, help="Go on with those who wait; queue nobody new."),
    click.option("--resend-uncertain", is_flag=True, help="Also to those who may have got it already."),
    json_option,
)
def send(
    call: Call, *, issue: str, to: str | None, dry_run: bool, resume: bool, resend_uncertain: bool, as_json: bool
) -> None:
    """Send an ISSUE (PUBLICATION/PERIOD/LANGUAGE) to its confirmed readers, each once."""
    from digest import app, newsletter  # noqa: PLC0415  `digest --help` must not pay for any of these
    from digest.cli.summary import sent_row  # noqa: PLC0415
    from digest.steps.mailing import told  # noqa: PLC0415

    config = call.config()
    alone = nullcontext() if dry_run or to else app.only_one(config)
    with app.opened(config, call.now, create=False) as context, alone:
        edition = _edition(context, issue)
        if dry_run:
            count, message = newsletter.preview(context, edition)
            click.echo(f"{count} readers would get this message:\n\n{message.decode('utf-8', 'replace')}")
            return
        if to:
            trouble = newsletter.send_to(context, edition, to)
            if trouble:
                raise DeliveryError(f"{to}: {trouble}")
            click.echo(f"sent to {to}")
            return
        with _until_sigterm() as stop:
            report = newsletter.send(context, edition, resume=resume, resend_uncertain=resend_uncertain, stop=stop)
    emit(sent_row(report)) if as_json else click.echo(told(report))
    if not report.complete:
        raise DeliveryError(f"{edition.slug}: delivery is incomplete; go on with: digest send {edition.slug} --resume")


@contextmanager
def _until_sigterm() -> Iterator[threading.Event]:
    """Let SIGTERM end the mailing after the messages that are on their way, so that nobody becomes uncertain."""
    stop = threading.Event()
    before = signal.signal(signal.SIGTERM, lambda _number, _frame: stop.set())
    try:
        yield stop
    finally:
        signal.signal(signal.SIGTERM, before)


def _edition(context: "Context", name: str) -> "Edition":
    from digest.steps.named import one  # noqa: PLC0415
    from digest.store import issues  # noqa: PLC0415
    from digest.store.deliveries import Edition  # noqa: PLC0415

    with context.database.read() as tx:
        found = one(issues.listing(tx), name)
    return Edition(publication=found.publication, period=found.period, language=found.language)


COMMAND = send
