"""What a text says, laid out for comparing: sentences, figures, names, links and quotations."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from digest.names import Name, is_named, known_metric, names
from digest.quantity import Quantity, mask, quantities
from digest.text import HAN, clean, is_chinese, sentences
from digest.urls import addresses
from digest.verify.sentences.abbreviations import abbreviations, places
from digest.verify.sentences.figures import Figure, figures
from digest.verify.sentences.parts import Anchor
from digest.verify.words.gloss import glosses
from digest.verify.words.lexicon import Mention, Word, is_stop, mentions, stem, words

_NO_LETTER = re.compile(r"[\W_]+")
_PLURAL = re.compile(r"(?<=[A-Z])([A-Z])s$")
_CACHED = 2048
_ACRONYM = 2  # letters; longer words in capitals are names ("DROP")
_ANCHORED = {"same": "s", "modifier": "d"}
_LATEX = re.compile(r"\\[,;! ]|\\(?=[%&#])")
_WRAPPED = re.compile(r"\\(?:textbf|textit|emph|text|textsc|underline)\{([^{}]*)\}")
_SYMBOLS = {
    "sim": "~",
    "approx": "≈",
    "times": "×",
    "pm": "±",
    "to": "→",
    "rightarrow": "→",
    "leq": "≤",
    "le": "≤",
    "geq": "≥",
    "ge": "≥",
}
_SYMBOL = re.compile(r"(\$)?\s?\\(sim|approx|times|pm|to|rightarrow|leq|le|geq|ge)(?![a-z])\s?(?(1)\$?|)")
_FORMULA = re.compile(r"\$([^$\n]{0,60}[\\^_={}<>~≈×±→≤≥][^$\n]{0,60})\$")
_AMOUNT = re.compile(r"\$([+−-]?\d[\d.,]*\s?%?)\$")
_GAP = re.compile(r"(?<=\d)[ \u00a0]+(?=[\u3400-\u9fff])")
_QUOTED = re.compile(
    r"“([^“”\n]{2,400})”|\"([^\"\n]{2,400})\"|「([^「」\n]{2,400})」|『([^『』\n]{2,400})』|«([^«»\n]{2,400})»"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence with its bounds in the text, its anchors and the lexicon's mentions, in order."""

    start: int
    end: int
    text: str
    words: tuple[Word, ...]
    anchors: tuple[Anchor, ...]
    mentions: tuple[Mention, ...]
    figures: tuple[Figure, ...]

    def inside(self, start: int, end: int) -> frozenset[str]:
        """Return the ids of the anchors between two offsets."""
        return frozenset(a.id for a in self.anchors if start <= a.start and a.end <= end)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """A whole text, read once. `anchors` are all ids in it; `plain` is its letters and digits alone, in one case."""

    text: str
    chinese: bool
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]
    quantities: tuple[Quantity, ...]
    anchors: frozenset[str]
    plain: str
    spread: Mapping[str, int] = field(hash=False, compare=False)
    links: tuple[str, ...]
    quotes: tuple[str, ...]

    @property
    def title(self) -> frozenset[str]:
        """Ids of all that stands in the first line."""
        return frozenset(a.id for a in self.sentences[0].anchors) if self.sentences else frozenset()

    @property
    def subjects(self) -> frozenset[str]:
        """Ids of the names in the title: what all of the text is about, so that they tell no figure from another."""
        if not self.sentences:
            return frozenset()
        title = self.sentences[0]
        spans = [name for name in self.names if name.start < title.end]
        found = [
            (self.spread.get(f"n:{squeeze(name.canonical)}", 0), title.inside(name.start, name.end)) for name in spans
        ]
        most = max((spread for spread, _ in found), default=0)
        leading = [ids for spread, ids in found if spread == most]
        return frozenset[str]().union(*leading) if len(found) == 1 or len(leading) == 1 else frozenset()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures in order."""
        return tuple(figure for sentence in self.sentences for figure in sentence.figures)


@lru_cache(maxsize=_CACHED)
def read(text: str) -> Reading:
    """Read a text; the same text is read once."""
    text = unwrapped(text)
    places = addresses(text)
    bare = _without(text, [(start, end) for start, end in places if not is_named(text[start:end])])
    found, amounts = names(bare), quantities(bare)
    short = _explained(bare)
    parts = tuple(_sentence(bare, n, span, found, amounts, short) for n, span in enumerate(_spans(bare)))
    return Reading(
        text=text,
        chinese=is_chinese(text),
        sentences=parts,
        names=tuple(name for name in found if name.kind != "metric" and not _opening(name)),
        quantities=tuple(amounts),
        anchors=frozenset(a.id for part in parts for a in part.anchors),
        plain=squeeze(text),
        spread=Counter(i for part in parts for i in {a.id for a in part.anchors}),
        links=tuple(text[start:end] for start, end in places),
        quotes=tuple(next(group for group in m.groups() if group) for m in _QUOTED.finditer(text)),
    )


@lru_cache(maxsize=_CACHED)
def unwrapped(text: str) -> str:
    """Take LaTeX's wrapping off and close the gap between a number and the Chinese word that scales it ("2000 万")."""
    text = _LATEX.sub(lambda m: " " if len(m[0]) > 1 else "", clean(text)) if "\\" in text else clean(text)
    text = _SYMBOL.sub(lambda m: _SYMBOLS[m[2]], text) if "\\" in text else text
    text = _FORMULA.sub(r"\1", _AMOUNT.sub(r"\1", text))
    text = _WRAPPED.sub(r"\1", text)
    return _GAP.sub("", text)


