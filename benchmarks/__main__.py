"""All benchmarks, one table: `python -m benchmarks [NAME ...]`; ends with 1 when a bound is not kept.

Each benchmark runs in a process of its own, prints what it measured, and keeps to ratios within that run. This
reads their ratios. `--verbose` shows what they print. What needs the measuring material (../shared) or a program that
is not there is skipped, and said so.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
TRAINERS = frozenset({"train_scorer", "train_stories"})
"""Modules of this folder that make weights and measure nothing in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One ratio: where it stands in what the benchmark `module` prints, and its bound (`least`: it must reach it).

    `needs` names what must be there: "shared", or a program.
    """

    module: str
    name: str
    pattern: str
    bound: float
    baseline: str
    least: bool = False
    needs: str = ""


V = "one TfidfVectorizer().fit_transform of the same texts"
MEASURES = (
    Measure(module="start", name="digest --help", pattern=r"help:.*ratio ([\d.]+)", bound=5, baseline="import click"),
    Measure(
        module="start",
        name="publishing the sample week",
        pattern=r"sample:.*ratio ([\d.]+)",
        bound=4,
        baseline="importing what it needs",
    ),
    Measure(
        module="collect",
        name="reading and storing feeds",
        pattern=r"^parse .*? ([\d.]+)   \(",
        bound=0.2,
        baseline="feedparser alone on the same bytes",
    ),
    Measure(
        module="collect",
        name="a pass over HTTP",
        pattern=r"^pass .*? ([\d.]+)   \(",
        bound=1.2,
        baseline="bare httpx, and reading and storing",
    ),
    Measure(
        module="collect",
        name="a pass with nothing new",
        pattern=r"^304 .*? ([\d.]+)   \(",
        bound=1.3,
        baseline="the bare conditional requests",
    ),
    Measure(
        module="memory",
        name="memory of a pass over 1,000 feeds",
        pattern=r"ratio ([\d.]+)",
        bound=1.3,
        baseline="memory of 100 feeds",
    ),
    Measure(
        module="store",
        name="storing 100,000 items",
        pattern=r"items\.save .*ratio ([\d.]+)",
        bound=2,
        baseline="Core executemany upserts of the same rows",
    ),
    Measure(module="facts", name="facts of 10,000 abstracts", pattern=r"^ratio ([\d.]+) V", bound=8, baseline=V),
    Measure(
        module="score",
        name="scores of 10,000 items",
        pattern=r"without ratings.* = ([\d.]+) V",
        bound=20,
        baseline=f"{V}; the bound is for scores, works, stories and threads together",
    ),
    Measure(
        module="score",
        name="the same with 1,000 ratings",
        pattern=r"with 1,000 ratings.* = ([\d.]+) V",
        bound=20,
        baseline=V,
    ),
    Measure(
        module="cluster",
        name="works, stories and threads of 10,000 items",
        pattern=r"^together .* ([\d.]+) V",
        bound=20,
        baseline=f"{V}; the bound is for scores too",
        needs="shared",
    ),
    Measure(
        module="cluster",
        name="their memory in GB",
        pattern=r"peak (\d+) MB",
        bound=1.5,
        baseline="none: gigabytes of one process",
        needs="shared",
    ),
    Measure(
        module="week",
        name="both weeklies of the recorded week",
        pattern=r"^week: .*ratio ([\d.]+)",
        bound=15,
        baseline=V,
        needs="shared",
    ),
    *(
        Measure(
            module="week",
            name=f"checking every sentence of {slug}",
            pattern=rf"^{slug}: .*ratio ([\d.]+)$",
            bound=20,
            baseline="rendering it",
            needs="shared",
        )
        for slug in ("ai-weekly", "recsys-weekly")
    ),
    Measure(
        module="model",
        name="model steps of 1,000 items, 300 ms an answer",
        pattern=r"^all .*ratio ([\d.]+)",
        bound=1.15,
        baseline="ceil(calls / 8) x 300 ms, summed over the steps (wall time)",
    ),
    Measure(
        module="model",
        name="calls of the same again",
        pattern=r"^again +(\d+) calls",
        bound=0,
        baseline="none: calls",
    ),
    Measure(
        module="send",
        name="2,000 mails of 40 KB a second",
        pattern=r"smtp-source .*ratio ([\d.]+)",
        bound=0.1,
        baseline="postfix's smtp-source to the same sink",
        least=True,
        needs="smtp-source",
    ),
    Measure(
        module="send",
        name="memory of sending to 2,000 readers",
        pattern=r"peak memory.*ratio ([\d.]+)",
        bound=1.3,
        baseline="memory of sending to 200",
        needs="smtp-source",
    ),
)
SCALE = {"their memory in GB": 1 / 1000}
ARGUMENTS = {name: (str(SHARED),) for name in ("cluster", "week")}
COLUMNS = ("name", "ratio", "bound", "baseline")


def main(words: Sequence[str] | None = None) -> int:
    """Run the benchmarks asked for, print the table, and tell whether all bounds were kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    modules = list(dict.fromkeys(measure.module for measure in MEASURES))
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(modules)}; default: all")
    parser.add_argument("--verbose", action="store_true", help="show what the benchmarks print")
    asked = parser.parse_args(words)
    strangers = set(asked.names) - set(modules)
    if strangers:
        parser.error(f"no benchmark {min(strangers)!r}; there are {', '.join(modules)}")
    rows: list[tuple[str, ...]] = []
    kept = True
    for module in [name for name in modules if not asked.names or name in asked.names]:
        measures = [measure for measure in MEASURES if measure.module == module]
        missing = absent(measures[0].needs)
        text = "" if missing else printed(module, verbose=asked.verbose)
        for measure in measures:
            value = None if missing else read(measure, text)
            kept &= bool(missing) or holds(measure, value)
            rows.append(row(measure, value, missing))
    for line in table(rows):
        print(line)
    return 0 if kept else 1


