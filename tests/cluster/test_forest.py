import numpy as np
import pytest

from digest.cluster import headlines
from digest.cluster.forest import Forest, parse, probability, shipped
from digest.errors import DigestError

STUMP = [[1, 0.5, 1, 2, 0.0], [0, 0.0, 1, 1, -2.0], [0, 0.0, 2, 2, 2.0]]
DEEP = [[0, 0.5, 1, 2, 0.0], [0, 0.0, 1, 1, 0.0], [1, 0.5, 3, 4, 0.0], [0, 0.0, 3, 3, 1.0], [0, 0.0, 4, 4, 3.0]]


def forest(trees: list, after: int = 0, below: float = -99.0) -> Forest:
    return parse({"base": 0.0, "after": after, "below": below, "trees": trees, "features": ["a", "b"]})


def test_trees_add_up_as_log_odds() -> None:
    rows = np.asarray([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
    odds = np.asarray([-2.0 + 0, -2.0 + 1, 2.0 + 3])
    assert probability(forest([STUMP, DEEP]), rows) == pytest.approx(1 / (1 + np.exp(-odds)))
    assert probability(forest([STUMP]), rows[:0]).shape == (0,)


def test_hopeless_rows_are_left_early() -> None:
    rows = np.asarray([[1.0, 0.0], [1.0, 1.0]])
    assert probability(forest([STUMP, DEEP], after=1, below=-1.0), rows)[0] == 0.0
    assert probability(forest([STUMP, DEEP], after=1, below=-1.0), rows)[1] > 0.99


def test_a_tree_that_points_outside_is_refused() -> None:
    with pytest.raises(DigestError, match="outside itself"):
        forest([[[0, 0.5, 1, 7, 0.0], [0, 0.0, 1, 1, 1.0]]])
    with pytest.raises(DigestError, match="or back"):
        forest([[[0, 0.5, 1, 2, 0.0], [0, 0.5, 0, 2, 0.0], [0, 0.0, 2, 2, 1.0]]])


def test_the_shipped_forest_knows_the_features() -> None:
    assert shipped().features == headlines.FEATURES
    assert max(int(tree.feature.max()) for tree in shipped().trees) < len(headlines.FEATURES)
