"""How likely two headlines tell one event, in one language or across two."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from digest.cluster import sparse
from digest.cluster.bilingual import concept
from digest.cluster.forest import probability, shipped
from digest.cluster.terms import SOUND, Terms

FEATURES = (
    "cosine", "surface", "rarest", "shared", "shared_squared", "of_shorter", "of_longer", "amount",
    "amounts_differ", "version", "versions_differ", "same_language", "days", "latin_rarest", "latin",
    "length", "cosine_same_language", "cosine_other_language", "surface_same_language", "unshared",
    "unshared_other_language", "name", "names_differ", "names", "told_cosine", "told_of_shorter", "told_of_longer",
    "beyond_names", "beyond_names_of_shorter", "beyond_names_rarest", "forums",
)  # fmt: skip
LEAST = 0.07
_HERE = Path(__file__).resolve().parent
_SCALE = 8.0


def candidates(said: Sequence[Terms], least: float = LEAST) -> tuple["Weighed", Any, Any]:
    """Weigh the terms of all headlines, and return the pairs that share enough to be looked at."""
    weighed = Weighed(said)
    left, right = sparse.sharing(weighed.words, least)
    return weighed, left, right


def likelihood(features: Any) -> Any:  # noqa: ANN401  numpy arrays
    """Return the probability, 0..1, that each row of features is one event (benchmarks/train_stories.py)."""
    return probability(shipped(), features)


class Weighed:
    """The headlines' terms as sparse matrices, weighted by how rare each term is here and in the news at large."""

    def __init__(self, given: Sequence[Terms]) -> None:
        said = _heard_twice(given)
        weight = _rarity([terms.words for terms in said])
        inner = _rarity([terms.surface for terms in said])
        self.words = sparse.unit(sparse.matrix([terms.words for terms in said], weight))
        self.surface = sparse.unit(sparse.matrix([terms.surface for terms in said], inner))
        self.rarity = sparse.matrix([dict.fromkeys(terms.words, 1.0) for terms in said], weight)
        self.latin = sparse.matrix([dict.fromkeys(terms.latin, 1.0) for terms in said], weight)
        self.amounts = sparse.matrix([dict.fromkeys(terms.amounts, 1.0) for terms in said], weight)
        self.versions = sparse.matrix([dict.fromkeys(terms.versions, 1.0) for terms in said], weight)
        named = [{version.partition("~")[0]: 1.0 for version in terms.versions} for terms in said]
        self.named = sparse.matrix(named, dict.fromkeys(sparse.document_frequencies(named), 1.0))
        self.named_rows = [dict.fromkeys(terms.names, 1.0) for terms in said]
        self.names = sparse.matrix(self.named_rows, _rarity(self.named_rows))
        self.meant = sparse.matrix([_meant(terms) for terms in said], weight)
        self.beyond = sparse.matrix([_beyond_names(terms) for terms in said], weight)
        self.forum = np.asarray([terms.forum for terms in said], dtype=np.float64)
        self.chinese = np.asarray([_in_chinese(terms) for terms in said], dtype=bool)
        self.counts = np.asarray([len(terms.words) for terms in said], dtype=np.float64)

    def features(self, left: Any, right: Any, days: Any) -> Any:  # noqa: ANN401  numpy arrays
        """Return one row of FEATURES for each pair; `days` is the time between the two, in days."""
        same = (self.chinese[left] == self.chinese[right]).astype(np.float64)
        columns = (
            *self._shared(left, right, days, same),
            *self._named(left, right, same),
            *self._told(left, right, 1 - same),
            *self._beyond(left, right),
            self.forum[left] + self.forum[right],
        )
        return np.column_stack([np.asarray(column, dtype=np.float64) for column in columns])

    def _shared(self, left: Any, right: Any, days: Any, same: Any) -> tuple[Any, ...]:  # noqa: ANN401  numpy arrays
        """Return what both headlines share in words, sums and versions, and how near in time they are."""
        cosine, _ = sparse.products(self.words, self.words, left, right)
        surface, _ = sparse.products(self.surface, self.surface, left, right)
        squared, top = sparse.products(self.rarity, self.rarity, left, right)
        shared, short, long = _parts(self.rarity, left, right)
        amount, differ = self._agreement(self.amounts, left, right)
        version, _ = sparse.products(self.versions, _ones(self.versions), left, right)
        lines, _ = sparse.products(self.named, self.named, left, right)
        latin, _ = sparse.products(self.latin, _ones(self.latin), left, right)
        _, latin_top = sparse.products(self.latin, self.latin, left, right)
        return (
            cosine, surface, np.sqrt(top) / _SCALE, shared / 40.0, squared / 200.0, shared / short, shared / long,
            amount / _SCALE, differ, version / _SCALE, (lines > 0) & (version == 0), same,
            np.minimum(days, 3.0), np.sqrt(latin_top) / _SCALE, latin / 40.0,
            np.minimum(np.minimum(self.counts[left], self.counts[right]), 20.0) / 10.0,
            cosine * same, cosine * (1 - same), surface * same,
        )  # fmt: skip

    def _named(self, left: Any, right: Any, same: Any) -> tuple[Any, ...]:  # noqa: ANN401  numpy arrays
        """Return the rarest Latin word that the other one lacks, and the names that both have."""
        apart = np.minimum(sparse.unshared(self.latin, left, right), sparse.unshared(self.latin, right, left)) / _SCALE
        name, differ = self._agreement(self.names, left, right)
        _, top = sparse.products(self.names, _ones(self.names), left, right)
        return apart * same, apart * (1 - same), top / _SCALE, differ, name / 20.0

    def _told(self, left: Any, right: Any, across: Any) -> tuple[Any, ...]:  # noqa: ANN401  numpy arrays
        """Return how far two headlines of two languages agree in the words whose meaning is known."""
        squared, _ = sparse.products(self.meant, self.meant, left, right)
        lengths = np.sqrt(np.asarray(self.meant.multiply(self.meant).sum(axis=1)).ravel())
        shared, short, long = _parts(self.meant, left, right)
        return (
            squared / np.maximum(lengths[left] * lengths[right], 1.0) * across,
            shared / short * across,
            shared / long * across,
        )

    def _beyond(self, left: Any, right: Any) -> tuple[Any, ...]:  # noqa: ANN401  numpy arrays
        """Return what both say besides the names of who acts: one firm has several stories a day."""
        shared, short, _ = _parts(self.beyond, left, right)
        _, top = sparse.products(self.beyond, self.beyond, left, right)
        return shared / 40.0, shared / short, np.sqrt(top) / _SCALE

    def _agreement(self, rows: Any, left: Any, right: Any) -> tuple[Any, Any]:  # noqa: ANN401  scipy and numpy arrays
        shared, _ = sparse.products(rows, _ones(rows), left, right)
        has = np.diff(rows.indptr) > 0
        return shared, has[left] & has[right] & (shared == 0)


