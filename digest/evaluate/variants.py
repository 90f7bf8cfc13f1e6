"""Duplicates measured: variants made from the recorded items must find back to their works, and nothing else."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from digest.cluster.duplicates import normal_title, says_enough, works
from digest.domain.item import Item
from digest.evaluate.report import Figure
from digest.filters.stories import moment
from digest.jsonl import Shape
from digest.jsonl import rows as lines_of
from digest.text import one_line
from digest.urls import keys_of

_SEED = 20260615
_PER_KIND = 250
_EXCERPT, _LONG, _DROPPED = 300, 400, 0.15
_WHEN = datetime(2026, 6, 17, tzinfo=UTC)
_TAG = re.compile(r"<[^>]+>")
_MISSES = 10
_PAPER = {"id": object, "title": object}
_POST = {"slug": object, "url": object, "title": object}


def duplicates(world: Path) -> tuple[list[Figure], list[str]]:
    """Make four variants of papers and posts of the recorded weeks and see whether each joins its origin's work.

    Excerpt (title and the first 300 characters), title only, tweet (the title and the link), and 15 % of the words of
    title and text dropped; each without the identity keys of its origin, but for the tweet's link. Recall: variants
    that share a work with their origin. False merges: origins of different works that a variant brought together,
    over all.
    """
    given = list(origins(world))
    made = list(_variants(given, random.Random(_SEED)))  # noqa: S311  a sample, no secret
    before = {item.id: work.id for work in works(given) for item in work.items}
    after = {
        item.id: n for n, work in enumerate(works([*given, *(item for item, _, _ in made)])) for item in work.items
    }
    figures, misses = [], []
    for kind in ("excerpt", "title", "tweet", "dropped"):
        mine = [(item, origin) for item, origin, name in made if name == kind]
        lost = [item for item, origin in mine if after[item.id] != after[origin.id]]
        hit = len(mine) - len(lost)
        figures.append(
            Figure(
                name=f"duplicates: {kind} found",
                value=hit / max(len(mine), 1),
                counts=f"{hit}/{len(mine)}",
                target=0.98,
            )
        )
        misses += [f"duplicate not found ({kind}): {item.title[:80]}" for item in lost[:_MISSES]]
    joined: dict[int, set[str]] = {}
    for item in given:
        joined.setdefault(after[item.id], set()).add(before[item.id])
    false = sum(len(ids) - 1 for ids in joined.values())
    figures.append(
        Figure(
            name="duplicates: false merges",
            value=false / max(len(given), 1),
            counts=f"{false}/{len(given)}",
            target=0.002,
            most=True,
        )
    )
    return figures, misses


def _variants(origins: Sequence[Item], chance: random.Random) -> Iterator[tuple[Item, Item, str]]:
    long = [item for item in origins if len(item.text) >= _LONG and says_enough(normal_title(item.title))]
    for kind in ("excerpt", "title", "tweet", "dropped"):
        for item in chance.sample(long, min(_PER_KIND, len(long))):
            yield _variant(item, kind, chance), item, kind


def _variant(item: Item, kind: str, chance: random.Random) -> Item:
    plain = replace(
        item,
        id=f"variant:{kind}:{item.id}",
        source="variants",
        url=f"https://copies.example/{kind}",
        keys=(),
        kind="post",
    )
    if kind == "excerpt":
        return replace(plain, text=item.text[:_EXCERPT] + "…")
    if kind == "title":
        return replace(plain, text="")
    if kind == "tweet":
        said = f"{item.title} {item.url}"
        return replace(plain, kind="tweet", title=said, text=said, links=(item.url,))
    return replace(plain, title=_thinned(item.title, chance), text=_thinned(item.text, chance))


def _thinned(text: str, chance: random.Random) -> str:
    return " ".join(word for word in text.split() if chance.random() >= _DROPPED)


def origins(world: Path) -> Iterator[Item]:
    """Yield the papers and posts of the recorded weeks as items, in the order of their files.

    Raises UsageError, naming the line, for a file of another shape.
    """
    for week in sorted((world / "weeks").iterdir()):
        for row in _rows(week / "arxiv.jsonl.gz", _PAPER):
            number = str(row["id"])
            yield _item(
                f"arxiv:{number}", row, f"https://arxiv.org/abs/{number}", str(row.get("abstract") or ""), "paper"
            )
        for n, row in enumerate(_rows(week / "feed_items.jsonl.gz", _POST)):
            text = _TAG.sub(" ", str(row.get("text") or row.get("html") or ""))
            yield _item(f"feed:{row['slug']}:{week.name}-{n:05d}", row, str(row["url"]), text, "post")


def _item(identity: str, row: Mapping[str, object], url: str, text: str, kind: str) -> Item:
    when = moment(str(row.get("published_utc") or "")) or _WHEN
    return Item(
        id=identity, source=str(row.get("slug") or "arxiv"), kind="paper" if kind == "paper" else "post",
        title=one_line(str(row["title"] or "")), url=url, text=one_line(text), first_seen=when, published=when,
        language=str(row.get("language") or "en"), keys=keys_of(url),
    )  # fmt: skip


def _rows(path: Path, shape: Shape) -> Iterator[dict[str, object]]:
    if path.exists():
        yield from lines_of(path, shape)
