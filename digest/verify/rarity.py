"""How much a shared word tells: by its kind, and by how few sentences of its text hold it."""

from collections.abc import Iterable

from digest.verify.reading import Reading

WEIGHTS = {"n": 1.5, "m": 1.0, "s": 1.0, "d": 0.7, "r": 1.0, "w": 1.0, "c": 0.5, "p": 0.9}
"""Weight of one shared id by its first letter: a name tells most, a pair of Chinese characters least."""


def weight(anchor: str, source: Reading) -> float:
    """Return what one id tells in a text: an id of many sentences tells little, by the root of their number."""
    return float(WEIGHTS[anchor[0]] / source.spread.get(anchor, 1) ** 0.5)


def weigh(ids: Iterable[str], source: Reading) -> float:
    """Return what several ids tell together."""
    return sum(weight(i, source) for i in ids)
