from datetime import UTC, datetime

import pytest

from digest.errors import UsageError
from digest.steps.named import named, one, parts
from digest.store.issues import Listed

WHEN = datetime(2026, 6, 21, tzinfo=UTC)


def listed(*slugs: str) -> list[Listed]:
    """Editions in the order of the store: the newest period first."""
    names = ("publication", "period", "language")
    return [
        Listed(**dict(zip(names, slug.split("/"), strict=True)), start=WHEN, date=WHEN, state="published")
        for slug in slugs
    ]


EDITIONS = listed("w/2026-W25/en", "d/2026-06-20/en", "w/2026-W24/en", "w/2026-W24/zh", "d/2026-06-08/zh")


def slugs(found: list[Listed]) -> list[str]:
    return [each.slug for each in found]


def test_a_name_is_one_edition_or_all_of_a_number() -> None:
    assert slugs(named(EDITIONS, "w/2026-W24/")) == ["w/2026-W24/en", "w/2026-W24/zh"]
    assert slugs(named(EDITIONS, "w/2026-W24/zh")) == ["w/2026-W24/zh"]
    assert one(EDITIONS, "w/2026-W25").slug == "w/2026-W25/en"


def test_a_publication_alone_is_its_newest_number_where_it_is_only_shown() -> None:
    assert slugs(named(EDITIONS, "w", newest=True)) == ["w/2026-W25/en"]
    assert slugs(named(EDITIONS[2:], "w", newest=True)) == ["w/2026-W24/en", "w/2026-W24/zh"]
    with pytest.raises(UsageError, match=r"'d' names no period; .* the newest is d/2026-06-20$"):
        named(EDITIONS, "d")


def test_where_one_is_meant_several_are_named() -> None:
    with pytest.raises(UsageError, match="has 2 editions; name one: w/2026-W24/en, w/2026-W24/zh"):
        one(EDITIONS, "w/2026-W24")


@pytest.mark.parametrize("name", ["v", "w/2026-W23", "w/2026-W25/zh", "d/2026-06-21"])
@pytest.mark.parametrize("newest", [False, True])
def test_what_was_not_made_is_no_issue(name: str, newest: bool) -> None:
    with pytest.raises(UsageError, match=f"no issue '{name}'; .* digest issues list"):
        named(EDITIONS, name, newest=newest)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "no issue"),
        ("/", "no issue"),
        ("w//en", "no issue"),
        ("w/2026-W25/en/x", "no issue"),
        ("w/W", "no such week"),
        ("w/2026-W60/en", "2026 has 53 ISO weeks"),
        ("d/June/en", "no such day"),
        ("d/2026-06-31", "no such day"),
    ],
)
def test_what_can_be_no_name_is_refused_without_a_store(name: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parts(name)
