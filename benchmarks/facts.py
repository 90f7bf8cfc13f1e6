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
SHARE = 0.25
_TOPICS = (
    "sequence modelling",
    "cold start",
    "query rewriting",
    "ad auctions",
    "semantic identifiers",
    "reranking",
    "notification volume",
)
_METRICS = ("CTR", "watch time", "GMV", "conversion rate", "NDCG@10", "serving latency", "user retention", "Recall@50")
_FIRMS = ("Kuaishou", "Pinterest", "Taobao", "Spotify", "Instacart", "Xiaohongshu", "Zalando", "Netflix")


def written(count: int, seed: int = 7) -> list[dict[str, str]]:
    """Write abstracts of about 1,300 characters, a quarter of them with a live test and figures (as in cs.IR)."""
    pick = random.Random(seed)  # noqa: S311  the texts must be the same each time, not secret
    return [
        {"id": str(n), "title": f"A model for {pick.choice(_TOPICS)}", "abstract": _abstract(pick)}
        for n in range(count)
    ]


def _abstract(pick: random.Random) -> str:
    firm = pick.choice(_FIRMS)
    w = [f"{pick.choice(_TOPICS)} of term{int(pick.paretovariate(0.6)) % 40000}" for _ in range(14)]
    lines = [
        f"Modern recommender systems depend on {w[0]}, yet {w[1]} remains an open problem for teams that serve people.",
        f"Existing work treats {w[2]} apart from {w[3]}, which wastes computation and hides what somebody wants next.",
        f"We propose a framework that joins {w[4]} with {w[5]} and learns both from logs without manual labels.",
        f"An encoder turns {w[6]} into tokens, and a decoder reads them together with {w[7]} under one objective.",
        f"Experiments on three public datasets show that {w[8]} matters more than {w[9]} for short and long histories.",
        f"Ablations confirm that each part is needed: {w[10]}, {w[11]} and {w[12]} all lose without {w[13]}.",
    ]
    if pick.random() < SHARE:
        first, second = pick.sample(_METRICS, 2)
        lift, gain = f"{pick.uniform(0.1, 9):.2f}%", f"{pick.uniform(0.1, 9):.2f}%"
        lines += [
            f"In an online A/B test at {firm} it improves {first} by up to {lift} and gives a {gain} lift in {second}.",
            f"It has been deployed at {firm} since {pick.choice(('March', 'June'))} and serves all of its feed.",
        ]
    return " ".join(lines)


def read(path: Path) -> list[dict[str, str]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [json.loads(line) for line in data.decode().splitlines()]
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
    print(f"{len(rows)} abstracts, {results} results: {cost:.2f} s; V = {baseline:.2f} s")
    print(f"ratio {cost / baseline:.2f} V, limit {LIMIT} V")
    return 0 if cost <= LIMIT * baseline else 1


if __name__ == "__main__":
    raise SystemExit(main())
