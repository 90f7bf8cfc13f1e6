import random

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from digest.cluster.linkage import average_linkage


@pytest.mark.parametrize("seed", range(4))
def test_it_agrees_with_scipy_on_a_dense_graph(seed: int) -> None:
    points = np.random.default_rng(seed).random((40, 3))
    distance = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2)) / 2
    tree = linkage(squareform(distance, checks=False), "average")
    expected = fcluster(tree, 1 - 0.85, "distance")
    links = [(i, j, float(1 - distance[i, j])) for i in range(40) for j in range(i + 1, 40)]
    random.Random(seed).shuffle(links)  # noqa: S311  a sample, no secret
    found = average_linkage(40, links, 0.85)
    assert {frozenset(group) for group in found} == {
        frozenset(np.flatnonzero(expected == label).tolist()) for label in set(expected.tolist())
    }


def test_a_missing_link_counts_as_nothing() -> None:
    assert average_linkage(3, [(0, 1, 1.0), (1, 2, 0.9)], 0.5) == [[0, 1], [2]]
    assert average_linkage(3, [(0, 1, 1.0), (1, 2, 0.9)], 0.45) == [[0, 1, 2]]
    assert average_linkage(0, [], 0.5) == []
