"""Read: the items of a number, the works that they are about, and the facts that the works report."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from digest.cluster.duplicates import works
from digest.domain.facts import Facts
from digest.domain.item import Item, Work
from digest.period import before
from digest.read import facts as reading
from digest.steps.calm import calm
from digest.steps.context import Context, Target
from digest.steps.targets import due_at
from digest.store import facts as stored
from digest.store import items, runs

_ASIDE = {
    "withdrawn": "withdrawn by its authors",
    "backlog": "without a date, and there already when its source was first read",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read for one number.

    `works` hold the items that can be told; `aside` counts the others by the reason why not. `facts` go by the id of a
    work's lead item; `sightings` name the sources that showed an item.
    """

    items: tuple[Item, ...]
    works: tuple[Work, ...]
    facts: Mapping[str, Facts]
    sightings: Mapping[str, tuple[str, ...]]
    aside: Mapping[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """Count the items by kind."""
        return dict(sorted(Counter(item.kind for item in self.items).items()))

    def texts(self) -> dict[str, str]:
        """Return the text by item id against which claims are checked: title, then text."""
        return {item.id: f"{item.title}\n{item.text}" for item in self.items}


def read(context: Context, target: Target) -> Reading:
    """Load a number's items, merge them into works, and read the facts of each paper that were not read before.

    They are those of its period, and those of the period before that came after its number was made, flagged "late".
    """
    late = _late(context, target)
    start = min([target.period.start, *(item.when for item in late)])
    with context.database.read() as tx:
        found = items.between(tx, target.period.start, target.period.end, target.publication.kinds)
        seen = items.sightings(tx, start, target.period.end)
    wanted = {source.slug for source in context.config.sources}
    mine = calm(context, "Texts", [item for item in [*late, *found] if wanted & {item.source, *seen.get(item.id, ())}])
    reasons = {item.id: reason for item in mine if (reason := why_aside(item))}
    merged = works([item for item in mine if item.id not in reasons])
    aside = dict(sorted(Counter(reasons.values()).items()))
    return Reading(items=tuple(mine), works=tuple(merged), facts=_facts(context, merged), sightings=seen, aside=aside)


def _late(context: Context, target: Target) -> list[Item]:
    """List what belongs to the number before but came after that was made, and before this one was due.

    A past number that is made again later takes none: what came so late belongs to its own period, in whatever order
    the past is made.
    """
    earlier = replace(target, period=before(target.period, context.zone, target.publication.week_starts))
    with context.database.read() as tx:
        made = runs.first_made(tx, earlier.name)
        if made is None:
            return []
        found = items.between(tx, earlier.period.start, earlier.period.end, target.publication.kinds)
    due = due_at(target, context.zone)
    return [replace(item, flags=item.flags | {"late"}) for item in found if made < item.first_seen <= due]


def why_aside(item: Item) -> str:
    """Say why an item can't be told, "" where it can."""
    return next((reason for flag, reason in _ASIDE.items() if flag in item.flags), "")


def _facts(context: Context, merged: Sequence[Work]) -> dict[str, Facts]:
    leads = [work.lead for work in merged if work.lead.kind == "paper"]
    hashes = {lead.id: _hash(lead) for lead in leads}
    with context.database.read() as tx:
        read_before = stored.hashes(tx, hashes)
        known = stored.of(tx, [lead for lead, text_hash in hashes.items() if read_before.get(lead) == text_hash])
    fresh = [reading.facts(lead.id, lead.title, lead.text) for lead in leads if lead.id not in known]
    if fresh:
        with context.database.write() as tx:
            for facts in fresh:
                stored.save(tx, facts, hashes[facts.item])
    return known | {facts.item: facts for facts in fresh}


def _hash(item: Item) -> str:
    return hashlib.sha256(f"{reading.RULES}\n{item.title}\n{item.text}".encode()).hexdigest()
