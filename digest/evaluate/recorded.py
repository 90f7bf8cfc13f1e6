"""Texts that gold names by id alone: papers and posts of the recorded weeks, and papers of the other gold sets."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from digest.errors import UsageError
from digest.jsonl import Shape, rows

_PAPER: Shape = {"id": str, "title": object, "abstract": object}
_POST: Shape = {"slug": object, "id": str, "title": object}
_RECORDED: Mapping[str, Shape] = {"arxiv.jsonl.gz": _PAPER, "feed_items.jsonl.gz": _POST}
_PAPERS: Mapping[str, Shape] = {"taste.jsonl.gz": {"papers": [_PAPER]}, "relevance_silver.jsonl.gz": _PAPER}
_WEEKS = Path("shared", "world", "weeks")


def recorded(gold: Path, wanted: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return title and text of papers ("arxiv:<id>") and posts ("feed:<slug>:<12 hex of the entry's id>").

    They lie beside a folder above the gold file, or above the working directory. Raises UsageError where one is
    nowhere to be found.
    """
    weeks = _weeks(gold)
    found: dict[str, tuple[str, str]] = {}
    for entry in _entries(weeks) if weeks and wanted else ():
        key = _key(entry)
        if key in wanted:
            found.setdefault(key, (str(entry["title"]), str(entry.get("abstract") or entry.get("text") or "")))
    missing = sorted(set(wanted) - set(found))
    if missing:
        raise UsageError(
            f"{missing[0]} and {len(missing) - 1} more sources have no text: put the recorded weeks at {_WEEKS} "
            "and the gold sets at shared/gold"
        )
    return found


def _weeks(gold: Path) -> Path | None:
    above = [*gold.resolve().parents, Path.cwd(), *Path.cwd().parents]
    return next((folder / _WEEKS for folder in above if (folder / _WEEKS).is_dir()), None)


def _entries(weeks: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the papers and posts of the recorded weeks, then the papers of the gold sets beside them."""
    files = [path for path in sorted(weeks.glob("*/*.jsonl.gz"), reverse=True) if path.name in _RECORDED]
    for path in [*files, *(weeks.parent.parent / "gold" / name for name in _PAPERS)]:
        if not path.exists():
            continue
        for entry in rows(path, {**_RECORDED, **_PAPERS}[path.name]):
            yield from entry.get("papers", [entry])


def _key(entry: Mapping[str, Any]) -> str:
    if "abstract" in entry:
        return f"arxiv:{entry['id']}"
    return f"feed:{entry['slug']}:{hashlib.sha256(entry['id'].encode()).hexdigest()[:12]}"
