"""Stories and the threads that run through them."""

from dataclasses import dataclass
from datetime import datetime

from digest.domain.item import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Works that tell one event; the best work first."""

    id: str
    works: tuple[Work, ...]

    @property
    def lead(self) -> Work:
        """The work that tells the event best."""
        return self.works[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A theme that runs through several stories of an issue and may continue over issues.

    `terms` are what carries the theme, strongest first: words of the stories, or the name of a section of the news and
    what its stories share. `cohesion` is the mean
    similarity of its stories, 0..1; `weak` says that the theme is a loose one and is to be named so.
    `continues` is the period of the last earlier issue that had it, or None.
    """

    id: str
    stories: tuple[Story, ...]
    terms: tuple[str, ...]
    cohesion: float
    weak: bool = False
    continues: str | None = None
    first_seen: datetime | None = None
    last_seen: datetime | None = None
