"""What telling a real week costs: read, score, cluster, write and verify its numbers, against V.

python benchmarks/week.py ../shared

The recorded week is served on localhost and collected into a temporary database first. V is one fit_transform of the
same texts by scikit-learn's TfidfVectorizer with its defaults. CPU seconds of this process; facts are read before,
as collecting a week over days would have done.
"""

import io
import subprocess
import sys
import tempfile
import time
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

from digest import app, pipeline
from digest.collect.model import Window
from digest.config import load
from digest.period import parse_now, week
from digest.steps import read
from digest.steps.context import Context, Target

NOW = "2026-06-22T09:00:00Z"
BOUND = 15


def main() -> int:
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared").resolve()
    with tempfile.TemporaryDirectory() as folder:
        port_file = Path(folder) / "port"
        words = [sys.executable, "world.py", "--week", "2026-W25", "--port", "0", "--port-file", str(port_file)]
        world = subprocess.Popen(words, cwd=shared / "world", stdout=subprocess.DEVNULL)
        try:
            return measured(shared, Path(folder), port_of(port_file))
        finally:
            world.kill()
            world.wait()


def port_of(path: Path) -> int:
    for _ in range(200):
        if path.exists() and path.read_text().strip():
            return int(path.read_text())
        time.sleep(0.05)
    raise SystemExit("the recorded world did not start")


def measured(shared: Path, folder: Path, port: int) -> int:
    made = subprocess.run(
        [sys.executable, "config_for_digest.py", "--port", str(port)],
        cwd=shared / "world",
        capture_output=True,
        text=True,
        check=True,
    )
    path = folder / "world.toml"
    path.write_text(made.stdout, encoding="utf-8")
    config = load(path, {})
    table = replace(config.digest, database=f"sqlite:///{folder / 'digest.db'}", output=str(folder / "public"))
    whole = week("2026-W25")
    with app.opened(replace(config, digest=table), parse_now(NOW)) as context:
        with redirect_stdout(io.StringIO()):
            pipeline.gather_only(context, Window(start=whole.start, end=whole.end, backfill=True))
        return told(context)


def told(context: Context) -> int:
    whole = week("2026-W25")
    targets = [Target(publication=p, period=whole) for p in context.config.publications if p.cadence == "weekly"]
    texts: list[str] = []
    for target in targets:
        reading = read.read(context, target)  # facts are read and kept here
        texts += [f"{item.title}\n{item.text}" for item in reading.items]
    unit = vectorized(texts)
    start = time.process_time()
    entries = sum(len(pipeline.compose(context, target).issues[0].entries) for target in targets)
    cost = time.process_time() - start
    print(f"week: {cost:.2f} s for {entries} entries of {len(texts)} items, V {unit:.2f} s, ratio {cost / unit:.2f}")
    return 0 if cost <= BOUND * unit else 1


def vectorized(texts: list[str]) -> float:
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415  its import is no part of V

    start = time.process_time()
    TfidfVectorizer().fit_transform(texts)
    return time.process_time() - start


if __name__ == "__main__":
    raise SystemExit(main())
