"""What a number is made of: its own period, what came late for the one before, and nothing that can't be told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.domain.item import Item
from digest.domain.run import Step
from digest.steps.context import Context
from digest.steps.read import Reading, read
from digest.steps.targets import of_day
from digest.store import items, runs
from tests.steps import process

MADE = datetime(2026, 6, 17, 7, tzinfo=UTC)
DUE = datetime(2026, 6, 18, 7, tzinfo=UTC)


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    tables = """
[[source]]
kind = "feed"
slug = "kitchen"
url = "https://kitchen.example/feed.xml"
[[publication]]
slug = "daily"
title = "Daily"
cadence = "daily"
languages = ["en"]
kinds = ["post"]
topics = ["soup"]
"""
    with process.opened(tmp_path, tables, DUE) as found:
        yield found


def post(name: str, published: str, seen: datetime, *flags: str) -> Item:
    moment = datetime.fromisoformat(published).replace(tzinfo=UTC)
    return Item(
        id=f"feed:kitchen:{name}", source="kitchen", kind="post", title=f"The {name} of a soup", text=name * 9,
        url=f"https://kitchen.example/{name}", first_seen=seen, published=moment, flags=frozenset(flags),
    )  # fmt: skip


def held(context: Context, day: str, *found: Item) -> Reading:
    with context.database.write() as tx:
        items.save(tx, found)
    (target,) = of_day(day, context.config.publications, context.zone, context.now)
    return read(context, target)


def made(context: Context, target: str, at: datetime) -> None:
    with context.database.write() as tx:
        run = runs.start(tx, "a run", "run", at)
        assert run is not None
        runs.step(tx, Step(run=run.id, stage="render", subject=target, state="done", started=at))
        runs.finish(tx, run.id, "done", at)


def names(reading: Reading) -> list[tuple[str, bool]]:
    return [(item.id.rpartition(":")[2], "late" in item.flags) for item in reading.items]


def test_what_came_after_its_number_is_in_the_next_one_marked(context: Context) -> None:
    early = post("early", "2026-06-16T20:00", MADE - timedelta(hours=1))
    late = post("late", "2026-06-16T22:00", MADE + timedelta(hours=1))
    today = post("today", "2026-06-17T09:00", MADE + timedelta(hours=2))
    assert names(held(context, "2026-06-17", early, late, today)) == [("today", False)]
    made(context, "daily 2026-06-16", MADE)
    found = held(context, "2026-06-17")
    assert names(found) == [("late", True), ("today", False)]
    assert {work.lead.id for work in found.works} == {late.id, today.id}
    assert found.sightings[late.id] == ("kitchen",)


def test_a_past_number_takes_nothing_that_came_after_it_was_due(context: Context) -> None:
    made(context, "daily 2026-06-16", MADE)
    late = post("late", "2026-06-16T22:00", DUE + timedelta(minutes=1))
    assert names(held(context, "2026-06-17", late)) == []
    assert names(held(context, "2026-06-16")) == [("late", False)]


def test_what_is_withdrawn_or_of_unknown_age_is_counted_and_not_told(context: Context) -> None:
    found = held(
        context,
        "2026-06-17",
        post("good", "2026-06-17T09:00", MADE),
        post("gone", "2026-06-17T10:00", MADE, "withdrawn"),
        post("old", "2026-06-17T11:00", MADE, "undated", "backlog"),
    )
    assert [work.lead.title for work in found.works] == ["The good of a soup"]
    assert found.counts == {"post": 3}
    assert found.aside == {
        "withdrawn by its authors": 1,
        "without a date, and there already when its source was first read": 1,
    }
