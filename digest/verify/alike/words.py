"""Whether words are the same by their ids, and how much a shared one tells."""

import re
from collections.abc import Iterable, Sequence

from digest.verify.sentences.reading import Reading, Sentence

WEIGHTS = {"n": 1.5, "m": 1.0, "s": 1.0, "d": 0.7, "r": 1.0, "w": 1.0, "c": 0.5, "p": 0.9}
"""Weight of one shared id by its first letter: a name tells most, a pair of Chinese characters least."""
_LONG = 4  # letters from which one stem may begin another


def weight(anchor: str, source: Reading) -> float:
    """Return what one id tells in a text: an id of many sentences tells little, by the root of their number."""
    return float(WEIGHTS[anchor[0]] / source.spread.get(anchor, 1) ** 0.5)


def weigh(ids: Iterable[str], source: Reading) -> float:
    """Return what several ids tell together."""
    return sum(weight(i, source) for i in ids)


def _positive(ids: frozenset[str]) -> frozenset[str]:
    """Return ids without "un", "non" and "re", which may stand as a word apart ("uncompressed", 不压缩)."""
    return frozenset(re.sub(r"^w:(?:un|non|re)(?=\w{4})", "w:", i) for i in ids)


def all_of(parts: Sequence[Sentence]) -> frozenset[str]:
    """Ids of all that stands in some sentences, and the stem of each of their words."""
    return frozenset(a.id for part in parts for a in part.anchors) | frozenset(
        f"w:{word.stem}" for part in parts for word in part.words
    )


def meets(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two sets of ids share one, or one's stem begins with another's."""
    mine, theirs = _positive(mine), _positive(theirs)
    return bool(mine & theirs) or any(
        one.startswith(two) or two.startswith(one) for one in mine for two in theirs if min(len(one), len(two)) > _LONG
    )
