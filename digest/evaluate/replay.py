"""Repeats measured: the gold's days published one after the other, with what was told before held back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from digest.cluster.duplicates import works
from digest.cluster.stories import stories
from digest.cluster.told import fingerprint, news
from digest.domain.item import Item
from digest.evaluate.report import Figure
from digest.filters.stories import as_item

_MISSES = 10


def repeats(rows: Sequence[Mapping[str, object]]) -> tuple[list[Figure], list[str]]:
    """Tell each day's stories, remember them, and see what the rule against repeats does on the days that follow.

    Held back: rows of a gold story told on an earlier day that the rule left out, of all such rows (the others
    returned with a new sum, version or name, or were not recognised). True news lost: rows of no earlier story that
    it left out, of all such rows.
    """
    days: dict[str, list[tuple[Item, str]]] = defaultdict(list)
    for n, row in enumerate(rows):
        days[str(row["published"])[:10]].append((as_item(n, row), str(row["story"] or f"alone:{row['id']}")))
    told: dict[str, str] = {}
    before: set[str] = set()
    held: list[tuple[bool, bool, str]] = []
    for _, day in sorted(days.items(), key=lambda found: datetime.fromisoformat(found[0])):
        fresh, _ = news(stories(works([item for item, _ in day])), told)
        shown = {item.id for story in fresh for work in story.works for item in work.items}
        if before:
            held += [(label in before, item.id not in shown, item.title) for item, label in day]
        told |= {work.id: fingerprint(story) for story in fresh for work in story.works}
        before |= {label for _, label in day}
    return _figures(held)


def _figures(held: Sequence[tuple[bool, bool, str]]) -> tuple[list[Figure], list[str]]:
    again = [left_out for known, left_out, _ in held if known]
    first = [left_out for known, left_out, _ in held if not known]
    lost = [title for known, left_out, title in held if left_out and not known]
    figures = [
        Figure(name="repeats: held back", value=sum(again) / max(len(again), 1), counts=f"{sum(again)}/{len(again)}"),
        Figure(
            name="repeats: true news lost", value=sum(first) / max(len(first), 1), counts=f"{sum(first)}/{len(first)}"
        ),
    ]
    return figures, [f"true news lost as a repeat: {title[:80]}" for title in lost[:_MISSES]]
