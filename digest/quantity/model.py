"""A number as it stands in a text."""

from dataclasses import dataclass
from typing import Literal

Sign = Literal["+", "-", ""]
QuantityKind = Literal["amount", "date", "version", "rank", "vague"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number as it stands in a text: `source[start:end] == text`.

    `value` is its size without the sign, the scale applied ("1.6T" is 1.6e12, "4亿" 4e8); `high` the upper end of a
    range, else None. `unit` is canonical: "%", "pp", "bps", "x", "ms", "s", "min", "h", "d", "week", "month", "year",
    "points", "KB".."PB", "QPS", a currency, or "". `sign` is the sign character before it, not a verb's direction.
    `qualifier` is the canonical bound ("up to", "at most", "at least", "over", "nearly", "under", "about",
    "average"), else the basis; `qualifier_text` the source's words. `basis` is "relative", "absolute" or "".
    Of kind "vague" ("tens of millions", "数千万", "several hours") `value` is the power of ten that it begins at, 1 for
    a few of a unit. Only `kind` "amount" is a measure, which tells it from dates, versions, model names and ranks.
    """

    start: int
    end: int
    text: str
    value: float
    high: float | None = None
    unit: str = ""
    sign: Sign = ""
    qualifier: str = ""
    qualifier_text: str = ""
    basis: str = ""
    kind: QuantityKind = "amount"
