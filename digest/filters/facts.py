"""The filter `digest facts`: rows of {id, title, abstract} to rows of what each of them reports."""

from collections.abc import Iterable
from typing import Any

from digest.domain.facts import Facts
from digest.read.facts import facts
from digest.read.service import service

SHAPE = {"id": object}


def run(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Read each row, in order. The text is its `abstract`, else its `text`; offsets are those of that text."""
    return [{"id": row.get("id"), **_said(facts("", str(row.get("title") or ""), _text(row)))} for row in rows]


def _text(row: dict[str, Any]) -> str:
    return str(row.get("abstract") or row.get("text") or "")


def _said(read: Facts) -> dict[str, Any]:
    """Write facts as JSON; a falling metric has a negative value."""
    place = service(read.deployed_quote)
    return {
        "company": read.company,
        "industry": read.industry,
        "deployed": read.deployed,
        "deployed_where": place.where,
        "deployed_since": place.since,
        "tested": read.tested,
        "results": [
            {
                "metric": result.metric,
                "words": result.words,
                "value": result.value,
                "high": result.high,
                "unit": result.unit,
                "direction": result.direction,
                "qualifier": result.qualifier,
                "surface": result.surface,
                "online": result.online,
                "length": result.length,
                "quote": result.quote,
                "start": result.start,
                "end": result.end,
            }
            for result in read.results
        ],
    }
