"""Measure what `digest rank` picks: against editors' picks, silver relevance, and one editor's taste."""

import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from digest.config import load
from digest.domain.issue import Publication
from digest.errors import UsageError
from digest.evaluate.baselines import by_regression, by_words
from digest.evaluate.gold import gold_rows
from digest.evaluate.report import Figure, Report
from digest.filters import rank
from digest.jsonl import Row, faults

_PICKS, _SILVER, _TASTE = "picks.json", "relevance_silver.jsonl.gz", "taste.jsonl.gz"
_PUBLICATION = "recsys-weekly"
_TRAINED_UNTIL = "20260331"  # the last day that the shipped scorer was trained on (benchmarks/train_scorer.py)
_PICKS_SHAPE = "{editor: {week: [arXiv id]}}"
_RELEVANT = 7
_TASTE_FROM = "2026"
_FEW = 100
_FEW_LIKED = 30
_SEEDS = 5
_SHOWN = 20

_FIRST_TAUGHT, _BLOCK = 20, 7  # weeks

_PAPER = {"id": str, "title": str, "abstract": str}
_RECORDED_SHAPE = _PAPER | {"categories": object}
_SILVER_SHAPE = _PAPER | {"day": str, "score": int | float}
_TASTE_SHAPE = {"from": str, "to": str, "papers": [_PAPER | {"picked": bool}]}

Method = Callable[[Sequence[Row], Sequence[Row]], list[int]]
"""Ranks rows, 1 the best, by ratings."""


def run(gold: Path) -> Report:
    """Measure with a gold folder, or with one of its files; the weeks of papers lie in ../world/weeks beside it.

    Picks: recall among all papers of their week; picks that the week's papers lack are left out and named. Silver:
    AUC of a judgement >= 7 on papers later than those the shipped scorer was trained on. Taste: ratings of the weeks
    to the end of 2025, ranking each week of 2026; the small sets hold 30 liked and 70 others, drawn with five seeds.
    The weeks of 2025 after the first twenty are ranked too, seven at a time by the ratings before these. "Plain" are
    words alone, and a logistic regression. Raises UsageError when there is nothing to measure.
    """
    files = [gold / name for name in (_PICKS, _SILVER, _TASTE) if (gold / name).is_file()] if gold.is_dir() else [gold]
    publication = load(None, {}).publication(_PUBLICATION)
    parts = [_part(path, publication) for path in files]
    if not parts:
        raise UsageError(f"nothing to measure in {gold}; it needs {_PICKS}, {_SILVER} or {_TASTE}")
    return Report(
        title="selection",
        figures=tuple(figure for part in parts for figure in part.figures),
        misses=tuple(miss for part in parts for miss in part.misses),
        notes=tuple(note for part in parts for note in part.notes),
    )


def _part(path: Path, publication: Publication) -> Report:
    if path.suffix == ".json":
        return _picks(_read_picks(path), path.parent.parent / "world" / "weeks", publication)
    first = gold_rows(path, {})[0]
    if "papers" in first:
        return _taste(sorted(gold_rows(path, _TASTE_SHAPE), key=lambda week: str(week["from"])), publication)
    if "score" in first:
        return _silver(gold_rows(path, _SILVER_SHAPE), publication)
    raise UsageError(f"{path}: neither picks, silver relevance nor taste")


def _read_picks(path: Path) -> dict[str, dict[str, list[str]]]:
    """Read the picks. Raises UsageError for a file of another shape."""
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: is no JSON; it holds {_PICKS_SHAPE}") from error
    editors = found if isinstance(found, dict) else {}
    named = {editor: weeks if isinstance(weeks, dict) else {} for editor, weeks in editors.items()}
    shape = {editor: {week: [str] for week in weeks} for editor, weeks in named.items()}
    if fault := next(faults(found, shape), ""):
        raise UsageError(f"{path}: {fault}; it holds {_PICKS_SHAPE}")
    return dict(found)


def _picks(picks: Mapping[str, Mapping[str, Sequence[str]]], weeks: Path, publication: Publication) -> Report:
    figures: list[Figure] = []
    misses: list[str] = []
    notes: list[str] = []
    places: dict[str, dict[str, tuple[int, int]]] = {}
    for editor, by_week in picks.items():
        found: list[tuple[int, int]] = []
        for week, wanted in sorted(by_week.items()):
            if week not in places:
                places[week] = _places(weeks / week / "arxiv.jsonl.gz", publication)
            at = {pick: places[week][pick] for pick in wanted if pick in places[week]}
            found += at.values()
            misses += [f"{editor} {week}: {pick} at {n}" for pick, (n, _) in at.items() if n > _SHOWN]
            notes += [f"{editor} {week}: {pick} is not among the week's papers" for pick in wanted if pick not in at]
        targets = {12: 0.75, 20: 0.95} if editor == "original" else {}
        ours, plain = [n for n, _ in found], [n for _, n in found]
        figures += [_recall(f"{editor} picks, recall@{k}", ours, k, targets.get(k)) for k in (12, 20, 36)]
        figures += [_recall(f"{editor} picks, plain, recall@{k}", plain, k) for k in (12, 20)]
    return Report(title="picks", figures=tuple(figures), misses=tuple(misses), notes=tuple(notes))


def _places(path: Path, publication: Publication) -> dict[str, tuple[int, int]]:
    """Rank all papers of a recorded week, by the program and by words alone; the keys are arXiv ids."""
    if not path.is_file():
        return {}
    rows = [_paper(row) | {"categories": row["categories"]} for row in gold_rows(path, _RECORDED_SHAPE)]
    ranked = rank.run(rows, publication)
    pairs = zip(ranked, by_words(rows), strict=True)
    return {str(row["id"]): (int(str(row["rank"])), plain) for row, plain in pairs}


