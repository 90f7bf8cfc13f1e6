"""How much an item matters to a publication, and why."""

from dataclasses import dataclass
from typing import Literal

Engine = str  # "local", or the model's name

CRITERIA = (
    "field",
    "topic",
    "category",
    "online",
    "industry",
    "novelty",
    "authority",
    "voices",
    "attention",
    "unwanted",
    "taste",
)
"""Names of the criteria, and the keys of a publication's `weights`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One criterion's value for one work in one publication.

    `value` lies in 1..5 and is fine enough to rank by; `stars` is what readers see. `criterion` is "overall" for the
    score that counts; `parts` are then the criteria it was made from, in the order of their weight. `reason` is a
    phrase that a reader understands.
    """

    item: str
    criterion: str
    value: float
    reason: str
    engine: Engine = "local"
    parts: tuple["Score", ...] = ()

    @property
    def stars(self) -> int:
        """The value as whole stars, 1..5, halves rounded up."""
        return max(1, min(5, int(self.value + 0.5)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What an editor or reader said of an item: liked (1) or not (-1). Trains the learned scorer."""

    id: str
    kind: str
    title: str
    text: str
    rating: Literal[1, -1]
