"""What a run says at its end: what was read, kept, dropped and why, what failed, where the issue lies."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from digest.domain.issue import Cost
from digest.pipeline import Made, Outcome
from digest.steps.mailing import Report, told

_NAMED = 8


def lines(outcome: Outcome, output: str) -> Iterator[str]:
    """Yield the summary, a line each."""
    yield from _sources(outcome)
    for made in outcome.made:
        yield from _made(made, output)
    if outcome.cost is not None:
        yield _bill(outcome.cost, outcome.reckoned)
    if any(made.editions for made in outcome.made) and not outcome.changed:
        yield "nothing changed: all editions are the same as before"
    for slug in outcome.released:
        yield f"published {Path(output) / slug / 'index.html'}, as approved"
    yield from map(told, outcome.sent)


def as_row(outcome: Outcome) -> dict[str, object]:
    """Return the summary as one JSON value."""
    return {
        "changed": outcome.changed,
        "cost": None if outcome.cost is None else {**asdict(outcome.cost), "reckoned": outcome.reckoned},
        "sources": [
            {"slug": g.slug, "status": g.status, "seen": g.seen, "new": g.new, "error": g.error}
            for g in outcome.gathered
        ],
        "issues": [
            {
                "publication": made.target.publication.slug,
                "period": made.target.period.name,
                "editions": made.editions,
                "held": list(made.held),
                "stays": list(made.stays),
                "read": made.read,
                "entries": made.entries,
                "dropped": {dropped.reason: dropped.count for dropped in made.dropped},
                "removed_claims": made.removed_claims,
                "notice": made.notice,
            }
            for made in outcome.made
        ],
        "released": list(outcome.released),
        "sent": [sent_row(sent) for sent in outcome.sent],
    }


def sent_row(report: Report) -> dict[str, object]:
    """Return what sending an edition came to as one JSON value."""
    return {
        "edition": report.edition.slug,
        "queued": report.queued,
        "counts": dict(report.counts),
        "stopped": report.stopped,
        "uncertain": list(report.uncertain),
        "next_due": report.next_due.isoformat() if report.next_due else None,
    }


def _sources(outcome: Outcome) -> Iterator[str]:
    if not outcome.gathered:
        return
    states = Counter(given.status for given in outcome.gathered)
    said = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    seen, new = sum(g.seen for g in outcome.gathered), sum(g.new for g in outcome.gathered)
    yield f"{len(outcome.gathered)} sources: {said}; {seen} entries seen, {new} new"
    yield from (f"  {given.slug}: {given.note}" for given in outcome.gathered if given.listing is not None)
    troubled = [given for given in outcome.gathered if given.status not in ("ok", "unchanged", "disabled")]
    silent = [given for given in troubled if given.status == "stale"]
    for given in [*(given for given in troubled if given.status != "stale"), *silent[:_NAMED]]:
        yield f"  {given.slug}: {given.status}{': ' + given.error if given.error else ''}"
    if len(silent) > _NAMED:
        yield f"  and {len(silent) - _NAMED} more silent ones: digest sources list"


def _bill(cost: Cost, reckoned: float) -> str:
    tokens = f"{cost.prompt_tokens:,} tokens asked and {cost.completion_tokens:,} answered"
    paid = f"${cost.usd:.4f} paid, ${reckoned:.4f} reckoned before"
    return f"model: {cost.calls} calls, {cost.cached} answers from the cache, {tokens}, {paid}"


def _made(made: Made, output: str) -> Iterator[str]:
    if made.notice:
        yield f"{made.target.name}: {made.notice}"
        return
    dropped = "; ".join(f"{each.count} {each.reason}" for each in made.dropped)
    left_out = f"; left out: {dropped}" if dropped else ""
    yield f"{made.target.name}: {made.read} items read, {made.entries} told{left_out}"
    if made.removed_claims:
        noun = "sentence" if made.removed_claims == 1 else "sentences"
        yield f"  {made.removed_claims} {noun} removed: not supported by the sources cited"
    for slug, changed in made.editions.items():
        if slug in made.held:
            yield f"  held  {slug}: digest issues review {slug}"
        elif slug in made.stays:
            yield f"  stays {Path(output) / slug / 'index.html'}: published as approved, though it would now be another"
        else:
            yield f"  {'wrote' if changed else 'same '} {Path(output) / slug / 'index.html'}"
