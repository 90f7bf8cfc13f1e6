"""Review: a number that is held is read and let go by an editor; until then it is nowhere but in the store."""

from collections.abc import Iterator
from typing import Literal

from digest.errors import UsageError
from digest.render.document import decode
from digest.render.evidence import evidence_markdown
from digest.render.markdown import of_view
from digest.render.view import view
from digest.steps.context import Context
from digest.steps.errata import as_shown
from digest.steps.named import named
from digest.store import issues
from digest.store.issues import Listed

Row = dict[str, object]
Answer = Literal["approved", "approved already", "published already"]


def waiting(context: Context) -> list[Listed]:
    """List the editions that are held or approved, and not published, the newest period first."""
    with context.database.read() as tx:
        return [each for each in issues.listing(tx) if each.state in ("review", "approved")]


def rows(context: Context) -> list[Row]:
    """Tell of each edition that waits what it is and since when."""
    return [_row(context, each) for each in waiting(context)]


def texts(context: Context, name: str) -> Iterator[str]:
    """Yield the editions of a name as Markdown, each sentence with its evidence. Raises UsageError for no such one."""
    with context.database.read() as tx:
        editions = named(issues.listing(tx), name, newest=True)
        found = [issues.get(tx, e.publication, e.period, e.language) for e in editions]
    for each in found:
        if each is not None:
            issue = as_shown(context, decode(each.document))
            seen = view(issue)
            yield of_view(seen, issue.title) + "\n" + evidence_markdown(seen)


def approve(context: Context, name: str) -> dict[str, Answer]:
    """Let the held editions of a name go; say of each edition by its slug what it is now.

    An approval is one of the bytes that are held: when a run makes others, they are held again. Raises UsageError for
    no such edition, and for one that is but a draft.
    """
    with context.database.write() as tx:
        editions = named(issues.listing(tx), name)
        if draft := next((each for each in editions if each.state == "draft"), None):
            raise UsageError(f"{draft.slug} {remedy(draft.state, draft.slug)}")
        for each in editions:
            issues.approve(tx, each.publication, each.period, each.language, context.now)
    return {each.slug: _answer(each) for each in editions}


def remedy(state: str, slug: str) -> str:
    """Say what brings an edition out that is not published, in words that follow its name."""
    ways = {
        "review": f"is held for review; read it and let it go: digest issues approve {slug}",
        "approved": "is approved and not yet published; run: digest issues publish",
        "draft": "is a draft of a run that was stopped; make it again with: digest run",
    }
    return ways[state]


def _answer(before: Listed) -> Answer:
    if before.state == "review":
        return "approved"
    return "approved already" if before.state == "approved" else "published already"


def _row(context: Context, edition: Listed) -> Row:
    with context.database.read() as tx:
        found = issues.get(tx, edition.publication, edition.period, edition.language)
    issue = decode(found.document) if found else None
    return {
        "issue": edition.slug,
        "state": "held" if edition.state == "review" else edition.state,
        "since": edition.approved or edition.held,
        "entries": len(issue.entries) if issue else 0,
        "sentences": len(view(issue).sentences) if issue else 0,
        "headline": issue.headline if issue else "",
    }
