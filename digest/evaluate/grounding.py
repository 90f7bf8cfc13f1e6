"""Measure `digest verify` against pairs of a true paraphrase and the same with one fault."""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from digest.evaluate.gold import gold_rows, parity
from digest.evaluate.recorded import recorded
from digest.evaluate.report import Figure, Report
from digest.filters import verify
from digest.jsonl import Row, faults

_GOLD = ("grounding.jsonl.gz", "grounding.jsonl")
_FOUND, _PASSED = 0.97, 0.93
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
_CJK = re.compile("[\u3400-\u9fff]")
_SHAPE = {
    "id": str,
    "sentence": str,
    "language": str,
    "label": str,
    "fault": str | None,
    "sources": [{"id": str}],
}


def run(gold: Path) -> Report:
    """Read the gold file, or the one in the folder, and report faults found and true sentences passed.

    The rows are parted by the first source's id (its SHA-256 modulo 2): rules may be tuned on the even half of the
    sources, the odd half is reported only. Rows that name sources without a text get it from the recorded weeks
    beside the checkout. The last figures tell how hard the set is: what a check of the digits alone finds, and
    whether word overlap tells the halves of the pairs apart (AUC, .5 is not at all).

    Raises UsageError where a source's text is nowhere to be found.
    """
    rows = _with_texts(_read(gold), gold)
    verdicts = [row["verdict"] for row in verify.run(rows)]
    judged = list(zip(rows, verdicts, strict=True))
    figures = [*_shares("", judged, _FOUND, _PASSED)]
    for part in ("tuned", "reported"):
        figures += _shares(f", {part} part", [(row, v) for row, v in judged if _part(row) == part])
    for language in sorted({str(row["language"]) for row in rows}):
        figures += _shares(f", {language}", [(row, v) for row, v in judged if row["language"] == language])
    figures += _by_fault(judged)
    misses = [_miss(row, verdict) for row, verdict in judged if (verdict == "supported") != _true(row)]
    return Report(title=f"grounding: {len(rows)} sentences", figures=(*figures, *_hardness(rows)), misses=tuple(misses))


def _read(gold: Path) -> list[Row]:
    path = gold
    if gold.is_dir():
        path = next((gold / name for name in _GOLD if (gold / name).exists()), gold / _GOLD[0])
    return gold_rows(path, _SHAPE, _fault)


def _fault(row: Row) -> str:
    texts = [source.get("text") for source in row["sources"]]
    return next((f for text in texts for f in faults(text, str | None, "text")), "") if texts else "it has no source"


def _with_texts(rows: Sequence[Row], gold: Path) -> list[Row]:
    texts = recorded(gold, {source["id"] for row in rows for source in row["sources"] if not source.get("text")})
    return [
        {**row, "sources": [{"text": "\n".join(texts.get(s["id"], ("", ""))), **s} for s in row["sources"]]}
        for row in rows
    ]


def _part(row: Row) -> str:
    return "reported" if parity(row["sources"][0]["id"]) else "tuned"


def _true(row: Row) -> bool:
    return bool(row["label"] == "supported")


def _shares(
    name: str, judged: Sequence[tuple[Row, str]], found: float | None = None, passed: float | None = None
) -> list[Figure]:
    faulty = [verdict != "supported" for row, verdict in judged if not _true(row)]
    true = [verdict == "supported" for row, verdict in judged if _true(row)]
    return [_share(f"faults found{name}", faulty, found), _share(f"true passed{name}", true, passed)]


def _share(name: str, hits: Sequence[bool], target: float | None = None) -> Figure:
    value = sum(hits) / len(hits) if hits else 0.0
    return Figure(name=name, value=value, counts=f"{sum(hits)}/{len(hits)}", target=target)


def _by_fault(judged: Sequence[tuple[Row, str]]) -> list[Figure]:
    kinds: dict[str, list[bool]] = {}
    for row, verdict in judged:
        if row["fault"]:
            kinds.setdefault(str(row["fault"]), []).append(verdict != "supported")
    return [_share(f"found: {kind.replace('_', ' ')}", kinds[kind]) for kind in sorted(kinds)]


def _miss(row: Row, verdict: str) -> str:
    what = f"true, but {verdict}" if _true(row) else f"missed: {row['fault']}"
    return f"{row['id']} ({_part(row)}) {what}: {row['sentence']}"


def _hardness(rows: Sequence[Row]) -> list[Figure]:
    """Say what the set asks for beyond digits and shared words."""
    foreign = [(not _numbers(row["sentence"]) <= _numbers(_source(row)), _true(row)) for row in rows]
    overlaps = [(_overlap(row), _true(row)) for row in rows]
    return [
        _share("a check of the digits alone finds", [strange for strange, true in foreign if not true]),
        _share("a check of the digits alone passes", [not strange for strange, true in foreign if true]),
        _auc([value for value, true in overlaps if true], [value for value, true in overlaps if not true]),
    ]


def _source(row: Row) -> str:
    return "\n".join(str(source["text"]) for source in row["sources"])


def _numbers(text: str) -> set[str]:
    return {number.replace(",", "") for number in _NUMBER.findall(text)}


def _overlap(row: Row) -> float:
    said, source = _bag(row["sentence"]), _bag(_source(row))
    return len(said & source) / len(said) if said else 0.0


def _bag(text: str) -> set[str]:
    characters = _CJK.findall(text)
    return set(_WORD.findall(text.lower())) | {a + b for a, b in pairwise(characters)}


def _auc(high: Sequence[float], low: Sequence[float]) -> Figure:
    wins = sum((a > b) + (a == b) / 2 for a in high for b in low)
    pairs = len(high) * len(low)
    return Figure(
        name="word overlap tells them apart (AUC)", value=wins / pairs if pairs else 0.5, counts=f"{wins:g}/{pairs}"
    )
