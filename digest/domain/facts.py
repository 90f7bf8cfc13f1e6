"""What a paper reports: company, deployment, and each result with the words that qualify it."""

from dataclasses import dataclass
from typing import Literal

Direction = Literal["up", "down", "none"]
Unit = Literal["%", "pp", "bps", "x", "ms", "s", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One reported outcome.

    `metric` is the canonical name ("CTR", "GMV", "latency"), `words` the name as the source writes it. `value` is
    signed by `direction` ("down" is negative); `high` is the upper end of a range or None. `qualifier` keeps the
    source's words ("up to", "at least", "relative", ...), "" where there are none. `surface` is where it was measured
    ("homepage feed"), `online` whether on live traffic, `length` the test's duration in the source's words. `quote` is
    the exact sentence, and `text[start:end] == quote` for the source text that it was read from.
    """

    metric: str
    words: str
    value: float
    unit: Unit
    direction: Direction
    online: bool
    quote: str
    start: int
    end: int
    high: float | None = None
    qualifier: str = ""
    surface: str = ""
    length: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was read from one item's title and text.

    `company` is the canonical name or "", `industry` whether it is a firm and no university, `deployed` whether the
    text says that the system serves or served real traffic, `deployed_quote` the sentence that says so; `tested`
    whether it says that it was tested on live traffic or in an A/B test, with or without a figure, `tested_quote`
    the sentence that says so.
    """

    item: str
    company: str = ""
    company_quote: str = ""
    industry: bool = False
    deployed: bool = False
    deployed_quote: str = ""
    tested: bool = False
    tested_quote: str = ""
    results: tuple[Result, ...] = ()
