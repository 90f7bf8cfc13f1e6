"""The shipped scorer: how near a text is to search, recommendation and advertising, from weights of words.

`field.json.gz` holds weights only. benchmarks/train_scorer.py makes it and names the split.
"""

import base64
import gzip
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

WEIGHTS = Path(__file__).with_name("field.json.gz")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The words and pairs of words of one part of an item: its rarity (idf) and its weight for each."""

    rarity: Mapping[str, float]
    weight: Mapping[str, float]

    def value(self, words: str) -> float:
        """Return the weights' sum over canonical words, by TF-IDF with a sublinear count and length 1."""
        total = length = 0.0
        for gram, count in Counter(grams(words)).items():
            rarity = self.rarity.get(gram)
            if rarity is not None:
                there = rarity * (1.0 + math.log(count))
                total += there * self.weight[gram]
                length += there * there
        return total / math.sqrt(length) if length else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldScorer:
    """Blocks for title and text, and the logistic curve from their sum to a share."""

    title: Block
    text: Block
    intercept: float
    middle: float
    slope: float

    def value(self, title: str, text: str) -> float:
        """Return the judgement 0..10 that is expected for canonical words; the text has the title in it."""
        return self.intercept + self.title.value(title) + self.text.value(text)

    def share(self, title: str, text: str) -> float:
        """Return the probability, 0..1, that the field's readers find it relevant."""
        return 1.0 / (1.0 + math.exp(-self.slope * (self.value(title, text) - self.middle)))


def grams(words: str) -> Iterable[str]:
    """Yield canonical words, and each neighbouring pair as "one two"."""
    single = words.split()
    yield from single
    yield from map(" ".join, pairwise(single))


@cache
def field_scorer(path: Path = WEIGHTS) -> FieldScorer:
    """Load the shipped weights, once a process."""
    data = json.loads(gzip.decompress(path.read_bytes()))
    return FieldScorer(
        title=_block(data["title"]),
        text=_block(data["text"]),
        intercept=data["intercept"],
        middle=data["middle"],
        slope=data["slope"],
    )


def _block(data: Mapping[str, str]) -> Block:
    """Unpack words (one a line), rarities (bytes, in tenths) and weights (signed bytes, in units of `unit`)."""
    words = data["words"].split("\n")
    rarity = base64.b64decode(data["rarity"])
    signed = memoryview(base64.b64decode(data["weights"])).cast("b")
    unit = float(data["unit"])
    return Block(
        rarity=dict(zip(words, (r / 10.0 for r in rarity), strict=True)),
        weight=dict(zip(words, (w * unit for w in signed), strict=True)),
    )
