"""Gold files: JSON Lines, packed or not."""

import gzip
from pathlib import Path
from typing import TextIO


def opened(path: Path) -> TextIO:
    """Open a file of JSON Lines for reading; one that ends in .gz is unpacked."""
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