def absent(needs: str) -> str:
    """Say what is missing for a benchmark, or nothing."""
    if needs == "shared":
        return "" if SHARED.is_dir() else "the measuring material is not beside this checkout"
    return "" if not needs or shutil.which(needs) else f"{needs} is not installed"


def printed(module: str, *, verbose: bool) -> str:
    """Run a benchmark and return what it printed."""
    command = [sys.executable, str(HERE / f"{module}.py"), *ARGUMENTS.get(module, ())]
    paths = os.pathsep.join(filter(None, (str(HERE.parent), os.environ.get("PYTHONPATH", ""))))
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": paths}
    print(f"{module} ...", file=sys.stderr, flush=True)
    done = subprocess.run(command, env=os.environ | threads, capture_output=True, text=True, check=False)
    if verbose or done.returncode:
        print(done.stdout + done.stderr, file=sys.stderr, flush=True)
    return done.stdout


def read(measure: Measure, text: str) -> float | None:
    """Find a ratio in what its benchmark printed; None when it is not there."""
    found = re.search(measure.pattern, text, flags=re.MULTILINE)
    return float(found[1]) * SCALE.get(measure.name, 1) if found else None


def holds(measure: Measure, value: float | None) -> bool:
    """Whether a bound is kept; what was not measured keeps none."""
    if value is None:
        return False
    return value >= measure.bound if measure.least else value <= measure.bound


def row(measure: Measure, value: float | None, missing: str) -> tuple[str, ...]:
    """Put a measure into words."""
    bound = f"{'at least' if measure.least else 'at most'} {measure.bound:g}"
    if missing:
        return measure.name, "skipped", bound, missing
    if value is None:
        return measure.name, "FAILED", bound, "it ended without this ratio"
    return measure.name, f"{value:.2f}{'' if holds(measure, value) else ' MISSED'}", bound, measure.baseline


def table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Lay out rows under the names of the columns, as Markdown."""
    lines = [COLUMNS, tuple("-" * len(name) for name in COLUMNS), *rows]
    widths = [max(len(line[n]) for line in lines) for n in range(len(COLUMNS))]
    return [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]


if __name__ == "__main__":
    raise SystemExit(main())
