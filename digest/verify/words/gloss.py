"""Chinese words with the English stems that may stand for them, where the lexicon has no concept for both."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from digest.verify.words.lexicon import is_stop, stem

_RUN = re.compile("[\u3400-\u9fff]{2,}|图|边|树|帧|轮|州")
_LONGEST = 6


def glosses(text: str, start: int = 0) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the Chinese words of a text from `start` that the table knows, the longest first, with English stems."""
    table = _table()
    for run in _RUN.finditer(text, start):
        place = run.start()
        while place < run.end():
            length = next((n for n in range(_LONGEST, 0, -1) if text[place : min(place + n, run.end())] in table), 0)
            if length:
                length = min(length, run.end() - place)
                yield place, place + length, table[text[place : place + length]]
            place += max(length, 1)


@cache
def _table() -> dict[str, tuple[str, ...]]:
    rows = (Path(__file__).parent / "gloss.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return {
        chinese: tuple(dict.fromkeys(stem(word) for word in english.split() if not is_stop(word)))
        for chinese, english in pairs
    }
