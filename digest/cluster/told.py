"""A story already told returns only with what is new."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from digest.cluster import headlines
from digest.cluster.stories import headline
from digest.cluster.terms import Terms, terms
from digest.domain.item import Work
from digest.domain.thread import Story

MEMORY = timedelta(days=14)
SAME = 0.4
_VOICES = 3
_KEPT = 240
_READ = 1_200
_FACTS = 80
_DAY = 86_400.0
_FRESH = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class _Told:
    """What an issue told of a story: headlines with their addresses, the facts in it, and when it was last heard."""

    headlines: tuple[tuple[str, str], ...]
    facts: frozenset[str]
    when: datetime


def fingerprint(story: Story) -> str:
    """Return what is remembered of a told story: three headlines, its sums, versions and names, its date (JSON)."""
    voices = _voices(story)
    facts = sorted(set().union(*(_facts(work) for work in story.works)))[:_FACTS]
    latest = max(item.when for work in story.works for item in work.items)
    kept = {"headlines": [list(voice) for voice in voices], "facts": facts, "when": latest.isoformat()}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def news(stories: Sequence[Story], told: Mapping[str, str]) -> tuple[list[Story], list[Story]]:
    """Split stories into those with something new and repeats, each in the order given.

    `told` maps works of earlier issues to the fingerprints of the stories that told them. A story is known where a
    work of it was told, or where its headline and a told one (of the last fourteen days) are one event. What a known
    story brings that is new is a sum, a version or a name that was not there, under a headline that was not told; it
    then returns with the works that bring it, else it is a repeat. A fingerprint that can't be read tells only that its
    work was told.
    """
    remembered = {text: found for text in sorted(set(told.values())) if (found := _parsed(text))}
    matches = _matches(stories, list(remembered.values()))
    fresh: list[Story] = []
    repeats: list[Story] = []
    for story, known in zip(stories, matches, strict=True):
        mine = [remembered[told[work.id]] for work in story.works if told.get(work.id) in remembered]
        before = [*known, *mine]
        if not before and not any(work.id in told for work in story.works):
            fresh.append(story)
            continue
        rest = _with_news(story, before, told)
        (fresh if rest else repeats).append(rest or story)
    return fresh, repeats


def _with_news(story: Story, before: Sequence[_Told], told: Mapping[str, str]) -> Story | None:
    """Return what of a known story is new: works with a new fact that are no told headline or address once more."""
    known = frozenset[str]().union(*(old.facts for old in before))
    said = {text.lower() for old in before for voice in old.headlines for text in voice if text}
    works = tuple(
        work
        for work in story.works
        if work.id not in told
        and not said & {text[:_KEPT].lower() for item in work.items for text in (headline(item), item.url)}
        and _facts(work) - known
    )
    return replace(story, works=works) if works else None


def _matches(stories: Sequence[Story], remembered: Sequence[_Told]) -> list[list[_Told]]:
    """For each story the told ones that are the same event: any two headlines of theirs that the scorer joins."""
    mine = [(n, voice, _latest(story)) for n, story in enumerate(stories) for voice in _voices(story)]
    theirs = [(n, voice, old.when) for n, old in enumerate(remembered) for voice in old.headlines]
    said = [terms(title, url) for _, (title, url), _ in (*mine, *theirs)]
    found: list[set[int]] = [set() for _ in stories]
    if mine and theirs:
        for left, right in _same(said, len(mine), [when for *_, when in (*mine, *theirs)]):
            found[mine[left][0]].add(theirs[right - len(mine)][0])
    return [[remembered[n] for n in sorted(places)] for places in found]


def _same(said: Sequence[Terms], border: int, when: Sequence[datetime]) -> list[tuple[int, int]]:
    weighed, left, right = headlines.candidates(said)
    moments = np.asarray([moment.timestamp() for moment in when])
    days = np.abs(moments[left] - moments[right]) / _DAY
    across = (left < border) & (right >= border) & (days <= MEMORY.total_seconds() / _DAY)
    left, right, days = left[across], right[across], days[across]
    # The scorer learned from three days; a told story is as near as the issue that told it.
    likely = (
        headlines.likelihood(weighed.features(left, right, np.minimum(days, _FRESH.total_seconds() / _DAY))) >= SAME
    )
    return list(zip(left[likely].tolist(), right[likely].tolist(), strict=True))


def _voices(story: Story) -> tuple[tuple[str, str], ...]:
    """Return the headlines that tell a story: its lead's, then one of another language, then the next ones."""
    leads = [work.lead for work in story.works]
    other = [lead for lead in leads if lead.language[:2] != leads[0].language[:2]]
    ordered = list(dict.fromkeys((headline(lead)[:_KEPT], lead.url[:_KEPT]) for lead in (leads[0], *other[:1], *leads)))
    return tuple(ordered[:_VOICES])


def _facts(work: Work) -> set[str]:
    """Return the sums, versions and names in a work's headline and the beginning of its text."""
    found: set[str] = set()
    for item in work.items[:_VOICES]:
        said = terms(f"{headline(item)}. {item.text[:_READ]}")
        found |= said.amounts | said.versions | {f"={name}" for name in said.names}
    return found


def _latest(story: Story) -> datetime:
    return max(item.when for work in story.works for item in work.items)


def _parsed(text: str) -> _Told | None:
    try:
        raw = json.loads(text)
        voices = tuple((str(title), str(url)) for title, url in raw["headlines"])
        return _Told(voices, frozenset(str(fact) for fact in raw["facts"]), datetime.fromisoformat(raw["when"]))
    except (ValueError, TypeError, KeyError):
        return None
