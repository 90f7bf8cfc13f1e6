"""A text as the scorers see it: canonical words, English and Chinese."""

import re

LONGEST = 20_000
"""Characters of a text that count: an abstract has 2,000; what stands later in an article says little about it."""

_CJK = "\u3400-\u9fff\uf900-\ufaff"
_OTHER = re.compile(rf"[^a-z0-9{_CJK}]+")
_PLURAL = re.compile(r"(?<=[a-z]{3})s\b")
_CJK_RUN = re.compile(rf"[{_CJK}]+")


def canonical(text: str) -> str:
    """Return lower-case words joined by single spaces, plural s dropped, with a space at both ends.

    "CTR-Prediction Models" becomes " ctr prediction model ". A run of Chinese characters becomes its overlapping
    pairs, which stand in for words. So `canonical(phrase) in canonical(text)` finds a phrase as whole words.
    """
    plain = _PLURAL.sub("", _OTHER.sub(" ", text[:LONGEST].lower()))
    if not plain.isascii():
        plain = _CJK_RUN.sub(_pairs, plain)
    return f" {' '.join(plain.split())} "


def _pairs(match: re.Match[str]) -> str:
    run = match[0]
    if len(run) == 1:
        return f" {run} "
    return " " + " ".join(run[i : i + 2] for i in range(len(run) - 1)) + " "
