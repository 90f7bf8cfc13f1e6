"""What a publication asks of an item: its topics in canonical words and the weight of each criterion."""

from collections.abc import Mapping
from dataclasses import dataclass

from digest.domain.issue import Publication
from digest.score.words import canonical

BASE = frozenset({"field", "topic", "category", "online", "industry", "novelty", "authority"})
"""What an item has by itself. Voices and attention come on top: most good items have none on their first day."""

_PAPERS = {"topic": 1.5, "category": 1.0, "online": 2.0, "industry": 1.0, "novelty": 0.3}
_FIELD = {"field": 4.0}
_NEWS = {"topic": 2.2, "novelty": 0.8, "authority": 1.6}
_FIELD_CATEGORY = "cs.IR"
_DEMAND = 0.6
_ALWAYS = {"voices": 3.0, "attention": 1.2, "unwanted": -3.0, "taste": 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A wanted or unwanted phrase: as the configuration writes it, and in canonical words."""

    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """A publication's demands.

    `weights` are in log-odds: what a criterion that is fully met (1.0) adds. `bias` is the log-odds of an item that
    meets none. `field` says whether the shipped scorer of search, recommendation and advertising counts.
    """

    topics: tuple[Topic, ...]
    not_topics: tuple[Topic, ...]
    categories: frozenset[str]
    weights: Mapping[str, float]
    bias: float

    @property
    def field(self) -> bool:
        """Whether the shipped scorer of search, recommendation and advertising counts."""
        return self.weights.get("field", 0.0) > 0.0

    @property
    def selective(self) -> bool:
        """Whether items outside its subject exist: without topics and field everything is welcome."""
        return bool(self.topics) or self.field


def rubric_of(publication: Publication) -> Rubric:
    """Read a publication's demands.

    Weights that it leaves out come from a generic rubric: one for papers, where it takes nothing else, and one for
    news. A paper publication of cs.IR (information retrieval: what the shipped scorer knows) has the field too. A
    criterion without anything to hold against (topics without topics) weighs nothing. The bias is minus six tenths
    of what the base criteria can add: an item must meet more than half of them to reach the middle of the scale.
    """
    generic = _PAPERS if set(publication.kinds) == {"paper"} else _NEWS
    if generic is _PAPERS and _FIELD_CATEGORY in publication.categories:
        generic = _PAPERS | _FIELD
    weights = {**generic, **_ALWAYS, **publication.weights}
    topics, not_topics = _topics(publication.topics), _topics(publication.not_topics)
    for name, there in (("topic", topics), ("unwanted", not_topics), ("category", publication.categories)):
        if not there:
            weights[name] = 0.0
    base = sum(max(0.0, weights.get(name, 0.0)) for name in sorted(BASE))
    return Rubric(
        topics=topics,
        not_topics=not_topics,
        categories=frozenset(publication.categories),
        weights=weights,
        bias=-_DEMAND * base,
    )


def _topics(names: tuple[str, ...]) -> tuple[Topic, ...]:
    return tuple(Topic(name=n, words=w) for n in dict.fromkeys(names) if (w := canonical(n)).strip())
