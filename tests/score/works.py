"""Works, facts and publications that the tests of the room share."""

from collections.abc import Mapping
from datetime import UTC, datetime

from digest.domain.facts import Result
from digest.domain.issue import Publication
from digest.domain.item import Item, ItemKind, Work
from digest.domain.score import Rating

NOW = datetime(2026, 6, 16, tzinfo=UTC)


def item(
    name: str = "a",
    title: str = "",
    text: str = "",
    *,
    kind: ItemKind = "paper",
    source: str = "arxiv",
    categories: str = "",
    signals: Mapping[str, float] | None = None,
) -> Item:
    return Item(
        id=name,
        source=source,
        kind=kind,
        title=title,
        url="",
        text=text,
        first_seen=NOW,
        signals=signals or {},
        extra={"categories": categories} if categories else {},
    )


def work(name: str = "a", title: str = "", text: str = "", *, kind: ItemKind = "paper", categories: str = "") -> Work:
    return Work(id=name, items=(item(name, title, text, kind=kind, categories=categories),))


def papers(
    topics: tuple[str, ...] = (),
    not_topics: tuple[str, ...] = (),
    categories: tuple[str, ...] = (),
    weights: Mapping[str, float] | None = None,
) -> Publication:
    return Publication(
        slug="papers",
        titles={"en": "Papers"},
        cadence="weekly",
        kinds=("paper",),
        topics=topics,
        not_topics=not_topics,
        categories=categories,
        weights=weights or {},
    )


def news(topics: tuple[str, ...] = (), not_topics: tuple[str, ...] = ()) -> Publication:
    return Publication(
        slug="news",
        titles={"en": "News"},
        cadence="daily",
        kinds=("post", "tweet", "repository", "episode", "paper"),
        topics=topics,
        not_topics=not_topics,
    )


def result(metric: str, value: float, *, qualifier: str = "", online: bool = True, high: float | None = None) -> Result:
    return Result(
        metric=metric,
        words=metric,
        value=value,
        unit="%",
        direction="up" if value > 0 else "down",
        online=online,
        quote="",
        start=0,
        end=0,
        qualifier=qualifier,
        high=high,
    )


def rating(name: str, title: str, text: str, value: bool) -> Rating:
    return Rating(id=name, kind="paper", title=title, text=text, rating=1 if value else -1)
