"""Which stories an issue tells, in what order, and what it leaves out and why. Pure decisions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.domain.facts import Facts
from digest.domain.issue import Dropped, Publication, Receipt
from digest.domain.item import ItemKind
from digest.domain.score import Score
from digest.domain.thread import Story, Thread
from digest.period import Period

_BAR = 2.5
_LOW_BAR = 1.8
_SHARES: Mapping[ItemKind, float] = {"post": 0.5, "paper": 0.18, "tweet": 0.15, "repository": 0.12, "episode": 0.08}
TOO_LOW = "scored too low"
_SECTIONS: tuple[ItemKind, ...] = ("post", "paper", "tweet", "repository", "episode")
_BELOW = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The stories that an issue tells, best first; ids of the best items left out; how many were left out, and why."""

    kept: tuple[Story, ...]
    below: tuple[str, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that an issue is written from.

    `read` counts the distinct items of the period by kind; `scores` go by work id, `facts` by item id, `source_titles`
    by source slug; `date` is when the issue is due.
    """

    publication: Publication
    period: Period
    date: datetime
    stories: tuple[Story, ...]
    threads: tuple[Thread, ...]
    scores: Mapping[str, Score]
    facts: Mapping[str, Facts]
    source_titles: Mapping[str, str]
    read: Mapping[str, int]
    receipt: Receipt
    engine: str = "local"
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The order of an issue: stories featured, threads with theirs, and the remainder by kind."""

    featured: tuple[Story, ...]
    threads: tuple[Thread, ...]
    remainder: Mapping[ItemKind, tuple[Story, ...]]


def value(story: Story, scores: Mapping[str, Score]) -> float:
    """Return a story's worth: that of its best work, and a tenth for each further one, at most half a star more."""
    best = max((scores[work.id].value for work in story.works if work.id in scores), default=0.0)
    return best + min(0.5, 0.1 * (len(story.works) - 1))


def choose(stories: Sequence[Story], scores: Mapping[str, Score], publication: Publication) -> Choice:
    """Keep the best stories of each kind as far as there is room.

    Three stars are the bar; in a thin period, when less than half of the room would be filled, two.
    """
    ranked = sorted(stories, key=lambda story: (-value(story, scores), story.id))
    room = _room(publication)
    good = sum(value(story, scores) >= _BAR for story in ranked)
    bar = _BAR if 2 * good >= publication.max_items else _LOW_BAR
    kept: list[Story] = []
    left: list[Story] = []
    reasons: Counter[str] = Counter()
    for story in ranked:
        reason = _reason_to_drop(story, scores, room, bar)
        if reason:
            reasons[reason] += _voices(story)
            left.append(story)
        else:
            room[story.lead.lead.kind] -= 1
            reasons["another voice of a story that is told"] += _voices(story) - 1
            kept.append(story)
    return Choice(
        kept=tuple(kept),
        below=tuple(story.lead.lead.id for story in left[:_BELOW]),
        dropped=tuple(Dropped(reason=r, count=n) for r, n in sorted(reasons.items()) if n),
    )


def plan(material: Material) -> Plan:
    """Order an issue: what stands in a thread is told there; the rest by kind, posts featured first."""
    threaded = {story.id for thread in material.threads for story in thread.stories}
    rest = [story for story in material.stories if story.id not in threaded]
    mixed = len(material.publication.kinds) > 1
    posts = [story for story in rest if story.lead.lead.kind == "post"]
    featured = tuple(posts[: material.publication.featured]) if mixed else ()
    shown = {story.id for story in featured}
    remainder = {
        kind: tuple(story for story in rest if story.lead.lead.kind == kind and story.id not in shown)
        for kind in _SECTIONS
    }
    return Plan(
        featured=featured,
        threads=material.threads,
        remainder={k: stories for k, stories in remainder.items() if stories},
    )


def _room(publication: Publication) -> dict[str, int]:
    if len(publication.kinds) == 1:
        return {publication.kinds[0]: publication.max_items}
    total = sum(_SHARES[kind] for kind in publication.kinds)
    return {kind: max(1, round(publication.max_items * _SHARES[kind] / total)) for kind in publication.kinds}


def _reason_to_drop(story: Story, scores: Mapping[str, Score], room: Mapping[str, int], bar: float) -> str:
    if value(story, scores) < bar:
        return TOO_LOW
    return "" if room.get(story.lead.lead.kind, 0) > 0 else "good, but no room left"


def _voices(story: Story) -> int:
    return sum(len(work.items) for work in story.works)
