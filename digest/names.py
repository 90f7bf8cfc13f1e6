"""Companies, institutions, systems, people, places and metrics with their aliases, in English and Chinese."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

NameKind = Literal["company", "institution", "system", "person", "place", "metric", "unknown"]

_TABLES: tuple[NameKind, ...] = ("company", "institution", "system", "person", "place", "metric")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9]*")
_FIRM = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z0-9]|[a-z][A-Z]|mi[A-Z]|vivo\b|bol\.|trivago|foodpanda|leboncoin"
    r"|watsonx)[A-Za-z0-9]*"
)
_CJK = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
_JOINED = re.compile(r"[A-Za-z0-9]")
_SHORT = re.compile(r"[A-Z]{1,3}")
_NAME_BEFORE = re.compile(
    r"(?:\b(?:at|by|from|of|with|on|and|or|in|to|for|the|like|as|via|using|within|across)"
    r"|[,(/、“\"])\s?$|[\u3400-\u9fff]\s?$"
)
_NAME_AFTER = re.compile(
    r"['’]s\b|,? (?:Inc|Corp|Ltd|LLC|AI|announce|launch|release|unveil|say|said|ha[sd]|is|will"
    r"|raise|and|introduce|open|cut|plan|acquire|buy|to"
    r"|ads|app|App|platform|feed|search|homepage|marketplace)|\s?[\u3400-\u9fff]"
)
_COMPOUND = re.compile(
    r"[- ](?:[Ll]earn|[Aa]naly|[Pp]ath|[Dd]ata|[Rr]einforcement|[Gg]radient|[Ff]eature|[Pp]rompt"
    r"|[Aa]gent|[Hh]arness|[Ee]valuation)|-[a-z]"
)
_EDITION = re.compile(
    r"(?:[-‑](?!(?:made|based|style|like|level|class|era|owned|backed|led|written|only|free|native|generated|powered"
    r"|driven|family|compatible|assisted|judged|specific|trained|sized|scale)\b)[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9]|[-‑]?\d[A-Za-z0-9_.]*[A-Za-z0-9_]|[-‑]?\d"
    r"|(?: [A-Z][a-z]+)? [Vv]?\d{1,2}(?:\.\d+)?(?![\d%,]|\.\d"
    r"| (?:million|billion|percent|times|ms|%)))"
)
_UNIVERSITY = re.compile(
    r"(?:(?:[A-Z][\w'’-]+ ){1,4}(?:University|Institute of Technology|Polytechnic|College)(?: of(?: [A-Z][\w-]+){1,3})?"
    r"|(?:[A-Z][a-z]+ )?(?:University|Institute|Academy|College|Department|Ministry) (?:of"
    r"|for) (?:the )?[A-Z][\w-]+(?:(?: and| of|,)? [A-Z][\w-]+){0,3}"
    r"|[^\W\da-zA-Z和与由在的是及、]{2,6}(?:大学|研究院|学院))"
)
_COINED = re.compile(
    r"(?<![A-Za-z0-9_@])(?:[A-Za-z]*[a-z0-9][A-Z][A-Za-z0-9]*|[A-Z]{2,}[a-z0-9]*[A-Za-z0-9]*|[A-Z][a-z]+\d[A-Za-z0-9]*)"
    r"(?:[-.+][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*)*(?![A-Za-z0-9_@])"
)
_CAPITALS = re.compile(
    r"(?<![A-Za-z0-9_-])[A-Z][a-z]+(?:-[A-Z][a-z]+)*"
    r"(?: (?:[A-Z][a-z]+(?:-[A-Z][a-z]+)*|\d+(?:\.\d+)*(?!,\d)))*(?![A-Za-z0-9_])"
)
_LATIN = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z][A-Za-z0-9+.-]*[A-Za-z0-9](?: [A-Z][A-Za-z0-9+.-]*[A-Za-z0-9])*")
_CUT = re.compile(r"\\?\{?\w+(?:\.\d+)?\}?")
_CALLED = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SENT = r"(?<![Vv]isit )(?<![Ss]ee )(?<![Gg]o to )(?<![Cc]heck out )(?<!访问)(?<!访问 )(?<!登录)(?<!登录 )"
_START = re.compile(r"(?:^|[.!?:;。！？：；\n•—]|\s-)[\s\"'“‘(\[*]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as it stands in a text: `source[start:end] == text`; `canonical` is one for all spellings and languages.

    A product has its own canonical name and kind "system"; `company` leads to its owner. An unknown name is its own
    canonical form.
    """

    start: int
    end: int
    text: str
    canonical: str
    kind: NameKind


