"""`digest issues`: list, show, explain and rate what was made; review.py has the editor's part."""

from typing import TYPE_CHECKING

import click

from digest.cli import words
from digest.cli.base import Call, command, emit, json_option, show
from digest.cli.review import approve, correct, publish, review
from digest.errors import UsageError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from digest.domain.issue import Issue
    from digest.steps.context import Context
    from digest.store.ratings import Rated


@command(json_option, name="list")
def listed(call: Call, *, as_json: bool) -> None:
    """List the issues, newest first."""
    with _store(call) as context:
        from digest.store import issues  # noqa: PLC0415

        with context.database.read() as tx:
            rows = [
                {
                    "publication": r.publication,
                    "period": r.period,
                    "language": r.language,
                    "state": r.state,
                    "date": r.date,
                }
                for r in issues.listing(tx)
            ]
    show(rows, as_json=as_json)


@command(
    click.argument("issue", type=words.issue, required=False),
    click.option("--thread", metavar="ID", help="A thread's history."),
    json_option,
)
def show_issue(call: Call, *, issue: str | None, thread: str | None, as_json: bool) -> None:
    """Print an ISSUE (PUBLICATION/PERIOD/LANGUAGE) as Markdown, or the history of a thread.

    A shorter name is the first edition that it fits: PUBLICATION/PERIOD, or PUBLICATION alone for its newest one.
    """
    if not issue and not thread:
        raise UsageError("write: digest issues show ISSUE, or show --thread ID; see: digest issues list")
    with _store(call) as context:
        if thread:
            _history(context, thread, as_json=as_json)
            return
        found = _issue(context, issue or "")
    from digest.render.document import encode  # noqa: PLC0415
    from digest.render.markdown import markdown  # noqa: PLC0415

    click.echo(encode(found).decode() if as_json else markdown(found))


@command(click.argument("item"), json_option)
def explain(call: Call, *, item: str, as_json: bool) -> None:
    """Say why an ITEM (its id, arXiv number or URL) is in each issue of its period, or why not."""
    from digest.steps import explain as explaining  # noqa: PLC0415

    with _store(call) as context:
        told = explaining.explain(context, item)
    if as_json:
        emit(told)
    else:
        for line in explaining.lines(told):
            click.echo(line)


@command(
    click.argument("item", required=False),
    click.argument("value", required=False, type=click.Choice(["+", "-"])),
    click.option("--publication", "slug", metavar="SLUG", default="", help="For this one; without it for all."),
    click.option("--remove", is_flag=True, help="Take the rating of ITEM back."),
    click.option("--list", "listing", is_flag=True, help="List the ratings, the oldest first."),
    json_option,
)
def rate(
    call: Call, *, item: str | None, value: str | None, slug: str, remove: bool, listing: bool, as_json: bool
) -> None:
    """Rate an ITEM (its id, arXiv number or URL) up (+) or down (-): runs that come later learn from it."""
    from digest.steps import rate as rating  # noqa: PLC0415

    asked = [listing, remove, value is not None]
    if sum(asked) != 1 or listing is bool(item):
        raise UsageError("write: digest issues rate ITEM + (or -), rate ITEM --remove, or rate --list")
    if slug:
        call.config().publication(slug)
    with _store(call) as context:
        if listing:
            found = rating.rated(context, slug)
        elif remove:
            found = rating.take_back(context, item or "", slug)
        else:
            found = rating.rate(context, item or "", 1 if value == "+" else -1, slug)
    show([_rating_row(each, removed=remove) for each in found], as_json=as_json)


@click.group()
def issues() -> None:
    """List, show, explain and rate issues; review, approve, publish and correct them."""


def _rating_row(rated: "Rated", *, removed: bool) -> dict[str, object]:
    value = "removed" if removed else "+" if rated.rating.rating > 0 else "-"
    return {
        "rating": value,
        "item": rated.rating.id,
        "publication": rated.publication or "all",
        "when": rated.when,
        "title": rated.rating.title,
    }


def _store(call: Call) -> "AbstractContextManager[Context]":
    from digest import app  # noqa: PLC0415  `digest --help` must not pay for it

    return app.opened(call.config(), call.now, create=False)


def _issue(context: "Context", name: str) -> "Issue":
    from digest.render.document import decode  # noqa: PLC0415
    from digest.steps.errata import as_shown  # noqa: PLC0415
    from digest.steps.named import named  # noqa: PLC0415
    from digest.store import issues as stored  # noqa: PLC0415

    with context.database.read() as tx:
        first = named(stored.listing(tx), name, newest=True)[0]
        found = stored.get(tx, first.publication, first.period, first.language)
    if found is None:
        raise UsageError(f"{first.slug} is gone; see: digest issues list")
    return as_shown(context, decode(found.document))


def _history(context: "Context", thread: str, *, as_json: bool) -> None:
    from digest.store import threads  # noqa: PLC0415

    with context.database.read() as tx:
        rows = threads.history(tx, thread)
    if not rows:
        raise UsageError(f"no thread {thread!r}; an issue's JSON names its threads")
    show([{name: getattr(row, name) for name in row.__dataclass_fields__} for row in rows], as_json=as_json)


for each in (listed, show_issue, explain, review, approve, publish, correct, rate):
    issues.add_command(each, "show" if each is show_issue else None)
COMMAND = issues
