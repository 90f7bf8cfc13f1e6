"""`digest issues` for editors: read what is held, let it go, publish it, and correct what was told."""

from typing import TYPE_CHECKING

import click

from digest.cli import words
from digest.cli.base import Call, command, json_option, say, show

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from digest.steps.context import Context


@command(click.argument("issue", type=words.issue, required=False), json_option)
def review(call: Call, *, issue: str | None, as_json: bool) -> None:
    """List what is held for review, or print an ISSUE as Markdown with the evidence of each sentence.

    ISSUE is PUBLICATION/PERIOD for all its editions, or PUBLICATION/PERIOD/LANGUAGE; PUBLICATION alone is its newest
    one. It may be published already.
    """
    from digest.steps import review as reviewing  # noqa: PLC0415  `digest --help` must not pay for any of these

    with _store(call) as context:
        if issue:
            for text in reviewing.texts(context, issue):
                click.echo(text)
            return
        rows = reviewing.rows(context)
    if not rows:
        say("nothing is held")
    show(rows, as_json=as_json)


@command(click.argument("issue", type=words.issue))
def approve(call: Call, *, issue: str) -> None:
    """Let a held ISSUE go: the next run or the daemon publishes it, and sends it as usual.

    ISSUE is PUBLICATION/PERIOD for all its editions, or PUBLICATION/PERIOD/LANGUAGE. To have it in the archive at once,
    run: digest issues publish. What a run changes after it was approved is held again.
    """
    from digest.steps import review as reviewing  # noqa: PLC0415

    with _store(call) as context:
        answers = reviewing.approve(context, issue)
    for slug, answer in answers.items():
        remedy = "" if answer == "published already" else "; the next run publishes it, or: digest issues publish"
        click.echo(f"{slug}: {answer}{remedy}")


@command(click.argument("issue", type=words.issue, required=False))
def publish(call: Call, *, issue: str | None) -> None:
    """Put what is approved into the archive now, all of it or an ISSUE; mail goes out with the next run or digest send.

    Refuses an ISSUE that is not approved.
    """
    from digest import app  # noqa: PLC0415
    from digest.steps import release  # noqa: PLC0415

    with _store(call) as context, app.only_one(context.config):
        published = release.publish(context, issue or "")
        folder = context.output
    for slug in published:
        click.echo(f"published {folder / slug / 'index.html'}")
    if not published:
        say(f"{issue} is published already" if issue else "nothing is approved; what is held: digest issues review")


@command(
    click.argument("issue", type=words.issue),
    click.option("--claim", "number", metavar="N", type=int, help="The sentence by its number on the evidence page."),
    click.option("--sentence", "sentence", metavar="TEXT", default="", help="The sentence by words of it."),
    click.option("--note", metavar="TEXT", required=True, help="What was wrong, and what is right."),
    click.option("--withdraw", is_flag=True, help="Take the sentence out instead of striking it through."),
)
def correct(call: Call, *, issue: str, number: int | None, sentence: str, note: str, withdraw: bool) -> None:
    """Correct a published ISSUE, or one sentence of it, by a dated note.

    The note stands on top of the page and in the feed, and in the publication's next number; the sentence is struck
    through, or withdrawn. No mail is sent again. Each edition is corrected in its own language.
    """
    from digest import app  # noqa: PLC0415
    from digest.steps import errata, release  # noqa: PLC0415

    errata.judged(note, number=number, words=sentence, withdraw=withdraw)
    with _store(call) as context, app.only_one(context.config):
        done = errata.correct(context, issue, note, number=number, words=sentence, withdraw=withdraw)
        release.release(context, [done.edition])
    said = "corrected" if done.new else f"was corrected so on {done.erratum.at:%Y-%m-%d %H:%M}"
    click.echo(f"{done.edition.slug}: {said}" + (f": {done.erratum.sentence}" if done.erratum.sentence else ""))
    for slug in done.others:
        say(f"{slug} has no correction; give one in its language if it tells the same: digest issues correct {slug}")


def _store(call: Call) -> "AbstractContextManager[Context]":
    from digest import app  # noqa: PLC0415

    return app.opened(call.config(), call.now, create=False)
