"""Print the documented figures anew: `python docs/measure.py [PAGE ...]`, by default those of quality.md.

In a page, a block of one command (sh) that is followed by a block of text is run from the checkout's folder, and the
text is replaced by what it prints. `digest` and `python` are those that run this. performance.md takes minutes, so it
has to be asked for. The words round the blocks stay: read them again afterwards.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAIR = re.compile(r"(```sh\n)([^\n]+)(\n```\n\n```text\n)(.*?)(```)", re.DOTALL)
PROGRAMS = {"digest": [sys.executable, "-m", "digest"], "python": [sys.executable]}


def main(pages: Sequence[str]) -> int:
    """Renew the pages; 1 when a command printed nothing, whose old figures then stay."""
    silent = 0
    for name in pages:
        path = HERE / name
        text = path.read_text(encoding="utf-8")
        printed = {command: run(command) for _, command, *_ in PAIR.findall(text)}
        silent += sum(not output for output in printed.values())
        path.write_text(renewed(text, printed), encoding="utf-8")
    return 1 if silent else 0


def run(command: str) -> str:
    """Run a documented command; return what it printed."""
    print(command, file=sys.stderr, flush=True)
    program, *words = shlex.split(command)
    single = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    whole = [*PROGRAMS[program], *words]
    done = subprocess.run(whole, cwd=HERE.parent, env=os.environ | single, capture_output=True, text=True, check=False)  # noqa: S603  our own pages
    return figures(done.stdout) if program == "digest" else done.stdout


def figures(report: str) -> str:
    """Keep a report's title and its figures; its notes quote the texts of others."""
    title, *lines = report.splitlines(keepends=True) or [""]
    return "".join([title, *(line for line in lines if line.startswith("  "))])


def renewed(text: str, printed: dict[str, str]) -> str:
    """Put the commands' new output where their old one stood."""
    return PAIR.sub(lambda found: "".join((*found.groups()[:3], printed[found[2]] or found[4], found[5])), text)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:] or ["quality.md"]))
