"""Theses and titles without a model: what a thread's works share, said from their facts and their own terms.

A thesis is a framing claim: it cites at least two works, names only what stands in them, and holds no figure.
"""

import re
from collections.abc import Mapping, Sequence

from digest.domain.facts import Facts
from digest.domain.issue import Citation, Claim, Entry, ThreadSection
from digest.domain.thread import Story, Thread
from digest.write.naming import label, system
from digest.write.phrases import joined, phrase

_NAMED = 3
_PAIR = 2
_HEADLINE_LENGTH = 110
_BARE_NUMBER = re.compile(r"(?<![\w.\-])\d")


def thesis(thread: Thread, facts: Mapping[str, Facts], language: str) -> Claim | None:
    """Say what the works of a thread share: deployment, live tests, else its terms; None if it has none."""
    if not thread.terms or len(thread.stories) < _PAIR:
        return None
    for name, holds in (
        ("production", lambda fact: fact.deployed),
        ("live", lambda fact: any(result.online for result in fact.results)),
        ("both", lambda _fact: True),
    ):
        having = [s for s in thread.stories if (fact := facts.get(s.lead.lead.id)) and holds(fact) and _name(s, facts)]
        if len({_name(story, facts) for story in having}) >= _PAIR:
            return _framed(having[:_NAMED], facts, name, thread.terms[0], language)
    return _common(thread, language)


def online_claim(stories: Sequence[Story], facts: Mapping[str, Facts], language: str) -> Claim | None:
    """Name whose works report online results; None where fewer than two can be named."""
    having = [s for s in stories if (fact := facts.get(s.lead.lead.id)) and any(r.online for r in fact.results)]
    named = [story for story in having if _name(story, facts)]
    if len({_name(story, facts) for story in named}) < _PAIR:
        return None
    return _claim(named, phrase(language, "online", names=joined(language, _names(named, facts))))


def thread_title(thread: Thread, facts: Mapping[str, Facts], language: str) -> str:
    """Title a thread by its terms and its evidence: "Semantic IDs: OneBar, PIANO"."""
    terms = ", ".join(thread.terms[:_PAIR])
    named = dict.fromkeys(filter(None, (_short(story, facts) for story in thread.stories)))
    evidence = [name for name in named if name.lower() not in terms.lower()][:_NAMED]
    subject = terms[:1].upper() + terms[1:] or thread.stories[0].lead.lead.title
    colon = "：" if language == "zh" else ": "
    return f"{subject}{colon}{', '.join(evidence)}" if evidence else subject


def headline(threads: Sequence[ThreadSection], entries: Sequence[Entry], language: str) -> str:
    """Head an issue by its first two threads, else by its first entry."""
    titles = [thread.title for thread in threads if not thread.weak] or [thread.title for thread in threads]
    if len(titles) >= _PAIR:
        both = phrase(language, "headline", first=titles[0], second=titles[1])
        return both if len(both) <= _HEADLINE_LENGTH else titles[0]
    own = [entry.title for entry in entries if entry.language == language and entry.kind != "tweet"]
    return titles[0] if titles else (own or [entries[0].title])[0]


def summary_of(overview: Sequence[Claim]) -> str:
    """Return the two sentences that a list of issues shows: of content if there is any."""
    telling = [claim.text for claim in overview if claim.kind != "computed"] or [claim.text for claim in overview]
    return " ".join(telling[:_PAIR])


def _framed(stories: Sequence[Story], facts: Mapping[str, Facts], name: str, term: str, language: str) -> Claim:
    return _claim(stories, phrase(language, name, names=joined(language, _names(stories, facts)), term=term))


def _common(thread: Thread, language: str) -> Claim | None:
    terms = [term for term in thread.terms if not _BARE_NUMBER.search(term)]
    if not terms:
        return None
    holding = [s for s in thread.stories if terms[0].lower() in f"{s.lead.lead.title} {s.lead.lead.text}".lower()]
    if len(holding) < _PAIR:
        return None
    return _claim(holding, _start(phrase(language, "runs", term=terms[0])))


def _claim(stories: Sequence[Story], text: str) -> Claim:
    return Claim(kind="framing", text=text, citations=tuple(Citation(item=s.lead.lead.id) for s in stories))


def _name(story: Story, facts: Mapping[str, Facts]) -> str:
    return label(story.lead, facts.get(story.lead.lead.id))


def _names(stories: Sequence[Story], facts: Mapping[str, Facts]) -> list[str]:
    return list(dict.fromkeys(_name(story, facts) for story in stories))


def _short(story: Story, facts: Mapping[str, Facts]) -> str:
    fact = facts.get(story.lead.lead.id)
    own = system(story.lead.lead.title) if story.lead.lead.kind == "paper" else ""
    return own or (fact.company if fact else "")


def _start(text: str) -> str:
    return text[:1].upper() + text[1:]
