"""Abbreviations that a text explains itself: "generative retrieval (GR)"."""

import re
from collections.abc import Iterator, Mapping

_SHORT = re.compile(r"[(（]([A-Z][A-Za-z]{1,6}?)s?[)）]")
_BEFORE = re.compile(r"(?:[A-Za-z][A-Za-z'’]*[ -]){1,8}$")
_FAR = 120  # characters before the brackets among which its words stand
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "with", "a", "an", "by"})


def abbreviations(text: str) -> Mapping[str, str]:
    """Map each abbreviation that a text explains in brackets to the words that it stands for.

    The words right before the brackets are its words where their initials spell it, small words left out or not.
    """
    found: dict[str, str] = {}
    for match in _SHORT.finditer(text):
        before = _BEFORE.search(text[max(0, match.start() - _FAR) : match.start()])
        phrase = _spelling(before[0].rstrip(" -"), match[1]) if before else ""
        if phrase:
            found.setdefault(match[1], phrase)
    return found


def places(text: str, start: int, end: int, words: str) -> Iterator[tuple[int, int]]:
    """Yield where an abbreviation or its words stand between two offsets, in any case but its own capitals."""
    exact = words.isupper()
    pattern = re.compile(
        rf"(?<![A-Za-z]){re.escape(words).replace('-', '[- ]').replace(chr(92) + ' ', '[- ]')}(?:e?s)?(?![A-Za-z])",
        0 if exact else re.IGNORECASE,
    )
    yield from (match.span() for match in pattern.finditer(text, start, end))


def _spelling(before: str, short: str) -> str:
    """Return the end of a run of words whose initials spell an abbreviation, or ""."""
    words = [(m.start(), m[0]) for m in re.finditer(r"[A-Za-z'’]+", before)]
    for n in range(len(words) - 1, -1, -1):
        tail = [word for _, word in words[n:]]
        initials = "".join(word[0] for word in tail)
        bare = "".join(word[0] for word in tail if word.lower() not in _SMALL)
        if short.lower() in {initials.lower(), bare.lower()} and len(tail) > 1:
            return before[words[n][0] :]
    return ""
