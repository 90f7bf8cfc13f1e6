"""One vocabulary for English and Chinese news: words that tell the same become one concept."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_LONGEST = 10
_SHORTEST = 4
_SUFFIXES = (
    ("ies", "y", 5),
    ("sses", "ss", 6),
    ("ing", "", 7),
    ("ed", "", 6),
    ("es", "", 6),
    ("s", "", 4),
    ("e", "", 5),
)


def stem(word: str) -> str:
    """Cut English endings, so that most forms of a word meet; short words and those with a digit stay."""
    if len(word) < _SHORTEST or not word.isascii() or not word.isalpha():
        return word
    for suffix, instead, least in _SUFFIXES:
        if len(word) >= least and word.endswith(suffix) and not word.endswith("ss"):
            return word[: len(word) - len(suffix)] + instead
    return word


@cache
def _synonyms() -> dict[str, str]:
    table: dict[str, str] = {}
    for stands, words in _rows("synonyms.tsv"):
        table.update(dict.fromkeys(words.split(), stands))
    return table


@cache
def concept(word: str) -> str:
    """Return the concept of a lower-case English word: its class of synonyms, else its stem."""
    return _synonyms().get(word) or stem(word)


@cache
def chinese() -> dict[str, tuple[str, ...]]:
    """Return the Chinese words of the field, which may name a theme, and the concepts that each of them names."""
    return _concepts("bilingual.tsv")


@cache
def _vocabulary() -> dict[str, tuple[str, ...]]:
    """All Chinese words: those of the field and those of the news at large."""
    return {**_concepts("general.tsv"), **chinese()}


def _concepts(name: str) -> dict[str, tuple[str, ...]]:
    return {word: tuple(dict.fromkeys(concept(e) for e in english.split())) for word, english in _rows(name)}


def segments(run: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Cut a run of Chinese characters, longest known word first; what is unknown has no concepts."""
    known, start, rest = _vocabulary(), 0, 0
    while start < len(run):
        for size in range(min(_LONGEST, len(run) - start), 1, -1):
            concepts = known.get(run[start : start + size])
            if concepts is not None:
                if rest < start:
                    yield run[rest:start], ()
                yield run[start : start + size], concepts
                start += size
                rest = start
                break
        else:
            start += 1
    if rest < len(run):
        yield run[rest:], ()


def _rows(name: str) -> Iterator[tuple[str, str]]:
    for line in (_HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, _, value = line.partition("\t")
            yield key, value


@cache
def word_list(section: str) -> frozenset[str]:
    """Return a section of `generic.txt`: words, and phrases, that carry no theme."""
    found: set[str] = set()
    here = ""
    for line in (_HERE / "generic.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            here = line.strip("[]")
        elif line and not line.startswith("#") and here == section:
            found.update(part.strip() for part in line.split(",") if part.strip())
    return frozenset(found)


def known_word(word: str) -> bool:
    """Whether an English word, as written, belongs to a class of synonyms."""
    return word in _synonyms()