def _without(text: str, places: Iterable[tuple[int, int]]) -> str:
    """Blank some stretches of a text; offsets stay."""
    for start, end in places:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def squeeze(text: str) -> str:
    """Fold case and drop everything but letters and digits: what two spellings of a name or quotation share."""
    return _NO_LETTER.sub("", latin(mask(text).lower()))


def latin(text: str) -> str:
    """Spell the Greek letters of names out: "τ-bench" is "tau-bench"."""
    return text if text.isascii() else text.translate(_GREEK)


def _spans(text: str) -> list[tuple[int, int]]:
    """Bounds of the sentences; the first line is a title and ends where the line does."""
    first = text.find("\n")
    cuts = [0, first + 1] if first >= 0 else [0]
    spans: list[tuple[int, int]] = []
    for n, start in enumerate(cuts):
        end = cuts[n + 1] if n + 1 < len(cuts) else len(text)
        spans.extend((start + span.start, start + span.end) for span in sentences(text[start:end]))
    return spans


def _sentence(
    text: str,
    index: int,
    span: tuple[int, int],
    found: Sequence[Name],
    amounts: Sequence[Quantity],
    short: Mapping[str, frozenset[str]],
) -> Sentence:
    start, end = span
    tokens = [Word(w.start + start, w.end + start, w.stem) for w in words(text[start:end])]
    named = [name for name in found if start <= name.start < end]
    proper = [name for name in named if name.kind not in {"metric", "unknown"} or _coined(name.text)]
    whole = [(left, right) for left, right, _ in glosses(text[:end], start) if right - left > 1]
    said = [m for m in mentions(text, tokens) if not _within(m.start, m.end, proper) and not _part_of(m, whole)]
    anchors = _anchors(text, tokens, named, said, [q for q in amounts if start <= q.start < end])
    anchors += [Anchor(*place, i) for words, ids in short.items() for place in places(text, *span, words) for i in ids]
    anchors.sort(key=lambda a: (a.start, a.id))
    measures = _measures(text, span, named, amounts)
    return Sentence(
        start=start,
        end=end,
        text=text[start:end],
        words=tuple(tokens),
        anchors=tuple(anchors),
        mentions=tuple(said),
        figures=tuple(figures(text, index, (start, end), measures, anchors, said, tokens)),
    )


def _measures(text: str, span: tuple[int, int], named: Sequence[Name], amounts: Sequence[Quantity]) -> list[Quantity]:
    """List the amounts of a sentence that measure: no versions, sizes in a system's name, or numbers of a list."""
    systems = [name for name in named if name.kind == "system"]
    found = [
        _united(text, q)
        for q in amounts
        if span[0] <= q.start < span[1]
        and q.kind == "amount"
        and not is_version(text, q)
        and (q.unit or not _within(q.start, q.end, systems))
        and not _numbers_a_list(text, q)
    ]
    found = [_of_pair(text, *found[n : n + 2]) for n in range(len(found))]
    return found[:1] + [_since(text, *pair) for pair in pairwise(found)]


