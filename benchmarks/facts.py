"""CPU of reading the facts of 10,000 abstracts, as a ratio to one TfidfVectorizer().fit_transform of them.

Usage: python benchmarks/facts.py [FILE.jsonl[.gz]]; without a file it writes its own abstracts.
"""

import gzip
import json
import random
import sys
import time
from pathlib import Path

from digest.filters.facts import run

COUNT = 10_000
LIMIT = 8.0
_TOPICS = ("sequence modelling", "cold start", "query rewriting", "ad auctions", "semantic identifiers", "reranking", "notification volume")
_METRICS = ("CTR", "watch time", "GMV", "conversion rate", "NDCG@10", "serving latency", "user retention", "Recall@50")
_FIRMS = ("Kuaishou", "Pinterest", "Taobao", "Spotify", "Instacart", "Xiaohongshu", "Zalando", "Netflix")


def written(count: int, seed: int = 7) -> list[dict[str, str]]:
    """Write abstracts of seven sentences, a third of them with a live test and figures."""
    pick = random.Random(seed)  # noqa: S311  the texts must be the same each time, not secret
    return [{"id": str(n), "title": f"A model for {pick.choice(_TOPICS)}", "abstract": _abstract(pick)} for n in range(count)]


def _abstract(pick: random.Random) -> str:
    topic, firm = pick.choice(_TOPICS), pick.choice(_FIRMS)
    words = [f"{topic} {pick.choice(_TOPICS)} feature{pick.randrange(3000)} signal{pick.randrange(3000)}" for _ in range(9)]
    lines = [
        f"Modern recommender systems depend on {words[0]}, yet {words[1]} remains an open problem at scale.",
        f"Existing work treats {words[2]} apart from {words[3]}, which wastes computation and hides what users want.",
        f"We propose a framework that joins {words[4]} with {words[5]} and learns both from logged behaviour.",
        f"An encoder turns the history into tokens, and a decoder reads them together with {words[6]} under one objective.",
        f"Experiments on three public datasets show that {words[7]} matters more than {words[8]} does.",
    ]
    if pick.random() < 1 / 3:
        first, second = pick.sample(_METRICS, 2)
        lines.append(f"In an online A/B test at {firm} it improves {first} by up to {pick.uniform(0.1, 9):.2f}% and brings a {pick.uniform(0.1, 9):.2f}% lift in {second}.")
        lines.append(f"It has been deployed at {firm} since {pick.choice(('March', 'June'))} and serves all users.")
    return " ".join(lines)


def read(path: Path) -> list[dict[str, str]]:
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
    with opened as lines:
        rows = [json.loads(line) for line in lines]
    rows = [{"id": str(r.get("id", n)), "title": r.get("title", ""), "abstract": r.get("abstract") or r.get("text") or ""} for n, r in enumerate(rows)]
    return (rows * (COUNT // max(1, len(rows)) + 1))[:COUNT]


def main() -> int:
    rows = read(Path(sys.argv[1])) if len(sys.argv) > 1 else written(COUNT)
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415  costs a second

    run(rows[:20])
    start = time.process_time()
    TfidfVectorizer().fit_transform([row["abstract"] for row in rows])
    baseline = time.process_time() - start
    start = time.process_time()
    found = run(rows)
    cost = time.process_time() - start
    results = sum(len(row["results"]) for row in found)
    print(f"{len(rows)} abstracts, {results} results: {cost:.2f} s = {cost / baseline:.2f} V (V = {baseline:.2f} s), limit {LIMIT} V")
    return 0 if cost <= LIMIT * baseline else 1


if __name__ == "__main__":
    raise SystemExit(main())
