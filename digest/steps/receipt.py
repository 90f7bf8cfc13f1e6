"""The receipt of a number: what each source showed for it, what was new, what was kept, what failed."""

from collections import Counter

from digest.domain.issue import Receipt, SourceReceipt
from digest.domain.item import Source
from digest.steps.cluster import Clustered
from digest.steps.context import Context, Target
from digest.steps.read import Reading
from digest.store import runs, sources
from digest.store.sources import Health

_NO_HISTORY = frozenset({"feed", "podcast", "github-trending"})


def receipt(context: Context, target: Target, reading: Reading, clustered: Clustered) -> Receipt:
    """Count, per configured source, the period's items it showed, those new since the last complete run, those kept."""
    with context.database.read() as tx:
        health = {each.slug: each for each in sources.health(tx)}
        since = runs.last_done(tx, "run")
    kept = {item.id for story in clustered.choice.kept for work in story.works for item in work.items}
    seen: Counter[str] = Counter()
    new: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for item in reading.items:
        for slug in {item.source, *reading.sightings.get(item.id, ())}:
            seen[slug] += 1
            new[slug] += since is None or item.first_seen > since
            used[slug] += item.id in kept
    missing = _missing(context, target)
    rows = tuple(
        SourceReceipt(
            slug=source.slug,
            title=source.title,
            status=_status(source, health.get(source.slug)),
            seen=seen[source.slug],
            new=new[source.slug],
            kept=used[source.slug],
            announced=seen[source.slug] + missing[source.slug] if source.slug in missing else None,
            error=_error(source, health.get(source.slug)),
        )
        for source in context.config.sources
    )
    return Receipt(
        sources=rows,
        dropped=clustered.choice.dropped,
        below_the_line=clustered.choice.below,
        notes=_notes(context, target),
    )


def _missing(context: Context, target: Target) -> dict[str, int]:
    """Count the papers that arXiv's listings of the period announced and that never arrived, per source that has any.

    A source whose listings of these days were not seen has no count.
    """
    if "paper" not in target.publication.kinds:
        return {}
    with context.database.read() as tx:
        found = sources.listings(tx, target.period.first_day, target.period.last_day)
    missing: Counter[str] = Counter()
    for listed in found:
        missing[listed.source] += listed.announced - listed.arrived
    return dict(missing)


def _status(source: Source, known: Health | None) -> str:
    status = "disabled" if not source.enabled else known.status if known else "skipped"
    return "ok" if status == "unchanged" else status


def _error(source: Source, known: Health | None) -> str:
    return known.error if known and _status(source, known) != "ok" else ""


def _notes(context: Context, target: Target) -> tuple[str, ...]:
    kinds = {source.kind for source in context.config.sources}
    if target.period.end > context.now or not kinds & _NO_HISTORY:
        return ()
    return ("backfilled",)