@dataclass(frozen=True, slots=True)
class _Known:
    """One spelling: the words to find, what it stands for, and how careful to be."""

    alias: str
    canonical: str
    kind: NameKind
    strict: bool
    guarded: bool


@dataclass(frozen=True, slots=True)
class _Tables:
    """The file names.toml, indexed by a spelling's first word or character."""

    latin: dict[str, tuple[_Known, ...]]
    chinese: dict[str, tuple[_Known, ...]]
    owner: dict[str, str]
    vague: frozenset[str]
    neutral: frozenset[str]
    guarded: frozenset[str]
    ordinary: frozenset[str]
    capitalised: frozenset[str]
    kinds: dict[str, NameKind]
    metrics: dict[str, str]
    chinese_names: dict[str, str]


def names(text: str) -> list[Name]:
    """List the names in a text in the order in which they stand, without overlaps; the longest known spelling wins."""
    found = list(known(text))
    taken = _Taken(found)
    for pattern, kind in ((_UNIVERSITY, "institution"), (_COINED, "unknown"), (_CAPITALS, "unknown")):
        for match in pattern.finditer(text):
            span = _trimmed(text, match, kind)
            if span and taken.free(*span) and not _ordinary(text, *span, sure=pattern is not _CAPITALS):
                found.append(_unknown(text, *span, "institution" if kind == "institution" else "unknown"))
                taken.add(*span)
    if _CJK.search(text):
        found.extend(_latin_in_chinese(text, taken))
    return sorted(found, key=lambda name: name.start)


def known(text: str, *, firms: bool = False) -> Iterator[Name]:
    """Yield the names of the tables that stand in a text, in order, without overlaps.

    With `firms` only words that may begin a company's or a product's name are looked up, which is several times faster.
    """
    tables, end = _tables(), 0
    for start in _starts(text, _FIRM if firms else _WORD, tables):
        if start < end:
            continue
        name = _known_at(text, start, tables)
        if name:
            end = name.end
            yield name


def company(text: str) -> str:
    """Return the canonical company that a spelling or a product's name stands for, or "" where there is none."""
    for name in known(text, firms=True):
        if name.kind == "company":
            return name.canonical
        if name.kind == "system" and owner(name.canonical):
            return owner(name.canonical)
    return ""


def owner(canonical: str) -> str:
    """Return the company behind a canonical company or product name, or ""."""
    tables = _tables()
    if tables.kinds.get(canonical) == "company":
        return canonical
    base = canonical
    while base and base not in tables.owner:
        base = base[: max(base.rfind(" "), base.rfind("-"), 0)]
    return tables.owner.get(base, "")


def in_chinese(canonical: str) -> str:
    """Return the name under which Chinese texts know a canonical one: its first spelling in characters, else itself.

    One to three capitals ("X", "HP", "AMD") stay, as Chinese texts leave them.
    """
    return canonical if _SHORT.fullmatch(canonical) else _tables().chinese_names.get(canonical, canonical)


def is_company(canonical: str) -> bool:
    """Whether a canonical name is that of a firm."""
    return _tables().kinds.get(canonical) == "company"


def is_word(spelling: str) -> bool:
    """Whether a spelling of the tables is an ordinary word too, which names something only beside a name's words."""
    return spelling in _tables().guarded


