"""The receipt in lines: what was tried, what failed by name, what was left out, which engine wrote and what it cost."""

from dataclasses import dataclass

from digest.domain.issue import Cost, Issue, SourceReceipt
from digest.domain.item import Language
from digest.render.phrases import REASONS_ZH
from digest.render.readable import readable
from digest.render.wording import count, figure, frame_language, joined, phrase, spaced

_WELL = {"ok", "unchanged"}
_STATUSES = ("ok", "unchanged", "empty", "failed", "stale", "disabled", "skipped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One source: `code` is its status as data, `status` the word for it."""

    title: str
    code: str
    status: str
    seen: str
    new: str
    kept: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptView:
    """A receipt as it is shown; `problems` are the sources that did not answer as they should."""

    counts: str
    lines: tuple[Line, ...]
    problems: tuple[Line, ...]
    dropped: tuple[tuple[str, str], ...]
    below: str
    notes: tuple[str, ...]
    engine: str
    engine_notes: tuple[str, ...]
    cost: str
    score_chart: str = ""


def receipt_view(issue: Issue, score_chart: str = "") -> ReceiptView:
    """Word an issue's receipt in its language, sources in the receipt's order."""
    language, receipt = issue.language, issue.receipt
    lines = tuple(_line(language, source) for source in receipt.sources)
    below = len(receipt.below_the_line)
    return ReceiptView(
        counts=_counts(issue),
        lines=lines,
        problems=tuple(line for line in lines if line.code not in _WELL),
        dropped=tuple((_reason(language, dropped.reason), figure(dropped.count)) for dropped in receipt.dropped),
        below=phrase(language, "below_the_line", n=figure(below)) if below else "",
        notes=tuple(_text(language, note) for note in receipt.notes),
        engine=engine_line(issue),
        engine_notes=tuple(_text(language, note) for note in issue.engine_notes),
        cost=_cost(language, issue.cost),
        score_chart=score_chart,
    )


def engine_line(issue: Issue) -> str:
    """Say which engine wrote the issue."""
    if issue.engine == "local":
        return phrase(issue.language, "engine_local")
    return phrase(issue.language, "engine_model", engine=readable(issue.engine, 80))


def _counts(issue: Issue) -> str:
    language, sources = issue.language, issue.receipt.sources
    seen, kept = sum(source.seen for source in sources), sum(source.kept for source in sources)
    said = phrase(
        language,
        "receipt_counts",
        sources=count(language, "source", len(sources)),
        seen=figure(seen),
        new=figure(sum(source.new for source in sources)),
        kept=figure(kept),
    )
    read, told = issue.counts.get("read"), len(issue.entries)
    if not isinstance(read, int) or (seen, kept) == (read, told):
        return said
    apart = phrase(language, "counted_apart", read=figure(read), told=figure(told))
    return joined(language, [said, apart])


def _line(language: Language, source: SourceReceipt) -> Line:
    seen = figure(source.seen)
    if source.announced is not None:
        seen = phrase(language, "announced", seen=seen, announced=figure(source.announced))
    known = source.status in _STATUSES
    return Line(
        title=_text(language, source.title or source.slug, 120),
        code=source.status if known else "failed",
        status=phrase(language, f"status_{source.status}") if known else readable(source.status, 40),
        seen=seen,
        new=figure(source.new),
        kept=figure(source.kept),
        error=_text(language, source.error, 300),
    )


def _cost(language: Language, cost: Cost) -> str:
    if not cost.calls and not cost.cached:
        return phrase(language, "cost_none")
    return phrase(
        language,
        "cost",
        calls=count(language, "call", cost.calls),
        prompt=figure(cost.prompt_tokens),
        completion=figure(cost.completion_tokens),
        cached=figure(cost.cached),
        usd=f"{cost.usd:,.4f}".rstrip("0").rstrip("."),
    )


def _reason(language: Language, reason: str) -> str:
    chinese = REASONS_ZH.get(reason) if frame_language(language) == "zh" else None
    return chinese or _text(language, reason)


def _text(language: Language, text: str, limit: int = 600) -> str:
    line = readable(text, limit)
    return spaced(line) if frame_language(language) == "zh" else line
