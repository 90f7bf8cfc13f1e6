"""Average linkage on a sparse graph of similarities."""

import heapq
from collections.abc import Iterable

_Entry = tuple[float, int, int, int, int]


def average_linkage(size: int, links: Iterable[tuple[int, int, float]], threshold: float) -> list[list[int]]:
    """Merge the most alike groups while the mean similarity of their members is at least the threshold (> 0).

    `links` are (i, j, similarity) with i != j, each pair once; a pair without a link counts as 0. Returns the groups,
    each ascending, in the order of their first members. Ties go to the smaller indices, so the order of links is free.
    Lance-Williams on sums: the mean between groups is the sum of links over the product of their sizes.
    """
    sums: list[dict[int, float]] = [{} for _ in range(size)]
    for i, j, similarity in links:
        sums[i][j] = sums[j][i] = similarity
    members = [[n] for n in range(size)]
    age = [0] * size
    heap: list[_Entry] = [
        (-value, i, j, 0, 0) for i in range(size) for j, value in sums[i].items() if i < j and value >= threshold
    ]
    heapq.heapify(heap)
    while heap:
        _, i, j, age_i, age_j = heapq.heappop(heap)
        if not members[i] or not members[j] or age[i] != age_i or age[j] != age_j:
            continue
        _merge(i, j, sums, members)
        age[i] += 1
        for other, total in sums[i].items():
            mean = total / (len(members[i]) * len(members[other]))
            if mean >= threshold:
                a, b = min(i, other), max(i, other)
                heapq.heappush(heap, (-mean, a, b, age[a], age[b]))
    return sorted(sorted(group) for group in members if group)


def _merge(i: int, j: int, sums: list[dict[int, float]], members: list[list[int]]) -> None:
    """Give group j to group i."""
    for other, total in sums[j].items():
        del sums[other][j]
        if other != i:
            sums[i][other] = sums[other][i] = sums[i].get(other, 0.0) + total
    sums[j] = {}
    members[i] += members[j]
    members[j] = []
