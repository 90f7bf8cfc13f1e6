"""Which stories an issue tells, in what order, and what it leaves out and why. Pure decisions."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil, log2

from digest.domain.facts import Facts
from digest.domain.issue import Claim, Dropped, Publication, Receipt
from digest.domain.item import Item, ItemKind
from digest.domain.score import Score
from digest.domain.thread import Story, Thread
from digest.period import Period
from digest.text import is_chinese
from digest.write.framing import Frame
from digest.write.voices import is_tweet, loudness, reported, speaks

_BAR = 2.5
_LOW_BAR = 1.8
_SPARE_BAR = 3.5
_SHARES: Mapping[ItemKind, float] = {"post": 0.5, "paper": 0.18, "tweet": 0.15, "repository": 0.12, "episode": 0.08}
TOO_LOW = "scored too low"
_SECTIONS: tuple[ItemKind, ...] = ("post", "paper", "tweet", "repository", "episode")
_BELOW = 20
_NEWS = frozenset({"post", "tweet"})
_HEARD, _MOST_HEARD, _FOREIGN, _LOUD = 0.5, 2.0, 0.5, 0.25
_THREADED = 1.0
_POOL = 2.5
_ADDRESSED = re.compile(r"https?://\S+|@\w+")
_LEAST_SAID, _LEAST_TITLE = 40, 12
_REPOSITORY = re.compile(r"\s*[\w.-]+\s*/\s*[\w.-]+\s*")


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
    by source slug; `date` is when the issue is due. `frames` go by thread id and then by language, as `online` does.
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
    frames: Mapping[str, Mapping[str, Frame]]
    online: Mapping[str, Claim] = field(default_factory=dict)
    engine: str = "local"
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The order of an issue: stories featured, threads with theirs, and the remainder by kind."""

    featured: tuple[Story, ...]
    threads: tuple[Thread, ...]
    remainder: Mapping[ItemKind, tuple[Story, ...]]


def value(story: Story, scores: Mapping[str, Score], languages: Sequence[str] = ()) -> float:
    """Return a story's worth: that of its best work, and what it weighs that many sources report it.

    Half a star for each doubling of the sources of a piece of news, two at most; half a star less where an edition
    would have to tell it in a foreign language, and some where no headline says plainly what happened.
    """
    best = _best(story, scores)
    if story.lead.lead.kind not in _NEWS:
        return best
    sources = {item.source for work in story.works for item in work.items}
    foreign = any(not speaks(story, language) for language in languages)
    loud = min(loudness(item.title) for work in story.works for item in work.items)
    return best + min(_MOST_HEARD, _HEARD * log2(len(sources))) - _LOUD * loud - (_FOREIGN if foreign else 0.0)


def _best(story: Story, scores: Mapping[str, Score]) -> float:
    return max((scores[work.id].value for work in story.works if work.id in scores), default=0.0)


def pool(stories: Sequence[Story], scores: Mapping[str, Score], publication: Publication) -> list[Story]:
    """Return the stories among which themes are looked for, best first: of each kind more than there is room for.

    A publication of a single kind finds them among what it would tell anyhow.
    """
    share = 1.0 if len(publication.kinds) == 1 else _POOL
    bar = _bar(stories, scores, publication)
    room = {kind: ceil(count * share) for kind, count in _filled(publication, stories, scores, bar).items()}
    found: list[Story] = []
    for story in _ranked(stories, scores, publication):
        if room.get(shelf(story), 0) > 0 and _best(story, scores) >= bar:
            room[shelf(story)] -= 1
            found.append(story)
    return found


def choose(
    stories: Sequence[Story],
    scores: Mapping[str, Score],
    publication: Publication,
    threaded: Collection[str] = (),
) -> Choice:
    """Keep the best stories of each kind as far as there is room; `threaded` are ids that count a star more.

    Three stars are the bar; in a thin period, when less than half of the room would be filled, two.
    """
    bar = _bar(stories, scores, publication)
    room = _filled(publication, stories, scores, bar)
    kept: list[Story] = []
    left: list[Story] = []
    reasons: Counter[str] = Counter()
    ranked = _ranked(stories, scores, publication)
    for story in sorted(
        ranked, key=lambda s: -value(s, scores, publication.languages) - _THREADED * (s.id in threaded)
    ):
        reason = _reason_to_drop(story, scores, room, bar)
        if reason:
            reasons[reason] += _voices(story)
            left.append(story)
        else:
            room[shelf(story)] -= 1
            reasons["another voice of a story that is told"] += _voices(story) - 1
            kept.append(story)
    order = {story.id: n for n, story in enumerate(ranked)}
    return Choice(
        kept=tuple(sorted(kept, key=lambda story: order[story.id])),
        below=tuple(story.lead.lead.id for story in left[:_BELOW]),
        dropped=tuple(Dropped(reason=r, count=n) for r, n in sorted(reasons.items()) if n),
    )


