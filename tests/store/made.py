"""Items, works, stories and threads for the store's tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from digest.domain.item import Item, Work
from digest.domain.thread import Story, Thread

MONDAY = datetime(2026, 6, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)


def item(n: int = 1, **changes: Any) -> Item:
    values: dict[str, Any] = {
        "id": f"arxiv:2606.{n:05d}",
        "source": "arxiv-ir",
        "kind": "paper",
        "title": f"Ranking paper {n}",
        "url": f"https://arxiv.org/abs/2606.{n:05d}",
        "first_seen": MONDAY + 30 * HOUR,
        "text": f"We rank things better, attempt {n}.",
        "authors": ("Ann Lee", "Bo Chen"),
        "published": MONDAY + n * HOUR,
        "keys": (f"arxiv:2606.{n:05d}", "doi:10.1/x"),
        "links": ("https://e.org/code",),
        "signals": {"likes": 3.0},
        "flags": frozenset({"late"}),
        "extra": {"version": "1"},
        "payload_hash": "p",
    }
    return Item(**values | changes)


def thread(thread_id: str = "t1", *numbers: int, **changes: Any) -> Thread:
    works = tuple(Work(id=f"w{n}", items=(item(n),)) for n in numbers or (1, 2))
    stories = tuple(Story(id=f"s-{work.id}", works=(work,)) for work in works)
    values: dict[str, Any] = {"id": thread_id, "stories": stories, "terms": ("ranking", "graph"), "cohesion": 0.5}
    return Thread(**values | changes)
