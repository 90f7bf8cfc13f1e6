"""How alike whole texts are: words, names, leads and pairs of words, each text against its neighbours."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from digest.cluster import sparse
from digest.cluster.terms import stems

READ = 8_000
LEAD = 400
_LEAST = 0.02
_NEIGHBOURS = 8
_FLOOR = 0.28
_NAMES = 3
_SPACED = re.compile(r"\s+([.,;:!?'%])")
_NAME = re.compile(r"(?<![.!?\"]\s)(?<!^)\b(?:[A-Z][a-z'’]+(?:\s+[A-Z][a-z'’]+)*|[A-Z]{2,}|\d[\d,.]+)")


def alike(texts: Sequence[str]) -> tuple[Any, Any, Any]:
    """Return pairs (i < j) of texts and how alike they are; 1 is as alike as neighbours in one dense story.

    The mean of up to four cosines, divided by the geometric mean of both texts' density (mean of their eight best
    similarities, at least 0.28): where everything is alike, two texts must be more so to be one story. Local scaling:
    Zelnik-Manor and Perona 2004, https://papers.nips.cc/paper/2619. Names count only where both texts have three.
    """
    told = [_spaced(text[:READ]) for text in texts]
    words = [list(stems(text)) for text in told]
    names = [_names(text) for text in told]
    views = [
        _view([Counter(said) for said in words]),
        _view([Counter(stems(text[:LEAD])) for text in told]),
        _view([Counter(f"{a}_{b}" for a, b in pairwise(said)) + Counter(said) for said in words]),
        _view(names),
    ]
    left, right = sparse.sharing(views[0], _LEAST)
    cosines = [sparse.products(view, view, left, right)[0] for view in views]
    named = np.asarray([sum(row.values()) >= _NAMES for row in names], dtype=bool)
    both = named[left] & named[right] if names else np.zeros(0, dtype=bool)
    mean = np.where(both, sum(cosines) / 4, sum(cosines[:3]) / 3)
    return left, right, _scaled(len(texts), left, right, mean)


def _scaled(count: int, left: Any, right: Any, mean: Any) -> Any:  # noqa: ANN401  numpy arrays
    best = np.zeros((count, _NEIGHBOURS))
    for value, i, j in zip(mean.tolist(), left.tolist(), right.tolist(), strict=True):
        for n in (i, j):
            lowest = int(best[n].argmin())
            best[n, lowest] = max(best[n, lowest], value)
    density = np.maximum(best.mean(axis=1), _FLOOR) if count else np.zeros(0)
    return mean / np.sqrt(density[left] * density[right])


def _view(rows: Sequence[Counter[str]]) -> Any:  # noqa: ANN401  a scipy matrix
    spread = sparse.document_frequencies(rows)
    weight = {term: sparse.idf(n, len(rows)) + 1.0 for term, n in spread.items() if n > 1}
    return sparse.unit(sparse.matrix([{t: 1.0 + math.log(n) for t, n in row.items()} for row in rows], weight))


def _names(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for match in _NAME.finditer(text):
        parts = match[0].lower().split()
        found.update(parts)
        found.update(f"{a}_{b}" for a, b in pairwise(parts))
    return found


def _spaced(text: str) -> str:
    """Join what tokenised corpora set apart ("rep 's ,")."""
    return _SPACED.sub(r"\1", text.replace("``", '"').replace("''", '"')).replace(" n't", "n't")
