"""A feed as all its formats are read into: entries of plain strings, fit for JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

MAX_ENTRIES = 2_000
MAX_TEXT = 1_000_000


class Entry(NamedTuple):  # crosses from a worker as a plain list: as a dataclass it would cost five times as much
    """One entry. Texts are plain, links absolute; dates are as the feed wrote them.

    `hash` is of what was read of the raw entry. `related` is where the feed itself points for the whole article.
    `audio` and `transcript` are addresses. `duration` is in seconds.
    """

    id: str = ""
    link: str = ""
    title: str = ""
    published: str = ""
    updated: str = ""
    authors: Sequence[str] = ()
    summary: str = ""
    content: str = ""
    links: Sequence[str] = ()
    related: str = ""
    audio: str = ""
    transcript: str = ""
    duration: float = 0.0
    comments: int = -1
    language: str = ""
    hash: str = ""
    enclosures: Sequence[Mapping[str, str]] = ()

    @property
    def text(self) -> str:
        """The longer of content and summary."""
        return self.content if len(self.content) >= len(self.summary) else self.summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A parsed feed. `format` says what it was; `fault` says why it is none, and is empty for a good one."""

    format: str
    title: str = ""
    language: str = ""
    link: str = ""
    entries: list[Entry] = field(default_factory=list)
    fault: str = ""
    note: str = ""


_FEED_FIELDS = tuple(f.name for f in fields(Feed))


def to_json(feed: Feed) -> dict[str, Any]:
    """Return the feed as JSON's own types; each entry is the list of its values."""
    return {name: getattr(feed, name) for name in _FEED_FIELDS}


def from_json(row: dict[str, Any]) -> Feed:
    """Rebuild what `to_json` wrote."""
    return Feed(**{**row, "entries": [Entry(*entry) for entry in row["entries"]]})
