"""Train what `digest stories` weighs headlines with: python benchmarks/train_stories.py ../shared

Writes digest/cluster/background.tsv (how often a concept stands in the headlines of the recorded weeks, the days of the
gold left out) and digest/cluster/weights.json (logistic regression over pairs of the gold's first half). The halves are
split by story; `digest eval clusters` reports the second one.
"""

import gzip
import json
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from digest.cluster import headlines
from digest.cluster.terms import terms
from digest.evaluate.clusters import first_half

HERE = Path(__file__).resolve().parent.parent / "digest" / "cluster"
GOLD_DAYS = ("2026-06-16", "2026-06-17", "2026-06-18")
LEAST = 3
REGULARISATION = 0.3


def read(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def background(world: Path) -> None:
    counts: Counter[str] = Counter()
    titles = {
        (row["title"] or "", row["url"])
        for week in sorted((world / "weeks").iterdir())
        for row in read(week / "feed_items.jsonl.gz")
        if (row["published_utc"] or "")[:10] not in GOLD_DAYS
    }
    for title, url in sorted(titles):
        counts.update(terms(title, url).words.keys())
    lines = [
        "# Concepts of AI news and in how many headlines they stand; * is the number of headlines.",
        f"*\t{len(titles)}",
    ]
    lines += [
        f"{term}\t{n}"
        for term, n in sorted(counts.items())
        if n >= LEAST and not term.startswith("#") and "~" not in term
    ]
    (HERE / "background.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    headlines._background.cache_clear()  # noqa: SLF001  the file has just changed
    print(f"background: {len(titles)} headlines, {len(lines) - 2} concepts")


def examples(rows: list[dict]) -> tuple[np.ndarray, np.ndarray]:
    weighed, left, right = headlines.candidates([terms(row["title"], row["url"]) for row in rows])
    when = np.asarray([datetime.fromisoformat(row["published"]).timestamp() for row in rows])
    features = weighed.features(left, right, np.abs(when[left] - when[right]) / 86_400.0)
    half = first_half(rows)
    mine = np.asarray([i in half and j in half for i, j in zip(left.tolist(), right.tolist(), strict=True)])
    same = np.asarray(
        [
            rows[i]["story"] is not None and rows[i]["story"] == rows[j]["story"]
            for i, j in zip(left, right, strict=True)
        ]
    )
    return features[mine], same[mine]


def train(gold: Path) -> None:
    features, same = examples(read(gold / "stories_ai.jsonl.gz"))
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    fitted = LogisticRegression(C=REGULARISATION, max_iter=5000).fit((features - mean) / spread, same)
    weights = fitted.coef_[0] / spread
    bias = float(fitted.intercept_[0] - (weights * mean).sum())
    out = {
        "features": list(headlines.FEATURES),
        "bias": round(bias, 5),
        "weights": [round(w, 5) for w in weights.tolist()],
    }
    (HERE / "weights.json").write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")
    print(f"weights: {len(same)} pairs, {int(same.sum())} of them one event")


if __name__ == "__main__":
    shared = Path(sys.argv[1])
    background(shared / "world")
    train(shared / "gold")
