"""The sections that a title belongs to: of a newspaper (deals, people, law), and the fields of work of papers."""

import re
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


def rubrics(headline: str) -> list[str]:
    """Return the sections that a headline's own words, English or Chinese, put it into, in the order of the table."""
    return _found(headline, _NEWS)


def fields(title: str) -> list[str]:
    """Return the fields of work that the words of a paper's English title put it into, in the order of the table."""
    return _found(title, _PAPERS)


def _found(title: str, table: str) -> list[str]:
    plain = title.lower()
    words = _PLAIN.findall(plain)
    said = {*words, *(f"{one}-{two}" for one, two in pairwise(words))}
    said |= {part for word in words for part in word.split("-")}
    return [r.name for r in _table(table) if r.words & said or any(word in plain for word in r.anywhere)]


def is_rubric(term: str) -> bool:
    """Whether a term is the name of a section or of a field, and so no story's own words."""
    return any(rubric.name == term for table in (_NEWS, _PAPERS) for rubric in _table(table))


@cache
def _table(name: str) -> tuple[_Rubric, ...]:
    rows = [
        row.split("\t") for row in (_FOLDER / name).read_text(encoding="utf-8").splitlines() if row and row[0] != "#"
    ]
    return tuple(_rubric(name, words.split()) for name, words in rows)


def _rubric(name: str, words: list[str]) -> _Rubric:
    plain = frozenset(word for word in words if _PLAIN.fullmatch(word))
    return _Rubric(name, plain, tuple(word.replace("_", " ") for word in words if word not in plain))
