"""The two to five themes that run through the stories of an issue, and their continuation over issues."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from digest.cluster.phrases import phrases
from digest.cluster.rubrics import is_rubric
from digest.cluster.themes import Theme, said_by, themes
from digest.domain.issue import Publication
from digest.domain.thread import Story, Thread

LOOKED_AT = 150
_SAME_THEME = 0.34
_SAME_BEAT = 0.15
_NO_LETTER = re.compile(r"[^a-z0-9\u3400-\u9fff]+")


class PastThread(Protocol):
    """A thread as earlier issues told it: its last terms, all its works, and the last `period` that had it."""

    @property
    def id(self) -> str:
        """The id that the thread keeps."""
        ...

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms of the last issue that had it."""
        ...

    @property
    def works(self) -> frozenset[str]:
        """The ids of all works that it ever held."""
        ...

    @property
    def first_seen(self) -> datetime:
        """The instant of its first item."""
        ...

    @property
    def last_seen(self) -> datetime:
        """The instant of its last item."""
        ...

    @property
    def period(self) -> str:
        """The last period that had it."""
        ...


def threads(
    stories: Sequence[Story],
    worth: Mapping[str, float],
    publication: Publication,
    past: Sequence[PastThread] = (),
    *,
    companies: Mapping[str, str] | None = None,
) -> list[Thread]:
    """Find the themes of an issue, the strongest first: at most `publication.threads[1]`, none of them forced.

    A theme is a phrase that at least two stories are about, or what happens in a section of the news, to one company
    above all; a company's name alone makes none. Each story is told in one thread at most, and stories that share no
    theme stay out. `worth` maps story ids to stars. `weak` marks a theme of two stories or of low cohesion; below the
    publication's least number weak themes are taken too, above it only firm ones. Where a publication tells papers
    alone, a field of work is a theme as well; beside the news one would swallow all papers. `companies` maps work ids
    to institutions, of which a thread holds at most three works each. A theme that an earlier issue had keeps its id
    and names the period that it continues.
    """
    chosen = sorted(stories, key=lambda story: (-worth.get(story.id, 1.0), story.id))[:LOOKED_AT]
    said = [said_by(story, fielded=set(publication.kinds) == {"paper"}) for story in chosen]
    weight = [max(0.2, (worth.get(story.id, 1.0) - 1.0) / 4.0) for story in chosen]
    employer = [(companies or {}).get(story.lead.id, "") for story in chosen]
    latin = any(language != "zh" for language in publication.languages)
    found = themes(said, weight, employer, publication.threads, latin=latin)
    return _continued([_thread(theme, chosen, publication.slug) for theme in found], past)


def _thread(theme: Theme, stories: Sequence[Story], slug: str) -> Thread:
    told = tuple(stories[n] for n in theme.members)
    moments = [item.when for story in told for work in story.works for item in work.items]
    return Thread(
        id=_identity(theme.terms, told, slug),
        stories=told,
        terms=theme.terms,
        cohesion=theme.cohesion,
        weak=theme.weak,
        first_seen=min(moments),
        last_seen=max(moments),
    )


def _identity(terms: Sequence[str], stories: Sequence[Story], slug: str) -> str:
    words = "-".join(_NO_LETTER.sub("-", unicodedata.normalize("NFKC", term).lower()).strip("-") for term in terms[:2])
    seed = "\n".join((slug, *terms[:2], *sorted(story.lead.id for story in stories)))
    return f"{words[:48].strip('-')}-{hashlib.sha256(seed.encode()).hexdigest()[:6]}"


def _continued(found: Sequence[Thread], past: Sequence[PastThread]) -> list[Thread]:
    """Give each thread the id of the earlier one that it resembles most, each earlier one to one thread."""
    pairs = sorted(
        ((-_resemblance(thread, old), n, old.id, m) for n, thread in enumerate(found) for m, old in enumerate(past)),
    )
    known: dict[int, PastThread] = {}
    for likeness, n, _, m in pairs:
        if -likeness >= _SAME_THEME and n not in known and past[m] not in known.values():
            known[n] = past[m]
    return [_again(thread, known[n]) if n in known else thread for n, thread in enumerate(found)]


def _again(thread: Thread, old: PastThread) -> Thread:
    first = min(old.first_seen, thread.first_seen or old.first_seen)
    last = max(old.last_seen, thread.last_seen or old.last_seen)
    return Thread(
        id=old.id, stories=thread.stories, terms=thread.terms, cohesion=thread.cohesion, weak=thread.weak,
        continues=old.period, first_seen=first, last_seen=last,
    )  # fmt: skip


def _resemblance(thread: Thread, old: PastThread) -> float:
    """Share of terms in common, the first counting double, and half for a work in common.

    A section of the news continues by what it is about ("law and policy", "Anthropic"), never by its name alone.
    """
    works = 0.5 if any(work.id in old.works for story in thread.stories for work in story.works) else 0.0
    section, before = _section(thread.terms), _section(old.terms)
    mine = [_folded(term) for term in thread.terms if term != section]
    theirs = [_folded(term) for term in old.terms if term != before]
    if section != before or not mine or not theirs:
        return works
    shared = len(set(mine) & set(theirs)) / min(len(set(mine)), len(set(theirs)))
    head = 0.5 if mine[0] == theirs[0] else 0.25 if mine[0] in theirs or theirs[0] in mine else 0.0
    beat = _SAME_BEAT if section and shared else 0.0
    return shared / 2 + head + works + beat


def _section(terms: Sequence[str]) -> str:
    return terms[0] if terms and is_rubric(terms[0]) else ""


def _folded(term: str) -> str:
    said = phrases(term, "")
    return next(iter(sorted(said.weight, key=lambda key: (-len(key), key))), term.lower())
