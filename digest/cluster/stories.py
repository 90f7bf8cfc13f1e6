"""Works that tell one event become a story, within English, within Chinese and across both."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import numpy as np

from digest.cluster import bodies, headlines
from digest.cluster.linkage import average_linkage
from digest.cluster.terms import Terms, terms
from digest.domain.item import Item, Work
from digest.domain.thread import Story
from digest.text import sentences

WINDOW = timedelta(days=7)
TITLE_THRESHOLD = 0.19
TEXT_THRESHOLD = 0.63
_SURE = 0.5
_TITLE = 400
_BODY = 400
_UNDATED_DAYS = 0.5
_DAY = 86_400.0
_LONERS = frozenset({"episode"})
_SINGULAR = frozenset({"paper", "repository"})
_SEVERAL = re.compile(r"\S[；;]\s*\S")
_KINDS = {"paper": 0, "repository": 1, "post": 2, "episode": 3, "tweet": 4}


def stories(works: Sequence[Work]) -> list[Story]:
    """Gather works that tell one event; the best work first, the stories in the order of their ids.

    Headlines are compared by a learned scorer (`headlines`), running texts of more than 400 characters also by their
    wording (`bodies`), and linked by average linkage. Two papers, or two repositories, are two stories; an episode
    talks of too much to be one. Works more than seven days apart are never one event. The order of the works has no
    effect.
    """
    ordered = sorted(works, key=lambda work: work.id)
    meetable = _Meetable([work.lead for work in ordered])
    strengths: dict[tuple[int, int], float] = {}
    for i, j, strength in (*_by_headline(ordered, meetable), *_by_body(ordered, meetable)):
        strengths[i, j] = max(strength, strengths.get((i, j), 0.0))
    links = [(i, j, strength) for (i, j), strength in sorted(strengths.items())]
    groups = average_linkage(len(ordered), links, 1.0)
    return sorted((_story([ordered[n] for n in group]) for group in groups), key=lambda story: story.id)


def headline(item: Item) -> str:
    """Return what an item says in one line: its title, else the first sentence of its text, at most 400 characters."""
    if item.title.strip():
        return item.title[:_TITLE]
    first = sentences(item.text[: 4 * _TITLE])
    return first[0].text[:_TITLE] if first else ""


class _Meetable:
    """Which pairs of items may tell one event at all, and how many days lie between them."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._alone = np.asarray([item.kind in _LONERS or _round_up(item) for item in items], dtype=bool)
        self._kind = np.asarray([_KINDS.get(item.kind, 2) for item in items], dtype=np.int8)
        self._dated = np.asarray([item.published is not None for item in items], dtype=bool)
        self._when = np.asarray([item.when.timestamp() for item in items], dtype=np.float64)

    def days(self, left: Any, right: Any) -> Any:  # noqa: ANN401  numpy arrays
        """Return the days between the items of each pair; half a day where one has no date."""
        apart = np.abs(self._when[left] - self._when[right]) / _DAY
        return np.where(self._dated[left] & self._dated[right], apart, _UNDATED_DAYS)

    def pairs(self, left: Any, right: Any) -> Any:  # noqa: ANN401  numpy arrays
        """Return for each pair whether it may meet."""
        twins = (self._kind[left] == self._kind[right]) & (self._kind[left] <= _KINDS["repository"])
        near = self.days(left, right) <= WINDOW / timedelta(days=1)
        return ~self._alone[left] & ~self._alone[right] & ~twins & near


def _by_headline(works: Sequence[Work], meetable: _Meetable) -> Iterator[tuple[int, int, float]]:
    weighed, left, right = headlines.candidates([_said(work) for work in works])
    untitled = np.asarray([_long(work) and not work.lead.title.strip() for work in works], dtype=bool)
    running = np.asarray([_long(work) for work in works], dtype=bool)
    told_by_text = (untitled[left] & running[right]) | (running[left] & untitled[right])
    kept = meetable.pairs(left, right) & ~told_by_text
    left, right = left[kept], right[kept]
    likely = headlines.likelihood(weighed.features(left, right, meetable.days(left, right)))
    # Beyond even odds a link counts no more: a few sure pairs must not carry two groups whose others share nothing.
    yield from _worth(left, right, np.minimum(likely, _SURE) / TITLE_THRESHOLD)


def _by_body(works: Sequence[Work], meetable: _Meetable) -> Iterator[tuple[int, int, float]]:
    long = [n for n, work in enumerate(works) if _long(work)]
    near, far, like = bodies.alike([_running(works[n].lead) for n in long])
    index = np.asarray(long, dtype=np.int64)
    left, right = index[near], index[far]
    kept = meetable.pairs(left, right)
    yield from _worth(left[kept], right[kept], like[kept] / TEXT_THRESHOLD)


def _running(item: Item) -> str:
    return f"{item.title}.\n{item.text}" if item.title.strip() else item.text


def _long(work: Work) -> bool:
    """Whether a work is told at length: 400 characters, or a few lines without a title."""
    lead = work.lead
    least = _BODY if lead.title.strip() or lead.kind == "tweet" else _BODY // 6
    return len(lead.text) >= least and lead.kind not in _LONERS | _SINGULAR


def _round_up(item: Item) -> bool:
    """Whether a headline lists several events, set apart by semicolons: it would tie them all into one."""
    return len(_SEVERAL.findall(item.title)) >= 2  # noqa: PLR2004  two semicolons make three events


def _worth(left: Any, right: Any, strength: Any) -> Iterator[tuple[int, int, float]]:  # noqa: ANN401  numpy arrays
    """Links too weak to matter only cost: what is below a twentieth of the threshold counts as none."""
    keep = strength >= 0.05  # noqa: PLR2004  said above
    yield from zip(left[keep].tolist(), right[keep].tolist(), strength[keep].tolist(), strict=True)


def _said(work: Work) -> Terms:
    """Return the terms of the lead's headline, and of the best voice in the other language."""
    lead = work.lead
    mine = terms(headline(lead), lead.url)
    other = next((item for item in work.items if item.language[:2] != lead.language[:2]), None)
    return _joined(mine, terms(headline(other), other.url)) if other else mine


def _joined(mine: Terms, theirs: Terms) -> Terms:
    return Terms(
        words=theirs.words | mine.words,
        surface=theirs.surface | mine.surface,
        latin=mine.latin | theirs.latin,
        amounts=mine.amounts | theirs.amounts,
        versions=mine.versions | theirs.versions,
        names=mine.names | theirs.names,
        forum=mine.forum,
    )


def _story(works: Sequence[Work]) -> Story:
    ordered = tuple(sorted(works, key=_rank))
    return Story(id=f"story:{min(works, key=lambda work: (work.lead.when, work.id)).id}", works=ordered)


def _rank(work: Work) -> tuple[object, ...]:
    """Order works: origins (papers, repositories) first, then most voices, the fullest text, the earliest."""
    lead = work.lead
    return (_KINDS.get(lead.kind, 2), -len(work.items), -min(len(lead.text) // 500, 8), lead.when, work.id)
