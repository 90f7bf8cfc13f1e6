"""Train what `digest stories` weighs headlines with.

python benchmarks/train_stories.py ../shared [--cross]

Writes digest/cluster/background.tsv (how often a concept stands in the headlines of the recorded weeks, the days of the
gold left out) and digest/cluster/forest.json: boosted trees over pairs of headlines. What they learn from:
- pairs of the gold, both halves (the figures that count are those of --cross, learned from one half and measured on
  the other one, split by story);
- headlines of the recorded weeks, the gold's days left out: an English and a Chinese one of the same address are one
  event (weight 0.5), those of weeks or days far apart are not (weight 0.1).

With --cross it first learns from each half and prints what that gives on the other, all aims alike.
"""

import gzip
import json
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from digest.cluster import headlines
from digest.cluster.forest import parse, probability, shipped
from digest.cluster.terms import terms
from digest.evaluate.clusters import first_half, halved
from digest.urls import canonical

HERE = Path(__file__).resolve().parent.parent / "digest" / "cluster"
GOLD_DAYS = ("2026-06-16", "2026-06-17", "2026-06-18")
LEAST = 3
APART_DAYS = 4
LOOSE = 0.04  # looser than in use: what is barely a candidate must be learnt too
SHARE = 0.3
MODELS, AFTER, NO_HOPE = 4, 96, 0.04
WEIGHT_ONE, WEIGHT_OTHER = 0.5, 0.1


