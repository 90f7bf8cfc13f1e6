"""A model writes over the local draft: a sentence and notes for each item, a title and a thesis for each thread.

What rests on one item comes from a request that holds this item alone, so that a text which gives orders can reach its
own words only. Requests about several items (titles, theses, sentences that compare) hold one sentence for each, leave
out items that seem to give orders, and yield framing: no figure, no order, no link.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from digest.domain.issue import Citation, Claim, Entry, Issue, ThreadSection
from digest.llm.anchored import spans, stray
from digest.llm.answer import Ask, Trouble, disarmed_note, shortened_note, told
from digest.llm.hostile import disarmed, has_link, orders, speaks
from digest.llm.parts import in_parts, shortened
from digest.llm.prompts import load
from digest.quantity import quantities
from digest.write.framing import headline, summary_of

LANGUAGES: Mapping[str, str] = {"en": "English", "zh": "Chinese (Simplified)"}
_QUOTES = frozenset('"“”「」『』')
TEXT_CHARS = 12_000
_PAIR = 2
_NOTES = 3
_OPENING_ITEMS = 2  # of each thread that the opening may speak of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    """What the model wrote about one item."""

    lead: Claim
    notes: tuple[Claim, ...]
    model: str


async def narrate(
    draft: Issue, sources: Mapping[str, str], ask: Ask, text_chars: int = TEXT_CHARS
) -> tuple[Issue, tuple[str, ...]]:
    """Return the draft in a model's words, and sentences about the parts that stayed the local engine's.

    `sources` maps item ids to the texts that claims are drawn from; an item without one keeps its local sentences. The
    skeleton stays the draft's: items, their order, links, counts and computed claims. Every sentence is a quoted claim
    with verbatim spans or a framing one on at least two items; which of them hold is for `digest.verify` to say.
    """
    calm = {entry.id: disarmed(sources.get(entry.id, "")) for entry in draft.entries}
    texts = {item: shortened(text, text_chars) for item, text in calm.items()}
    notes, lost = await _notes(draft, texts, ask)
    threads, lost_threads = await _threads(draft, sources, notes, ask)
    written = _with_notes(replace(draft, threads=threads), draft, notes)
    opening, lost_opening = await _opening(written, sources, notes, ask)
    models = sorted({note.model for note in notes.values() if note.model})
    issue = replace(
        written,
        headline=headline(threads, written.entries, draft.language) if written.entries else draft.headline,
        overview=_opened(written.overview, opening),
        engine=", ".join(models) or draft.engine,
    )
    issue = replace(issue, summary=summary_of(issue.overview))
    said = [("Item notes", lost), ("Threads", lost_threads), ("Opening", lost_opening)]
    lines = [line for part, kinds in said for line in told(part, kinds)]
    cut = sum(texts[item] != text for item, text in calm.items())
    hushed = sum(sources.get(item, "") != text for item, text in calm.items())
    return issue, (*lines, *shortened_note("Item notes", cut, text_chars), *disarmed_note("Item notes", hushed))


async def _notes(draft: Issue, sources: Mapping[str, str], ask: Ask) -> tuple[dict[str, _Note], list[str]]:
    entries = [entry for entry in draft.entries if sources.get(entry.id)]
    found = await asyncio.gather(*(_note(entry, sources[entry.id], draft.language, ask) for entry in entries))
    notes = {entry.id: note for entry, note in zip(entries, found, strict=True) if isinstance(note, _Note)}
    return notes, [outcome for outcome in found if not isinstance(outcome, _Note)]


async def _note(entry: Entry, source: str, language: str, ask: Ask) -> _Note | str:
    def of(text: str) -> Any:  # noqa: ANN401  an awaitable answer
        company = entry.facts.company if entry.facts else ""
        item = {"id": entry.id, "kind": entry.kind, "title": entry.title, "company": company, "text": text}
        return ask(load("note"), {"language": LANGUAGES.get(language, language), "item": item})

    # A source may begin with its title on a line of its own: two grounds then, or no sentence would end between them.
    body = source.removeprefix(f"{entry.title}\n")
    ground = [(entry.id, body), (entry.id, entry.title)]
    answers = await in_parts(of, body)
    if isinstance(answers, Trouble):
        return answers.kind
    leads = [_own(answer.data["lead"], ground, language) for answer in answers]
    rest = [_own(row, ground, language) for answer in answers for row in answer.data["notes"]]
    sentences = [claim for claim in [*leads, *rest] if claim]
    if not sentences:
        return "malformed"
    lead, *notes = sentences
    return _Note(lead=lead, notes=_different(notes, {lead.text})[:_NOTES], model=answers[0].model)


def _own(row: Mapping[str, Any], ground: Sequence[tuple[str, str]], language: str) -> Claim | None:
    """Make a claim of a sentence that rests on its item and on nothing else."""
    own = set(row["ids"]) == {item for item, _ in ground}
    source = "\n".join(text for _, text in ground)
    return quoted(row["text"], ground) if own and sound(row["text"], language, source) else None


def quoted(text: str, ground: Sequence[tuple[str, str]]) -> Claim | None:
    """Cite the spans that say a sentence; a later ground only for what the earlier ones lack."""
    citations: list[Citation] = []
    missing = [text]
    for item, source in ground:
        found = [Citation(item=item, quote=quote) for quote in spans(" ".join(missing), source)] if missing else []
        citations += [citation for citation in found if citation not in citations]
        missing = stray(text, "\n".join(citation.quote for citation in citations))
    return Claim(kind="quoted", text=text, citations=tuple(citations)) if citations else None


def _different(claims: Sequence[Claim], seen: set[str]) -> tuple[Claim, ...]:
    kept = {claim.text: claim for claim in claims if claim.text not in seen}
    return tuple(kept.values())


async def _threads(
    draft: Issue, sources: Mapping[str, str], notes: Mapping[str, _Note], ask: Ask
) -> tuple[tuple[ThreadSection, ...], list[str]]:
    outcomes = await asyncio.gather(*(_thread(thread, draft, sources, notes, ask) for thread in draft.threads))
    threads = tuple(
        outcome if isinstance(outcome, ThreadSection) else thread
        for thread, outcome in zip(draft.threads, outcomes, strict=True)
    )
    return threads, [outcome for outcome in outcomes if isinstance(outcome, str)]


async def _thread(
    thread: ThreadSection, draft: Issue, sources: Mapping[str, str], notes: Mapping[str, _Note], ask: Ask
) -> ThreadSection | str:
    """Title a thread and add what its items show together; the kind of trouble where the model gave nothing usable."""
    items = _calm(thread.items, draft, sources, notes)
    if len(items) < _PAIR:
        return thread
    outcome = await ask(load("thread"), {"language": LANGUAGES.get(draft.language, draft.language), "items": items})
    if isinstance(outcome, Trouble):
        return outcome.kind
    grounds = _grounds(items, sources)
    thesis = _framing(outcome.data["thesis"], grounds, draft.language)
    joining = [claim for row in outcome.data["sentences"] if (claim := _framing(row, grounds, draft.language))]
    title = outcome.data["title"]
    ground = "\n".join(grounds.values())
    named = sound(title, draft.language, ground) and not stray(title, ground)
    if not (named or thesis or joining):
        return "malformed"
    title = title if named and not thread.weak else thread.title
    return replace(
        thread,
        title=title,
        thesis=thesis or thread.thesis,
        claims=(*_different(joining, {thesis.text if thesis else ""}), *thread.claims),
    )


async def _opening(
    issue: Issue, sources: Mapping[str, str], notes: Mapping[str, _Note], ask: Ask
) -> tuple[list[Claim], list[str]]:
    """Return sentences that join the issue's threads: framing, on at least two items each."""
    items = [
        {**item, "thread": thread.title}
        for thread in issue.threads
        for item in _calm(thread.items, issue, sources, notes)[:_OPENING_ITEMS]
    ]
    if len(items) < _PAIR:
        return [], []
    values = {"language": LANGUAGES.get(issue.language, issue.language), "publication": issue.title, "items": items}
    outcome = await ask(load("overview"), values)
    if isinstance(outcome, Trouble):
        return [], [outcome.kind]
    grounds = _grounds(items, sources)
    found = [claim for row in outcome.data["sentences"] if (claim := _framing(row, grounds, issue.language))]
    return found, ["malformed"] if outcome.data["sentences"] and not found else []


