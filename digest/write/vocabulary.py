"""The field's terms in the language of an edition, and those that a work's own words name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from digest.text import HAN, is_chinese

_FILE = Path(__file__).resolve().parent / "glossary.tsv"
_MEASURES = _FILE.with_name("measures.tsv")
_PIECE = re.compile(r"[a-z0-9]+")
_PLURAL = re.compile(r"(?<=[a-z]{2}[a-rt-z])s$")


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the field in both languages; `use` is "" or why it does not say what one work is about."""

    english: str
    chinese: str
    use: str


def worded(term: str, language: str) -> str:
    """Return a term as an edition in that language writes it, or "" where it has no words for it.

    Chinese editions keep an English term that has no Chinese one, as the field does.
    """
    known = _known(term)
    if language == "zh":
        return known.chinese if known else term
    if HAN.search(term):
        return known.english if known else ""
    if known and term[:1].isupper():
        return known.english + ("s" if term.endswith("s") and not known.english.endswith("s") else "")
    return term


def word(term: Term, language: str) -> str:
    """Return a term of the field in the language of an edition."""
    return term.chinese if language == "zh" else term.english


def measure(words: str, language: str) -> str:
    """Return what was measured as an edition in that language calls it; as it is where it has no words for it."""
    return _measures().get(words.lower(), words) if language == "zh" else words


def is_section(term: str) -> bool:
    """Whether a term, in either language, is the name of a newspaper's section, and no story's own words."""
    found = _known(term)
    return bool(found and found.use == "section")


def is_adjective(term: str) -> bool:
    """Whether a term is one that a noun has to follow ("multi-agent")."""
    found = _known(term)
    return bool(found and found.use == "adjective")


def is_term(term: str) -> bool:
    """Whether a term, in either language, is one of the field."""
    return _known(term) is not None


def _known(term: str) -> Term | None:
    return _by_key().get(_key(term)) or _by_chinese().get(term)


def terms_in(text: str) -> Iterator[Term]:
    """Yield the terms that a text names, in its order, the longest where they overlap, each once; no broad ones."""
    if is_chinese(text):
        return
    words, seen, start = _key(text).split(), set[str](), 0
    while start < len(words):
        size = next((n for n in range(_longest(), 0, -1) if " ".join(words[start : start + n]) in _by_key()), 0)
        found = _by_key().get(" ".join(words[start : start + size]))
        if found and not found.use and found.chinese not in seen:
            seen.add(found.chinese)
            yield found
        start += size or 1


def _key(text: str) -> str:
    return " ".join(_PLURAL.sub("", word) for word in _PIECE.findall(text.lower()))


@cache
def _terms() -> tuple[Term, ...]:
    return tuple(Term(row[0], row[1], "".join(row[2:])) for row in _rows(_FILE))


@cache
def _measures() -> dict[str, str]:
    return {row[0].lower(): row[1] for row in _rows(_MEASURES)}


def _rows(file: Path) -> list[list[str]]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def _by_key() -> dict[str, Term]:
    return {_key(term.english): term for term in _terms()}


@cache
def _by_chinese() -> dict[str, Term]:
    return {term.chinese: term for term in reversed(_terms())}


@cache
def _longest() -> int:
    return max(len(key.split()) for key in _by_key())
