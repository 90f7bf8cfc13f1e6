"""Render: editions to files, each written whole; an edition whose content did not change keeps its bytes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile

from digest.domain.issue import Cost, Issue, Receipt
from digest.errors import ConfigError, DigestError
from digest.render.document import decode, encode
from digest.render.edition import card, edition
from digest.render.essays import load
from digest.render.history import Told, history
from digest.render.ledger import ledger as results_page
from digest.render.site import Site, pages
from digest.steps.context import Context, Target
from digest.steps.errata import as_shown
from digest.steps.ledger import ledger
from digest.steps.replay import record_of
from digest.store import errata, records
from digest.store import issues as stored
from digest.store.issues import IssueState, StoredIssue
from digest.store.threads import chapters

_PAGE = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An edition as it was saved: whether its content is new or changed, and what it is now."""

    slug: str
    changed: bool
    state: IssueState


def settle(context: Context, issues: Sequence[Issue], *, final: bool = False) -> list[Issue]:
    """Return editions as they are to be kept: the one before where only the bill is new, or where it is `final`.

    Receipt and cost stay those of the run that made the edition, so that the same input gives the same bytes.
    """
    # What is shown is what issue.json holds.
    return [decode(encode(_kept(context, issue, final=final))) for issue in issues]


def is_final(context: Context, target: Target) -> bool:
    """Whether no run changes the number any more: an editor's approval published an edition of it."""
    with context.database.read() as tx:
        rows = stored.listing(tx, target.publication.slug)
    return target.publication.review and any(
        row.period == target.period.name and row.state == "published" for row in rows
    )


def same(one: Issue, other: Issue) -> bool:
    """Whether two editions tell the same, whatever was tried and paid for them."""
    return _content(one) == _content(other)


def render(context: Context, issues: Sequence[Issue], *, releasing: Sequence[str] = ()) -> None:
    """Write the files of editions, with their corrections, and with links to those that are released with them."""
    site = site_of(context, (*releasing, *(issue.slug for issue in issues)))
    for issue in issues:
        context.say("render", issue.slug)
        publish(context.output / issue.slug, edition(as_shown(context, issue), site))


def keep(context: Context, target: Target, issues: Sequence[Issue]) -> list[Kept]:
    """Save editions as published, or as held where they are to be reviewed: all or none.

    It comes last: what is listed as published has its files and is remembered, wherever a run was killed. With them
    goes the record of what a model was asked for them.
    """
    record, kept = record_of(context), []
    with context.database.write() as tx:
        for issue in issues:
            here, document = (issue.publication, issue.period, issue.language), encode(issue)
            state = _state(stored.get(tx, *here), document, review=target.publication.review)
            changed = stored.save(tx, issue.publication, target.period, issue.language, document, issue.date, state)
            if state == "review":
                stored.hold(tx, *here, context.now)
            if state == "published":
                errata.tell(tx, issue)
            kept.append(Kept(slug=issue.slug, changed=changed, state=state))
        if any(each.changed for each in kept) or records.get(tx, target.publication.slug, target.period.name) is None:
            records.save(tx, target.publication.slug, target.period.name, record)
    return kept


def _state(before: StoredIssue | None, document: bytes, *, review: bool) -> IssueState:
    """Decide what an edition is kept as: an approval holds for the bytes that were approved, a publication for good."""
    if not review or (before is not None and before.state == "published"):
        return "published"
    return "approved" if before and before.state == "approved" and before.document == document else "review"


def keep_drafts(context: Context, target: Target, issues: Sequence[Issue]) -> None:
    """Save editions without publishing them; a published edition stays what it is."""
    record = record_of(context)
    with context.database.write() as tx:
        there = [stored.get(tx, issue.publication, issue.period, issue.language) for issue in issues]
        if any(each.state == "published" for each in there if each):
            return
        for issue in issues:
            stored.save(tx, issue.publication, target.period, issue.language, encode(issue), issue.date, "draft")
        records.save(tx, target.publication.slug, target.period.name, record)


