"""Sparse term matrices and the pairs of rows that share a rare term."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

type_matrix = Any  # a scipy.sparse matrix; scipy ships no types
_ROWS = 1_000
_PAIRS = 50_000
_COMMON_LEAST = 100
_COMMON_SHARE = 0.03


def document_frequencies(rows: Sequence[Mapping[str, float]]) -> Counter[str]:
    """Count in how many rows each term stands."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(row.keys())
    return counts


def idf(term_rows: int, rows: int) -> float:
    """Return the weight of a term that stands in `term_rows` of `rows`: log((1 + N) / (1 + n)), at least 0.1."""
    return max(0.1, math.log((1 + rows) / (1 + term_rows)))


def matrix(rows: Sequence[Mapping[str, float]], weight: Mapping[str, float]) -> type_matrix:
    """Return rows x terms with each row's value times the term's weight; terms without a weight are left out."""
    from scipy import sparse  # noqa: PLC0415  heavy, and only needed once there is something to cluster

    column = {term: n for n, term in enumerate(sorted(weight))}
    starts, columns, values = [0], [], []
    for row in rows:
        for term in sorted(row):
            if term in column:
                columns.append(column[term])
                values.append(row[term] * weight[term])
        starts.append(len(columns))
    data = np.asarray(values, dtype=np.float32)
    return sparse.csr_matrix((data, np.asarray(columns, dtype=np.int32), starts), shape=(len(rows), len(column)))


def unit(rows: type_matrix) -> type_matrix:
    """Scale each row to length 1; empty rows stay empty."""
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    scaled = rows.copy()
    scaled.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(rows.indptr)).astype(np.float32)
    return scaled


def sharing(rows: type_matrix, least: float) -> tuple[Any, Any]:
    """Return the pairs (i < j) of unit rows whose product over their rarer terms is at least `least`.

    A term in more than 100 rows and 3 % of them joins no pair: that bounds the work on large collections.
    """
    spread = np.bincount(rows.indices, minlength=rows.shape[1])
    common = max(_COMMON_LEAST, _COMMON_SHARE * rows.shape[0])
    rare = rows.copy()
    rare.data = np.where(spread[rare.indices] <= common, rare.data, 0).astype(np.float32)
    rare.eliminate_zeros()
    turned = rare.T.tocsr()
    left, right = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for start in range(0, rare.shape[0], _ROWS):
        block = (rare[start : start + _ROWS] @ turned).tocoo()
        row = block.row.astype(np.int64) + start
        hit = (row < block.col) & (block.data >= least)
        left.append(row[hit])
        right.append(block.col[hit].astype(np.int64))
    first, second = np.concatenate(left), np.concatenate(right)
    order = np.lexsort((second, first))
    return first[order], second[order]


def products(rows: type_matrix, others: type_matrix, left: Any, right: Any) -> tuple[Any, Any]:  # noqa: ANN401  arrays
    """Return, for each pair, the sum and the largest of the products over the shared terms."""
    sums, tops = np.zeros(len(left), dtype=np.float64), np.zeros(len(left), dtype=np.float64)
    for start in range(0, len(left), _PAIRS):
        part = slice(start, start + _PAIRS)
        shared = rows[left[part]].multiply(others[right[part]]).tocsr()
        sums[part] = np.asarray(shared.sum(axis=1)).ravel()
        if shared.nnz:
            tops[part] = np.asarray(shared.max(axis=1).todense()).ravel()
    return sums, tops


def unshared(rows: type_matrix, left: Any, right: Any) -> Any:  # noqa: ANN401  index arrays
    """Return, for each pair, the largest value that the left row has in a column where the right one has none."""
    ones = rows.copy()
    ones.data = np.ones_like(ones.data)
    tops = np.zeros(len(left), dtype=np.float64)
    for start in range(0, len(left), _PAIRS):
        part = slice(start, start + _PAIRS)
        mine = rows[left[part]]
        rest = mine - mine.multiply(ones[right[part]])
        if rest.nnz:
            tops[part] = np.asarray(rest.max(axis=1).todense()).ravel()
    return tops
