"""Items, works and stories for the tests of clustering, written here."""

from datetime import UTC, datetime, timedelta

from digest.domain.item import Item, ItemKind, Work
from digest.domain.score import Score
from digest.domain.thread import Story

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def item(
    identity: str, title: str, text: str = "", *, kind: ItemKind = "post", url: str = "", keys: tuple[str, ...] = (),
    links: tuple[str, ...] = (), hours: float = 0.0, language: str = "en", source: str = "",
) -> Item:  # fmt: skip
    when = MONDAY + timedelta(hours=hours)
    return Item(
        id=identity, source=source or identity.split(":", maxsplit=1)[0], kind=kind, title=title, url=url or f"https://site.example/{identity}",
        text=text, first_seen=when, published=when, keys=keys, links=links, language=language,
    )  # fmt: skip


def work(identity: str, title: str, text: str = "", **more: object) -> Work:
    one = item(identity, title, text, **more)  # type: ignore[arg-type]  the keywords of item
    return Work(id=identity, items=(one,))


def story(identity: str, title: str, text: str = "", **more: object) -> Story:
    return Story(id=f"story:{identity}", works=(work(identity, title, text, **more),))


def scores(*stories: Story, value: float = 4.0) -> dict[str, Score]:
    return {w.id: Score(item=w.id, criterion="overall", value=value, reason="") for s in stories for w in s.works}