def _silver(rows: Sequence[Row], publication: Publication) -> Report:
    later = [row for row in rows if row["day"] > _TRAINED_UNTIL]
    if not later:
        raise UsageError(f"no judgement is later than {_TRAINED_UNTIL}, up to which the scorer was trained")
    ranked = rank.run([_paper(row) for row in later], publication)
    relevant = [row["score"] >= _RELEVANT for row in later]
    figure = Figure(
        name=f"silver relevance >= {_RELEVANT} after {_TRAINED_UNTIL}, AUC",
        value=_auc([-int(str(row["rank"])) for row in ranked], relevant),
        counts=f"{sum(relevant)}/{len(later)}",
        target=0.94,
    )
    return Report(title="silver", figures=(figure,))


def _taste(weeks: Sequence[Row], publication: Publication) -> Report:
    def ours(rows: Sequence[Row], ratings: Sequence[Row]) -> list[int]:
        return [int(str(row["rank"])) for row in rank.run(rows, publication, ratings)]

    past, later = [w for w in weeks if w["to"] < _TASTE_FROM], [w for w in weeks if w["from"] >= _TASTE_FROM]
    ratings = _ratings(past)
    at = _taste_places(later, ratings, ours)
    named = f"taste, {len(ratings)} ratings"
    few = _with_few(later, ratings, ours)
    figures = [
        *(_recall(f"{named}, recall@{k}", at.values(), k, target) for k, target in ((10, 0.58), (20, 0.80))),
        *_two(f"{named}, plain", _taste_places(later, ratings, by_regression).values()),
        _recall(f"taste, {_FEW} ratings, recall@{_SHOWN}", few, _SHOWN, 0.62),
        _recall(f"taste, {_FEW} ratings, plain, recall@{_SHOWN}", _with_few(later, ratings, by_regression), _SHOWN),
        _recall("taste, no ratings, recall@20", _taste_places(later, [], ours).values(), _SHOWN),
    ]
    for name, method in (("taste, 2025 by the weeks before", ours), ("taste, 2025, plain", by_regression)):
        if rolling := _rolling(past, method):
            figures += _two(name, rolling)
    misses = tuple(f"taste {name} at {n}" for name, n in at.items() if n > _SHOWN)
    return Report(title="taste", figures=tuple(figures), misses=misses)


def _two(name: str, places: Iterable[int]) -> list[Figure]:
    at = list(places)
    return [_recall(f"{name}, recall@{k}", at, k) for k in (10, _SHOWN)]


def _taste_places(weeks: Sequence[Row], ratings: Sequence[Row], method: Method) -> dict[str, int]:
    """Return the rank of each pick within its week."""
    places: dict[str, int] = {}
    for week in weeks:
        ranks = method([_paper(paper) for paper in week["papers"]], ratings)
        places |= {
            f"{week['from']}: {paper['id']} {paper['title']}": place
            for paper, place in zip(week["papers"], ranks, strict=True)
            if paper["picked"]
        }
    return places


def _with_few(weeks: Sequence[Row], ratings: Sequence[Row], method: Method) -> list[int]:
    sets = (_few(ratings, seed) for seed in range(_SEEDS))
    return [place for few in sets for place in _taste_places(weeks, few, method).values()]


def _rolling(weeks: Sequence[Row], method: Method) -> list[int]:
    """Return the ranks of the picks of each later week, a block of weeks at a time by the ratings before it."""
    starts = range(_FIRST_TAUGHT, len(weeks), _BLOCK)
    blocks = [(_ratings(weeks[:n]), weeks[n : n + _BLOCK]) for n in starts]
    return [place for before, block in blocks for place in _taste_places(block, before, method).values()]


def _ratings(weeks: Sequence[Row]) -> list[Row]:
    return [_rating(paper) for week in weeks for paper in week["papers"]]


def _few(past: Sequence[Row], seed: int) -> list[Row]:
    """Draw a small set of ratings, in their order. An editor who rates 100 items names many that were liked."""
    draw = random.Random(seed)  # noqa: S311  a sample, no secret
    liked = [n for n, row in enumerate(past) if row["rating"] == 1]
    others = [n for n, row in enumerate(past) if row["rating"] == -1]
    chosen = draw.sample(liked, min(_FEW_LIKED, len(liked))) + draw.sample(others, min(_FEW - _FEW_LIKED, len(others)))
    return [past[n] for n in sorted(chosen)]


def _paper(row: Row) -> Row:
    return {"id": row["id"], "kind": "paper", "title": row["title"], "text": row["abstract"]}


def _rating(paper: Row) -> Row:
    return _paper(paper) | {"rating": 1 if paper["picked"] else -1}


def _recall(name: str, places: Iterable[int], k: int, target: float | None = None) -> Figure:
    at = list(places)
    hits = sum(n <= k for n in at)
    return Figure(name=name, value=hits / len(at) if at else 0.0, counts=f"{hits}/{len(at)}", target=target)


def _auc(values: Sequence[float], positive: Sequence[bool]) -> float:
    """Return the share of pairs in which the positive one has the higher value; a tie counts half."""
    order = sorted(range(len(values)), key=lambda n: values[n])
    total, start = 0.0, 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        total += (start + end + 1) / 2 * sum(positive[n] for n in order[start:end])
        start = end
    count = sum(positive)
    pairs = count * (len(values) - count)
    return (total - count * (count + 1) / 2) / pairs if pairs else 0.0
