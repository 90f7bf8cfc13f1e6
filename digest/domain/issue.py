"""A published number: its claims with their citations, its items, and the receipt of what was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from digest.domain.facts import Facts
from digest.domain.item import ItemKind, Language
from digest.period import Cadence, WeekStart

ClaimKind = Literal["quoted", "computed", "framing"]
VerdictName = Literal["supported", "contradicted", "not found"]
Mended = Literal["", "struck", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A series: what it takes in, when it appears, and how much it holds.

    `titles` maps a language to the title in it. `topics` and `not_topics` are words and phrases that are wanted and
    not wanted; `weights` the criteria's shares; `threads` the least and the most threads of an issue.
    """

    slug: str
    titles: Mapping[Language, str]
    cadence: Cadence
    languages: tuple[Language, ...] = ("en",)
    kinds: tuple[ItemKind, ...] = ("paper",)
    publish_at: str = "07:00"
    week_starts: WeekStart = "monday"
    topics: tuple[str, ...] = ()
    not_topics: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    max_items: int = 30
    featured: int = 5
    threads: tuple[int, int] = (2, 5)
    review: bool = False

    def title(self, language: Language) -> str:
        """Return the title in a language, else in the first one that has one."""
        return self.titles.get(language) or next(iter(self.titles.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a claim stands: an item of the issue (or "receipt") and the exact words there."""

    item: str
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What checking found: the name, the fault in one or two words, and the evidence in the source's words."""

    name: VerdictName
    fault: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence of an issue.

    quoted: its `citations` hold the spans that say it. computed: it cites "receipt" and `figures` names the counts it
    states, so that they can be recomputed. framing: it cites at least two items and holds no figure, quotation or
    superlative. `correction` says what a correction did to it; a withdrawn one has lost its text and its quotes.
    """

    kind: ClaimKind
    text: str
    citations: tuple[Citation, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)
    verdict: Verdict | None = None
    correction: Mended = ""

    @property
    def of_the_whole(self) -> bool:
        """Whether it counts the issue as a whole; what counts a thread of it opens a paragraph of the overview."""
        return self.kind == "computed" and not any(path.startswith("by_thread.") for path in self.figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadSection:
    """A thread as an issue tells it. `thesis` is the framing or quoted claim under its title."""

    id: str
    title: str
    thesis: Claim | None
    claims: tuple[Claim, ...]
    items: tuple[str, ...]
    continues: str | None = None
    weak: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of an issue beside the threads: featured articles, tweets, projects, podcast, the remainder."""

    slug: str
    title: str
    claims: tuple[Claim, ...]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A paper's picture: shown (`url`) only where its licence allows it, else linked (`page`)."""

    page: str
    caption: str
    url: str = ""
    license: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Another item of an entry's story, which a sentence of the issue cites."""

    id: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item as an issue shows it: one work, with its score, summary and facts.

    `also_seen` are the addresses of its story's other items; `voices` those of them that a sentence rests on.
    """

    id: str
    kind: ItemKind
    title: str
    url: str
    source: str
    source_title: str
    published: datetime
    language: Language
    authors: tuple[str, ...]
    stars: int
    value: float
    reason: str
    summary: tuple[Claim, ...]
    facts: Facts | None = None
    figure: Figure | None = None
    also_seen: tuple[str, ...] = ()
    voices: tuple[Voice, ...] = ()
    signals: Mapping[str, float] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReceipt:
    """What one source gave for an issue.

    `status`: "ok", "unchanged" (304), "empty", "failed", "stale", "disabled", "skipped". `seen`: entries it showed that
    belong to the period, `new`: of these first stored by this run, `kept`: of these in the issue. `announced`: what
    arXiv's own listing promises.
    """

    slug: str
    title: str
    status: str
    seen: int = 0
    new: int = 0
    kept: int = 0
    announced: int | None = None
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """How many works were left out for one reason."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was tried, seen, dropped and kept. `notes` say what limits it, in sentences."""

    sources: tuple[SourceReceipt, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    below_the_line: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What the model cost: calls answered by the server, tokens, US dollars, and answers taken from the cache."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    usd: float = 0.0
    cached: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What an editor said of a number after it was told.

    `period` names that number: an issue holds its own corrections, and those of earlier numbers that it tells its
    readers. `sentence` is the one that is struck, "" where the note is on the number as a whole; a withdrawn one is
    not said again.
    """

    period: str
    date: datetime
    note: str
    sentence: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One edition of one dated number: what becomes issue.json.

    `counts` are the figures that computed claims state: "by_kind", "by_score", "featured", "with_online_results",
    "industry", ... `engine_notes` say which parts another engine wrote than the one asked for. `sample` marks the
    packaged week. `corrections` are its own and those of earlier numbers, each the oldest first.
    """

    publication: str
    title: str
    headline: str
    period: str
    cadence: Cadence
    language: Language
    date: datetime
    summary: str
    engine: str
    overview: tuple[Claim, ...]
    threads: tuple[ThreadSection, ...]
    sections: tuple[Section, ...]
    entries: tuple[Entry, ...]
    counts: Mapping[str, object]
    receipt: Receipt
    tags: tuple[str, ...] = ()
    category: str = ""
    reading_minutes: int = 1
    cost: Cost = Cost()
    engine_notes: tuple[str, ...] = ()
    sample: bool = False
    corrections: tuple[Correction, ...] = ()

    @property
    def slug(self) -> str:
        """The issue's address below the output folder: publication/period/language."""
        return f"{self.publication}/{self.period}/{self.language}"
