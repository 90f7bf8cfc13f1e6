"""What starting costs: `digest --help` against importing click, the sample week against importing what it needs.

python benchmarks/start.py

CPU seconds of child processes, the middle of five (help) and three (sample). The imports of the sample week are those
that its own process has loaded at the end.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("openai", "sklearn", "sqlalchemy", "alembic", "trafilatura", "httpx", "numpy", "feedparser", "jinja2")
_RUN = """
import contextlib, io, json, sys
from digest.cli.main import group
with contextlib.redirect_stdout(io.StringIO()):
    group(["run", "--week", "2026-W25", "--sample"], standalone_mode=False)
print(json.dumps([name for name in sys.modules if "__main__" not in name]))
"""
_IMPORT = """
import contextlib, importlib, sys
for name in sys.argv[1].split(","):
    with contextlib.suppress(ImportError):
        importlib.import_module(name)
"""
_LOADED = "import sys; sys.argv=['digest']; import digest.cli.main as m; m.group(['--help'], standalone_mode=False); "


def main() -> int:
    bare = middle(5, ["-c", "import click"])
    helped = middle(5, ["-m", "digest", "--help"])
    heavy = loaded_by_help()
    print(f"help: {helped:.3f} s of {bare:.3f} s for importing click, ratio {helped / bare:.2f}; heavy: {heavy or 0}")
    with tempfile.TemporaryDirectory() as folder:
        modules = json.loads(child(["-c", _RUN], folder)[1])
        needed = middle(3, ["-c", _IMPORT, ",".join(modules)], folder)
        sample = middle(3, ["-m", "digest", "run", "--week", "2026-W25", "--sample"])
    print(f"sample: {sample:.2f} s of {needed:.2f} s for {len(modules)} imports, ratio {sample / needed:.2f}")
    return 0


def loaded_by_help() -> str:
    """Name the heavy modules that `digest --help` loads: none, when all is well."""
    found = child(["-c", _LOADED + f"print('|', *[name for name in {HEAVY!r} if name in sys.modules])"])[1]
    return found.rpartition("|")[2].strip()


def middle(times: int, words: list[str], folder: str = "") -> float:
    """Return the median CPU seconds of a command, each time in a new folder where none is given."""
    return statistics.median(child(words, folder)[0] for _ in range(times))


def child(words: list[str], folder: str = "") -> tuple[float, str]:
    """Run this Python with those words; return its CPU seconds and what it printed."""
    with tempfile.TemporaryDirectory() as empty:
        before = _children()
        done = subprocess.run(
            [sys.executable, *words],
            cwd=folder or empty,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
        return _children() - before, done.stdout


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    raise SystemExit(main())
