"""What failed its check: sent back to the model once with the reason, then replaced by the local engine's sentence."""

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from digest.domain.issue import Claim, Issue, ThreadSection
from digest.llm.answer import Ask, Trouble
from digest.llm.compare import claims
from digest.llm.prompts import load
from digest.write.framing import summary_of
from digest.write.mend import mended
from digest.write.narrate import LANGUAGES, quoted, sound

_Change = Callable[[str, tuple[Claim, ...]], tuple[Claim, ...]]


async def repair(claim: Claim, fault: str, sources: Mapping[str, str], ask: Ask, language: str = "en") -> Claim | None:
    """Ask for a failed sentence again; None when the model gives it up, invents a link, or can't be reached.

    Only sentences on one item are sent: a request about several would let one text reach the words about another.
    """
    items = {citation.item for citation in claim.citations}
    if claim.kind != "quoted" or len(items) != 1:
        return None
    item = items.pop()
    source = sources.get(item, "")
    values = {"language": LANGUAGES.get(language, language), "fault": fault, "sentence": claim.text}
    outcome = await ask(load("repair"), values | {"items": [{"id": item, "text": source}]})
    if isinstance(outcome, Trouble) or not sound(outcome.data["text"], language, source):
        return None
    return quoted(outcome.data["text"], [(item, source)])


async def mend(issue: Issue, faults: Mapping[str, str], sources: Mapping[str, str], ask: Ask) -> Issue:
    """Return the issue with each failed sentence repaired where the model could; the others stay, to be checked again.

    `faults` maps the texts of failed claims to what was wrong with them ("number", "qualifier").
    """
    failed = {claim.text: claim for claim in claims(issue) if claim.text in faults}
    asked = (repair(claim, faults[text], sources, ask, issue.language) for text, claim in failed.items())
    repaired = zip(failed, await asyncio.gather(*asked), strict=True)
    return mended(issue, {text: claim for text, claim in repaired if claim})


def fall_back(issue: Issue, failed: Collection[str], base: Issue) -> Issue:
    """Return the issue with each failed sentence replaced by the base's in the same place, else without it.

    The base is the local draft, or the edition that was translated. A sentence is replaced by the one with the same
    citations, else by one on the same items that is not told there already.
    """
    places = dict(_places(base))

    def change(place: str, those: tuple[Claim, ...]) -> tuple[Claim, ...]:
        spare = [claim for claim in places.get(place, ()) if claim not in those]
        kept: dict[str, Claim] = {}
        for claim in those:
            chosen = _substitute(claim, spare) if claim.text in failed else claim
            if chosen is not None:
                kept.setdefault(chosen.text, chosen)
        return tuple(kept.values()) or (places.get(place, ()) if place.startswith("entry ") else ())

    return _changed(issue, change)


def _substitute(claim: Claim, spare: list[Claim]) -> Claim | None:
    items = {citation.item for citation in claim.citations}
    same = [one for one in spare if one.kind == claim.kind and one.citations == claim.citations]
    near = [one for one in spare if one.kind == claim.kind and {c.item for c in one.citations} == items]
    chosen = next(iter([*same, *near]), None)
    if chosen is not None:
        spare.remove(chosen)
    return chosen


def _places(issue: Issue) -> Iterator[tuple[str, tuple[Claim, ...]]]:
    yield "overview", issue.overview
    for thread in issue.threads:
        yield f"thesis {thread.id}", (thread.thesis,) if thread.thesis else ()
        yield f"thread {thread.id}", thread.claims
    for section in issue.sections:
        yield f"section {section.slug}", section.claims
    for entry in issue.entries:
        yield f"entry {entry.id}", entry.summary


def _changed(issue: Issue, change: _Change) -> Issue:
    overview = change("overview", issue.overview)
    return replace(
        issue,
        overview=overview,
        threads=tuple(_thread(thread, change) for thread in issue.threads),
        sections=tuple(replace(s, claims=change(f"section {s.slug}", s.claims)) for s in issue.sections),
        entries=tuple(replace(e, summary=change(f"entry {e.id}", e.summary)) for e in issue.entries),
        summary=summary_of(overview) if issue.summary == summary_of(issue.overview) else issue.summary,
    )


def _thread(thread: ThreadSection, change: _Change) -> ThreadSection:
    thesis = change(f"thesis {thread.id}", (thread.thesis,)) if thread.thesis else ()
    return replace(thread, thesis=next(iter(thesis), None), claims=change(f"thread {thread.id}", thread.claims))
