"""Threads merged, split or dissolved as a model advises, within bounds.

The model sees no text of an item: only each thread's carrying words, which are too short to give an order.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from digest.domain.issue import Publication
from digest.domain.thread import Story, Thread
from digest.llm.answer import Ask, Trouble, told
from digest.llm.prompts import load

_PAIR = 2
_WORDS = 6  # of a thread that the model sees
_WORD_CHARS = 40


async def regroup(
    threads: Sequence[Thread], publication: Publication, ask: Ask
) -> tuple[tuple[Thread, ...], tuple[str, ...]]:
    """Return the threads as a model groups them, and a sentence when it could not be asked.

    No story leaves the issue: those of a dissolved thread go to the remainder. Their number stays within the
    publication's bounds, a thread keeps at least two stories, and advice on unknown ids or words is passed over.
    """
    if not threads:
        return (), ()
    least, most = publication.threads
    described = [_described(thread) for thread in threads]
    values = {"publication": publication.title("en"), "least": least, "most": most, "threads": described}
    outcome = await ask(load("regroup"), values)
    if isinstance(outcome, Trouble):
        return tuple(threads), told("Thread grouping", [outcome.kind])
    return advised(threads, outcome.data, least, most), ()


def advised(threads: Sequence[Thread], advice: Mapping[str, Any], least: int, most: int) -> tuple[Thread, ...]:
    """Apply advice as far as the bounds allow: merges first, then splits, then dissolutions."""
    grouped = {thread.id: thread for thread in threads}
    for pair in advice["merge"]:
        first, second = grouped.get(pair["first"]), grouped.get(pair["second"])
        if first and second and first is not second and len(grouped) > least:
            grouped[first.id] = _merged(first, second)
            del grouped[second.id]
    for row in advice["split"]:
        thread = grouped.get(row["id"])
        parts = _split(thread, row["term"]) if thread and len(grouped) < most else ()
        grouped |= {part.id: part for part in parts}
    for each in advice["dissolve"]:
        if each in grouped and grouped[each].weak and len(grouped) > least:
            del grouped[each]
    return tuple(grouped.values())


def _described(thread: Thread) -> dict[str, Any]:
    return {
        "id": thread.id,
        "terms": [term[:_WORD_CHARS] for term in thread.terms[:_WORDS]],
        "stories": len(thread.stories),
        "cohesion": round(thread.cohesion, 2),
        "weak": thread.weak,
    }


def _merged(first: Thread, second: Thread) -> Thread:
    size = len(first.stories) + len(second.stories)
    cohesion = (first.cohesion * len(first.stories) + second.cohesion * len(second.stories)) / size
    return replace(
        first,
        stories=(*first.stories, *second.stories),
        terms=tuple(dict.fromkeys((*first.terms, *second.terms))),
        cohesion=cohesion,
        weak=first.weak and second.weak,
        continues=first.continues or second.continues,
    )


def _split(thread: Thread, term: str) -> tuple[Thread, ...]:
    """Part the stories that have a term from those that lack it; the larger part keeps the thread's identity."""
    if term not in thread.terms:
        return ()
    having = tuple(story for story in thread.stories if _has(story, term))
    lacking = tuple(story for story in thread.stories if story not in having)
    if min(len(having), len(lacking)) < _PAIR:
        return ()
    rest = tuple(word for word in thread.terms if word != term)
    parts = sorted([(having, (term, *rest)), (lacking, rest)], key=lambda part: -len(part[0]))
    (larger, its_terms), (smaller, other_terms) = parts
    new = replace(thread, id=f"{thread.id}-{_slug(term)}", stories=smaller, terms=other_terms, continues=None)
    return replace(thread, stories=larger, terms=its_terms), new


def _has(story: Story, term: str) -> bool:
    return any(term.lower() in f"{work.lead.title} {work.lead.text}".lower() for work in story.works)


def _slug(term: str) -> str:
    return re.sub(r"\W+", "-", term.lower()).strip("-")
