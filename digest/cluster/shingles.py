"""Nearly the same text: an excerpt, or a copy with a few words less."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import numpy as np

from digest.domain.item import Item

READ = 4_000  # characters; a near-copy shows itself early, and a text of 1 MB must not cost more than one page
_CONTAINED = 0.5
_LEAST = 12
_COMMON = 60
_ROWS = 2_000
_PIECE = re.compile(r"(?u)[a-z0-9][\w.'’-]*|[\u3400-\u9fff]")


def same_text(items: Sequence[Item], window: timedelta) -> Iterator[tuple[int, int]]:
    """Yield pairs of which one holds at least half of the other's three-word pieces, inside the window.

    Texts of fewer than 12 such pieces say too little. A piece that more than 60 texts share names nothing by itself.
    """
    texts = [f"{item.title} {item.text[:READ]}".lower() for item in items]
    yield from _copies(texts)
    marks = _marks(
        [text if n == first else "" for n, (text, first) in enumerate(zip(texts, _first(texts), strict=True))]
    )
    if marks is None:
        return
    sizes = np.asarray(marks.sum(axis=1)).ravel()
    for left, right in _overlaps(marks, sizes):
        if abs(items[left].when - items[right].when) <= window:
            yield left, right


def _first(texts: Sequence[str]) -> list[int]:
    seen: dict[str, int] = {}
    return [seen.setdefault(text, n) for n, text in enumerate(texts)]


def _copies(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """500 copies of one press release are 499 pairs here, and one row below."""
    for n, first in enumerate(_first(texts)):
        if first != n and len(_PIECE.findall(texts[n])) >= _LEAST:
            yield first, n


def _marks(texts: Sequence[str]) -> Any:  # noqa: ANN401  a scipy matrix; scipy ships no types
    from sklearn.feature_extraction.text import HashingVectorizer  # noqa: PLC0415  heavy, and only needed here

    if not texts:
        return None
    hashed = HashingVectorizer(
        lowercase=False, token_pattern=_PIECE.pattern, ngram_range=(3, 3), n_features=2**22, binary=True,
        alternate_sign=False, norm=None, dtype=np.float32,
    ).transform(texts)  # fmt: skip
    return hashed.tocsr()


def _overlaps(marks: Any, sizes: Any) -> Iterator[tuple[int, int]]:  # noqa: ANN401  scipy and numpy arrays
    spread = np.bincount(marks.indices, minlength=marks.shape[1])
    rare = marks.copy()
    rare.data = np.where(spread[marks.indices] <= _COMMON, 1.0, 0.0).astype(np.float32)
    rare.eliminate_zeros()
    turned = rare.T.tocsr()
    for start in range(0, rare.shape[0], _ROWS):
        block = (rare[start : start + _ROWS] @ turned).tocoo()
        rows, columns = block.row + start, block.col
        least = np.minimum(sizes[rows], sizes[columns])
        hit = (rows < columns) & (least >= _LEAST) & (block.data >= _CONTAINED * least)
        yield from sorted(zip(rows[hit].tolist(), columns[hit].tolist(), strict=True))
