"""What every step is given: configuration, database, clock, and the doors to the network and to a model."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest.config import Config
from digest.domain.issue import Publication
from digest.fetch.client import Fetcher
from digest.period import Period
from digest.steps.desk import Desk
from digest.store.database import Database

Say = Callable[[str, str], None]


def silent(_stage: str, _subject: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One number to make: a publication and the day or week it covers."""

    publication: Publication
    period: Period

    @property
    def name(self) -> str:
        """The target as people write it: "recsys-weekly 2026-W25"."""
        return f"{self.publication.slug} {self.period.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The wired objects of one process.

    `fetcher` opens the HTTP client; `say` tells progress (stage, subject). `desk` is None where the local engine
    writes; `sample` marks the packaged week; `forbidden` says that no model may be asked, only the cache.
    """

    config: Config
    database: Database
    now: datetime
    fetcher: Callable[[], AbstractAsyncContextManager[Fetcher]]
    desk: Desk | None = None
    sample: bool = False
    forbidden: bool = False
    say: Say = silent

    @property
    def output(self) -> Path:
        """The folder of the web archive."""
        return Path(self.config.digest.output)

    @property
    def zone(self) -> str:
        """The time zone of days and weeks."""
        return self.config.digest.timezone
