"""What bounds a number or says what it is relative to: "up to", "约", "relative"."""

import re
import tomllib
from pathlib import Path

_TABLES = tomllib.loads((Path(__file__).parent / "qualifiers.toml").read_text(encoding="utf-8"))
_BEFORE: tuple[tuple[str, str], ...] = tuple(_TABLES["before"].items())
_AFTER: tuple[tuple[str, str], ...] = tuple(_TABLES["after"].items())
_BOUND_BEFORE = re.compile(
    "(?:" + "|".join(f"(?P<q{n}>(?<![A-Za-z])(?:{p}))" for n, (_, p) in enumerate(_BEFORE)) + ")"
    r"(?:[\s\x1f]|a |an |the |by |of |another |additional |达到|达|为)*$",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(
    r"[\s\x1f]*(?:" + "|".join(f"(?P<q{n}>{p})" for n, (_, p) in enumerate(_AFTER)) + ")", re.IGNORECASE
)
_BASIS = re.compile(r"\b(relative|absolute)(?:ly)?\b(?! to\b)|(相对|绝对)(?!于)", re.IGNORECASE)
_BASES = {"relative": "relative", "相对": "relative", "absolute": "absolute", "绝对": "absolute"}


def qualifier(masked: str, text: str, start: int, end: int) -> tuple[str, str]:
    """Return the canonical bound of the number between two offsets and the text's words for it, "" and "" for none."""
    left = max(0, start - 40)
    before = _BOUND_BEFORE.search(masked[left:start])
    if before:
        group = before.lastgroup or ""
        place, stop = before.span(group)
        return _BEFORE[int(group[1:])][0], masked[left + place : left + stop]
    after = _BOUND_AFTER.match(masked, end)
    if after:
        group = after.lastgroup or ""
        return _AFTER[int(group[1:])][0], text[after.start(group) : after.end(group)]
    return "", ""


def basis(masked: str, start: int, end: int) -> tuple[str, str]:
    """Return whether the number between two offsets is said to be relative or absolute, and in which words."""
    tail = re.match(
        r"[\s\x1f(]*(?:relative|absolute)(?:ly)?\b(?! to\b)|[\s的]*(?:相对|绝对)(?!于)",
        masked[end : end + 20],
        re.IGNORECASE,
    )
    clause = re.split(r"[,;:。，；]|\d", masked[max(0, start - 45) : start])[-1]
    found = _BASIS.search(tail[0]) if tail else None
    found = found or next(reversed(list(_BASIS.finditer(clause))), None)
    if found is None:
        return "", ""
    words = found[1] or found[2]
    return _BASES[words.lower()], words
