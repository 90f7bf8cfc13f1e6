"""Where the files that come with the program lie: in the wheel under digest/packed, in a checkout beside digest/."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def packed(name: str) -> Path:
    """Return the path of a packaged file or folder: "templates", "prompts", "migrations", "config.toml", "sample"."""
    inside = _HERE / "packed" / name
    return inside if inside.exists() else _HERE.parent / name
