"""The sections that a title belongs to: of a newspaper (deals, people, law), and the fields of work of papers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent
_NEWS, _PAPERS = "rubrics.tsv", "fields.tsv"
_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class _Rubric:
    name: str
    words: frozenset[str]
    anywhere: tuple[str, ...]
    barred: frozenset[str]


def rubrics(headline: str) -> list[str]:
    """Return the sections that a headline's own words, English or Chinese, put it into, in the order of the table."""
    plain = headline.lower()
    words = _PLAIN.findall(plain)
    said = {*words, *_pairs(words)} | {part for word in words for part in word.split("-")}
    return [r.name for r in _table(_NEWS) if r.words & said or any(word in plain for word in r.anywhere)]


def fields(title: str) -> list[str]:
    """Return the fields of work that the words of a paper's English title put it into, in the order of the table.

    A word joined by a hyphen is another word ("low-rank"), and some words before one make it another thing.
    """
    words = _PLAIN.findall(title.lower())
    pairs = _pairs([part for word in words for part in word.split("-")])
    said = {*words, *_pairs(words), *pairs}
    return [r.name for r in _table(_PAPERS) if r.words & said and not r.barred & pairs]


def _pairs(words: Sequence[str]) -> set[str]:
    return {f"{one}-{two}" for one, two in pairwise(words)}


def is_rubric(term: str) -> bool:
    """Whether a term is the name of a newspaper's section, and so no story's own words."""
    return any(rubric.name == term for rubric in _table(_NEWS))


@cache
def _table(name: str) -> tuple[_Rubric, ...]:
    rows = [
        row.split("\t") for row in (_FOLDER / name).read_text(encoding="utf-8").splitlines() if row and row[0] != "#"
    ]
    return tuple(_rubric(name, words.split()) for name, words in rows)


def _rubric(name: str, words: list[str]) -> _Rubric:
    barred = frozenset(word.removeprefix("-") for word in words if word.startswith("-"))
    plain = frozenset(word for word in words if _PLAIN.fullmatch(word))
    anywhere = tuple(word.replace("_", " ") for word in words if word not in plain and not word.startswith("-"))
    return _Rubric(name, plain, anywhere, barred)
