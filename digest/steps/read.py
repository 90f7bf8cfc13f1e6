"""Read: the items of a period, the works that they are about, and the facts that the works report."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.cluster.duplicates import works
from digest.domain.facts import Facts
from digest.domain.item import Item, Work
from digest.read import facts as reading
from digest.steps.context import Context, Target
from digest.store import facts as stored
from digest.store import items


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read for one number.

    `facts` go by the id of a work's lead item; `sightings` name the sources that showed an item.
    """

    items: tuple[Item, ...]
    works: tuple[Work, ...]
    facts: Mapping[str, Facts]
    sightings: Mapping[str, tuple[str, ...]]

    @property
    def counts(self) -> dict[str, int]:
        """Count the items by kind."""
        return dict(sorted(Counter(item.kind for item in self.items).items()))

    def texts(self) -> dict[str, str]:
        """Return the text by item id against which claims are checked: title, then text."""
        return {item.id: f"{item.title}\n{item.text}" for item in self.items}


def read(context: Context, target: Target) -> Reading:
    """Load a period's items, merge them into works, and read the facts of each paper that were not read before."""
    with context.database.read() as tx:
        found = items.between(tx, target.period.start, target.period.end, target.publication.kinds)
        seen = items.sightings(tx, target.period.start, target.period.end)
    wanted = {source.slug for source in context.config.sources}
    mine = [item for item in found if wanted & {item.source, *seen.get(item.id, ())}]
    merged = works(mine)
    return Reading(items=tuple(mine), works=tuple(merged), facts=_facts(context, merged), sightings=seen)


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
    return hashlib.sha256(f"{item.title}\n{item.text}".encode()).hexdigest()
