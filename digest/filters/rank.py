"""`digest rank`: rows of items in, each with its score, rank and reason out."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import cast

from digest.domain.issue import Publication
from digest.domain.item import Item, ItemKind, Work
from digest.domain.score import Rating
from digest.errors import UsageError
from digest.score.rank import rank, reason_in

SHAPE = {"id": object}
_UNSEEN = datetime(1970, 1, 1, tzinfo=UTC)
_KINDS = frozenset({"paper", "post", "tweet", "repository", "episode"})


def run(
    rows: Iterable[Mapping[str, object]], publication: Publication, ratings: Iterable[Mapping[str, object]] = ()
) -> list[dict[str, object]]:
    """Rank rows {id, kind, title, text, ...} for a publication, each row by itself as one work.

    A row may also carry url, source, published, categories (text or list) and signals. Returns {id, score, rank,
    criteria, reason} in the order of the rows; rank 1 is the best. `ratings` {id, kind, title, text, rating: 1 | -1},
    oldest first, train the scorer. Raises UsageError for a row without an id, an unknown kind, or a rating that is
    neither 1 nor -1.
    """
    from digest.read.facts import facts  # noqa: PLC0415  heavy tables: loaded when a filter runs

    given = list(rows)
    items = [_item(f"{n:09}", row) for n, row in enumerate(given)]
    works = [Work(id=item.id, items=(item,)) for item in items]
    known = {item.id: facts(item.id, item.title, item.text) for item in items}
    scores = rank(works, known, publication, [_rating(row) for row in ratings])
    by_work = {score.item: (place, score) for place, score in enumerate(scores, start=1)}
    return [
        {
            "id": row["id"],
            "score": score.value,
            "rank": place,
            "criteria": {part.criterion: part.value for part in score.parts},
            "reason": reason_in(score, "en"),
        }
        for row, (place, score) in ((row, by_work[item.id]) for row, item in zip(given, items, strict=True))
    ]


def _item(place: str, row: Mapping[str, object]) -> Item:
    """Return a row as an item that is known by its place, since ids may be of any type and stand twice."""
    if "id" not in row:
        raise UsageError(f"a row without an id: {str(dict(row))[:80]}")
    kind = str(row.get("kind") or "paper")
    if kind not in _KINDS:
        raise UsageError(f"row {row['id']}: no such kind: {kind!r}; there are {', '.join(sorted(_KINDS))}")
    return Item(
        id=place,
        source=_text(row, "source"),
        kind=cast("ItemKind", kind),
        title=_text(row, "title"),
        url=_text(row, "url"),
        first_seen=_UNSEEN,
        text=_text(row, "text") or _text(row, "abstract"),
        signals=_signals(row.get("signals")),
        extra={"categories": _categories(row.get("categories"))},
    )


def _rating(row: Mapping[str, object]) -> Rating:
    value = row.get("rating")
    if value not in (1, -1):
        raise UsageError(f"rating of {row.get('id')}: {value!r}; write 1 or -1")
    return Rating(
        id=_text(row, "id"),
        kind=_text(row, "kind"),
        title=_text(row, "title"),
        text=_text(row, "text") or _text(row, "abstract"),
        rating=1 if value == 1 else -1,
    )


def _text(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    return "" if value is None else str(value)


def _categories(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def _signals(value: object) -> dict[str, float]:
    if not isinstance(value, Mapping):
        return {}
    return {str(k): float(v) for k, v in value.items() if isinstance(v, int | float) and not isinstance(v, bool)}
