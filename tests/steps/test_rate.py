"""Ratings: given, changed, taken back, and what they teach the numbers that are made after them."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from digest import pipeline
from digest.domain.item import Item
from digest.domain.score import Rating, Score
from digest.errors import UsageError
from digest.steps.context import Context
from digest.steps.explain import explain, lines
from digest.steps.rate import rate, rated, take_back
from digest.steps.read import read
from digest.steps.score import first_look
from digest.steps.targets import of_day
from digest.store import issues, items, ratings
from tests.steps import process

NOW = datetime(2026, 6, 17, 7, tzinfo=UTC)
DAY = "2026-06-16"
SOUPS = {
    "Lentil": "A thick soup for winter evenings simmers in stock until spoons stand upright; all praise its cumin.",
    "Barley": "Old grains swell when soup simmers in stock overnight, so monks never stirred theirs after dusk.",
    "Tomato": "Sweet August fruit melts into a red soup; it simmers in stock with basil, and children ask for seconds.",
    "Pumpkin": "Roasted orange flesh gives body as the soup simmers in stock; a cook from Graz adds dark seed oil.",
}
BREADS = {
    "Rye": "Sour dough rises on the bench before an oven bakes the loaf dark; sailors took such bread to sea.",
    "Wheat": "White flour makes dough that rises twice and leaves the oven as a light loaf, bread for Sundays.",
    "Oat": "Flakes soak before the dough rises, so that from the oven comes moist bread, a loaf for hikers.",
    "Spelt": "Nutty kernels, freshly milled, let dough rise gently; a steamy oven gives this loaf of bread its crust.",
}


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    with ExitStack() as stack:
        yield opened(stack, tmp_path)


def opened(stack: ExitStack, folder: Path, topics: str = "kitchen") -> Context:
    tables = f"""
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
topics = ["{topics}"]
[[publication]]
slug = "weekly"
title = "Weekly"
cadence = "weekly"
languages = ["en"]
kinds = ["post"]
"""
    context = stack.enter_context(process.opened(folder, tables, NOW))
    with context.database.write() as tx:
        items.save(tx, [post(name, text) for name, text in (SOUPS | BREADS).items()])
    return context


def post(name: str, text: str, **more: Any) -> Item:
    item = Item(
        id=f"feed:kitchen:{name.lower()}", source="kitchen", kind="post", title=f"{name} from the kitchen",
        url=f"https://kitchen.example/{name.lower()}", first_seen=NOW - timedelta(hours=9), text=text,
        published=NOW - timedelta(hours=10),
    )  # fmt: skip
    return replace(item, **more)


def ranked(context: Context, now: datetime = NOW) -> list[Score]:
    (target,) = of_day(DAY, context.config.publications[:1], context.zone, context.now)
    late = replace(context, now=now)
    return first_look(late, target, read(late, target))


def said(context: Context, publication: str = "") -> list[tuple[str, int, str]]:
    found = rated(context, publication)
    return [(each.rating.id.rpartition(":")[2], each.rating.rating, each.publication) for each in found]


def teach(context: Context) -> None:
    for name in list(BREADS)[:3]:
        rate(context, f"feed:kitchen:{name.lower()}", 1)
    for name in list(SOUPS)[:3]:
        rate(context, f"https://kitchen.example/{name.lower()}", -1)


def test_a_rating_is_kept_changed_and_taken_back(context: Context) -> None:
    rate(context, "feed:kitchen:rye", 1)
    rate(context, "https://kitchen.example/rye", -1, "daily")
    assert said(context) == [("rye", 1, ""), ("rye", -1, "daily")]
    assert said(context, "weekly") == [("rye", 1, "")]
    rate(context, "feed:kitchen:rye", -1)
    assert take_back(context, "https://kitchen.example/rye", "daily")[0].publication == "daily"
    assert said(context) == [("rye", -1, "")]
    take_back(context, "feed:kitchen:rye")
    assert said(context) == []


def test_what_was_not_rated_can_not_be_taken_back(context: Context) -> None:
    rate(context, "feed:kitchen:rye", 1, "daily")
    with pytest.raises(UsageError, match="no rating of 'feed:kitchen:rye' for all publications"):
        take_back(context, "feed:kitchen:rye")
    with pytest.raises(UsageError, match="no item 'nothing' in the store"):
        rate(context, "nothing", 1)


def test_the_voices_of_a_work_have_one_rating(context: Context) -> None:
    pies = (("Plum", "The longer text"), ("Apple", "A text"))
    voices = [post(name, words, keys=("doi:10.1/pie",)) for name, words in pies]
    with context.database.write() as tx:
        items.save(tx, voices)
    rate(context, "feed:kitchen:apple", 1)
    rate(context, "10.1/pie", -1)
    assert said(context) == [("plum", -1, "")]


def test_ratings_of_items_that_are_gone_stay_and_can_be_changed(context: Context) -> None:
    with context.database.write() as tx:
        ratings.save(tx, Rating(id="gone", kind="post", title="Bread", text="It rises", rating=1), NOW)
    assert len(ranked(context)) == len(SOUPS | BREADS)
    rate(context, "gone", -1)
    assert said(context) == [("gone", -1, "")]
    take_back(context, "gone")
    assert said(context) == []


def test_ratings_turn_the_order_and_say_so(context: Context) -> None:
    teach(context)
    best = [score.item for score in ranked(context)[: len(BREADS)]]
    assert sorted(best) == sorted(f"feed:kitchen:{name.lower()}" for name in BREADS)
    assert "the editor rated an item like this one up" in ranked(context)[0].reason


def test_only_ratings_given_until_now_count_and_their_age_is_that_of_the_number(context: Context) -> None:
    plain = ranked(context)
    teach(replace(context, now=NOW + timedelta(days=9)))
    assert ranked(context, NOW + timedelta(days=8)) == plain
    taught = ranked(context, NOW + timedelta(days=9))
    assert taught != plain
    assert ranked(context, NOW + timedelta(days=900)) == taught


def test_a_published_number_changes_only_when_it_is_made_again(context: Context) -> None:
    targets = of_day(DAY, context.config.publications[:1], context.zone, NOW)

    def document() -> bytes:
        with context.database.read() as tx:
            found = issues.get(tx, "daily", DAY, "en")
        assert found is not None
        return found.document

    pipeline.run(context, targets, gather=False, send=False)
    before = document()
    teach(context)
    assert document() == before
    pipeline.run(context, targets, gather=False, send=False)
    assert document() != before


def verdict(context: Context, text: str) -> str:
    return str(explain(context, text)[0]["verdict"])


def test_explain_names_ratings_and_the_reason_of_each_criterion(context: Context) -> None:
    teach(context)
    pipeline.run(context, of_day(DAY, context.config.publications[:1], context.zone, NOW), gather=False, send=False)
    told = list(lines(explain(context, "feed:kitchen:rye")))
    assert "  rated up on 2026-06-17" in told
    (taste,) = (line for line in told if line.startswith("  taste: "))
    assert taste.endswith(", the editor rated an item like this one up")
    assert not any("rated down" in line for line in told)


def test_explain_tells_a_late_item_from_another_configuration(context: Context, tmp_path: Path) -> None:
    pipeline.run(context, of_day(DAY, context.config.publications[:1], context.zone, NOW), gather=False, send=False)
    with context.database.write() as tx:
        items.save(tx, [post("Late", "A tart cools.", first_seen=NOW + timedelta(hours=1))])
        items.save(tx, [post("Early", "A roast rests."), post("Gone", "A cake falls.", flags=frozenset({"withdrawn"}))])
        items.save(tx, [post("Other", "Jam sets.", source="cellar")])
    assert verdict(context, "feed:kitchen:late") == "left out: it came to the store after the issue was made"
    assert verdict(context, "feed:kitchen:early").startswith("left out: when the issue was made, the configuration")
    assert verdict(context, "feed:kitchen:gone") == "left out: withdrawn by its authors"
    assert verdict(context, "feed:kitchen:other") == "left out: the configuration names none of its sources: cellar"
