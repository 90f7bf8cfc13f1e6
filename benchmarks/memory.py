"""Peak memory of a pass over 1,000 feeds against one over 100, each in a process started from this small one.

python benchmarks/memory.py [FEEDS]

A child's peak as Linux reports it begins with its parent's at the start of the child, so the parent must be small.
"""

import subprocess
import sys
from pathlib import Path

PASS = Path(__file__).resolve().parent / "collect.py"


def main(count: int) -> int:
    few, many = (peak(number) for number in (count // 10, count))
    print(f"{count // 10} feeds {few / 1024:.1f} MiB, {count} feeds {many / 1024:.1f} MiB, ratio {many / few:.3f}")
    return 0


def peak(count: int) -> int:
    """Return the peak memory in KiB of a process that passes over so many feeds."""
    command = [sys.executable, str(PASS), "peak", str(count)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000))
