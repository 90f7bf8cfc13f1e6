"""The filter `digest verify`: rows of a sentence and its sources to rows of a verdict."""

from collections.abc import Iterable, Mapping
from typing import Any

from digest.errors import UsageError
from digest.verify.verdicts import check

SHAPE = {"id": object, "sentence": object, "sources": object}


def run(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Check each row {id, sentence, sources: [{id, text}]}, in order; sources of one id are read as one text.

    A row without sources is "not found". `fault` is empty where the sentence is supported. Raises UsageError for
    sources of another shape.
    """
    return [_row(row) for row in rows]


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    sources: dict[str, str] = {}
    given = row.get("sources") or []
    if not isinstance(given, list) or not all(isinstance(source, dict) for source in given):
        raise UsageError(f"row {row.get('id')}: sources must be a list of objects {{id, text}}")
    for number, source in enumerate(given):
        key, text = str(source.get("id", number)), str(source.get("text") or "")
        sources[key] = f"{sources[key]}\n{text}" if key in sources else text
    verdict = check(str(row.get("sentence") or ""), sources)
    return {"id": row.get("id"), "verdict": verdict.name, "fault": verdict.fault, "evidence": verdict.evidence}
