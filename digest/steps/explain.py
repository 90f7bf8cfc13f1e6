"""Explain: why an item is in the issues of its period, or why not."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from digest import period as periods
from digest.domain.issue import Issue, Publication
from digest.domain.item import Item, Work
from digest.domain.score import Score
from digest.errors import UsageError
from digest.period import Period
from digest.render.document import decode
from digest.score.rank import reason_in
from digest.steps.context import Context, Target
from digest.steps.read import Reading, read, why_aside
from digest.store import issues, items, ratings, runs, scores
from digest.write.plan import TOO_LOW

Row = dict[str, object]


def explain(context: Context, text: str) -> list[Row]:
    """Say for each publication what became of an item: a row per issue of its period.

    Raises UsageError when no item is known by that id, number or URL.
    """
    with context.database.read() as tx:
        found = items.find(tx, text)
    if not found:
        raise UsageError(f"no item {text!r} in the store; give its id, arXiv number or URL, or: digest search WORDS")
    return [_row(context, publication, found) for publication in context.config.publications]


def lines(rows: list[Row]) -> Iterator[str]:
    """Yield the explanation as people read it."""
    for row in rows:
        yield f"{row['publication']} {row['period']}: {row['verdict']}"
        yield from (f"  {part}" for part in _parts(row))


def _parts(row: Row) -> Iterator[str]:
    yield str(row["title"])
    if row["rated"]:
        yield f"rated {row['rated']}"
    if row["score"] is not None:
        yield f"score {row['score']}, rank {row['rank']} of {row['of']}: {row['reason']}"
    criteria, reasons = row["criteria"], row["reasons"]
    if isinstance(criteria, dict) and isinstance(reasons, dict):
        yield from (
            f"{name}: {value}" + (f", {why}" if (why := reasons[name]) else "") for name, value in criteria.items()
        )


def _row(context: Context, publication: Publication, found: list[Item]) -> Row:
    item = found[0]
    period = _period(publication, item, context.zone)
    base: Row = {
        "publication": publication.slug,
        "period": period.name,
        "item": item.id,
        "title": item.title,
        "score": None,
        "rank": None,
        "of": 0,
        "reason": "",
        "criteria": {},
        "reasons": {},
        "rated": _rated(context, publication, {each.id for each in found}),
    }
    if item.kind not in publication.kinds:
        return base | {"verdict": f"left out: it takes no items of the kind {item.kind}"}
    return base | _judged(context, Target(publication=publication, period=period), found)


def _rated(context: Context, publication: Publication, ids: set[str]) -> str:
    """Say what the editor said of the item last: "up on 2026-06-22", "" for nothing."""
    with context.database.read() as tx:
        known = [r for r in ratings.all(tx, publication.slug, until=context.now) if r.rating.id in ids]
    return f"{'up' if known[-1].rating.rating > 0 else 'down'} on {known[-1].when:%Y-%m-%d}" if known else ""


def _judged(context: Context, target: Target, found: Sequence[Item]) -> Row:
    slug, name, ids = target.publication.slug, target.period.name, {item.id for item in found}
    with context.database.read() as tx:
        ranked = scores.of(tx, slug, name)
        document = issues.get(tx, slug, name, target.publication.languages[0])
        told = issues.told(tx, slug, target.period.start)
        made = runs.first_made(tx, target.name)
    if document is None:
        return {"verdict": f"no issue yet; make it with: digest run --publication {slug} {_option(target.period)}"}
    reading = read(context, target)
    work = next((work for work in reading.works if ids & {item.id for item in work.items}), None)
    place = next((n for n, score in enumerate(ranked, 1) if work and score.item == work.id), None)
    issue = decode(document.document)
    if work is None or place is None:
        return {"verdict": f"left out: {_unread(found, reading, made)}"}
    reason = _reason(ranked[place - 1], issue, repeated=work.id in told)
    return _scored(ranked[place - 1], place, len(ranked)) | {"verdict": _verdict(issue, work, place, reason)}


def _unread(found: Sequence[Item], reading: Reading, made: datetime | None) -> str:
    """Say why an item was not read for the issue: of no use, of no source that is wanted now or then, or too late."""
    read_now = {item.id for item in reading.items}
    if not any(item.id in read_now for item in found):
        sources = sorted({item.source for item in found})
        return f"the configuration names none of its sources: {', '.join(sources)}"
    if reasons := [reason for item in found if (reason := why_aside(item))]:
        return reasons[0]
    if made is not None and min(item.first_seen for item in found) > made:
        return "it came to the store after the issue was made"
    return "when the issue was made, the configuration was another and did not read it"


def _reason(score: Score, issue: Issue, *, repeated: bool) -> str:
    """Say why a work was left out: told before, not good enough, or good but crowded out."""
    if repeated:
        return "told in an earlier issue, nothing new"
    lowest = min((entry.value for entry in issue.entries), default=0.0)
    if score.value < lowest:
        return f"{TOO_LOW}: {score.value:.1f} of 5, the lowest in the issue has {lowest:.1f}"
    return "good, but no room left for its kind"


def _scored(score: Score, place: int, among: int) -> Row:
    return {
        "score": round(score.value, 2),
        "rank": place,
        "of": among,
        "reason": reason_in(score, "en"),
        "criteria": {part.criterion: part.value for part in score.parts},
        "reasons": {part.criterion: reason_in(part, "en") for part in score.parts},
    }


def _verdict(issue: Issue, work: Work, place: int, reason: str) -> str:
    ids = {item.id for item in work.items}
    urls = {item.url for item in work.items}
    if any(entry.id in ids for entry in issue.entries):
        thread = next((thread.title for thread in issue.threads if ids & set(thread.items)), "")
        return f"in the issue, in the thread {thread!r}" if thread else "in the issue"
    told = next((entry.title for entry in issue.entries if urls & set(entry.also_seen)), "")
    if told:
        return f"in the issue as another voice of {told!r}"
    return f"left out: rank {place}, {reason}"


def _period(publication: Publication, item: Item, zone: str) -> Period:
    day = periods.local_day(item.when, zone)
    if publication.cadence == "daily":
        return periods.day(day.isoformat(), zone)
    return periods.week_of(day, zone, publication.week_starts)


def _option(period: Period) -> str:
    return f"--{'day' if period.cadence == 'daily' else 'week'} {period.name}"
