"""What telling a real week costs: composing its weeklies against V, and checking their sentences against rendering.

python benchmarks/week.py [../shared]

The recorded week is served on localhost and collected into a temporary database first; facts are read before, as
collecting a week over days would have done. V is one fit_transform of the same texts by scikit-learn's TfidfVectorizer
with its defaults. For the second figure all sentences of the editions are checked anew. CPU seconds of this process.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from sklearn.feature_extraction.text import TfidfVectorizer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from digest import app, pipeline
from digest.collect.model import Window
from digest.config import load
from digest.period import parse_now, week
from digest.pipeline import Composed
from digest.render.edition import edition
from digest.steps import read, targets
from digest.steps.context import Context, Target
from digest.steps.render import site_of
from digest.verify.claims import verify
from tests.whole.world import world

NOW = parse_now("2026-06-22T09:00:00Z")
WEEK = "2026-W25"
T = TypeVar("T")


def main(shared: Path) -> int:
    with world(shared, NOW) as url, tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, str(shared / "world/config_for_digest.py"), "--port", url.rpartition(":")[2]]
        path = Path(folder) / "world.toml"
        path.write_text(subprocess.run(words, capture_output=True, text=True, check=True).stdout, encoding="utf-8")
        environment = {
            "DIGEST_DIGEST_DATABASE": f"sqlite:///{folder}/digest.db",
            "DIGEST_DIGEST_OUTPUT": f"{folder}/public",
            "DIGEST_DIGEST_ENGINE": "local",
        }
        with app.opened(load(path, environment), NOW) as context:
            whole = week(WEEK)
            pipeline.gather_only(context, Window(start=whole.start, end=whole.end, backfill=True))
            weeklies = [p for p in context.config.publications if p.cadence == "weekly"]
            asked = targets.of_week(WEEK, weeklies, context.zone, NOW)
            for target, composed in zip(asked, told(context, asked), strict=True):
                checked(context, target.publication.slug, composed)
    return 0


def told(context: Context, asked: Sequence[Target]) -> list[Composed]:
    """Compose the numbers and print what that costs."""
    items = [item for target in asked for item in read.read(context, target).items]
    texts = [f"{item.title}\n{item.text}" for item in items]
    unit = statistics.median(timed(lambda: TfidfVectorizer().fit_transform(texts))[0] for _ in range(3))
    cost, numbers = timed(lambda: [pipeline.compose(context, target) for target in asked])
    entries = sum(len(number.issues[0].entries) for number in numbers)
    print(f"week: {cost:.2f} s for {entries} entries of {len(items)} items, V {unit:.2f} s, ratio {cost / unit:.2f}")
    return numbers


def checked(context: Context, slug: str, composed: Composed) -> None:
    """Print what checking a number's sentences costs against rendering it."""
    site, sources = site_of(context), composed.reading.texts()
    pages = [edition(issue, site) for issue in composed.issues]  # loads the templates
    forget()
    checking, _ = timed(lambda: [verify(issue, sources) for issue in composed.issues])
    rendering, _ = timed(lambda: [edition(issue, site) for issue in composed.issues])
    said = f"{len(pages)} editions: checking {checking:.3f} s, rendering {rendering:.3f} s"
    print(f"{slug}: {said}, ratio {checking / rendering:.2f}")


def forget() -> None:
    """Empty what checking remembers of texts; its word lists stay loaded."""
    modules = [module for name, module in sorted(sys.modules.items()) if name.startswith("digest.verify.")]
    for known in [value for module in modules for value in vars(module).values() if hasattr(value, "cache_parameters")]:
        if known.cache_parameters()["maxsize"] is not None:
            known.cache_clear()


def timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared").resolve()))
