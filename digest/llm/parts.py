"""A text that is too long for a model's context: asked about in parts, never cut silently."""

import asyncio
from collections.abc import Awaitable, Callable

from digest.llm.answer import Answer, Trouble
from digest.text import sentences

_SHORTEST = 400  # characters: below that the text is not what makes the request too long


async def in_parts(ask_of: Callable[[str], Awaitable[Answer | Trouble]], text: str) -> list[Answer] | Trouble:
    """Ask about a text, in halves cut between sentences as often as the context asks for it.

    Returns the answers in the order of the text, or the trouble of the first part that has one.
    """
    outcome = await ask_of(text)
    if isinstance(outcome, Answer):
        return [outcome]
    if outcome.kind != "context" or len(text) < _SHORTEST:
        return outcome
    cut = _middle(text)
    halves = await asyncio.gather(in_parts(ask_of, text[:cut].strip()), in_parts(ask_of, text[cut:].strip()))
    answers: list[Answer] = []
    for half in halves:
        if isinstance(half, Trouble):
            return half
        answers += half
    return answers


def shortened(text: str, most: int) -> str:
    """Return a text's beginning, at most that many characters, ended at a sentence; who shortens has to say so."""
    if len(text) <= most:
        return text
    ends = [span.end for span in sentences(text[:most])[:-1]]
    return text[: ends[-1]] if ends else text[:most]


def _middle(text: str) -> int:
    """Return the start of the sentence nearest to the middle, else the middle itself."""
    half = len(text) // 2
    starts = [span.start for span in sentences(text) if span.start > 0]
    near = min(starts, key=lambda start: abs(start - half), default=half)
    return near if abs(near - half) <= half // 2 else half
