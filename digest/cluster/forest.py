"""Boosted trees as shipped numbers: what training writes, evaluated on arrays."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from digest.errors import DigestError

_ROWS = 4_096
_FILE = Path(__file__).resolve().parent / "forest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """One tree as parallel arrays: node n asks whether feature[n] <= threshold[n], then left[n], else right[n].

    A leaf has left[n] == n == right[n]; its value[n] is added to the log odds. Children stand behind their parents.
    """

    feature: Any
    threshold: Any
    left: Any
    right: Any
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """The trees, the log odds before them, and the names of the features in their order.

    Rows whose log odds after the first `after` trees lie below `below` never became likely in training: they count as
    impossible, which saves most of the work.
    """

    base: float
    after: int
    below: float
    trees: tuple[Tree, ...]
    features: tuple[str, ...]


@cache
def shipped() -> Forest:
    """Return the forest that comes with the program."""
    return parse(json.loads(_FILE.read_text(encoding="utf-8")))


def parse(raw: dict[str, Any]) -> Forest:
    """Read a forest from what `forest.json` holds. Raises DigestError where a tree points outside itself or back."""
    return Forest(
        base=float(raw["base"]),
        after=int(raw["after"]),
        below=float(raw["below"]),
        trees=tuple(_tree(nodes) for nodes in raw["trees"]),
        features=tuple(str(name) for name in raw["features"]),
    )


def probability(forest: Forest, rows: Any) -> Any:  # noqa: ANN401  numpy arrays
    """Return, for each row of features, the probability 0..1 that the forest gives."""
    odds = _odds(np.full(len(rows), forest.base), forest.trees[: forest.after], rows)
    hopeful = np.flatnonzero(odds >= forest.below)
    chance = np.zeros(len(rows))
    chance[hopeful] = 1.0 / (1.0 + np.exp(-_odds(odds[hopeful], forest.trees[forest.after :], rows[hopeful])))
    return chance


def _odds(odds: Any, trees: Sequence[Tree], rows: Any) -> Any:  # noqa: ANN401  numpy arrays
    """Add what the trees say to the log odds, some thousand rows at a time: so many columns stay in the cache."""
    found = odds.copy()
    for start in range(0, len(rows), _ROWS):
        part = slice(start, start + _ROWS)
        columns = np.ascontiguousarray(rows[part].T)
        for tree in trees:
            found[part] += _said(tree, columns, 0)
    return found


def _said(tree: Tree, columns: Any, node: int) -> Any:  # noqa: ANN401  numpy arrays
    left, right = int(tree.left[node]), int(tree.right[node])
    if left == node:
        return tree.value[node]
    smaller = columns[tree.feature[node]] <= tree.threshold[node]
    return np.where(smaller, _said(tree, columns, left), _said(tree, columns, right))


def _tree(nodes: list[list[float]]) -> Tree:
    feature, threshold, left, right, value = (np.asarray(column) for column in zip(*nodes, strict=True))
    left, right, place = left.astype(np.int64), right.astype(np.int64), np.arange(len(nodes))
    inner = (left != place) | (right != place)
    if max(left.max(), right.max()) >= len(nodes) or (np.minimum(left, right) <= place)[inner].any():
        raise DigestError("forest.json holds a tree that points outside itself or back; reinstall the package")
    return Tree(feature=feature.astype(np.int64), threshold=threshold, left=left, right=right, value=value)
