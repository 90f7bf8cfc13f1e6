"""The local engine: a draft issue from sources' own sentences in a frame of ours, without a model."""

from collections.abc import Sequence
from dataclasses import replace

from digest.domain.issue import Claim, Entry, Issue, Section, ThreadSection
from digest.domain.thread import Story, Thread
from digest.text import HAN, is_chinese, one_line
from digest.write.counts import counts, industry_claim, line_claim, read_claim, told_claim
from digest.write.entries import entry, headed, strongest, voices_of
from digest.write.framing import headline, summary_of
from digest.write.phrases import phrase
from digest.write.plan import Material, Plan, value
from digest.write.subjects import subject
from digest.write.voices import speaks, voice

_PER_THREAD = 4
_TRIBUTARIES = 4
_SAID = 3
_OF_NEWS = frozenset({"featured", "post"})
_PROOFS, _MOST_PROOFS = (3, 2, 1, 1, 1), 3
_ROOM = 150  # words for the proofs of an overview before its shares are kept to
_WORDS_A_MINUTE, _CHARACTERS_A_MINUTE = 230, 400


def write(material: Material, plan: Plan, language: str) -> Issue:
    """Write one edition: overview, threads and sections, every sentence a claim of its kind.

    Without a model an edition quotes the sources in their own language; `engine_notes` say so.
    """
    entries = tuple(entry(story, material, language) for story in _order(plan))
    threads = tuple(_thread(thread, material, language) for thread in plan.threads)
    figures = counts(material, plan, threads, entries)
    overview = _overview(material, plan, figures, language)
    publication = material.publication
    said = {one_line(claim.text) for claim in overview}
    threads = tuple(replace(t, claims=tuple(c for c in t.claims if one_line(c.text) not in said)) for t in threads)
    entries = _with_voices(entries, _order(plan), [*overview, *_told(threads)])
    return Issue(
        publication=publication.slug,
        title=publication.title(language),
        headline=headline(threads, entries, language),
        period=material.period.name,
        cadence=material.period.cadence,
        language=language,
        date=material.date,
        summary=summary_of(overview),
        engine=material.engine,
        overview=overview,
        threads=threads,
        sections=_sections(plan, publication.kinds, language),
        entries=entries,
        counts=figures,
        receipt=replace(material.receipt, notes=tuple(phrase(language, note) for note in material.receipt.notes)),
        tags=_tags(plan),
        category=publication.cadence,
        reading_minutes=_minutes(overview, threads, entries),
        sample=material.sample,
    )


def _told(threads: Sequence[ThreadSection]) -> list[Claim]:
    return [claim for thread in threads for claim in ([thread.thesis] if thread.thesis else []) + [*thread.claims]]


def _with_voices(entries: Sequence[Entry], stories: Sequence[Story], claims: Sequence[Claim]) -> tuple[Entry, ...]:
    """Name in each entry the other items of its story that are cited, so that every source can be opened."""
    cited = {citation.item for claim in claims for citation in claim.citations}
    return tuple(
        replace(one, voices=tuple(v for v in voices_of(story) if v.id in cited and v.id != one.id))
        for one, story in zip(entries, stories, strict=True)
    )


def _order(plan: Plan) -> list[Story]:
    threaded = [story for thread in plan.threads for story in thread.stories]
    rest = [story for stories in plan.remainder.values() for story in stories]
    return [*threaded, *plan.featured, *rest]


def _overview(material: Material, plan: Plan, figures: dict[str, object], language: str) -> tuple[Claim, ...]:
    """Say what was read and how much is told, then each thread's line with its proofs, then what else there is."""
    claims = [read_claim(material, figures, language), told_claim(figures, language)]
    if figures["papers"] and len(material.publication.kinds) == 1:
        claims.append(industry_claim(figures, language))
    claims += [material.online[language]] if language in material.online else []
    said = [_spoken(_voices(thread.stories, material, language), language) for thread in plan.threads[: len(_PROOFS)]]
    for place, (thread, proofs) in enumerate(zip(plan.threads, _proofs(said), strict=False), 1):
        claims.append(line_claim(place, thread, subject(thread, language), figures, language))
        claims += proofs
    rest = [*plan.featured, *plan.remainder.get("paper", ()), *plan.remainder.get("episode", ())]
    best = sorted(rest, key=lambda story: -value(story, material.scores))[: 2 * _TRIBUTARIES]
    return _unique([*claims, *_spoken(_voices(best, material, language), language)[:_TRIBUTARIES]])


