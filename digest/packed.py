"""Where the files that come with the program lie: in the package, or, in a checkout, beside it."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def packed(name: str) -> Path:
    """Return the path of a packaged file or folder: "templates", "prompts", "migrations", "config.toml", "sample"."""
    places = (_HERE / "packed" / name, _HERE / name, _HERE.parent / name)
    return next((place for place in places if place.exists()), places[-1])
