"""The model steps of a 1,000-item week against a server that takes its time: wall time over the ideal.

Ideal: the sum over steps of ceil(calls / concurrency) x latency. `python benchmarks/model.py [--items 1000]
[--latency-ms 300]` prints the ratio of each step and of all; the target is 1.15 at a concurrency of 8. The server runs
in its own process.
"""

import argparse
import asyncio
import math
import subprocess
import sys
import time
from collections.abc import Awaitable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from digest.domain.issue import Issue
from digest.domain.item import Work
from digest.llm.cache import MemoryAnswers
from digest.llm.client import Model
from digest.llm.settings import ModelSettings
from digest.score.rubric_model import rate
from digest.write.narrate import narrate
from digest.write.translate import translate
from tests.llm.material import PUBLICATION, draft, item, works

CONCURRENCY = 8
TOLD = 40  # items in the issue
TOTALS: list[tuple[float, float]] = []
T = TypeVar("T")


def week(count: int) -> list[Work]:
    """Make a week of papers out of the eight that we have."""
    few = works()
    return [
        Work(id=f"w{n}", items=(item(n, f"{few[n % 8].lead.title} {n}", few[n % 8].lead.text * 4),))
        for n in range(count)
    ]


def number(count: int) -> tuple[Issue, dict[str, str]]:
    """Make an issue of that many items in five threads."""
    issue, sources = draft()
    first = issue.entries[0]
    entries = tuple(replace(first, id=f"arxiv:2607.{n:05d}", title=f"{first.title} {n}") for n in range(count))
    ids = [entry.id for entry in entries]
    threads = tuple(replace(issue.threads[0], id=f"t{n}", items=tuple(ids[n * 6 : n * 6 + 6])) for n in range(5))
    text = next(iter(sources.values()))
    texts = {key: text.replace(". ", f" in cohort {n}. ") for n, key in enumerate(ids)}
    return replace(issue, entries=entries, threads=threads), texts


async def timed(name: str, door: Model, rounds: list[int], work: Awaitable[T], latency: float) -> T:
    """Run a step, print its ratio; `rounds` are the calls of its parts that wait for each other."""
    before, begun = door.cost.calls, time.perf_counter()
    result = await work
    wall, calls = time.perf_counter() - begun, door.cost.calls - before
    rounds[-1] += calls - sum(rounds)
    ideal = sum(math.ceil(count / CONCURRENCY) for count in rounds) * latency
    TOTALS.append((wall, ideal))
    print(f"{name:<10} {calls:>5} calls  {wall:7.2f} s  ideal {ideal:7.2f} s  ratio {wall / ideal:.3f}")
    return result


async def steps(base_url: str, items: int, latency: float) -> None:
    """Score a week, narrate an issue, translate it, and do it all again from the cache."""
    settings = ModelSettings(
        base_url=base_url, model_cheap="fake-cheap", model_best="fake-best", concurrency=CONCURRENCY
    )
    answers, now = MemoryAnswers(), datetime(2026, 6, 22, tzinfo=UTC)
    local, sources = number(TOLD)
    async with Model(settings, answers, now=now) as door:
        await rate(week(1), PUBLICATION, door.ask)  # loads the client
        await timed("score", door, [0], rate(week(items), PUBLICATION, door.ask), latency)
        rounds = [TOLD, len(local.threads), 0]
        issue, _ = await timed("narrate", door, rounds, narrate(local, sources, door.ask), latency)
        await timed("translate", door, [0], translate(issue, "zh", door.ask), latency)
    wall, ideal = (sum(part) for part in zip(*TOTALS, strict=True))
    print(f"{'all':<10} {'':>12} {wall:7.2f} s  ideal {ideal:7.2f} s  ratio {wall / ideal:.3f}  (target 1.15)")
    async with Model(settings, answers, now=now) as door:
        begun = time.perf_counter()
        await rate(week(items), PUBLICATION, door.ask)
        again, _ = await narrate(local, sources, door.ask)
        await translate(again, "zh", door.ask)
        wall, cost = time.perf_counter() - begun, door.cost
        print(f"again      {cost.calls:>5} calls  {wall:7.2f} s  {cost.cached} from the cache")


def main() -> None:
    """Start the server, run the steps, stop it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--latency-ms", type=float, default=300)
    options = parser.parse_args()
    command = [sys.executable, "-m", "tests.llm.server", "--latency-ms", str(options.latency_ms)]
    root = Path(__file__).resolve().parent.parent
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as server:
        try:
            assert server.stdout
            base_url = server.stdout.readline().split()[-1]
            asyncio.run(steps(base_url, options.items, options.latency_ms / 1000))
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
