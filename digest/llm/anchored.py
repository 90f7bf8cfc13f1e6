"""What a model's words hold that their sources don't: a quick look before the real check (`digest.verify`)."""

import re
from collections.abc import Mapping
from functools import lru_cache

from digest.names import names
from digest.quantity import Quantity, quantities
from digest.text import sentences

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9\-]{2,}|[\u3400-\u9fff]{2}")
_FIGURE, _NAME, _PLAIN = 3.0, 2.0, 1.0
_MOST_SPANS = 3


def stray(text: str, source: str) -> list[str]:
    """List the figures and names of a text that its source does not hold, in the order of the text."""
    figures = [q for q in quantities(text) if not re.search(rf"(?<![\d.,]){re.escape(q.text)}(?![\d%])", source)]
    below = source.lower()
    unseen = [name for name in names(text) if name.text.lower() not in below]
    # Reading a whole source is dear: only for what does not stand in it as it is written.
    held = {_figure(q) for q in quantities(source)} if figures else set()
    known = {name.canonical for name in names(source)} if unseen else set()
    strangers = [(n.start, n.text) for n in unseen if n.canonical not in known]
    return [words for _, words in sorted([*((q.start, q.text) for q in figures if _figure(q) not in held), *strangers])]


def spans(claim: str, source: str) -> list[str]:
    """Return the sentences of a source that say a claim, verbatim, at most three, in the order of the source.

    The first is the one that shares most with the claim, figures counting thrice and names twice; another joins it only
    for figures and names that are still missing. [] when the source shares nothing with the claim.
    """
    wanted = _features(claim)
    left = [(n, span.text, _features(span.text)) for n, span in enumerate(sentences(source))]
    chosen: list[tuple[int, str]] = []
    while left and len(chosen) < _MOST_SPANS:
        best = max(left, key=lambda row: (_gain(wanted, row[2]), -row[0]))
        if _gain(wanted, best[2]) <= 0:
            break
        chosen.append(best[:2])
        wanted = {key: weight for key, weight in wanted.items() if key not in best[2] and weight > _PLAIN}
        left.remove(best)
    return [text for _, text in sorted(chosen)]


def _gain(wanted: Mapping[str, float], features: Mapping[str, float]) -> float:
    return sum(weight for key, weight in wanted.items() if key in features)


@lru_cache(maxsize=4096)
def _features(text: str) -> Mapping[str, float]:
    features = {word.lower(): _PLAIN for word in _WORD.findall(text)}
    features |= {f"@{name.canonical}": _NAME for name in names(text)}
    return features | {f"#{_figure(q)}": _FIGURE for q in quantities(text)}


def _figure(quantity: Quantity) -> tuple[float, float | None, str]:
    return quantity.value, quantity.high, quantity.unit
