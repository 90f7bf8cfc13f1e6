"""Gold files: JSON Lines of a known shape, and at least one."""

from pathlib import Path

from digest.errors import UsageError
from digest.jsonl import Row, Shape, rows


def gold_rows(path: Path, shape: Shape) -> list[Row]:
    """Read a gold file. Raises UsageError, naming the line, for one that is damaged, of another shape, or empty."""
    found = list(rows(path, shape))
    if not found:
        raise UsageError(f"{path}: nothing to measure; it holds no line")
    return found