def _part_of(mention: Mention, whole: Iterable[tuple[int, int]]) -> bool:
    """Whether a form is a single character of a longer word: the 强 of 增强 compares nothing."""
    single = mention.end - mention.start == 1 and bool(HAN.match(mention.text))
    return single and any(left <= mention.start and mention.end <= right for left, right in whole)


def _explained(text: str) -> Mapping[str, frozenset[str]]:
    """Return what else each abbreviation of a text and each of its explanations says, as ids."""
    found: dict[str, frozenset[str]] = {}
    for short, phrase in abbreviations(text).items():
        tokens = words(phrase)
        found[short] = frozenset(a.id for a in _anchors(phrase, tokens, names(phrase), mentions(phrase, tokens), []))
        found[phrase] = frozenset({f"n:{squeeze(short)}", f"w:{_root(stem(short))}"})
    return found


def _of_pair(text: str, quantity: Quantity, after: Quantity | None = None) -> Quantity:
    """Give the first amount of "from 41 to 29 minutes" its unit."""
    if after is None or quantity.unit or not after.unit or not _TO.fullmatch(text[quantity.end : after.start]):
        return quantity
    return replace(quantity, unit=after.unit) if _FROM.search(text[: quantity.start]) else quantity


def _since(text: str, before: Quantity, quantity: Quantity) -> Quantity:
    """Give the last amount of "29 minutes, down from 41" or "29 minutes a run instead of 41" its unit."""
    since = not quantity.unit and _SINCE.search(text[before.end : quantity.start])
    return replace(quantity, unit=before.unit) if since and before.unit else quantity


def _united(text: str, quantity: Quantity) -> Quantity:
    """Give "half a yuan" its unit."""
    match = re.match(
        r" (?:an? |of an? )(dollar|yuan|euro|second|minute|hour|day)\b", text[quantity.end : quantity.end + 16]
    )
    return replace(quantity, unit=_HALVES[match[1]]) if match and not quantity.unit and quantity.value < 1 else quantity


_FROM = re.compile(r"(?:\bfrom|从|由)\s*\$?$")
_TO = re.compile(r"\s*(?:(?:down |up )?to|[升降增减]?[至到]|→|->)\s*")
_SINCE = re.compile(
    r"^(?!\s*(?:\d|(?:and|or)\b))(?:\s*,?\s*(?:down|up|compared)? ?(?:from|with)"
    r"|[^.;:，。；\d]{0,30}?(?:\b(?:instead of|rather than|as opposed to|against|v\.?s\.?|versus|compared (?:to|with)"
    r"|(?:an?|half|[a-z]+th) of the (?:former|previous|earlier|original|old))|而非|而不是|此前的?|原来的?))"
    r"\s*(?:(?:about|some|around|roughly|nearly|over|the|former|previous|earlier|its|约|为|是)\s*){0,2}[~≈$]?$"
)
_GREEK = str.maketrans(
    {
        "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "κ": "kappa", "λ": "lambda", "π": "pi",
        "σ": "sigma", "τ": "tau", "φ": "phi", "ω": "omega",
    }
)  # fmt: skip
_HALVES = {"dollar": "$", "yuan": "¥", "euro": "€", "second": "s", "minute": "min", "hour": "h", "day": "d"}


def _opening(name: Name) -> bool:
    """Whether a "name" is but the first word of a sentence before a number: "Roughly 31 %"."""
    return name.kind == "unknown" and bool(
        (first := re.fullmatch(r"([A-Z][a-z]+) \d[\d.]*", name.text))
        and (first[1].endswith(("ly", "ing")) or is_stop(first[1]))
    )


def _coined(name: str) -> bool:
    """Whether a name is no run of ordinary words with capitals ("Query Exposure") but has a shape of its own."""
    return bool(re.search(r"[a-z][A-Z]|[A-Z]{2}.*[a-z\d]|\d", name)) or (name.isupper() and len(name) > _ACRONYM)