def is_named(address: str, sources: Iterable[str] | None = None) -> bool:
    """Whether what looks like a domain is what somebody is called: "Booking.com", "Character.AI".

    It is one of the tables, or begins with a capital or digit; it has neither scheme nor path; and it stands so in a
    source, in the same case, in no longer address and not where readers are sent to it, or the source calls its
    bearer otherwise ("京东"). Without sources a name of the tables alone is one.
    """
    mine = next((name for name in known(address) if name.text == address), None)
    if sources is None:
        return mine is not None
    if not _CALLED.fullmatch(address) or (mine is None and address[0].islower()):
        return False
    alone = re.compile(rf"{_SENT}(?<![\w@./:-]){re.escape(address)}(?![\w/-]|\.\w)")
    return any(
        alone.search(text) or (mine is not None and any(n.canonical == mine.canonical for n in known(text)))
        for text in sources
    )


def metric(words: str) -> str:
    """Return the canonical name of the metric at the end of a phrase; unknown words come back as they are.

    "the user click-through rate (CTR)" is "CTR"; a cut-off stays ("nDCG@10" is "NDCG@10").
    """
    phrase = re.sub(r"\s+", " ", words).strip(" .,;:")
    inside = re.fullmatch(r"(.+?)\s?\(([^()]+)\)", phrase)
    if inside:
        short = metric(inside[2])
        return short if short.lower() in _tables().metrics else metric(inside[1])
    name, at, cut = phrase.partition("@")
    cut = (_CUT.match(cut) or [cut])[0]
    base = _metric_suffix(name)
    if base and at:
        return f"{base if base != 'HR' or name.lower() != 'hits' else 'Hits'}@{cut}".replace(
            "recall@", "Recall@"
        ).replace("precision@", "Precision@")
    return base or phrase


def known_metric(words: str) -> bool:
    """Whether a phrase ends in a metric of the table."""
    return bool(_metric_suffix(words.partition("@")[0].strip()))


def _metric_suffix(phrase: str) -> str:
    """Find the longest metric that ends the phrase, with nothing but neutral words before it."""
    tables = _tables()
    words = phrase.lower().replace("–", "-").split(" ")
    for start in range(len(words)):
        piece = " ".join(words[start:])
        canonical = tables.metrics.get(piece) or tables.metrics.get(piece.removesuffix("s"))
        if canonical:
            return canonical
        if words[start] not in tables.neutral:
            return ""
    return ""


def _starts(text: str, word: re.Pattern[str], tables: _Tables) -> Iterator[int]:
    """Yield where a spelling of the tables may begin: at its first word, or at any Chinese character."""
    positions = [match.start() for match in word.finditer(text) if match[0].lower() in tables.latin]
    if text.isascii():
        return iter(positions)
    for run in _CJK.finditer(text):
        positions.extend(place for place in range(run.start(), run.end()) if text[place] in tables.chinese)
    return iter(sorted(positions))


def _known_at(text: str, start: int, tables: _Tables) -> Name | None:
    char = text[start]
    if _CJK.match(char):
        rows: Iterable[_Known] = tables.chinese.get(char, ())
    else:
        word = _WORD.match(text, start)
        rows = tables.latin.get(word[0].lower(), ()) if word else ()
    for row in rows:
        end = start + len(row.alias)
        if _spelt(text, start, end, row):
            return _extended(text, start, end, row)
    return None


def _extended(text: str, start: int, end: int, row: _Known) -> Name:
    """Take a version that follows a system's name into it: "OneRec-V2", "Llama 4", "Claude Sonnet 5"."""
    canonical = row.canonical
    more = _EDITION.match(text, end) if row.kind == "system" else None
    if more:
        end = more.end()
        canonical += more[0]
    return Name(start=start, end=end, text=text[start:end], canonical=canonical, kind=row.kind)


def _spelt(text: str, start: int, end: int, row: _Known) -> bool:
    piece = text[start:end]
    if row.kind == "metric" and piece.lower() in _tables().vague:
        return False
    if piece != row.alias and (row.strict or piece.lower() != row.alias.lower() or not _cased(piece, row)):
        return False
    latin_end = piece[-1:].isascii()
    if latin_end and (_JOINED.match(text, end) or (start and text[start - 1] == "@")):
        return False
    if row.kind != "metric" and _COMPOUND.match(text, end) and row.strict:
        return False
    return not row.guarded or bool(_NAME_BEFORE.search(text[max(0, start - 8) : start]) or _NAME_AFTER.match(text, end))


