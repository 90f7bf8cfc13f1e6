"""The words behind a metric's short form, where the text itself gives them: "attack success rate (ASR)"."""

import re
from collections.abc import Sequence
from functools import lru_cache

from digest.names import known_metric
from digest.text import Span

_SHORT = re.compile(r"[A-Z][A-Za-z]{1,5}")
_PARTS = re.compile(r"[ -]")


def spelt_out(name: str, spans: Sequence[Span]) -> str:
    """Return what a short form stands for in a text, in small letters; a name of the table and any other stay.

    The words stand right before the bracket and begin with its letters, one each.
    """
    if not _SHORT.fullmatch(name) or known_metric(name):
        return name
    words = (_given(name, span.text) for span in spans if f"({name}" in span.text)
    return next((said.lower() for said in words if said), name)


@lru_cache(maxsize=4_096)
def _given(name: str, sentence: str) -> str:
    match = re.search(rf"(?P<words>(?:[A-Za-z]+[ -]){{2,7}})\({name}s?\)", sentence)
    return _words(match["words"].rstrip(), name) if match else ""


def _words(before: str, name: str) -> str:
    """Return the end of a phrase whose words begin with the letters of a short form, or ""."""
    starts = [0, *(match.end() for match in _PARTS.finditer(before))]
    tail = before[starts[-min(len(name), len(starts))] :]
    return tail if "".join(part[0] for part in _PARTS.split(tail)).lower() == name.lower() else ""
