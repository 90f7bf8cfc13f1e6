"""What sources yield: items, and the works that several items are about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from digest.period import announced_on

ItemKind = Literal["paper", "post", "tweet", "repository", "episode"]
SourceKind = str  # a key of the collector table: arxiv, feed, podcast, github-trending, x, hf-papers, or a plug-in's
Language = str  # BCP 47: "en", "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One configured origin.

    `address` is the URL of a feed, the query of an arXiv search, or empty; `accounts` are X handles without @.
    `weight` is the editor's trust, 0..2 with 1 as normal.
    """

    kind: SourceKind
    slug: str
    title: str
    address: str = ""
    accounts: tuple[str, ...] = ()
    language: Language = "en"
    weight: float = 1.0
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that a source yielded.

    `id` is stable over runs and readable: "arxiv:2606.14269", "hf:2606.14269", "x:2066309743619244174",
    "github:owner/repo@2026-06-15" (a day's trending entry), "feed:<source slug>:<12 hex of the entry's identity>".
    `text` is plain text (abstract, body, transcript, description), never markup.
    `keys` are the identities shared by items of one work: "arxiv:<id without version>", "doi:...", "github:owner/repo",
    "x:<tweet id>", "url:<canonical URL>".
    `links` are the other URLs that the item names. `signals` are the source's own counts: "likes", "retweets",
    "upvotes", "stars", "stars_today", "comments", "rank", "duration_s".
    `published` is the source's own date, None where it gave none; `flags` say what was mended or guessed:
    "undated", "date-clamped", "backfilled", "backlog" (without a date, and there when its source was first read),
    "late" (came after the number of its period was made), "withdrawn", "excerpt".
    `announced` is the day of arXiv's listing, where one was seen.
    `extra` holds what only one kind has, as text: "version", "categories", "comment", "page_url", "license",
    "stars_language".
    `payload_hash` is the SHA-256 of the raw entry, hex.
    """

    id: str
    source: str
    kind: ItemKind
    title: str
    url: str
    first_seen: datetime
    text: str = ""
    authors: tuple[str, ...] = ()
    language: Language = "en"
    published: datetime | None = None
    updated: datetime | None = None
    announced: datetime | None = None
    keys: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    signals: Mapping[str, float] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    extra: Mapping[str, str] = field(default_factory=dict)
    payload_hash: str = ""

    @property
    def when(self) -> datetime:
        """The instant that decides to which period the item belongs.

        arXiv's announcement for papers (a paper belongs to the day on which arXiv announced it), else the date of
        publication, else the moment at which it was first seen.
        """
        return self.announced or self.published or self.first_seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What several items are about the same of; `items` are all its voices, the best one first."""

    id: str
    items: tuple[Item, ...]

    @property
    def lead(self) -> Item:
        """The item that speaks for the work: the one nearest to the origin, with the most text."""
        return self.items[0]


def listing_noon(submitted: datetime) -> datetime:
    """Return noon UTC of the day whose arXiv listing announces a paper submitted at that instant."""
    listed = announced_on(submitted)
    return submitted.replace(
        year=listed.year, month=listed.month, day=listed.day, hour=12, minute=0, second=0, microsecond=0
    )
