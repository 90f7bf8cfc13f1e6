"""The titles and theses of threads, and the headline and the summary of an issue, without a model."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.domain.facts import Facts
from digest.domain.issue import Claim, Entry, ThreadSection
from digest.domain.thread import Story, Thread
from digest.write.news import framing
from digest.write.phrases import joined, phrase
from digest.write.subjects import affair, subject
from digest.write.telling import Offer, Telling, editions, telling
from digest.write.theses import live_results, theses, titles

_PAIR = 2
_HEADLINE_LENGTH = {"en": 110, "zh": 55}

Holds = Callable[[Claim], bool]
"""Whether a sentence holds against the items that it cites."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A thread's title in an edition, and what its works show together; None where nothing holds in every edition."""

    title: str
    thesis: Claim | None


def framed(thread: Thread, facts: Mapping[str, Facts], languages: Sequence[str], holds: Holds) -> dict[str, Frame]:
    """Frame a thread for each edition: titled by what it is about and its evidence, with the most telling thesis.

    All editions say the same, of the same works; the first offer that holds in all of them is taken. What a thesis
    can't say besides two headlines is said besides one.
    """
    told = editions(thread.stories, facts, languages)
    about, turns = {language: subject(thread, language) for language in languages}, affair(thread)
    found: list[dict[str, Frame]] = []
    for heads in (_PAIR, 1):
        named = _agreed({code: titles(told[code], about[code], code, heads) for code in languages}, _titling(holds))
        title = {code: named[code].text if named else about[code] for code in languages}
        said = _agreed(
            {code: theses(told[code], about[code], code, title[code], affair=turns) for code in languages}, holds
        )
        found.append({code: Frame(title=title[code], thesis=said.get(code)) for code in languages})
    return next((frames for frames in found if all(frame.thesis for frame in frames.values())), found[0])


def _agreed(offers: Mapping[str, Iterable[Offer]], holds: Holds) -> dict[str, Claim]:
    """Return for each edition the claim of the first offer that all make and that holds in all; else nothing."""
    first, *others = ((language, list(made)) for language, made in offers.items())
    known = {code: {(one.form, one.marks): one.claim for one in reversed(made)} for code, made in others}
    for offer in first[1]:
        key = (offer.form, offer.marks)
        claims = {first[0]: offer.claim, **{code: made[key] for code, made in known.items() if key in made}}
        if len(claims) == len(offers) and all(map(holds, claims.values())):
            return claims
    return {}


def _titling(holds: Holds) -> Holds:
    return lambda claim: _verbatim(claim) or holds(claim)


def shows(frames: Mapping[str, Frame]) -> bool:
    """Whether every edition has a thesis of a thread."""
    return all(frame.thesis for frame in frames.values())


def online_claims(
    stories: Sequence[Story], facts: Mapping[str, Facts], languages: Sequence[str], holds: Holds
) -> dict[str, Claim]:
    """Say for each edition who reports online results, with a figure each where that holds; of two at least."""
    tested = [story for story in stories if _tested(facts.get(story.lead.lead.id))]
    return _agreed({code: _online([telling(s, facts, code) for s in tested], code) for code in languages}, holds)


def _online(told: Sequence[Telling], language: str) -> Iterator[Offer]:
    named = [one for one in told if one.name]
    names = list(dict.fromkeys(one.name for one in named))
    yield from live_results(named, language)
    if len(names) >= _PAIR:
        leads = [one.story.lead.lead for one in named]
        text = phrase(language, "online", names=joined(language, names))
        yield Offer(form="online", marks=tuple(one.story.id for one in named), claim=framing(leads, text))


def _tested(fact: Facts | None) -> bool:
    return fact is not None and any(result.online for result in fact.results)


def headline(threads: Sequence[ThreadSection], entries: Sequence[Entry], language: str) -> str:
    """Head an issue by its first two threads, else by its first entry."""
    titles = [thread.title for thread in threads if not thread.weak] or [thread.title for thread in threads]
    if len(titles) >= _PAIR:
        both = phrase(language, "headline", first=titles[0], second=titles[1])
        return both if len(both) <= _HEADLINE_LENGTH.get(language, 110) else _shortened(titles[0], language)
    own = [entry.title for entry in entries if entry.language == language and entry.kind != "tweet"]
    return _shortened(titles[0], language) if titles else (own or [entries[0].title])[0]


def _shortened(title: str, language: str) -> str:
    """Return a title without its second headline, where the two are too long to head an issue."""
    first, _, more = title.rpartition(phrase(language, "semicolon"))
    return first if more and len(title) > _HEADLINE_LENGTH.get(language, 110) and first else title


def summary_of(overview: Sequence[Claim]) -> str:
    """Return the two sentences that a list of issues shows: of content if there is any."""
    telling = [claim.text for claim in overview if claim.kind != "computed"] or [claim.text for claim in overview]
    return " ".join(telling[:_PAIR])


def _verbatim(claim: Claim) -> bool:
    """Whether a title is made of headlines to the letter: they may be read together, and say what each says."""
    return claim.kind == "quoted" and all(cited.quote in claim.text for cited in claim.citations)
