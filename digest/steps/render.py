"""Render: editions to files, each written whole; an edition whose content did not change keeps its bytes."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from digest.domain.issue import Cost, Issue, Receipt
from digest.errors import ConfigError, DigestError
from digest.render.document import decode, encode
from digest.render.edition import card, edition
from digest.render.essays import load
from digest.render.history import Told, history
from digest.render.ledger import ledger as results_page
from digest.render.site import Site, pages
from digest.steps.context import Context, Target
from digest.steps.ledger import ledger
from digest.steps.replay import record_of
from digest.store import issues as stored
from digest.store import records
from digest.store.threads import chapters


def render(context: Context, issues: Sequence[Issue]) -> list[Issue]:
    """Write the files of editions; return them as they are to be kept: the one before where only the bill is new.

    Receipt and cost stay those of the run that made the edition, so that the same input gives the same bytes.
    """
    kept: list[Issue] = []
    for issue in issues:
        context.say("render", issue.slug)
        kept.append(decode(encode(_kept(context, issue))))  # what is shown is what issue.json holds
        publish(context.output / issue.slug, edition(kept[-1], site_of(context)))
    return kept


def keep(context: Context, target: Target, issues: Sequence[Issue]) -> dict[str, bool]:
    """Save editions as published, all or none; return by slug whether its content is new or changed.

    It comes last: what is listed as published has its files and is remembered, wherever a run was killed. With them
    goes the record of what a model was asked for them.
    """
    record = record_of(context)
    with context.database.write() as tx:
        changed = {
            issue.slug: stored.save(
                tx, issue.publication, target.period, issue.language, encode(issue), issue.date, "published"
            )
            for issue in issues
        }
        if any(changed.values()) or records.get(tx, target.publication.slug, target.period.name) is None:
            records.save(tx, target.publication.slug, target.period.name, record)
    return changed


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


def archive(context: Context) -> None:
    """Write the pages around the issues: front page, lists, feeds."""
    site = site_of(context)
    publish(
        context.output,
        pages([card(issue) for issue in _published(context)], site, load(Path(context.config.site.essays))),
    )
    publish(context.output, results_page([row for row in ledger(context) if row["online"] or row["company"]], site))
    for publication in context.config.publications:
        publish(context.output, _threads(context, publication.slug, site))


def _published(context: Context) -> Iterator[Issue]:
    with context.database.read() as tx:
        for row in stored.listing(tx):
            if row.state == "published" and (found := stored.get(tx, row.publication, row.period, row.language)):
                yield decode(found.document)


def _threads(context: Context, publication: str, site: Site) -> dict[str, bytes]:
    with context.database.read() as tx:
        found = chapters(tx, publication)
    told = [
        Told(thread=c.id, title=c.title or ", ".join(c.terms), period=c.period, works=len(c.works), weak=c.weak)
        for c in found
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


def site_of(context: Context) -> Site:
    """Return what pages know of the site that they stand in."""
    config = context.config
    site = Site(
        url=config.digest.site_url,
        publications={publication.slug: dict(publication.titles) for publication in config.publications},
        theme=config.site.theme,
        ledger=True,
        postal_address=config.mail.postal_address,
    )
    return replace(site, subscribe=site.address("subscribe")) if config.mail.smtp_url else site


def writable(context: Context) -> None:
    """Raise ConfigError unless the output folder can be written: before anything is fetched for it."""
    folder = context.output
    parent = next((path for path in (folder, *folder.resolve().parents) if path.exists()), Path())
    if not parent.is_dir() or not os.access(parent, os.W_OK):
        raise ConfigError(f"{folder}: can't be written; check [digest] output")


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


def _kept(context: Context, issue: Issue) -> Issue:
    with context.database.read() as tx:
        document = stored.get(tx, issue.publication, issue.period, issue.language)
    before = decode(document.document) if document else None
    return before if before is not None and _content(before) == _content(issue) else issue


def _content(issue: Issue) -> bytes:
    return encode(replace(issue, receipt=Receipt(), cost=Cost()))
