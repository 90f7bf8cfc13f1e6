"""Scores through a whole run: odd items, topics that match nothing, and a reason for every score."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from digest import pipeline
from digest.pipeline import Made
from digest.steps.context import Context
from digest.steps.explain import explain
from digest.steps.rate import rate
from digest.steps.read import read
from digest.steps.score import first_look
from digest.steps.targets import of_day
from digest.store import issues, items
from tests.steps.test_rate import BREADS, DAY, NOW, SOUPS, opened, post

RELEASE = (
    "The Pepper Company announces a kitchen scale that weighs spices to the milligram and rings when salt runs out."
)


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    with ExitStack() as stack:
        yield opened(stack, tmp_path)


def made(context: Context) -> Made:
    targets = of_day(DAY, context.config.publications[:1], context.zone, NOW)
    outcome = pipeline.run(context, targets, gather=False, send=False)
    assert outcome is not None
    (one,) = outcome.made
    return one


def odd() -> list[str]:
    """Name what a source should not send, and sometimes does."""
    return ["Textless", "Oneword", "Endless", "Addressed"]


def test_odd_items_are_scored_rated_and_do_not_stop_a_number(context: Context) -> None:
    with context.database.write() as tx:
        items.save(
            tx,
            [
                post("Textless", ""),
                post("Oneword", "kitchen"),
                post("Endless", "kitchen " * 125_000),
                post("Addressed", "A kitchen.", title="https://kitchen.example/a/b?c=d"),
                *(post(f"Copy{n}", RELEASE, title="A kitchen scale rings when salt runs out") for n in range(500)),
            ],
        )
    for name in odd():
        rate(context, f"feed:kitchen:{name.lower()}", 1)
    (target,) = of_day(DAY, context.config.publications[:1], context.zone, NOW)
    scores = first_look(context, target, read(context, target))
    assert len(scores) == len(SOUPS | BREADS) + len(odd()) + 1  # the copies are one work
    assert all(1.0 <= score.value <= 5.0 and score.reason for score in scores)
    assert made(context).editions == {f"daily/{DAY}/en": True}
    document = json.loads((context.output / "daily" / DAY / "en" / "issue.json").read_bytes())
    assert sum("scale" in item["title"] for item in document["items"]) <= 1


def test_topics_that_match_nothing_make_an_honest_notice_and_no_issue(tmp_path: Path) -> None:
    with ExitStack() as stack:
        context = opened(stack, tmp_path, topics="submarine")
        result = made(context)
        assert result.notice == "8 items read, none worth telling: no issue"
        assert result.editions == {}
        assert not (context.output / "daily" / DAY).exists()
        with context.database.read() as tx:
            assert issues.listing(tx) == []


def test_every_score_can_be_explained(context: Context) -> None:
    rate(context, "feed:kitchen:rye", 1)
    made(context)
    for name in SOUPS | BREADS:
        row = explain(context, f"feed:kitchen:{name.lower()}")[0]
        criteria, reasons = row["criteria"], row["reasons"]
        assert isinstance(criteria, dict)
        assert isinstance(reasons, dict)
        assert criteria.keys() == reasons.keys() >= {"topic", "taste"}
        assert row["reason"]
        said = str(row["reason"]).split("; ")
        assert set(said) <= {*reasons.values(), "nothing stands out"}
