"""Boosted trees as shipped numbers: what training writes, evaluated on arrays."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from digest.errors import DigestError

_FILE = Path(__file__).resolve().parent / "forest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """One tree as parallel arrays: node n asks whether feature[n] <= threshold[n], then left[n], else right[n].

    A leaf has left[n] == n == right[n]; its value[n] is added to the log odds.
    """

    feature: Any
    threshold: Any
    left: Any
    right: Any
    value: Any
    depth: int


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
    """Read a forest from what `forest.json` holds. Raises DigestError where a tree points outside itself."""
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
    every = np.arange(len(rows))
    for tree in trees:
        at = np.zeros(len(rows), dtype=np.int64)
        for _ in range(tree.depth):
            smaller = rows[every, tree.feature[at]] <= tree.threshold[at]
            at = np.where(smaller, tree.left[at], tree.right[at])
        odds = odds + tree.value[at]
    return odds


def _tree(nodes: list[list[float]]) -> Tree:
    feature, threshold, left, right, value = (np.asarray(column) for column in zip(*nodes, strict=True))
    left, right = left.astype(np.int64), right.astype(np.int64)
    if min(left.min(), right.min()) < 0 or max(left.max(), right.max()) >= len(nodes):
        raise DigestError("forest.json holds a tree that points outside itself; reinstall the package")
    return Tree(
        feature=feature.astype(np.int64), threshold=threshold, left=left, right=right, value=value,
        depth=_depth(left.tolist(), right.tolist()),
    )  # fmt: skip


def _depth(left: list[int], right: list[int]) -> int:
    """Levels below the root; children stand behind their parents, so no tree is circular."""
    levels = [0] * len(left)
    for n in range(len(left)):
        for child in {left[n], right[n]} - {n}:
            levels[child] = levels[n] + 1
    return max(levels)
