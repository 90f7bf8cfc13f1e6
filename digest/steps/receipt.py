"""The receipt of a number: what each source showed for it, what was new, what was kept, what failed."""

from collections import Counter
from datetime import datetime, timedelta

from digest.domain.issue import Receipt, SourceReceipt
from digest.domain.item import Source
from digest.steps.cluster import Clustered
from digest.steps.context import Context, Target
from digest.steps.read import Reading
from digest.store import runs, sources
from digest.store.sources import Health

_LONGEST_RHYTHMS = 4
_LEAST_SILENCE = timedelta(days=14)
_ANSWERED = frozenset({"ok", "unchanged"})
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
    states = {source.slug: _status(source, health.get(source.slug), context.now) for source in context.config.sources}
    rows = tuple(
        SourceReceipt(
            slug=source.slug,
            title=source.title,
            status=states[source.slug],
            seen=seen[source.slug],
            new=new[source.slug],
            kept=used[source.slug],
            announced=seen[source.slug] + missing[source.slug] if source.slug in missing else None,
            error=_error(health.get(source.slug), states[source.slug]),
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


def is_stale(health: Health, now: datetime) -> bool:
    """Whether a source is silent beyond its rhythm, by its own dates, or by when it last brought something new.

    Beyond is four times its usual gap, and at least two weeks. One that failed is failed.
    """
    since = health.last_new or health.last_success
    usual = (health.rhythm or timedelta()) * _LONGEST_RHYTHMS
    silent = since is not None and now - since > max(usual, _LEAST_SILENCE)
    return health.status == "stale" or (silent and health.status in _ANSWERED)


def _status(source: Source, known: Health | None, now: datetime) -> str:
    if not source.enabled:
        return "disabled"
    if known is None:
        return "skipped"
    return "stale" if is_stale(known, now) else "ok" if known.status == "unchanged" else known.status


def _error(known: Health | None, status: str) -> str:
    return known.error if known and status != "ok" else ""


def _notes(context: Context, target: Target) -> tuple[str, ...]:
    kinds = {source.kind for source in context.config.sources}
    if target.period.end > context.now or not kinds & _NO_HISTORY:
        return ()
    return ("backfilled",)