def _cased(piece: str, row: _Known) -> bool:
    return row.kind == "metric" or piece[:1].isupper()


def _trimmed(text: str, match: re.Match[str], kind: str) -> tuple[int, int] | None:
    """Drop a sentence's first word, articles and pronouns from the front of a run of capitalised words."""
    start, end = match.span()
    if kind == "institution" and text[start : start + 4] == "The ":
        return start + 4, end
    while start < end:
        first = re.match(r"[^\s]+", text[start:end])
        if first is None or first[0] not in _tables().capitalised:
            break
        start += len(first[0]) + 1
    return (start, end) if end - start > 1 and not text[start].isdigit() else None


def _ordinary(text: str, start: int, end: int, *, sure: bool) -> bool:
    piece = text[start:end]
    if piece in _tables().ordinary or piece in _tables().capitalised or piece.lower() in _tables().metrics:
        return True
    if sure:
        return False
    return " " not in piece and bool(_START.search(text[max(0, start - 6) : start]))


def _latin_in_chinese(text: str, taken: "_Taken") -> Iterator[Name]:
    for match in _LATIN.finditer(text):
        near = text[max(0, match.start() - 2) : match.start()] + text[match.end() : match.end() + 2]
        if (
            _CJK.search(near)
            and taken.free(*match.span())
            and match[0] not in _tables().ordinary
            and not match[0].islower()
        ):
            taken.add(*match.span())
            yield _unknown(text, *match.span(), "unknown")


def _unknown(text: str, start: int, end: int, kind: NameKind) -> Name:
    return Name(start=start, end=end, text=text[start:end], canonical=text[start:end], kind=kind)


class _Taken:
    """Which stretches of a text already belong to a name."""

    def __init__(self, found: Iterable[Name]) -> None:
        self._spans = [(name.start, name.end) for name in found]

    def free(self, start: int, end: int) -> bool:
        return all(end <= left or right <= start for left, right in self._spans)

    def add(self, start: int, end: int) -> None:
        self._spans.append((start, end))


@cache
def _tables() -> _Tables:
    data = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
    strict, guarded = frozenset(data["strict"]), frozenset(data["guarded"])
    rows: list[tuple[str, str, NameKind]] = []
    owners: dict[str, str] = {}
    for kind in _TABLES:
        for canonical, aliases in data[kind].items():
            rows.extend((alias, canonical, kind) for alias in (canonical, *aliases))
    for parent, products in data["product"].items():
        for canonical, aliases in products.items():
            owners[canonical] = parent
            rows.extend((alias, canonical, "system") for alias in (canonical, *aliases))
    spelt = [_Known(alias, canonical, kind, alias in strict, alias in guarded) for alias, canonical, kind in rows]
    kinds = {canonical: kind for _, canonical, kind in reversed(rows)}
    metrics = {alias.lower(): canonical for alias, canonical, kind in rows if kind == "metric"}
    chinese = {canonical: alias for alias, canonical, _ in reversed(rows) if _CJK.fullmatch(alias)}
    return _Tables(
        latin=_by_first(spelt, chinese=False),
        chinese=_by_first(spelt, chinese=True),
        owner=owners,
        vague=frozenset(data["vague"]),
        neutral=frozenset(data["neutral"]),
        guarded=guarded,
        ordinary=frozenset(data["common"]),
        capitalised=frozenset(data["capitalised"]),
        kinds=kinds,
        metrics=metrics,
        chinese_names=chinese,
    )


def _by_first(rows: list[_Known], *, chinese: bool) -> dict[str, tuple[_Known, ...]]:
    index: dict[str, list[_Known]] = {}
    for row in sorted(rows, key=lambda row: (-len(row.alias), row.alias)):
        word = _WORD.match(row.alias)
        if bool(word) != chinese:
            index.setdefault(word[0].lower() if word else row.alias[0], []).append(row)
    return {key: tuple(group) for key, group in index.items()}
