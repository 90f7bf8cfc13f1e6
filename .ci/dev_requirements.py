"""Print the development requirements of pyproject.toml, for a pip that does not know dependency groups yet."""

import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
GROUPS = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["dependency-groups"]
print(" ".join(each.replace(" ", "") for each in GROUPS["dev"]))
