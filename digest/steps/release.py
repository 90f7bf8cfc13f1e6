"""Release: what an editor let go is published, and corrections come to their pages.

The store says what is to be done, and is told last that it is: killed anywhere, it is done again with the same bytes.
"""

from collections.abc import Iterable, Sequence

from digest.domain.issue import Issue
from digest.errors import UsageError
from digest.render.document import decode
from digest.steps.context import Context
from digest.steps.named import named
from digest.steps.render import archive, render
from digest.steps.review import remedy
from digest.store import errata, issues
from digest.store.issues import Listed, StoredIssue


def release(context: Context, only: Sequence[Listed] | None = None) -> list[str]:
    """Publish what is approved, and write the editions anew whose corrections their files lack.

    With `only`, of these alone. Return the names of the editions that are published now. Raises DigestError where the
    output folder can't be written.
    """
    due = _due(context, only)
    if not due:
        return []
    issued = [decode(each.document) for each in due]
    going = [issue for issue, each in zip(issued, due, strict=True) if each.state == "approved"]
    slugs = [issue.slug for issue in going]
    render(context, [*issued, *_neighbours(context, going)], releasing=slugs)
    archive(context, releasing=slugs)
    with context.database.write() as tx:
        for each, issue in zip(due, issued, strict=True):
            if each.state == "approved":
                issues.publish(tx, each.publication, each.period, each.language)
                errata.tell(tx, issue)
            errata.show(tx, each.publication, each.period, each.language)
    return slugs


def publish(context: Context, name: str = "") -> list[str]:
    """Release the approved editions of a name, or all. Raises UsageError for one that is held or but a draft."""
    if not name:
        return release(context)
    with context.database.read() as tx:
        editions = named(issues.listing(tx), name)
    if unready := next((each for each in editions if each.state in ("review", "draft")), None):
        raise UsageError(f"{unready.slug} {remedy(unready.state, unready.slug)}")
    return release(context, editions)


def _due(context: Context, only: Iterable[Listed] | None) -> list[StoredIssue]:
    """Load the approved editions, and the published ones whose files lack a correction, the oldest period first."""
    wanted = None if only is None else {each.slug for each in only}
    with context.database.read() as tx:
        lacking = errata.unshown(tx)
        found = [
            issues.get(tx, each.publication, each.period, each.language)
            for each in reversed(issues.listing(tx))
            if (wanted is None or each.slug in wanted)
            and (
                each.state == "approved"
                or (each.state == "published" and (each.publication, each.period, each.language) in lacking)
            )
        ]
    return [each for each in found if each is not None]


def _neighbours(context: Context, going: Sequence[Issue]) -> list[Issue]:
    """Load the published editions whose pages link to one that is released: its other languages, and what follows."""
    found: list[Issue] = []
    with context.database.read() as tx:
        for row in issues.listing(tx):
            near = [issue for issue in going if issue.publication == row.publication]
            if row.state != "published" or not any(
                issue.period == row.period or issue.date < row.date for issue in near
            ):
                continue
            stored = issues.get(tx, row.publication, row.period, row.language)
            if stored is not None and _linked(other := decode(stored.document), near):
                found.append(other)
    return found


def _linked(other: Issue, going: Sequence[Issue]) -> bool:
    continued = {thread.continues for thread in other.threads}
    return any(
        issue.period == other.period or (issue.language == other.language and issue.period in continued)
        for issue in going
    )
