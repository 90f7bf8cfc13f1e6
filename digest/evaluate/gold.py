"""Gold files: JSON Lines of a known shape, and at least one."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from digest.errors import UsageError
from digest.jsonl import Row, Shape, rows


def gold_rows(path: Path, shape: Shape, fault: Callable[[Row], str] = lambda _row: "") -> list[Row]:
    """Read a gold file. Raises UsageError, naming the line, for one that is damaged, of another shape, or empty.

    `fault` says what is wrong with a row beyond its shape, "" for nothing; such a row is named by its id.
    """
    found = list(rows(path, shape))
    if not found:
        raise UsageError(f"{path}: nothing to measure; it holds no line")
    for row in found:
        if said := fault(row):
            raise UsageError(f"{path}: row {row['id']}: {said}; see docs/quality.md")
    return found


def parity(name: str) -> int:
    """Return 0 for a name of the half that rules were tuned on, 1 for one of the other: its SHA-256 modulo 2."""
    return int(hashlib.sha256(name.encode(errors="replace")).hexdigest(), 16) % 2
