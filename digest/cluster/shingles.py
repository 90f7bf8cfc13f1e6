"""Nearly the same text: an excerpt, or a copy with a few words less."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import chain, pairwise
from typing import Any

import numpy as np

from digest.domain.item import Item
from digest.text import is_chinese

READ = 4_000  # characters; a near-copy shows itself early, and a text of 1 MB must not cost more than one page
_CONTAINED = 0.5
_LEAST = 12
_COMMON = 60
_ROWS = 2_000
_PAIRS, _WORDS, _KEPT = 2, 7, 0.7
_HEADS = 8
_END = re.compile(r"[.!?]\s+|[。！？；\n]+")
_PIECE = re.compile(r"(?u)[a-z0-9][\w.'’-]*|[\u3400-\u9fff]")


def same_text(items: Sequence[Item], window: timedelta) -> Iterator[tuple[int, int]]:
    """Yield pairs of which one holds at least half of the other's three-word pieces, inside the window.

    Texts of fewer than 12 such pieces (36 of Chinese, where a piece is three characters) say too little. A piece that
    more than 60 texts share names nothing by itself, nor does a sentence under eight titles or more, where its text
    has others.
    """
    texts = _own(items)
    yield from _copies(texts)
    marks = _marks(
        [text if n == first else "" for n, (text, first) in enumerate(zip(texts, _first(texts), strict=True))]
    )
    if marks is None:
        return
    sizes = np.asarray(marks.sum(axis=1)).ravel()
    floors = np.asarray([3 * _LEAST if is_chinese(item.title or item.text[:_LEAST]) else _LEAST for item in items])
    for left, right in _overlaps(marks, sizes, floors):
        if abs(items[left].when - items[right].when) <= window:
            yield left, right


def shortened(titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of normalised titles of which the first is the second with a few of its words left out.

    The second has seven words or more, the first at least 70 % of them, in the same order.
    """
    split = {title: title.split() for title in titles}
    holding: dict[tuple[str, str], list[str]] = defaultdict(list)
    for title in titles:
        for pair in sorted(set(pairwise(split[title]))):
            holding[pair].append(title)
    for title in titles:
        shared = Counter(
            other for pair in set(pairwise(split[title])) if len(holding[pair]) <= _COMMON for other in holding[pair]
        )
        for other in sorted(shared):
            if shared[other] >= _PAIRS and _left_out(split[title], split[other]):
                yield title, other


def _left_out(short: list[str], long: list[str]) -> bool:
    if len(long) < _WORDS or not len(long) * _KEPT <= len(short) < len(long):
        return False
    rest = iter(long)
    return all(word in rest for word in short)


def _own(items: Sequence[Item]) -> list[str]:
    """Return each title and text without the sentences that stand under many titles: a house's notices."""
    texts = [f"{item.title} {item.text[:READ]}".lower() for item in items]
    split = [set(_END.split(item.text[:READ])) for item in items]
    often = {sentence for sentence, n in Counter(chain.from_iterable(split)).items() if n >= _HEADS}
    heads: dict[str, set[str]] = defaultdict(set)
    for item, sentences in zip(items, split, strict=True):
        for sentence in sentences & often:
            heads[sentence].add(item.title or item.id)
    common = {sentence for sentence, titles in heads.items() if sentence and len(titles) >= _HEADS}
    for n, item in enumerate(items):
        if split[n] & common:
            rest = [sentence for sentence in _END.split(item.text[:READ]) if sentence not in common]
            texts[n] = f"{item.title} {' '.join(rest)}".lower() if any(rest) else texts[n]
    return texts


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


def _overlaps(marks: Any, sizes: Any, floors: Any) -> Iterator[tuple[int, int]]:  # noqa: ANN401  scipy and numpy arrays
    spread = np.bincount(marks.indices, minlength=marks.shape[1])
    rare = marks.copy()
    rare.data = np.where(spread[marks.indices] <= _COMMON, 1.0, 0.0).astype(np.float32)
    rare.eliminate_zeros()
    turned = rare.T.tocsr()
    for start in range(0, rare.shape[0], _ROWS):
        block = (rare[start : start + _ROWS] @ turned).tocoo()
        rows, columns = block.row + start, block.col
        least = np.minimum(sizes[rows], sizes[columns])
        hit = (
            (rows < columns) & (least >= np.maximum(floors[rows], floors[columns])) & (block.data >= _CONTAINED * least)
        )
        yield from sorted(zip(rows[hit].tolist(), columns[hit].tolist(), strict=True))