def archive(context: Context, *, releasing: Sequence[str] = ()) -> None:
    """Write the pages around the issues, and those that are being released: front page, lists, feeds."""
    site = site_of(context, releasing)
    publish(
        context.output,
        pages([card(issue) for issue in _published(context, releasing)], site, load(Path(context.config.site.essays))),
    )
    publish(context.output, results_page([row for row in ledger(context) if row["online"] or row["company"]], site))
    for publication in context.config.publications:
        publish(context.output, _threads(context, publication.slug, site))


def _published(context: Context, releasing: Sequence[str] = ()) -> Iterator[Issue]:
    with context.database.read() as tx:
        listed = [row for row in stored.listing(tx) if row.state == "published" or row.slug in releasing]
        found = [stored.get(tx, row.publication, row.period, row.language) for row in listed]
    for each in found:
        if each is not None:
            yield as_shown(context, decode(each.document))


def _threads(context: Context, publication: str, site: Site) -> dict[str, bytes]:
    with context.database.read() as tx:
        found = chapters(tx, publication)
    first = next(iter(site.publications.get(publication, {})), "en")
    told = [
        Told(thread=c.id, title=c.title or ", ".join(c.terms), period=c.period, works=len(c.works), weak=c.weak)
        for c in found
        if f"{publication}/{c.period}/{first}" not in site.unpublished
    ]
    return history(publication, told, site) if told else {}


def rebuild(context: Context) -> int:
    """Write every published edition and the archive anew from the store; return the number of editions."""
    count = 0
    for issue in _published(context):
        publish(context.output / issue.slug, edition(issue, site_of(context)))
        count += 1
    archive(context)
    return count


def site_of(context: Context, releasing: Sequence[str] = ()) -> Site:
    """Return what pages know of the site that they stand in; what is being released counts as published."""
    config = context.config
    with context.database.read() as tx:
        absent = {row.slug for row in stored.listing(tx) if row.state != "published"}
    site = Site(
        url=config.digest.site_url,
        publications={publication.slug: dict(publication.titles) for publication in config.publications},
        theme=config.site.theme,
        ledger=True,
        postal_address=config.mail.postal_address,
        unpublished=frozenset(absent.difference(releasing)),
    )
    return replace(site, subscribe=site.address("subscribe")) if config.mail.smtp_url else site


def writable(context: Context) -> None:
    """Raise ConfigError unless the output folder can be written: before anything is fetched for it."""
    fault = unwritable(context.output)
    if fault:
        raise ConfigError(f"{context.output}: can't be written ({fault}); check [digest] output")


def unwritable(folder: Path) -> str:
    """Say why nothing can be written into a folder, or the nearest that exists above it; "" where it can.

    A file without a name is written there, as large as a page: only that finds a full disk, and leaves nothing behind.
    """
    parent = next((path for path in (folder, *folder.resolve().parents) if path.exists()), Path())
    try:
        with TemporaryFile(dir=parent) as file:
            file.write(bytes(_PAGE))
    except OSError as error:
        return error.strerror or str(error)
    return ""


def publish(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files, each to a temporary one that is then renamed; those with the same bytes stay untouched.

    Raises DigestError when the folder can't be written.
    """
    for name, content in sorted(files.items()):
        target = folder / name
        try:
            if target.is_file() and target.read_bytes() == content:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, content)
        except OSError as error:
            raise DigestError(f"{target}: can't be written ({error.strerror}); check [digest] output") from error


def _replace(target: Path, content: bytes) -> None:
    """Write by way of a file that always has the same name, so that one a kill left behind is taken by the next run."""
    temporary = target.with_name(f".{target.name}.part")
    try:
        temporary.write_bytes(content)
        temporary.chmod(0o644)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _kept(context: Context, issue: Issue, *, final: bool) -> Issue:
    with context.database.read() as tx:
        row = stored.get(tx, issue.publication, issue.period, issue.language)
    if row is None:
        return issue
    before = decode(row.document)
    return before if same(before, issue) or (final and row.state != "draft") else issue


def _content(issue: Issue) -> bytes:
    return encode(replace(issue, receipt=Receipt(), cost=Cost()))