def read(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def recorded(world: Path) -> list[dict]:
    """List the headlines of the recorded weeks outside the gold's days, each title and address once."""
    seen = {}
    for week in sorted((world / "weeks").iterdir()):
        for row in read(week / "feed_items.jsonl.gz"):
            if (row["published_utc"] or "")[:10] not in GOLD_DAYS:
                seen.setdefault((row["title"] or "", canonical(row["url"])), row)
    return list(seen.values())


def background(rows: list[dict]) -> None:
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(terms(row["title"] or "", row["url"]).words.keys())
    common = {
        term: n for term, n in counts.items() if n >= LEAST and "~" not in term and not term.startswith(("#", "@"))
    }
    kept = [f"{term}\t{n}" for term, n in sorted(common.items())]
    head = [
        "# Concepts of AI news and in how many headlines they stand; * is the number of headlines.",
        f"*\t{len(rows)}",
    ]
    (HERE / "background.tsv").write_text("\n".join([*head, *kept]) + "\n", encoding="utf-8")
    headlines._background.cache_clear()  # noqa: SLF001  the file behind it has just changed
    print(f"background: {len(rows)} headlines, {len(kept)} concepts")


def judged(rows: list[dict], half: set[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features and labels of the pairs of a half, and the days between the headlines of any pair."""
    weighed, left, right = headlines.candidates([terms(row["title"], row["url"]) for row in rows], LOOSE)
    when = np.asarray([datetime.fromisoformat(row["published"]).timestamp() for row in rows])
    days = np.abs(when[left] - when[right]) / 86_400.0
    mine = np.asarray([i in half and j in half for i, j in zip(left.tolist(), right.tolist(), strict=True)])
    left, right = left[mine], right[mine]
    story = [row["story"] for row in rows]
    same = np.asarray([story[i] is not None and story[i] == story[j] for i, j in zip(left, right, strict=True)])
    return weighed.features(left, right, days[mine]), same, days


def inferred(rows: list[dict], days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Features and labels of pairs whose truth follows from address and date; the addresses' words are hidden."""
    chance = np.random.default_rng(0)
    address = [canonical(row["url"]) for row in rows]
    first = {url: n for n, url in reversed(list(enumerate(address)))}
    shown = [row["url"] if first[url] == n else "" for n, (row, url) in enumerate(zip(rows, address, strict=True))]
    weighed, left, right = headlines.candidates(
        [terms(r["title"] or "", u) for r, u in zip(rows, shown, strict=True)], LOOSE
    )
    day = np.asarray([datetime.fromisoformat((r["published_utc"] or "2026-06-19")[:10]).toordinal() for r in rows])
    one = np.asarray(
        [
            address[i] == address[j] and address[i].count("/") > 3 and rows[i]["language"] != rows[j]["language"]
            for i, j in zip(left, right, strict=True)
        ]
    )
    apart = (np.abs(day[left] - day[right]) >= APART_DAYS) & ~one & (chance.random(len(left)) < SHARE)
    kept = one | apart
    times = chance.choice(days, size=len(left))
    return weighed.features(left[kept], right[kept], times[kept]), one[kept]


def cross(gold: list[dict], rows: list[dict]) -> None:
    """Learn from each half, and print the figures of the other."""
    first = first_half(gold)
    second = set(range(len(gold))) - first
    for name, mine, other in (("second half", first, second), ("first half", second, first)):
        train(gold, rows, mine)
        shipped.cache_clear()
        for figure in halved(name, gold, sorted(other)):
            print(f"  learned from the other: {figure.name:46s} {figure.value:.4f}  {figure.counts}")


def train(gold: list[dict], rows: list[dict], half: set[int]) -> None:
    features, same, days = judged(gold, half)
    more, one = inferred(rows, days)
    weight = np.concatenate([np.ones(len(same)), np.where(one, WEIGHT_ONE, WEIGHT_OTHER)])
    rows_of_pairs, labels = np.vstack([features, more]), np.concatenate([same, one])
    models = [fit(rows_of_pairs, labels, weight, seed) for seed in range(MODELS)]
    grown = [[nodes(predictor[0].nodes, MODELS) for predictor in model._predictors] for model in models]  # noqa: SLF001
    trees = [tree for generation in zip(*grown, strict=True) for tree in generation]
    lines = ",\n".join(json.dumps(tree) for tree in trees)
    base = float(np.mean([model._baseline_prediction for model in models]))  # noqa: SLF001  shown nowhere else
    below = hopeless(base, trees, rows_of_pairs)
    head = (
        f'"features": {json.dumps(list(headlines.FEATURES))},\n"base": {base:.6f}, "after": {AFTER}, "below": {below}'
    )
    (HERE / "forest.json").write_text(f'{{{head},\n"trees": [\n{lines}\n]}}\n', encoding="utf-8")
    print(
        f"gold: {len(same)} pairs, {int(same.sum())} one event; recorded: {len(one)} pairs, {int(one.sum())} one event"
    )


def fit(rows: np.ndarray, labels: np.ndarray, weight: np.ndarray, seed: int) -> HistGradientBoostingClassifier:
    """Boost trees that each split see half of the features; the mean of several such models varies less than one."""
    return HistGradientBoostingClassifier(
        max_iter=160,
        max_leaf_nodes=6,
        learning_rate=0.04,
        min_samples_leaf=50,
        l2_regularization=5,
        max_features=0.5,
        early_stopping=False,
        random_state=seed,
    ).fit(rows, labels, sample_weight=weight)


def hopeless(base: float, trees: list, rows: np.ndarray) -> float:
    """Return the log odds after the first trees below which no pair of training became as likely as 0.05."""
    whole, part = (
        probability(parse({"features": [], "base": base, "after": 0, "below": -99, "trees": some}), rows)
        for some in (trees, trees[:AFTER])
    )
    return round(float(np.log(part / (1 - part))[whole >= NO_HOPE].min()) - 0.05, 3)


def nodes(found: np.ndarray, share: int) -> list[list[float]]:
    """Return a tree as rows of feature, threshold, left, right, value; a leaf leads to itself."""
    rows = []
    for n, node in enumerate(found):
        leaf = bool(node["is_leaf"])
        left, right = (n, n) if leaf else (int(node["left"]), int(node["right"]))
        threshold = 0.0 if leaf else round(float(node["num_threshold"]), 6)
        rows.append(
            [0 if leaf else int(node["feature_idx"]), threshold, left, right, round(float(node["value"]) / share, 6)]
        )
    return rows


if __name__ == "__main__":
    shared = Path(sys.argv[1])
    headlines_seen = recorded(shared / "world")
    background(headlines_seen)
    judgements = read(shared / "gold" / "stories_ai.jsonl.gz")
    if "--cross" in sys.argv:
        cross(judgements, headlines_seen)
    train(judgements, headlines_seen, set(range(len(judgements))))