def shelf(story: Story) -> ItemKind:
    """Return the section of a story; what somebody posted is a tweet and a project a project, whoever showed it."""
    lead = story.lead.lead
    if lead.kind == "post" and _REPOSITORY.fullmatch(lead.title) and any(k.startswith("github:") for k in lead.keys):
        return "repository"
    return "post" if is_tweet(lead) and reported(story) else "tweet" if is_tweet(lead) else lead.kind


def _ranked(stories: Sequence[Story], scores: Mapping[str, Score], publication: Publication) -> list[Story]:
    return sorted(stories, key=lambda story: (-value(story, scores, publication.languages), story.id))


def _bar(stories: Sequence[Story], scores: Mapping[str, Score], publication: Publication) -> float:
    good = sum(_best(story, scores) >= _BAR for story in stories)
    return _BAR if 2 * good >= publication.max_items else _LOW_BAR


def plan(material: Material) -> Plan:
    """Order an issue: what stands in a thread is told there; the rest by kind, posts featured first."""
    threaded = {story.id for thread in material.threads for story in thread.stories}
    rest = [story for story in material.stories if story.id not in threaded]
    mixed = len(material.publication.kinds) > 1
    posts = [story for story in rest if shelf(story) == "post"]
    featured = tuple(posts[: material.publication.featured]) if mixed else ()
    shown = {story.id for story in featured}
    remainder = {
        kind: tuple(story for story in rest if shelf(story) == kind and story.id not in shown) for kind in _SECTIONS
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


def _filled(
    publication: Publication, stories: Sequence[Story], scores: Mapping[str, Score], bar: float
) -> dict[str, int]:
    """Return the room of each kind; what one leaves empty passes to others in turn that have more of four stars."""
    room = _room(publication)
    told = [story for story in stories if _best(story, scores) >= bar and not _says_little(story)]
    good: Counter[str] = Counter(shelf(story) for story in told)
    filled = {kind: min(count, good[kind]) for kind, count in room.items()}
    better: Counter[str] = Counter(shelf(story) for story in told if _best(story, scores) >= _SPARE_BAR)
    spare = sum(room.values()) - sum(filled.values())
    shares = {str(kind): share for kind, share in _SHARES.items()}
    while spare and (more := [kind for kind in room if better[kind] > filled[kind]]):
        kind = min(more, key=lambda kind: (filled[kind] / shares[kind], kind))
        filled[kind] += 1
        spare -= 1
    return filled


def _says_little(story: Story) -> bool:
    """Whether a post is a reply, little more than a link, or hardly a word: it can't be read alone."""
    lead = story.lead.lead
    said = lead.text or lead.title
    if shelf(story) == "tweet":
        return said.startswith("@") or len(_ADDRESSED.sub("", said).strip()) < _LEAST_SAID
    return shelf(story) == "post" and all(_hardly(item) for work in story.works for item in work.items)


def _hardly(item: Item) -> bool:
    """Whether an item is a word or two, or an address, without a text that says more."""
    bare = _ADDRESSED.sub("", item.title).strip()
    adds = len(_ADDRESSED.sub("", item.text).strip()) - len(bare)
    return len(bare) < _LEAST_TITLE // (2 if is_chinese(bare) else 1) and adds < _LEAST_SAID


def _reason_to_drop(story: Story, scores: Mapping[str, Score], room: Mapping[str, int], bar: float) -> str:
    if _says_little(story):
        return "a reply, or little more than a link"
    if _best(story, scores) < bar:
        return TOO_LOW
    return "" if room.get(shelf(story), 0) > 0 else "good, but no room left"


def _voices(story: Story) -> int:
    return sum(len(work.items) for work in story.works)
