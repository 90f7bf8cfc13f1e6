"""Stories -> threads: the themes that run through the best stories of an issue, continued from earlier ones.

Themes of short texts are facets, not partitions, and no method separates them well; so a thread is what a reader can
check: a phrase that stands in each of its stories. Phrases are taken greedily by the worth of the stories that they join.
"""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from digest.cluster.phrases import key, phrases, telling
from digest.domain.issue import Publication
from digest.domain.score import Score
from digest.domain.thread import Story, Thread

_MOST_STORIES = 6
_PER_COMPANY = 2
_TERMS = 4
_WIDEST = 0.5
_SAME_THEME = 0.6
_TITLE_WORTH = 2.5
_STRONG = 0.5
_PAIR = 2
_SLUG = re.compile(r"[^a-z0-9]+")


class PastThread(Protocol):
    """What must be known of a thread of an earlier issue, for a new one to continue it."""

    @property
    def id(self) -> str:
        """The thread's id."""
        ...

    @property
    def terms(self) -> tuple[str, ...]:
        """Its terms in its last issue, strongest first."""
        ...

    @property
    def works(self) -> Collection[str]:
        """The ids of all works told in it."""
        ...

    @property
    def period(self) -> str:
        """The period of the last issue that had it."""
        ...

    @property
    def first_seen(self) -> datetime:
        """When its first item appeared."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A story with its phrases: in its title, and in all of it."""

    story: Story
    worth: float
    title: Mapping[str, str]
    text: Mapping[str, str]
    company: str


def threads(
    stories: Sequence[Story],
    scores: Mapping[str, Score],
    publication: Publication,
    past: Sequence[PastThread] = (),
    *,
    companies: Mapping[str, str] = {},
) -> list[Thread]:
    """Find the threads of an issue, the weightiest first; stories that fit none are in none.

    At most `publication.threads[1]`, of two to six stories each, at most two of one company (`companies`: work id ->
    name). A thread is weak when its phrase stands in fewer than half of its stories' titles.
    """
    left = [_candidate(story, scores, companies) for story in stories]
    width = max(_PAIR, int(len(left) * _WIDEST))
    found: list[Thread] = []
    while len(found) < publication.threads[1]:
        taken = {key(term) for thread in found for term in thread.terms}
        best = _best(left, width, taken)
        if best is None:
            break
        members = _members(best, left)
        found.append(_thread(best, members, publication, past))
        chosen = {member.story.id for member in members}
        left = [candidate for candidate in left if candidate.story.id not in chosen]
    return found


def _candidate(story: Story, scores: Mapping[str, Score], companies: Mapping[str, str]) -> _Candidate:
    lead = story.lead.lead
    score = scores.get(story.lead.id)
    title = phrases(lead.title, "")
    return _Candidate(
        story=story,
        worth=score.value if score else 1.0,
        title=title,
        text=title | phrases(lead.title, lead.text),
        company=companies.get(story.lead.id, ""),
    )


def _best(left: Sequence[_Candidate], width: int, taken: set[str]) -> str | None:
    """Return the phrase whose stories weigh most; one in more than half of them joins nothing."""
    worth: dict[str, float] = {}
    count: dict[str, int] = {}
    for candidate in left:
        for said in candidate.text:
            if said in candidate.title:
                worth[said] = worth.get(said, 0.0) + candidate.worth * _TITLE_WORTH
            else:
                worth[said] = worth.get(said, 0.0) + candidate.worth
            count[said] = count.get(said, 0) + 1
    able = [said for said, n in count.items() if _PAIR <= n <= width and not _overlap(said, taken)]
    return max(able, key=lambda said: (worth[said] * telling(said), said), default=None)


def _overlap(said: str, taken: set[str]) -> bool:
    words = set(said.split())
    return any(words <= set(other.split()) or set(other.split()) <= words for other in taken)


def _members(said: str, left: Sequence[_Candidate]) -> list[_Candidate]:
    having = sorted(
        (candidate for candidate in left if said in candidate.text),
        key=lambda candidate: (said not in candidate.title, -candidate.worth, candidate.story.id),
    )
    members: list[_Candidate] = []
    seen: dict[str, int] = {}
    for candidate in having:
        if candidate.company and seen.get(candidate.company, 0) >= _PER_COMPANY:
            continue
        seen[candidate.company] = seen.get(candidate.company, 0) + 1
        members.append(candidate)
    return sorted(members[:_MOST_STORIES], key=lambda candidate: (-candidate.worth, candidate.story.id))


def _thread(said: str, members: Sequence[_Candidate], publication: Publication, past: Sequence[PastThread]) -> Thread:
    terms = (_written(said, members), *_further(said, members))
    cohesion = sum(said in member.title for member in members) / len(members)
    before = _continued(terms, members, past)
    seen = sorted(item.when for member in members for work in member.story.works for item in work.items)
    return Thread(
        id=before.id if before else _identity(said, publication),
        stories=tuple(member.story for member in members),
        terms=terms,
        cohesion=round(cohesion, 3),
        weak=cohesion < _STRONG,
        continues=before.period if before else None,
        first_seen=before.first_seen if before else seen[0],
        last_seen=seen[-1],
    )


def _written(said: str, members: Sequence[_Candidate]) -> str:
    ways = [member.title.get(said) or member.text[said] for member in members]
    return max(ways, key=lambda way: (ways.count(way), way.islower(), way))


def _further(said: str, members: Sequence[_Candidate]) -> list[str]:
    """Name what else most of a thread's stories share, the strongest first."""
    counts: dict[str, int] = {}
    for member in members:
        for other in member.text:
            counts[other] = counts.get(other, 0) + 1
    shared = [other for other, n in counts.items() if n >= _PAIR and n * 2 >= len(members) and telling(other) >= 1.0]
    shared.sort(key=lambda other: (-counts[other] * telling(other), other))
    further: list[str] = []
    for other in shared:
        if len(further) < _TERMS - 1 and not _overlap(other, {said, *map(key, further)}):
            further.append(_written(other, [member for member in members if other in member.text]))
    return further


def _continued(terms: Sequence[str], members: Sequence[_Candidate], past: Sequence[PastThread]) -> PastThread | None:
    works = {work.id for member in members for work in member.story.works}
    mine = {key(term) for term in terms}
    for thread in past:
        theirs = {key(term) for term in thread.terms}
        shared = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
        if (
            works & set(thread.works)
            or key(terms[0]) == key(thread.terms[0] if thread.terms else "")
            or shared >= _SAME_THEME
        ):
            return thread
    return None


def _identity(said: str, publication: Publication) -> str:
    slug = _SLUG.sub("-", said).strip("-")
    return f"{slug or 'thread'}-{hashlib.sha256(f'{publication.slug}/{said}'.encode()).hexdigest()[:6]}"
