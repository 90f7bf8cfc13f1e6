"""B-cubed precision, recall and F1 of one grouping against another."""

from collections import Counter
from collections.abc import Sequence


def b_cubed(told: Sequence[str], gold: Sequence[str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the groups `told` against `gold`, a label for each member; 0 without members.

    For each member the share of its group that belongs to its true group, and the reverse, averaged over members.
    Bagga and Baldwin 1998, https://aclanthology.org/P98-1012.
    """
    if not told:
        return 0.0, 0.0, 0.0
    both, groups, truths = Counter(zip(told, gold, strict=True)), Counter(told), Counter(gold)
    precision = sum(n * n / groups[label] for (label, _), n in both.items()) / len(told)
    recall = sum(n * n / truths[label] for (_, label), n in both.items()) / len(told)
    return precision, recall, 2 * precision * recall / (precision + recall)
