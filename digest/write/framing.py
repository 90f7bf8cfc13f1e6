"""The titles and theses of threads, and the headline and the summary of an issue, without a model."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from digest.domain.facts import Facts
from digest.domain.issue import Claim, Entry, ThreadSection
from digest.domain.thread import Story, Thread
from digest.write.news import framing
from digest.write.phrases import joined, phrase
from digest.write.subjects import affair, subject
from digest.write.telling import telling
from digest.write.theses import LONGEST_HEADLINE, live_results, theses, titles
from digest.write.voices import calmest

_PAIR = 2
_HEADLINE_LENGTH = {"en": 110, "zh": 55}

Holds = Callable[[Claim], bool]
"""Whether a sentence holds against the items that it cites."""


def thesis(thread: Thread, facts: Mapping[str, Facts], language: str, holds: Holds) -> Claim | None:
    """Return what the works of a thread show together, the most telling sentence that holds; None where none does."""
    return _framed(thread, facts, language, holds)[1]


def thread_title(thread: Thread, facts: Mapping[str, Facts], language: str, holds: Holds) -> str:
    """Title a thread by what it is about and its evidence: "Semantic IDs in live tests: OneBar, PIANO (NetEase)"."""
    return _framed(thread, facts, language, holds)[0]


def _framed(thread: Thread, facts: Mapping[str, Facts], language: str, holds: Holds) -> tuple[str, Claim | None]:
    """Return a thread's title and thesis; an affair that its thesis can't tell besides is titled by one headline."""
    told = [telling(story, facts, language) for story in thread.stories]
    about, turns = subject(thread, language), affair(thread)
    found: list[tuple[str, Claim | None]] = []
    for heads in (_PAIR, 1) if turns else (_PAIR,):
        title = _first(titles(told, about, language, heads), lambda claim: _verbatim(claim) or holds(claim))
        named = title.text if title else about
        found.append((named, _first(theses(told, about, language, named, affair=turns), holds)))
    return next((pair for pair in found if pair[1]), found[0])


def shows(thread: Thread, facts: Mapping[str, Facts], language: str, holds: Holds) -> bool:
    """Whether an edition says more of a loose thread than its name: a headline, two papers named, or a thesis."""
    named = [one for story in thread.stories if (one := telling(story, facts, language)).name]
    headed = calmest(thread.stories, language, LONGEST_HEADLINE[language])
    return bool(headed) or len(named) >= _PAIR or thesis(thread, facts, language, holds) is not None


def online_claim(stories: Sequence[Story], facts: Mapping[str, Facts], language: str, holds: Holds) -> Claim | None:
    """Say who reports online results, with a figure each where that holds; None where fewer than two can be named."""
    told = [telling(s, facts, language) for s in stories if _tested(facts.get(s.lead.lead.id))]
    named = [one for one in told if one.name]
    names = list(dict.fromkeys(one.name for one in named))
    if len(names) < _PAIR:
        return None
    leads = [one.story.lead.lead for one in named]
    plain = framing(leads, phrase(language, "online", names=joined(language, names)))
    return _first(live_results(named, language), holds) or plain


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


def _first(claims: Iterable[Claim], holds: Holds) -> Claim | None:
    return next((claim for claim in claims if holds(claim)), None)
