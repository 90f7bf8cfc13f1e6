"""The text of pages that items link to, and which pages gave none."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, select

from digest.store.schema import insert, values_of
from digest.store.tables import ARTICLES

_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What asking for a page gave.

    `text` is there when the state is "read", `sha256` its hash; `wall` says what stands before the rest of it, or in
    its place. `note` tells why there is no text. `at` is the run's clock.
    """

    url: str
    state: Literal["read", "none", "refused", "failed"]
    at: datetime
    text: str = ""
    wall: str = ""
    sha256: str = ""
    note: str = ""


def save(tx: Connection, article: Article) -> None:
    """Keep what a page gave, in place of what it gave before."""
    row = asdict(article)
    tx.execute(insert(tx, ARTICLES).values(row).on_conflict_do_update(index_elements=["url"], set_=row))


def of(tx: Connection, urls: Iterable[str]) -> dict[str, Article]:
    """Map those of the addresses that were asked to what they gave."""
    wanted = sorted(set(urls))
    found: dict[str, Article] = {}
    for start in range(0, len(wanted), _CHUNK):
        query = select(ARTICLES).where(ARTICLES.c.url.in_(wanted[start : start + _CHUNK])).order_by(ARTICLES.c.url)
        found |= {row.url: Article(**values_of(row)) for row in tx.execute(query)}
    return found
