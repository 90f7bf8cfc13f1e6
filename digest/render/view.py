"""An issue as its pages need it: sentences with numbered source marks, entries at their place, the receipt in lines."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.domain.issue import Citation, Claim, Entry, Issue, ThreadSection, Voice
from digest.domain.item import Language
from digest.render.links import safe_url, text_fragment
from digest.render.readable import clip, readable
from digest.render.results import Chip, chips
from digest.render.wording import day, frame_language, html_language, phrase, spaced
from digest.text import is_chinese, one_line, untexed

_TITLE = 300
_QUOTE = 400
_SENTENCE = 900
_AUTHORS = 4
_EDGES = " .。!！…;；\"'“”‘’"
_LETTERS = re.compile(r"[\W_]+")
_ANCHOR = re.compile(r"[^\w.]+")
_PERIOD = re.compile(r"\d{4}-(?:W\d{2}|\d{2}-\d{2})")
_PARAGRAPH = 5
_CHINESE_SIGN = re.compile("[\u3000-\u303f\u3400-\u9fff\uff01-\uff60]")
_REMARKS = {"struck": "struck_sentence", "withdrawn": "withdrawn_sentence"}
_GUESSED = frozenset({"undated", "date-clamped"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A small sign behind a sentence: the number of its source and the link that opens it at the quoted words.

    `number` is 0 for the receipt; `url` is "" where the source has no address that may be linked.
    """

    number: int
    url: str
    label: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A claim as it is shown. `verbatim`: the words are the source's own; `lang` is "" where it is the issue's.

    `told` are the claim's words as they were told. `remark` says in words that it is struck or withdrawn, else "".
    """

    number: int
    kind: str
    text: str
    lang: str
    verbatim: bool
    marks: tuple[Mark, ...]
    verdict: str
    fault: str
    figures: tuple[tuple[str, str], ...] = ()
    told: str = ""
    remark: str = ""
    struck: bool = False

    @property
    def sources(self) -> tuple[Mark, ...]:
        """Its marks, one a source: the first, where it rests on several words of the same."""
        first: dict[int, Mark] = {}
        for mark in self.marks:
            first.setdefault(mark.number, mark)
        return tuple(first.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCard:
    """An entry as it is shown; `summary` leaves out what its title or the prose above it says already."""

    id: str
    anchor: str
    number: int
    kind: str
    title: str
    lang: str
    url: str
    source: str
    published: str
    authors: str
    company: str
    place: str
    deployed_url: str
    deployed: bool
    stars: int
    value: float
    reason: str
    reason_lang: str
    summary: tuple[Sentence, ...]
    chips: tuple[Chip, ...]
    figure_url: str
    figure_page: str
    caption: str
    license: str
    also_seen: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A thread or a section: `cards` in full here, `again` those that an earlier part shows already."""

    anchor: str
    title: str
    title_lang: str
    thread: int
    weak: bool
    continues: str
    thesis: Sentence | None
    paragraphs: tuple[tuple[Sentence, ...], ...]
    cards: tuple[EntryCard, ...]
    again: tuple[EntryCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """An issue, ready to be laid out: what was read first, then overview, threads and sections in the issue's order."""

    issue: Issue
    headline: str
    read: tuple[Sentence, ...]
    overview: tuple[tuple[Sentence, ...], ...]
    threads: tuple[Part, ...]
    sections: tuple[Part, ...]
    sentences: tuple[Sentence, ...]

    @property
    def language(self) -> Language:
        """The language of the edition."""
        return self.issue.language

    @property
    def parts(self) -> tuple[Part, ...]:
        """Threads and sections, in the order of the page."""
        return self.threads + self.sections


def view(issue: Issue) -> View:
    """Lay out an issue. Sources are numbered in the order in which the page first names them."""
    return _Layout(issue).lay_out()


def shown(language: Language, text: str, limit: int = _TITLE) -> tuple[str, str]:
    """Return a foreign text made readable, and its lang attribute, "" where it is in the issue's language."""
    line = readable(text, limit)
    own = "zh" if is_chinese(line) else "en"
    if own == "zh":
        line = spaced(line) if frame_language(language) == "zh" else line
    return line, "" if own == frame_language(language) else html_language(own)


def framed(language: Language, text: str, limit: int = _TITLE) -> tuple[str, str]:
    """Return our own words as `shown` does: a single Chinese sign makes them Chinese, however many names they hold."""
    line, lang = shown(language, text, limit)
    if lang and frame_language(language) == "zh" and _CHINESE_SIGN.search(line):
        return spaced(line), ""
    return line, lang


def verbatim(claim: Claim) -> bool:
    """Whether a quoted claim consists of its source's own words, end marks and marks of TeX aside."""
    words = one_line(claim.text).strip(_EDGES)
    quotes = [one_line(said) for cited in claim.citations for said in (cited.quote, untexed(cited.quote))]
    return claim.kind == "quoted" and any(quote.strip(_EDGES) == words for quote in quotes)


class _Layout:
    """Holds the numbering while an issue is laid out: of sentences, of sources, of entries already shown."""

    def __init__(self, issue: Issue) -> None:
        self._issue = issue
        self._entries: Mapping[str, Entry] = {entry.id: entry for entry in issue.entries}
        self._sources: Mapping[str, Entry | Voice] = {v.id: v for entry in issue.entries for v in entry.voices} | {
            **self._entries
        }
        self._anchors = _anchors(issue.entries)
        self._numbers: dict[str, int] = {}
        self._sentences: list[Sentence] = []
        self._cards: dict[str, EntryCard] = {}
        self._struck = [each.sentence for each in issue.corrections if each.period == issue.period and each.sentence]

    def lay_out(self) -> View:
        issue = self._issue
        split = next((n for n, claim in enumerate(issue.overview) if not claim.of_the_whole), len(issue.overview))
        read = tuple(map(self._sentence, issue.overview[:split]))
        overview = self._paragraphs(issue.overview[split:])
        threads = tuple(self._thread(n, thread) for n, thread in enumerate(issue.threads, 1))
        sections = [
            self._part(f"section-{_slug(part.slug)}", part.title, part.claims, part.items) for part in issue.sections
        ]
        if left := tuple(entry.id for entry in issue.entries if entry.id not in self._cards):
            sections.append(self._part("section-rest", phrase(issue.language, "remainder"), (), left))
        return View(
            issue=issue,
            headline=readable(issue.headline or issue.title, _TITLE),
            read=read,
            overview=overview,
            threads=threads,
            sections=tuple(sections),
            sentences=tuple(self._sentences),
        )

    def _thread(self, number: int, thread: ThreadSection) -> Part:
        return self._part(f"thread-{number}", thread.title, thread.claims, thread.items, number=number, thread=thread)

    def _part(
        self,
        anchor: str,
        title: str,
        claims: tuple[Claim, ...],
        items: tuple[str, ...],
        *,
        number: int = 0,
        thread: ThreadSection | None = None,
    ) -> Part:
        line, lang = framed(self._issue.language, title)
        thesis = self._sentence(thread.thesis) if thread and thread.thesis else None
        paragraphs = self._paragraphs(claims)
        known = [item for item in dict.fromkeys(items) if item in self._entries]
        again = tuple(self._cards[item] for item in known if item in self._cards)
        prose = [sentence for paragraph in paragraphs for sentence in paragraph]
        told = {mark for sentence in prose for mark in sentence.marks if mark.quote}
        return Part(
            anchor=anchor,
            title=line,
            title_lang=lang,
            thread=number,
            weak=bool(thread and thread.weak),
            continues=_period(thread.continues) if thread else "",
            thesis=thesis,
            paragraphs=paragraphs,
            cards=tuple(self._card(self._entries[item], told) for item in known if item not in self._cards),
            again=again,
        )

    def _paragraphs(self, claims: Sequence[Claim]) -> tuple[tuple[Sentence, ...], ...]:
        """Put sentences together: those on a thread's items stay with the line that counts it, the rest in fives."""
        paragraphs: list[list[Sentence]] = []
        inside: frozenset[str] = frozenset()
        for claim in claims:
            line = claim.kind == "computed" and not claim.of_the_whole
            stays = bool(inside) and all(cited.item in inside for cited in claim.citations)
            full = not paragraphs or (bool(inside) and not stays) or len(paragraphs[-1]) >= _PARAGRAPH
            if full or line or (claim.kind == "framing" and len(paragraphs[-1]) > 1):
                paragraphs.append([])
                inside = self._counted(claim) if line else frozenset()
            paragraphs[-1].append(self._sentence(claim))
        return tuple(tuple(paragraph) for paragraph in paragraphs)

    def _counted(self, claim: Claim) -> frozenset[str]:
        """Return the items of the thread that a line counts."""
        counted = {path.split(".")[1] for path in claim.figures if path.startswith("by_thread.")}
        return frozenset(item for thread in self._issue.threads if thread.id in counted for item in thread.items)

    def _sentence(self, claim: Claim) -> Sentence:
        worded = shown if claim.kind == "quoted" else framed
        text, lang = worded(self._issue.language, claim.text, _SENTENCE)
        remark = phrase(self._issue.language, _REMARKS[claim.correction]) if claim.correction else ""
        gone = claim.correction == "withdrawn"
        marks = {(mark.number, mark.url): mark for mark in map(self._mark, claim.citations)}
        sentence = Sentence(
            number=len(self._sentences) + 1,
            kind=claim.kind,
            text=remark if gone else text.strip('"“”') if verbatim(claim) else text,
            lang="" if gone else lang,
            verbatim=verbatim(claim) and not gone,
            marks=tuple(marks.values()),
            verdict=claim.verdict.name if claim.verdict else "none",
            fault=readable(claim.verdict.fault, 200) if claim.verdict else "",
            figures=() if gone else tuple((name, f"{value:g}") for name, value in claim.figures.items()),
            told=claim.text,
            remark=remark,
            struck=claim.correction == "struck",
        )
        self._sentences.append(sentence)
        return sentence

    def _mark(self, citation: Citation) -> Mark:
        language = self._issue.language
        if citation.item == "receipt":
            return Mark(number=0, url="#receipt", label=phrase(language, "receipt_mark"), quote="")
        number = self._number(citation.item)
        source = self._sources.get(citation.item)
        title = readable(source.title if source else citation.item, 120)
        return Mark(
            number=number,
            url=text_fragment(source.url, citation.quote) if source else "",
            label=phrase(language, "source_mark", n=number, title=title),
            quote=readable(citation.quote, _QUOTE),
        )

    def _number(self, item: str) -> int:
        return self._numbers.setdefault(item, len(self._numbers) + 1)

    def _card(self, entry: Entry, told: set[Mark]) -> EntryCard:
        language = self._issue.language
        title, lang = shown(language, entry.title or entry.url)
        reason, reason_lang = shown(language, entry.reason)
        facts, figure, link = entry.facts, entry.figure, safe_url(entry.url)
        known = facts is not None and bool(facts.company)
        card = EntryCard(
            id=entry.id,
            anchor=self._anchors[entry.id],
            number=self._number(entry.id),
            kind=entry.kind,
            title=title,
            lang=lang,
            url=link,
            source=readable(entry.source_title or entry.source, 80),
            published=_dated(language, entry),
            authors=_authors(language, _people(entry)),
            company=readable(facts.company, 80) if facts else "",
            place=phrase(language, "industry" if facts and facts.industry else "academia") if known else "",
            deployed=bool(facts and facts.deployed),
            deployed_url=text_fragment(entry.url, facts.deployed_quote) if facts else "",
            stars=entry.stars,
            value=entry.value,
            reason=reason,
            reason_lang=reason_lang,
            summary=tuple(s for s in map(self._sentence, entry.summary) if s.text != title and not _all_told(s, told)),
            chips=chips(facts.results, entry.url, language, self._struck) if facts else (),
            figure_url=safe_url(figure.url) if figure else "",
            figure_page=safe_url(figure.page) if figure else "",
            caption=readable(figure.caption, _QUOTE) if figure else "",
            license=readable(figure.license, 80) if figure else "",
            also_seen=_hosts(entry.also_seen),
        )
        self._cards[entry.id] = card
        return card


def _dated(language: Language, entry: Entry) -> str:
    """Return the date that the source gave; a guess of ours is none, and what came late says so."""
    if entry.flags & _GUESSED:
        return phrase(language, "undated")
    shown_day = day(language, entry.published)
    return phrase(language, "late", day=shown_day) if "late" in entry.flags else shown_day


def _people(entry: Entry) -> list[str]:
    """Return the authors but those that only say again which source it is."""
    source = _LETTERS.sub("", entry.source_title or entry.source).casefold()
    return [name for name in entry.authors if _LETTERS.sub("", name).casefold() not in source]


def _authors(language: Language, authors: Sequence[str]) -> str:
    names = [clip(one_line(name), 60) for name in authors[:_AUTHORS]]
    if len(authors) <= _AUTHORS:
        return ", ".join(names)
    more, total = len(authors) - _AUTHORS, len(authors)
    return phrase(language, "et_al", first=", ".join(names), more=more, total=total)


def _hosts(urls: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Name each place once, in the order met; its further pages follow as 2, 3 and so on."""
    places: dict[str, list[str]] = {}
    for link in dict.fromkeys(link for link in map(safe_url, urls) if link):
        places.setdefault(link.split("/")[2].removeprefix("www."), []).append(link)
    return tuple(
        (link, host if n == 1 else str(n)) for host, links in places.items() for n, link in enumerate(links, start=1)
    )


def _anchors(entries: Sequence[Entry]) -> dict[str, str]:
    anchors: dict[str, str] = {}
    for entry in entries:
        wanted = _slug(entry.id)
        taken = anchors.values()
        anchors[entry.id] = wanted if wanted not in taken else f"{wanted}-{len(anchors)}"
    return anchors


def _all_told(sentence: Sentence, told: set[Mark]) -> bool:
    return bool(sentence.marks) and set(sentence.marks) <= told


def _period(name: str | None) -> str:
    return name if name and _PERIOD.fullmatch(name) else ""


def _slug(name: str) -> str:
    return _ANCHOR.sub("-", name).strip("-")[:80] or "item"