def _calm(
    ids: Sequence[str], issue: Issue, sources: Mapping[str, str], notes: Mapping[str, _Note]
) -> list[dict[str, str]]:
    """Describe items in a sentence each, without those that seem to give orders."""
    entries = {entry.id: entry for entry in issue.entries}
    found = []
    for entry in (entries[item] for item in ids if item in entries):
        note = notes.get(entry.id)
        claim = note.lead if note else next(iter(entry.summary), None)
        says = claim.text if claim else ""
        if not orders("\n".join((entry.title, says, sources.get(entry.id, "")))):
            found.append({"id": entry.id, "title": entry.title, "says": says})
    return found


def _grounds(items: Sequence[Mapping[str, str]], sources: Mapping[str, str]) -> dict[str, str]:
    return {item["id"]: f"{item['title']}\n{item['says']}\n{sources.get(item['id'], '')}" for item in items}


def _framing(row: Mapping[str, Any], grounds: Mapping[str, str], language: str) -> Claim | None:
    """Make a framing claim: at least two known items, no figure, no quotation, no name that they lack; else None."""
    text, ids = row["text"], list(dict.fromkeys(row["ids"]))
    if len(ids) < _PAIR or not set(ids) <= set(grounds):
        return None
    ground = "\n".join(grounds[item] for item in ids)
    if not sound(text, language, ground) or quantities(text) or _QUOTES & set(text) or stray(text, ground):
        return None
    return Claim(kind="framing", text=text, citations=tuple(Citation(item=item) for item in ids))


