"""The receipt of a number: what each source showed for it, what was new, what was kept, what failed."""

from collections import Counter
from collections.abc import Mapping

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
        done = [run.started for run in runs.listing(tx) if run.state == "done"]
    since = max(done, default=None)
    kept = {item.id for story in clustered.choice.kept for work in story.works for item in work.items}
    seen: Counter[str] = Counter()
    new: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for item in reading.items:
        for slug in {item.source, *reading.sightings.get(item.id, ())}:
            seen[slug] += 1
            new[slug] += since is None or item.first_seen > since
            used[slug] += item.id in kept
    rows = tuple(
        _row(source, health, seen=seen[source.slug], new=new[source.slug], kept=used[source.slug])
        for source in context.config.sources
    )
    return Receipt(
        sources=rows,
        dropped=clustered.choice.dropped,
        below_the_line=clustered.choice.below,
        notes=_notes(context, target),
    )


def _row(source: Source, health: Mapping[str, Health], *, seen: int, new: int, kept: int) -> SourceReceipt:
    known = health.get(source.slug)
    status = "disabled" if not source.enabled else known.status if known else "skipped"
    return SourceReceipt(
        slug=source.slug,
        title=source.title,
        status="ok" if status == "unchanged" else status,
        seen=seen,
        new=new,
        kept=kept,
        error=known.error if known and status not in ("ok", "unchanged") else "",
    )


def _notes(context: Context, target: Target) -> tuple[str, ...]:
    kinds = {source.kind for source in context.config.sources}
    if target.period.end > context.now or not kinds & _NO_HISTORY:
        return ()
    return ("backfilled",)
