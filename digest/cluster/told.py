"""What is news: a story that an earlier issue told comes back only with something new."""

import hashlib
from collections.abc import Mapping, Sequence

from digest.domain.thread import Story
from digest.text import one_line


def news(stories: Sequence[Story], told: Mapping[str, str]) -> tuple[list[Story], list[Story]]:
    """Split stories into those with something new and those told before, both in their order.

    `told` maps each work that was told to the fingerprint of its story then. A story of which a work was told is a
    repeat, unless it is a single work that says more than then: a paper in a new version.
    """
    fresh: list[Story] = []
    repeats: list[Story] = []
    for story in stories:
        (fresh if _is_news(story, told) else repeats).append(story)
    return fresh, repeats


def fingerprint(story: Story) -> str:
    """Return what a story said, as 16 hex digits: the titles of its works and the versions of its papers."""
    said = sorted(f"{one_line(work.lead.title)}\t{work.lead.extra.get('version', '')}" for work in story.works)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def _is_news(story: Story, told: Mapping[str, str]) -> bool:
    known = [work for work in story.works if work.id in told]
    if not known:
        return True
    if len(story.works) == 1:
        return told[known[0].id] != fingerprint(story) and _says_more(story)
    return False


def _says_more(story: Story) -> bool:
    """Whether a told work changed in substance: a paper's new version."""
    return int(story.lead.lead.extra.get("version", "1") or 1) > 1