def sound(text: str, language: str, source: str) -> bool:
    """Whether a sentence of a model may be looked at further: no link, no order, in its edition's language.

    A name that looks like a link ("Booking.com") is none where it stands so in the source.
    """
    return bool(text) and speaks(text, language) and not has_link(text, source) and not orders(text)


def _with_notes(issue: Issue, draft: Issue, notes: Mapping[str, _Note]) -> Issue:
    """Put the model's sentences in the places of the local ones: leads where an item was quoted, notes at its entry."""
    theses = {
        old.thesis.text: new.thesis
        for old, new in zip(draft.threads, issue.threads, strict=True)
        if old.thesis and new.thesis
    }

    def told_by_model(claims: Sequence[Claim]) -> tuple[Claim, ...]:
        return _different([_lead(theses.get(claim.text, claim), notes) for claim in claims], set())

    return replace(
        issue,
        overview=told_by_model(issue.overview),
        threads=tuple(replace(thread, claims=told_by_model(thread.claims)) for thread in issue.threads),
        sections=tuple(replace(section, claims=told_by_model(section.claims)) for section in issue.sections),
        entries=tuple(_entry(entry, notes.get(entry.id)) for entry in issue.entries),
    )


def _lead(claim: Claim, notes: Mapping[str, _Note]) -> Claim:
    cited = {citation.item for citation in claim.citations}
    note = notes.get(next(iter(cited))) if claim.kind == "quoted" and len(cited) == 1 else None
    return note.lead if note else claim


def _entry(entry: Entry, note: _Note | None) -> Entry:
    return replace(entry, summary=note.notes or (note.lead,)) if note else entry


def _opened(overview: Sequence[Claim], opening: Sequence[Claim]) -> tuple[Claim, ...]:
    """Set the opening after what is counted and before what is told."""
    counted = [claim for claim in overview if claim.of_the_whole]
    return _different([*counted, *opening, *(claim for claim in overview if not claim.of_the_whole)], set())
