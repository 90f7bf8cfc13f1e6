"""Explain: why an item is in the issues of its period, or why not."""

from collections.abc import Iterator

from digest import period as periods
from digest.domain.issue import Issue, Publication
from digest.domain.item import Item, Work
from digest.domain.score import Score
from digest.errors import UsageError
from digest.period import Period
from digest.render.document import decode
from digest.steps.context import Context, Target
from digest.steps.read import read
from digest.store import issues, items, scores
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


def _parts(row: Row) -> list[str]:
    parts = row["criteria"]
    head = [str(row["title"])]
    if row["score"] is not None:
        head.append(f"score {row['score']}, rank {row['rank']} of {row['of']}: {row['reason']}")
    return head + ([f"{name}: {value}" for name, value in parts.items()] if isinstance(parts, dict) else [])


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
    }
    if item.kind not in publication.kinds:
        return base | {"verdict": f"left out: it takes no items of the kind {item.kind}"}
    return base | _judged(context, Target(publication=publication, period=period), {each.id for each in found})


def _judged(context: Context, target: Target, ids: set[str]) -> Row:
    slug, name = target.publication.slug, target.period.name
    with context.database.read() as tx:
        ranked = scores.of(tx, slug, name)
        document = issues.get(tx, slug, name, target.publication.languages[0])
        told = issues.told(tx, slug, target.period.start)
    if document is None:
        return {"verdict": f"no issue yet; make it with: digest run --publication {slug} {_option(target.period)}"}
    work = next((work for work in read(context, target).works if ids & {item.id for item in work.items}), None)
    place = next((n for n, score in enumerate(ranked, 1) if work and score.item == work.id), None)
    issue = decode(document.document)
    if work is None or place is None:
        return {"verdict": "left out: it came to the store after the issue was made"}
    reason = _reason(ranked[place - 1], issue, repeated=work.id in told)
    return _scored(ranked[place - 1], place, len(ranked)) | {"verdict": _verdict(issue, work, place, reason)}


def _reason(score: Score, issue: Issue, *, repeated: bool) -> str:
    """Say why a work was left out: told before, not good enough, or good but crowded out."""
    if repeated:
        return "told in an earlier issue, nothing new"
    lowest = min((entry.value for entry in issue.entries), default=0.0)
    if score.value < lowest:
        return f"{TOO_LOW}: {score.value:.1f} of 5, the lowest in the issue has {lowest:.1f}"
    return "good, but no room left for its kind"


def _scored(score: Score, place: int, among: int) -> Row:
    criteria = {part.criterion: part.value for part in score.parts}
    return {"score": round(score.value, 2), "rank": place, "of": among, "reason": score.reason, "criteria": criteria}


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