def _parts(rarity: Any, left: Any, right: Any) -> tuple[Any, Any, Any]:  # noqa: ANN401  scipy and numpy arrays
    """Return the rarity that both rows share, and the whole of the shorter and of the longer one, at least 1."""
    shared, _ = sparse.products(rarity, _ones(rarity), left, right)
    total = np.asarray(rarity.sum(axis=1)).ravel()
    least, most = np.minimum(total[left], total[right]), np.maximum(total[left], total[right])
    return shared, np.maximum(least, 1.0), np.maximum(most, 1.0)


def _heard_twice(said: Sequence[Terms]) -> list[Terms]:
    """Drop the sounds of names that do not stand in both scripts: they can join nothing and only dilute."""
    scripts: dict[bool, set[str]] = {True: set(), False: set()}
    for terms in said:
        scripts[_in_chinese(terms)].update(word for word in terms.words if word.startswith(SOUND))
    both = scripts[True] & scripts[False]
    return [
        replace(
            terms,
            words={word: value for word, value in terms.words.items() if not word.startswith(SOUND) or word in both},
            latin=frozenset(word for word in terms.latin if not word.startswith(SOUND) or word in both),
        )
        for terms in said
    ]


def _meant(terms: Terms) -> dict[str, float]:
    """Return the concepts that can meet across the languages: no pairs of Chinese characters of an unknown meaning."""
    return {word: 1.0 for word in terms.words if word < "\u3400"}


def _beyond_names(terms: Terms) -> dict[str, float]:
    """Return what is said besides the names of companies, systems and people."""
    named = {part for name in terms.names for part in name.replace("-", " ").replace(".", " ").split()}
    named |= {concept(part) for part in named}
    return {word: 1.0 for word in terms.words if word not in named}


def _in_chinese(terms: Terms) -> bool:
    return any(term >= "\u3400" for term in terms.surface)


def _rarity(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    background, size = _background()
    here = sparse.document_frequencies(rows)
    count = len(rows) + size
    return {term: sparse.idf(n + background.get(term, 0), count) for term, n in here.items()}


def _ones(rows: Any) -> Any:  # noqa: ANN401  a scipy matrix
    ones = rows.copy()
    ones.data = np.ones_like(ones.data)
    return ones


@cache
def _background() -> tuple[Counter[str], int]:
    """How often a word stands in AI news at large: counts per word and the number of headlines counted."""
    lines = (_HERE / "background.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    counts = Counter({term: int(count) for term, count in rows if term != "*"})
    return counts, next(int(count) for term, count in rows if term == "*")