def _proofs(said: Sequence[Sequence[Claim]]) -> list[Sequence[Claim]]:
    """Give each thread its share of proofs, the first ones more; all of them one more while there is room for words."""
    shares = list(_PROOFS[: len(said)])
    for n, claims in enumerate(said):
        longer = [one[: share + (m == n)] for m, (one, share) in enumerate(zip(said, shares, strict=True))]
        if shares[n] < min(len(claims), _MOST_PROOFS) and sum(_words(c.text) for one in longer for c in one) <= _ROOM:
            shares[n] += 1
    return [claims[:share] for claims, share in zip(said, shares, strict=True)]


def _words(text: str) -> float:
    """Count words; Chinese signs count as many as are read in the same time."""
    return len(text) * _WORDS_A_MINUTE / _CHARACTERS_A_MINUTE if is_chinese(text) else len(text.split())


def _spoken(claims: Sequence[Claim], language: str) -> list[Claim]:
    """Leave out names alone, and what is said in another language than the edition's where its own says something."""
    claims = [claim for claim in claims if len(claim.text.split()) >= _SAID or HAN.search(claim.text)]
    if language[:2] not in {"en", "zh"}:
        return list(claims)
    own = [c for c in claims if (bool(HAN.search(c.text)) if language[:2] == "zh" else not is_chinese(c.text))]
    return own or list(claims[:1])


def _thread(thread: Thread, material: Material, language: str) -> ThreadSection:
    heads = {headed(item).text for story in thread.stories for work in story.works for item in work.items}
    stories = _nearest(thread.stories, language)
    voices = _voices(stories[:_PER_THREAD], material, language)
    frame = material.frames[thread.id][language]
    return ThreadSection(
        id=thread.id,
        title=frame.title,
        thesis=frame.thesis,
        claims=_unique([claim for claim in voices if claim.text not in heads]),
        items=_shown(stories, language),
        continues=thread.continues,
        weak=thread.weak,
    )


def _shown(stories: Sequence[Story], language: str) -> tuple[str, ...]:
    return tuple(voice(story, language).id for story in stories)


def _voices(stories: Sequence[Story], material: Material, language: str) -> list[Claim]:
    return [strongest(story, material.facts.get(story.lead.lead.id), language) for story in stories]


def _nearest(stories: Sequence[Story], language: str) -> list[Story]:
    """Put the stories that are told in the edition's own language first; their order stays otherwise."""
    return sorted(stories, key=lambda story: not speaks(story, language))


def _sections(plan: Plan, kinds: Sequence[str], language: str) -> tuple[Section, ...]:
    parts: list[tuple[str, Sequence[Story]]] = [("featured", plan.featured), *plan.remainder.items()]
    only = len(kinds) == 1
    return tuple(
        Section(
            slug=slug,
            title=phrase(language, "section_more" if only and slug == "paper" else f"section_{slug}"),
            claims=(),
            items=_shown(_nearest(stories, language) if slug in _OF_NEWS else stories, language),
        )
        for slug, stories in parts
        if stories
    )


def _unique(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    seen: dict[str, Claim] = {}
    for claim in claims:
        seen.setdefault(one_line(claim.text), claim)
    return tuple(seen.values())


def _tags(plan: Plan) -> tuple[str, ...]:
    terms = [thread.terms[0] for thread in plan.threads if thread.terms]
    return tuple(dict.fromkeys(term.lower() for term in terms))


def _minutes(overview: Sequence[Claim], threads: Sequence[ThreadSection], entries: Sequence[Entry]) -> int:
    claims = [*overview, *(c for t in threads for c in t.claims), *(c for e in entries for c in e.summary)]
    return max(1, round(sum(_words(claim.text) for claim in claims) / _WORDS_A_MINUTE))
