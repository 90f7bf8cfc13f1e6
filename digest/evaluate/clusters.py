"""Stories and duplicates against gold: `digest eval clusters`."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from pathlib import Path

from digest.errors import UsageError
from digest.evaluate.bcubed import b_cubed
from digest.evaluate.gold import gold_rows
from digest.evaluate.replay import repeats
from digest.evaluate.report import Figure, Report
from digest.evaluate.variants import duplicates
from digest.filters.stories import run as stories_of

_AI, _TEXTS = "stories_ai.jsonl.gz", "stories_ecbplus.jsonl.gz"
_ROW_KEYS = ("id", "title", "text", "url", "published")
_MISSES = 40
_TEXT = {"id": str, "story": str | None}
_HEADLINE = _TEXT | {"title": str, "language": str}

Row = Mapping[str, object]


def run(gold: Path) -> Report:
    """Measure `digest stories` on a gold folder or one of its files, with each missed and each wrong story named.

    B-cubed F1 (Bagga and Baldwin 1998) over all rows and over the rows of a story; recall and precision of the pairs of
    an English and a Chinese row. The shipped scorer of headlines has learned from both halves, split by story
    (`first_half`); `benchmarks/train_stories.py --cross` prints what each half gives on the other. Duplicates are
    measured on variants of the recorded items where `../world` lies beside the gold. Raises UsageError where there is
    no gold.
    """
    files = [gold] if gold.is_file() else sorted(path for path in gold.glob("stories_*.jsonl.gz"))
    figures: list[Figure] = []
    misses: list[str] = []
    for path in files:
        found, missed = (_headlines if _is_headlines(path) else _texts)(read(path))
        figures += found
        misses += missed
    if not figures:
        raise UsageError(f"no stories_*.jsonl.gz in {gold}")
    world = (gold if gold.is_dir() else gold.parent).parent / "world"
    if (world / "weeks").is_dir():
        found, missed = duplicates(world)
        figures += found
        misses += missed
    return Report(title="Stories and duplicates", figures=tuple(figures), misses=tuple(misses), notes=(_NOTE,))


_NOTE = "B-cubed F1; the headlines' scorer learned from both halves, the threshold of texts was set on the first one."


def read(path: Path) -> list[dict[str, object]]:
    """Read a gold file. Raises UsageError for one that is damaged."""
    return gold_rows(path, _HEADLINE, _undated) if _is_headlines(path) else gold_rows(path, _TEXT)


def _undated(row: Row) -> str:
    """Say that a day is none; a row may have none."""
    if not (said := row.get("published")):
        return ""
    try:
        datetime.fromisoformat(str(said)[:10])
    except ValueError:
        return "published is no day, such as 2026-06-21"
    return ""


def first_half(rows: Sequence[Row]) -> set[int]:
    """Return the places of the rows that training may see: every other story, in the order of a hash of their names.

    A row without a story is one of its own.
    """
    names = [str(row["story"] or f"alone:{row['id']}") for row in rows]
    told = sorted({name for name, row in zip(names, rows, strict=True) if row["story"]}, key=_hashed)
    alone = sorted(set(names) - set(told), key=_hashed)
    mine = {*told[::2], *alone[::2]}
    return {n for n, name in enumerate(names) if name in mine}


def _hashed(name: str) -> str:
    return hashlib.sha256(name.encode(errors="replace")).hexdigest()


def _is_headlines(path: Path) -> bool:
    return "ecb" not in path.name


def _told(rows: Sequence[Row]) -> list[str]:
    asked = [{key: row[key] for key in _ROW_KEYS if key in row} for row in rows]
    return [str(answer["story"]) for answer in stories_of(asked)]


def _labels(rows: Sequence[Row]) -> list[str]:
    return [str(row["story"]) if row["story"] else f"alone:{row['id']}" for row in rows]


def _headlines(rows: Sequence[Row]) -> tuple[list[Figure], list[str]]:
    told, gold = _told(rows), _labels(rows)
    first = first_half(rows)
    second = [n for n in range(len(rows)) if n not in first]
    figures = []
    for name, places in (("all", list(range(len(rows)))), ("second half", second)):
        figures += _headline_figures(name, rows, places, told, gold)
    again, lost = repeats(rows) if all(row.get("published") for row in rows) else ([], [])
    return figures + again, _named_misses(rows, told, gold) + lost


def halved(name: str, rows: Sequence[Row], places: Sequence[int]) -> list[Figure]:
    """Measure headlines on the rows at some places, all rows having been told together."""
    return _headline_figures(name, rows, places, _told(rows), _labels(rows))


def _headline_figures(
    name: str, rows: Sequence[Row], places: Sequence[int], told: Sequence[str], gold: Sequence[str]
) -> list[Figure]:
    within = [n for n in places if rows[n]["story"]]
    pairs = _cross_pairs(rows, places, told, gold)
    hit, real, claimed = (sum(1 for pair in pairs if pair in kinds) for kinds in (_BOTH, _REAL, _CLAIMED))
    return [
        _score(f"headlines, {name}: every item", told, gold, places, 0.92),
        _score(f"headlines, {name}: items of a story", told, gold, within, 0.80),
        Figure(
            name=f"headlines, {name}: zh-en pair recall", value=hit / max(real, 1), counts=f"{hit}/{real}", target=0.60
        ),
        Figure(
            name=f"headlines, {name}: zh-en pair precision",
            value=hit / max(claimed, 1),
            counts=f"{hit}/{claimed}",
            target=0.85,
        ),
    ]


_BOTH = {(True, True)}
_REAL = {(True, True), (True, False)}
_CLAIMED = {(True, True), (False, True)}


def _cross_pairs(
    rows: Sequence[Row], places: Sequence[int], told: Sequence[str], gold: Sequence[str]
) -> list[tuple[bool, bool]]:
    """For each pair of an English and a Chinese row that are one story in the gold or here: in which of both."""
    return [
        (gold[i] == gold[j], told[i] == told[j])
        for i, j in combinations(places, 2)
        if rows[i]["language"] != rows[j]["language"] and (gold[i] == gold[j] or told[i] == told[j])
    ]


def _score(name: str, told: Sequence[str], gold: Sequence[str], places: Sequence[int], target: float) -> Figure:
    precision, recall, value = b_cubed([told[n] for n in places], [gold[n] for n in places])
    return Figure(name=name, value=value, counts=f"P {precision:.3f} R {recall:.3f} over {len(places)}", target=target)


def _texts(rows: Sequence[Row]) -> tuple[list[Figure], list[str]]:
    """Measure running texts; each half is clustered by itself, as published figures are; all together are harder."""
    gold = _labels(rows)
    first = first_half(rows)
    figures = []
    for name, places in (
        ("second half", [n for n in range(len(rows)) if n not in first]),
        ("first half", sorted(first)),
        ("all", list(range(len(rows)))),
    ):
        told = _told([rows[n] for n in places])
        figures.append(_score(f"texts, {name}", told, [gold[n] for n in places], range(len(places)), 0.93))
    return figures, []


def _named_misses(rows: Sequence[Row], told: Sequence[str], gold: Sequence[str]) -> list[str]:
    """Name the stories that fell apart and those that ran together, the largest first."""
    lines = [
        *_broken("fell apart", rows, gold, told, {str(row["story"]) for row in rows if row["story"]}),
        *_broken("ran together", rows, told, gold, set(told)),
    ]
    return [line for _, line in sorted(lines, key=lambda found: (-found[0], found[1]))][:_MISSES]


def _broken(
    what: str, rows: Sequence[Row], outer: Sequence[str], inner: Sequence[str], names: Iterable[str]
) -> list[tuple[int, str]]:
    parts: dict[str, dict[str, list[int]]] = {name: {} for name in names}
    for n, name in enumerate(outer):
        if name in parts:
            parts[name].setdefault(inner[n], []).append(n)
    found = []
    for split in parts.values():
        if len(split) > 1:
            ordered = sorted(split.values(), key=lambda places: (-len(places), places))
            strays = [str(rows[places[0]]["title"])[:60] for places in ordered]
            sizes = "+".join(str(len(places)) for places in ordered)
            found.append((sum(len(places) for places in ordered[1:]), f"{what} ({sizes}): " + " | ".join(strays[:4])))
    return found
