"""Measure the reading of results, companies and deployments against annotated abstracts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from digest.evaluate.gold import gold_rows, parity
from digest.evaluate.recorded import recorded
from digest.evaluate.report import Figure, Report
from digest.filters import facts
from digest.jsonl import Row, faults
from digest.names import company, metric

_GOLD = "results.jsonl.gz"
_METRIC = {"name": str, "value": int | float, "unit": str, "direction": str | None, "online": bool}
_SHAPE = {"id": str, "company": str | None, "deployed": bool, "metrics": [_METRIC]}
_TEXTS = ("title", "abstract")
_CLOSE = 1e-6
_FILLERS = frozenset(
    {"the", "a", "an", "user", "total", "overall", "average", "gross", "key", "core", "online", "offline", "app", "s"}
)


@dataclass(slots=True)
class _Counts:
    """Running totals of one part of the gold set."""

    values: list[int] = field(default_factory=lambda: [0, 0, 0])
    exact: int = 0
    names: list[int] = field(default_factory=lambda: [0, 0])
    online: list[int] = field(default_factory=lambda: [0, 0])
    company: list[int] = field(default_factory=lambda: [0, 0, 0])
    deployed: list[int] = field(default_factory=lambda: [0, 0, 0])


def run(gold: Path) -> Report:
    """Read `results.jsonl.gz` of the folder (or the file itself) and compare, whole and by halves.

    The halves are told apart by the parity of the SHA-256 of the id: "even" is the one that rules were tuned on.
    A value matches when size, unit and upper end agree; a name when `same_metric` or `holds_metric` says so. Rows
    without title and abstract get them from the papers beside the checkout. Raises UsageError where these are not.
    """
    path = gold / _GOLD if gold.is_dir() else gold
    rows = _with_texts(gold_rows(path, _SHAPE, _fault), path)
    parts = {"all": _Counts(), "even": _Counts(), "odd": _Counts()}
    misses: list[str] = []
    qualified: list[str] = []
    for row, read in zip(rows, facts.run(rows), strict=True):
        half = "odd" if parity(row["id"]) else "even"
        misses.extend(f"{row['id']} ({half}): {miss}" for miss in _compare(row, read, [parts["all"], parts[half]]))
        qualified.extend(_qualified(read))
    figures = tuple(figure for name, counts in parts.items() for figure in _figures(name, counts))
    return Report(
        title=f"results: {len(rows)} abstracts", figures=figures, misses=tuple(misses), notes=tuple(qualified)
    )


def _fault(row: Row) -> str:
    return next((fault for name in _TEXTS for fault in faults(row.get(name), str | None, name)), "")


def _with_texts(rows: Sequence[Row], gold: Path) -> list[Row]:
    bare = {f"arxiv:{row['id']}" for row in rows if row.get("abstract") is None}
    texts = recorded(gold, bare)
    return [{**row, **dict(zip(_TEXTS, texts.get(f"arxiv:{row['id']}", ()), strict=False))} for row in rows]


def same_metric(first: str, second: str) -> bool:
    """Whether two names mean one metric: by the alias table, else by their words without case and plural."""
    return _folded(first) == _folded(second) or _folded(metric(first)) == _folded(metric(second))


def holds_metric(words: str, name: str) -> bool:
    """Whether the kept words hold all words of the annotated name ("user-filed reports", "reports").

    The annotator shortens names; the reverse, a reading that lost words of the annotated name, does not count.
    """
    return bool(name) and set(_folded(name)) <= set(_folded(words))


def _folded(name: str) -> tuple[str, ...]:
    words = name.lower().replace("-", " ").replace("'", " ").split()
    return tuple(sorted(word if len(word) < 4 else word.removesuffix("s") for word in words if word not in _FILLERS))  # noqa: PLR2004


def _compare(row: dict[str, Any], read: dict[str, Any], counts: list[_Counts]) -> list[str]:
    misses = [*_compare_values(row, read, counts)]
    wanted, got = row["company"] or "", read["company"]
    hit = bool(wanted) and (wanted == got or company(wanted) == company(got) != "")
    for part in counts:
        _tally(part.company, hit=hit, wanted=bool(wanted), got=bool(got))
        _tally(part.deployed, hit=row["deployed"] and read["deployed"], wanted=row["deployed"], got=read["deployed"])
    if bool(wanted or got) and not hit:
        misses.append(f"company {got or 'none'!r}, not {wanted or 'none'!r}")
    if row["deployed"] != read["deployed"]:
        misses.append(f"deployed {read['deployed']}, not {row['deployed']}")
    return misses


def _compare_values(row: dict[str, Any], read: dict[str, Any], counts: list[_Counts]) -> list[str]:
    misses: list[str] = []
    left = list(row["metrics"])
    for result in read["results"]:
        match = _best(result, left)
        for part in counts:
            _tally(part.values, hit=match is not None, wanted=match is not None, got=True)
        if match is None:
            misses.append(f"extra value {result['value']:g}{result['unit']} {result['metric']!r}: {result['quote']}")
            continue
        left.remove(match)
        misses.extend(_compare_match(result, match, counts))
    for missing in left:
        for part in counts:
            _tally(part.values, hit=False, wanted=True, got=False)
        misses.append(f"missed {missing['value']:g}{missing['unit']} {missing['name']!r}")
    return misses


def _compare_match(result: dict[str, Any], match: dict[str, Any], counts: list[_Counts]) -> list[str]:
    exact = same_metric(result["metric"], match["name"]) or same_metric(result["words"], match["name"])
    named = exact or holds_metric(result["words"], match["name"])
    online = result["online"] == match["online"]
    for part in counts:
        part.exact += exact
        part.names[0] += named
        part.names[1] += 1
        part.online[0] += online
        part.online[1] += 1
    misses = [] if named else [f"name {result['metric']!r}, not {match['name']!r}: {result['quote']}"]
    if result["direction"] != match["direction"]:
        misses.append(f"direction {result['direction']}, not {match['direction']}: {result['quote']}")
    return misses if online else [*misses, f"online {result['online']} for {match['name']!r}: {result['quote']}"]


def _best(result: dict[str, Any], left: list[dict[str, Any]]) -> dict[str, Any] | None:
    fits = [m for m in left if abs(abs(result["value"]) - abs(m["value"])) < _CLOSE and result["unit"] == m["unit"]]
    return max(
        fits, key=lambda m: (same_metric(result["metric"], m["name"]), m["online"] == result["online"]), default=None
    )


def _tally(counts: list[int], *, hit: bool, wanted: bool, got: bool) -> None:
    counts[0] += hit
    counts[1] += got
    counts[2] += wanted


def _figures(name: str, counts: _Counts) -> tuple[Figure, ...]:
    return (
        _f1(f"{name}: values F1", counts.values, 0.95),
        _share(f"{name}: metric name on matched values", counts.names[0], counts.names[1], 0.90),
        _share(f"{name}: the same, only names equal in every word", counts.exact, counts.names[1], None),
        _share(f"{name}: online or offline on matched values", counts.online[0], counts.online[1], 0.93),
        _share(f"{name}: company precision", counts.company[0], counts.company[1], 0.93),
        _share(f"{name}: company recall", counts.company[0], counts.company[2], 0.93),
        _share(f"{name}: deployed precision", counts.deployed[0], counts.deployed[1], None),
        _share(f"{name}: deployed recall", counts.deployed[0], counts.deployed[2], None),
        _f1(f"{name}: deployed F1", counts.deployed, 0.93),
    )


def _share(name: str, part: int, whole: int, target: float | None) -> Figure:
    return Figure(name=name, value=part / whole if whole else 1.0, counts=f"{part}/{whole}", target=target)


def _f1(name: str, counts: list[int], target: float) -> Figure:
    hits, got, wanted = counts
    value = 2 * hits / (got + wanted) if got + wanted else 1.0
    return Figure(name=name, value=value, counts=f"{hits} right of {got} read and {wanted} annotated", target=target)


def _qualified(read: dict[str, Any]) -> list[str]:
    return [
        f"{read['id']}: {result['qualifier']} {result['value']:g}{result['unit']} {result['metric']}: {result['quote']}"
        for result in read["results"]
        if result["qualifier"]
    ]
