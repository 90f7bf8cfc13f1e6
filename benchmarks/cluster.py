"""Time and memory of works, stories and threads on n items.

python benchmarks/cluster.py ../shared [n]

Prints CPU seconds in units of V: one TfidfVectorizer().fit_transform of the same texts, in the same process; and the
peak of resident memory. The items are those of the recorded weeks, in the order of a hash of their ids.
"""

import hashlib
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer

from digest.cluster.duplicates import works
from digest.cluster.stories import stories
from digest.cluster.threads import threads
from digest.domain.issue import Publication
from digest.evaluate.variants import origins


def timed(name: str, unit: float, work: Callable[[], object]) -> object:
    start = time.process_time()
    made = work()
    spent = time.process_time() - start
    print(f"{name:12s} {spent:7.2f} s {spent / unit if unit else 1:6.1f} V")
    return made


def main(shared: Path, count: int) -> None:
    ordered = sorted(origins(shared / "world"), key=lambda item: hashlib.sha256(item.id.encode()).hexdigest())[:count]
    texts = [f"{item.title} {item.text}" for item in ordered]
    stories([])
    start = time.process_time()
    TfidfVectorizer().fit_transform(texts)
    unit = time.process_time() - start
    print(f"{len(ordered)} items, {sum(map(len, texts))} characters, V = {unit:.2f} s")
    begun = time.process_time()
    found = timed("works", unit, lambda: works(ordered))
    told = timed("stories", unit, lambda: stories(found))
    worth = {story.id: 3.0 for story in told}
    publication = Publication(slug="all", titles={"en": "All"}, cadence="weekly", threads=(2, 5))
    timed("threads", unit, lambda: threads(told, worth, publication))
    spent = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    made = f"{len(found)} works, {len(told)} stories"
    print(f"{'together':12s} {spent:7.2f} s {spent / unit:6.1f} V; peak {peak:.0f} MB; {made}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
