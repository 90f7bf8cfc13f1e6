"""What scoring costs, in V: one fit_transform of the same texts by TfidfVectorizer with its defaults.

    python benchmarks/score.py [--items 10000] [--ratings 1000]

CPU time of this process, the middle of three runs each. The texts are made here: 180 words drawn by Zipf's law from
a vocabulary of 30,000, with phrases of the field in every second.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

from sklearn.feature_extraction.text import TfidfVectorizer

from digest.config import load
from digest.domain.item import Item, Work
from digest.domain.score import Rating
from digest.score.rank import rank

WORDS = 180
VOCABULARY = 30_000
FIELD = "ranking model for recommendation with click-through rate gains in an online A/B test"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--ratings", type=int, default=1_000)
    asked = parser.parse_args()
    texts = made(asked.items + asked.ratings)
    works = [work(n, text) for n, text in enumerate(texts[: asked.items])]
    ratings = [
        Rating(id=f"r{n}", kind="paper", title=text[:60], text=text, rating=1 if n % 15 == 0 else -1)
        for n, text in enumerate(texts[asked.items :])
    ]
    publication = load(None, {}).publication("recsys-weekly")
    rank(works[:10], {}, publication, ratings[:10])  # loads the libraries and the weights
    v = spent(lambda: TfidfVectorizer().fit_transform(texts[: asked.items]))
    plain = spent(lambda: rank(works, {}, publication))
    taught = spent(lambda: rank(works, {}, publication, ratings))
    print(f"V ({asked.items:,} texts): {v:.2f} s of CPU")
    print(f"scores without ratings: {plain:.2f} s = {plain / v:.2f} V")
    print(f"scores with {asked.ratings:,} ratings: {taught:.2f} s = {taught / v:.2f} V")


def made(count: int) -> list[str]:
    draw = random.Random(7)  # noqa: S311  texts, no secret
    vocabulary = ["".join(draw.choices("abcdefghijklmnoprstuvw", k=draw.randint(3, 10))) for _ in range(VOCABULARY)]
    weights = [1 / n for n in range(1, VOCABULARY + 1)]
    words = draw.choices(vocabulary, weights, k=count * WORDS)
    return [" ".join(words[n * WORDS : (n + 1) * WORDS]) + (f" {FIELD}" if n % 2 == 0 else "") for n in range(count)]


def work(number: int, text: str) -> Work:
    return Work(
        id=f"{number:06}",
        items=(
            Item(
                id=f"{number:06}",
                source="made",
                kind="paper",
                title=text[:60],
                url="",
                text=text,
                first_seen=datetime(2026, 6, 16, tzinfo=UTC),
            ),
        ),
    )


def spent(run: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
