"""A model translates the checked claims into another edition: same ids, same citations, same figures.

A request holds the sentences of one item, so that a text can reach the translation of its own words only; sentences
that frame several items travel by the set of items that they rest on.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from digest.domain.issue import Claim, Entry, Issue, Section, ThreadSection
from digest.llm.answer import Ask, Trouble, told
from digest.llm.prompts import load
from digest.text import one_line
from digest.write.framing import headline, summary_of
from digest.write.narrate import LANGUAGES, sound

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")

Words = Mapping[str, str]


async def translate(issue: Issue, language: str, ask: Ask, frame: Issue | None = None) -> tuple[Issue, tuple[str, ...]]:
    """Return the edition in another language, and sentences about what could not be translated.

    Translated are the texts of quoted and framing claims, thread titles and reasons. `frame` is the local engine's
    edition in that language: it gives title, computed claims, section titles, tags and notes; without it they stay as
    they are. Where the local engine wrote the issue and nothing could be translated, `frame` is the edition. A
    translation that lacks a figure, adds one, or holds a link is dropped: the sentence stays as it was.
    """
    groups = list(_groups(issue))
    outcomes = await asyncio.gather(*(_translated(texts, language, ask) for texts in groups))
    words = {text: mine for found, _ in outcomes for text, mine in found.items()}
    kinds = [kind for _, lost in outcomes for kind in lost]
    if frame and kinds and not words and issue.engine == frame.engine:
        return replace(frame, engine_notes=issue.engine_notes), told("Translations", kinds)
    return _put(issue, language, words, frame), told("Translations", kinds)


def _groups(issue: Issue) -> Iterator[list[str]]:
    """Yield the texts to translate by the items that they rest on, each text once, in the order of the issue."""
    groups: dict[tuple[str, ...], dict[str, None]] = {}
    seen: set[str] = set()
    for key, text in _texts(issue):
        if text.strip() and text not in seen:
            seen.add(text)
            groups.setdefault(key, {})[text] = None
    for texts in groups.values():
        yield list(texts)


def _texts(issue: Issue) -> Iterator[tuple[tuple[str, ...], str]]:
    claims = [*issue.overview, *(c for s in issue.sections for c in s.claims)]
    for thread in issue.threads:
        yield (thread.id,), thread.title
        claims += [*([thread.thesis] if thread.thesis else []), *thread.claims]
    for entry in issue.entries:
        yield (entry.id,), entry.reason
        claims += entry.summary
    for claim in claims:
        if claim.kind != "computed":
            yield tuple(sorted({citation.item for citation in claim.citations})), claim.text


async def _translated(texts: Sequence[str], language: str, ask: Ask) -> tuple[dict[str, str], list[str]]:
    """Return the translations that keep their figures, and a kind of trouble for each text that has none."""
    ids = {f"s{n}": text for n, text in enumerate(texts, 1)}
    rows = [{"id": key, "text": text} for key, text in ids.items()]
    outcome = await ask(load("translate"), {"language": LANGUAGES.get(language, language), "sentences": rows})
    if isinstance(outcome, Trouble):
        if outcome.kind == "context" and len(texts) > 1:
            return await _halved(texts, language, ask)
        return {}, [outcome.kind] * len(texts)
    counts = Counter(row["id"] for row in outcome.data["sentences"])
    found = {
        ids[row["id"]]: row["text"]
        for row in outcome.data["sentences"]
        if counts[row["id"]] == 1 and row["id"] in ids and _faithful(ids[row["id"]], row["text"], language)
    }
    return found, ["malformed"] * (len(texts) - len(found))


async def _halved(texts: Sequence[str], language: str, ask: Ask) -> tuple[dict[str, str], list[str]]:
    half = len(texts) // 2
    parts = await asyncio.gather(*(_translated(part, language, ask) for part in (texts[:half], texts[half:])))
    return {key: text for found, _ in parts for key, text in found.items()}, [k for _, lost in parts for k in lost]


def _faithful(text: str, translation: str, language: str) -> bool:
    """Whether a translation is one, with the same figures, digit for digit, and neither links nor orders."""
    same = Counter(_DIGITS.findall(text)) == Counter(_DIGITS.findall(translation))
    return same and sound(translation, language, text)


def _put(issue: Issue, language: str, words: Words, frame: Issue | None) -> Issue:
    base = frame or issue
    computed = {frozenset(claim.figures): claim for claim in base.overview if claim.kind == "computed"}
    threads = tuple(_thread(thread, words) for thread in issue.threads)
    titles = {section.slug: section.title for section in base.sections}
    overview = tuple(
        computed.get(frozenset(claim.figures), claim) if claim.kind == "computed" else _claim(claim, words)
        for claim in issue.overview
    )
    return replace(
        issue,
        language=language,
        title=base.title,
        tags=base.tags,
        receipt=base.receipt,
        headline=headline(threads, issue.entries, language) if issue.entries else base.headline,
        summary=summary_of(overview),
        overview=overview,
        threads=threads,
        sections=tuple(_section(section, titles, words) for section in issue.sections),
        entries=tuple(_entry(entry, words) for entry in issue.entries),
    )


def _thread(thread: ThreadSection, words: Words) -> ThreadSection:
    return replace(
        thread,
        title=words.get(thread.title, thread.title),
        thesis=_claim(thread.thesis, words) if thread.thesis else None,
        claims=tuple(_claim(claim, words) for claim in thread.claims),
    )


def _section(section: Section, titles: Mapping[str, str], words: Words) -> Section:
    claims = tuple(_claim(claim, words) for claim in section.claims)
    return replace(section, title=titles.get(section.slug, section.title), claims=claims)


def _entry(entry: Entry, words: Words) -> Entry:
    summary = tuple(_claim(claim, words) for claim in entry.summary)
    return replace(entry, summary=summary, reason=words.get(entry.reason, entry.reason))


def _claim(claim: Claim, words: Words) -> Claim:
    """Return the claim in the other language, to be checked anew; one without a translation as it is."""
    if claim.kind == "computed" or claim.text not in words:
        return claim
    return replace(claim, text=one_line(words[claim.text]), verdict=None)
