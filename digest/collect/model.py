"""What collectors are given and what they yield."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date, datetime

from digest.domain.item import Item, Source
from digest.fetch.client import Fetcher
from digest.fetch.model import Response, Stored
from digest.sandbox import Sandbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The instants that are wanted, [start, end); `backfill` says that they lie in the past of a fixed period."""

    start: datetime
    end: datetime
    backfill: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the origins live, and how arXiv wants to be asked. `x_token` is None without an account at X."""

    arxiv_api_url: str = "https://export.arxiv.org/api/query"
    arxiv_rss_url: str = "https://rss.arxiv.org/rss"
    arxiv_delay_s: float = 3.0
    github_url: str = "https://github.com"
    x_api_url: str = "https://api.x.com"
    x_token: str | None = None
    hf_url: str = "https://huggingface.co"
    github_api_url: str = ""
    github_token: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a collector works with. `now` is the process's clock; `sandbox` is where strangers' bytes are parsed."""

    fetcher: Fetcher
    now: datetime
    settings: Settings
    sandbox: Sandbox | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What arXiv's listing of a day announces for a source: how many papers, and how many of them arrived."""

    day: date
    announced: int
    arrived: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield:
    """A part of what one source gave.

    `status` is a word of SourceReceipt; the last part's word stands for the source. `keep` are the responses whose
    validators may be remembered once the items are stored; `cursor` is remembered with them, for origins that are
    asked for what is new since something. `listing` is the second opinion where there is one.
    """

    items: tuple[Item, ...] = ()
    status: str = "ok"
    error: str = ""
    note: str = ""
    listing: Listing | None = None
    keep: tuple[Response, ...] = ()
    cursor: Stored | None = None


Collector = Callable[[Source, Window, Context], AsyncIterator[Yield]]