def is_version(text: str, quantity: Quantity) -> bool:
    """Whether a bare decimal follows a capitalised word, as in "Seedance 2.0": a version, not a measure."""
    before = text[max(0, quantity.start - 24) : quantity.start]
    if re.fullmatch(r"\d+(?:\.\d+)?[BM]", quantity.text):
        word = re.search(r"([A-Z][\w.]*)[ -]$|\d\.\d $", before)
        return word is not None and not is_stop(word[1] or "")
    if quantity.unit or "." not in quantity.text or quantity.qualifier or quantity.value < 1:
        return False
    word = re.search(r"((?<![A-Za-z])[A-Z][A-Za-z]+(?:-[a-z]{1,3})?|\b(?:model|version)|模型|版本?)[ -]?$", before)
    return word is not None and not known_metric(word[1])


def _numbers_a_list(text: str, quantity: Quantity) -> bool:
    """Whether an amount only numbers the parts of a list: "(2) it reduces"."""
    around = text[max(0, quantity.start - 1) : quantity.end + 1]
    return bool(re.fullmatch(r"[(（]\d{1,2}[)）]|(?:^|[\s:;])\d[)）]", around)) and not quantity.unit


def _within(start: int, end: int, spans: Iterable[Name]) -> bool:
    return any(span.start <= start and end <= span.end for span in spans)


def _anchors(
    text: str, tokens: Sequence[Word], named: Sequence[Name], said: Sequence[Mention], amounts: Sequence[Quantity]
) -> list[Anchor]:
    anchors = [
        Anchor(n.start, n.end, ("m:" if n.kind == "metric" else "n:") + squeeze(_PLURAL.sub(r"\1", n.canonical)))
        for n in named
    ]
    counted = [(q.start, q.end) for q in amounts]
    meant = [m for m in said if not any(left <= m.start and m.end <= right for left, right in counted)]
    anchors.extend(
        Anchor(mention.start, mention.end, f"{_ANCHORED[sense.table]}:{sense.name}")
        for mention in meant
        for sense in mention.senses
        if sense.table in _ANCHORED
    )
    anchors.extend(Anchor(q.start, q.end, f"r:{squeeze(q.text)}") for q in amounts if q.kind == "rank")
    taken = counted + [(n.start, n.end) for n in named if n.kind != "metric" and _coined(n.text)]
    taken += [(m.start, m.end) for m in said]
    anchors.extend(_plain(text, tokens, taken))
    if tokens:
        anchors.extend(_glossed(text[: tokens[-1].end], tokens[0].start, taken))
    return sorted(anchors, key=lambda a: (a.start, a.id))


def _plain(text: str, tokens: Sequence[Word], taken: Sequence[tuple[int, int]]) -> Iterable[Anchor]:
    """Yield the words that neither a name nor the lexicon covers: English stems, pairs of Chinese characters."""
    covered = {place for left, right in taken for place in range(left, right)}
    free = [w for w in tokens if w.start not in covered or w.end - 1 not in covered]
    for n, word in enumerate(free):
        if HAN.match(word.stem):
            after = free[n + 1] if n + 1 < len(free) else None
            if after and after.start == word.end and HAN.match(after.stem):
                yield Anchor(word.start, after.end, f"c:{word.stem}{after.stem}")
        elif not is_stop(text[word.start : word.end]) and len(word.stem) > 1:
            yield Anchor(word.start, word.end, f"w:{_root(word.stem)}")


def _glossed(text: str, start: int, taken: Sequence[tuple[int, int]]) -> Iterable[Anchor]:
    """Yield the English stems of Chinese words that nothing else covers."""
    for left, right, stems in glosses(text, start):
        if not any(low < right and left < high for low, high in taken):
            yield from (Anchor(left, right, f"w:{_root(word)}") for word in stems)


@lru_cache(maxsize=1 << 15)
def _root(stemmed: str) -> str:
    """Fold a noun to its verb as far as spelling shows it: "location", "locate"."""
    return re.sub(r"(?<=[a-z]{4})(?:ation|ition|ion|ment|ance|ence|ity|ive|or|er|al|y|i)$", "", stemmed)
