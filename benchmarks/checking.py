"""What checking every sentence of the recorded week's weeklies costs, against rendering them.

python benchmarks/checking.py ../shared

It starts the recorded world, collects the week into a new database and composes each weekly. Then it checks the
sentences of the editions anew and renders them. CPU seconds of this process.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest import app, pipeline
from digest.collect.model import Window
from digest.config import load
from digest.render.edition import edition
from digest.steps import targets
from digest.steps.context import Context, Target
from digest.steps.render import site_of
from digest.verify.claims import verify

NOW = datetime(2026, 6, 22, tzinfo=UTC)
WEEK = "2026-W25"


def main(shared: Path) -> int:
    with world(shared) as text, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "world.toml"
        path.write_text(text, encoding="utf-8")
        environment = {
            "DIGEST_DIGEST_DATABASE": f"sqlite:///{folder}/digest.db",
            "DIGEST_DIGEST_OUTPUT": f"{folder}/public",
            "DIGEST_DIGEST_ENGINE": "local",
        }
        with app.opened(load(path, environment), NOW) as context:
            pipeline.gather_only(context, Window(start=NOW - timedelta(days=9), end=NOW + timedelta(seconds=1)))
            weeklies = [p for p in context.config.publications if p.cadence == "weekly"]
            for target in targets.of_week(WEEK, weeklies, context.zone, NOW):
                measure(context, target)
    return 0


def measure(context: Context, target: Target) -> None:
    """Print what checking a number's sentences costs against rendering it."""
    slug, composed = target.publication.slug, pipeline.compose(context, target)
    sites = [edition(issue, site_of(context)) for issue in composed.issues]  # loads the templates
    sources = composed.reading.texts()
    forget()
    checking = timed(lambda: [verify(issue, sources) for issue in composed.issues])
    rendering = timed(lambda: [edition(issue, site_of(context)) for issue in composed.issues])
    said = f"{len(sites)} editions: checking {checking:.3f} s, rendering {rendering:.3f} s"
    print(f"{slug}: {said}, ratio {checking / rendering:.2f}")


def forget() -> None:
    """Empty what checking remembers of texts; its word lists stay loaded."""
    modules = [module for name, module in sorted(sys.modules.items()) if name.startswith("digest.verify.")]
    for known in [value for module in modules for value in vars(module).values() if hasattr(value, "cache_parameters")]:
        if known.cache_parameters()["maxsize"] is not None:
            known.cache_clear()


@contextmanager
def world(shared: Path) -> Iterator[str]:
    """Start the recorded world at the end of its week, and give the configuration for it."""
    tool = shared / "world"
    command = [sys.executable, str(tool / "world.py"), "--week", WEEK, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            port = process.stdout.readline().rpartition(":")[2].strip()
            words = [sys.executable, str(tool / "config_for_digest.py"), "--port", port]
            yield subprocess.run(words, capture_output=True, text=True, check=True).stdout
        finally:
            process.terminate()


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
