"""issue.json: an issue as a document of schema version 1, to bytes and back (templates/issue.schema.json)."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from digest.domain.facts import Facts, Result
from digest.domain.issue import (
    Citation,
    Claim,
    Correction,
    Cost,
    Dropped,
    Entry,
    Figure,
    Issue,
    Receipt,
    Section,
    SourceReceipt,
    ThreadSection,
    Verdict,
    Voice,
)
from digest.errors import DigestError

SCHEMA_VERSION = 1
Json = dict[str, Any]


def encode(issue: Issue) -> bytes:
    """Return issue.json: UTF-8, keys sorted, two spaces of indent, a newline at the end.

    It holds no other time than those of the issue, so equal issues give equal bytes. Text stays as it was read;
    only lone surrogates, which UTF-8 can't hold, become "?".
    """
    text = json.dumps(_issue(issue), ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return (text + "\n").encode("utf-8", "replace")


def decode(document: bytes) -> Issue:
    """Read issue.json back. Raises DigestError for what is no such document or one of another version."""
    try:
        read: Json = json.loads(document)
        if read["schema_version"] == SCHEMA_VERSION:
            return _read_issue(read)
        found = read["schema_version"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DigestError(f"issue.json can't be read ({error!r}); make the issue again with digest run") from error
    raise DigestError(f"issue.json has schema_version {found!r}, this program reads {SCHEMA_VERSION}; update digest")


def _issue(issue: Issue) -> Json:
    return {
        "schema_version": SCHEMA_VERSION,
        "publication": issue.publication,
        "period": issue.period,
        "cadence": issue.cadence,
        "language": issue.language,
        "title": issue.title,
        "headline": issue.headline,
        "slug": issue.slug,
        "date": _moment(issue.date),
        "summary": issue.summary,
        "tags": list(issue.tags),
        "category": issue.category,
        "engine": issue.engine,
        "engine_notes": list(issue.engine_notes),
        "sample": issue.sample,
        "reading_minutes": issue.reading_minutes,
        "counts": _plain(issue.counts),
        "overview": _claims(issue.overview),
        "threads": [_thread(thread) for thread in issue.threads],
        "sections": [
            {"slug": part.slug, "title": part.title, "claims": _claims(part.claims), "items": list(part.items)}
            for part in issue.sections
        ],
        "items": [_entry(entry) for entry in issue.entries],
        "receipt": _receipt(issue.receipt),
        "cost": asdict(issue.cost),
        **({"corrections": list(map(_correction, issue.corrections))} if issue.corrections else {}),
    }


def _correction(correction: Correction) -> Json:
    return asdict(correction) | {"date": _moment(correction.date)}


def _claims(claims: tuple[Claim, ...]) -> list[Json]:
    return [_claim(claim) for claim in claims]


def _claim(claim: Claim) -> Json:
    document: Json = {
        "kind": claim.kind,
        "text": claim.text,
        "citations": [{"item": citation.item, "quote": citation.quote} for citation in claim.citations],
        "verdict": None,
    }
    if claim.figures:
        document["figures"] = dict(claim.figures)
    if claim.verdict:
        document |= {"verdict": claim.verdict.name, "fault": claim.verdict.fault, "evidence": claim.verdict.evidence}
    return document | ({"correction": claim.correction} if claim.correction else {})


def _thread(thread: ThreadSection) -> Json:
    return {
        "id": thread.id,
        "title": thread.title,
        "thesis": _claim(thread.thesis) if thread.thesis else None,
        "continues": thread.continues,
        "weak": thread.weak,
        "claims": _claims(thread.claims),
        "items": list(thread.items),
    }


def _entry(entry: Entry) -> Json:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "title": entry.title,
        "url": entry.url,
        "source": entry.source,
        "source_title": entry.source_title,
        "published": _moment(entry.published),
        "language": entry.language,
        "authors": list(entry.authors),
        "score": entry.stars,
        "value": entry.value,
        "reason": entry.reason,
        "summary": _claims(entry.summary),
        "figure": asdict(entry.figure) if entry.figure else None,
        "also_seen": list(entry.also_seen),
        **({"voices": [asdict(voice) for voice in entry.voices]} if entry.voices else {}),
        "signals": dict(entry.signals),
        "flags": sorted(entry.flags),
        **_facts(entry.facts),
    }


def _facts(facts: Facts | None) -> Json:
    known = facts or Facts(item="")
    return {
        "facts_of": facts.item if facts else None,
        "company": known.company,
        "company_quote": known.company_quote,
        "industry": known.industry,
        "deployed": known.deployed,
        "deployed_quote": known.deployed_quote,
        "tested": known.tested,
        "tested_quote": known.tested_quote,
        "results": [asdict(result) for result in known.results],
    }


def _receipt(receipt: Receipt) -> Json:
    return {
        "sources": [asdict(source) for source in receipt.sources],
        "dropped": [asdict(dropped) for dropped in receipt.dropped],
        "below_the_line": list(receipt.below_the_line),
        "notes": list(receipt.notes),
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _plain(value: object) -> Any:  # noqa: ANN401  JSON has no narrower type, counts nest as they like
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return sorted(value) if isinstance(value, (set, frozenset)) else value


def _read_issue(read: Json) -> Issue:
    alike = ("publication", "title", "headline", "period", "cadence", "language", "summary", "engine", "counts")
    rest = ("category", "reading_minutes", "sample")
    return Issue(
        **{name: read[name] for name in (*alike, *rest)},
        date=datetime.fromisoformat(read["date"]),
        overview=_read_claims(read["overview"]),
        threads=tuple(_read_thread(thread) for thread in read["threads"]),
        sections=tuple(
            Section(
                slug=part["slug"],
                title=part["title"],
                claims=_read_claims(part["claims"]),
                items=tuple(part["items"]),
            )
            for part in read["sections"]
        ),
        entries=tuple(_read_entry(entry) for entry in read["items"]),
        receipt=_read_receipt(read["receipt"]),
        tags=tuple(read["tags"]),
        cost=Cost(**read["cost"]),
        engine_notes=tuple(read["engine_notes"]),
        corrections=tuple(
            Correction(**each | {"date": datetime.fromisoformat(each["date"])}) for each in read.get("corrections", ())
        ),
    )


def _read_claims(read: list[Json]) -> tuple[Claim, ...]:
    return tuple(_read_claim(claim) for claim in read)


def _read_claim(read: Json) -> Claim:
    verdict = None
    if read["verdict"]:
        verdict = Verdict(name=read["verdict"], fault=read["fault"], evidence=read["evidence"])
    return Claim(
        kind=read["kind"],
        text=read["text"],
        citations=tuple(Citation(**citation) for citation in read["citations"]),
        figures=read.get("figures", {}),
        verdict=verdict,
        correction=read.get("correction", ""),
    )


def _read_thread(read: Json) -> ThreadSection:
    return ThreadSection(
        id=read["id"],
        title=read["title"],
        thesis=_read_claim(read["thesis"]) if read["thesis"] else None,
        claims=_read_claims(read["claims"]),
        items=tuple(read["items"]),
        continues=read["continues"],
        weak=read["weak"],
    )


def _read_entry(read: Json) -> Entry:
    alike = ("id", "kind", "title", "url", "source", "source_title", "language", "value", "reason", "signals")
    return Entry(
        **{name: read[name] for name in alike},
        published=datetime.fromisoformat(read["published"]),
        authors=tuple(read["authors"]),
        stars=read["score"],
        summary=_read_claims(read["summary"]),
        facts=_read_facts(read),
        figure=Figure(**read["figure"]) if read["figure"] else None,
        also_seen=tuple(read["also_seen"]),
        voices=tuple(Voice(**voice) for voice in read.get("voices", ())),
        flags=frozenset(read["flags"]),
    )


def _read_facts(read: Json) -> Facts | None:
    if read["facts_of"] is None:
        return None
    alike = ("company", "company_quote", "industry", "deployed", "deployed_quote")
    return Facts(
        item=read["facts_of"],
        tested=read.get("tested", False),  # numbers stored by earlier versions lack it
        tested_quote=read.get("tested_quote", ""),
        results=tuple(Result(**result) for result in read["results"]),
        **{name: read[name] for name in alike},
    )


def _read_receipt(read: Json) -> Receipt:
    return Receipt(
        sources=tuple(SourceReceipt(**source) for source in read["sources"]),
        dropped=tuple(Dropped(**dropped) for dropped in read["dropped"]),
        below_the_line=tuple(read["below_the_line"]),
        notes=tuple(read["notes"]),
    )
