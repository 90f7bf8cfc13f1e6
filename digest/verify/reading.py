"""What a text says, laid out for comparing: its sentences, figures with what belongs to each, names, links, quotations."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.names import Name, names
from digest.quantity import Quantity, mask, quantities
from digest.text import clean, is_chinese, sentences
from digest.verify.layout import Anchor, Figure, figures
from digest.verify.lexicon import Mention, Word, is_stop, mentions, words

_CACHED = 2048
_LATEX = re.compile(r"\\[,;! ]|\\(?=[%&#])")
_WRAPPED = re.compile(r"\\(?:textbf|textit|emph|text|textsc|underline)\{([^{}]*)\}")
_GAP = re.compile(r"(?<=\d)[ \u00a0]+(?=[\u3400-\u9fff])")
_CJK = re.compile("[\u3400-\u9fff]")
_LINK = re.compile(
    r"https?://[^\s<>()（），。；、\"”』」]+|\bwww\.[^\s<>()，。]+|\[[^\]\n]+\]\([^)\n]+\)"
    r"|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|org|net|io|ai|dev|cn|co|app|edu|gov|me|ly|so|xyz|info|tech|gg|site|page|blog|news|tv)(?:/[^\s<>()，。]*)?(?![\w.])",
    re.IGNORECASE,
)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A whole text, read once. `anchors` are all ids in it; `plain` is it without spaces, hyphens and case, for searching."""

    text: str
    chinese: bool
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]
    quantities: tuple[Quantity, ...]
    anchors: frozenset[str]
    plain: str
    links: tuple[str, ...]
    quotes: tuple[str, ...]

    @property
    def subjects(self) -> frozenset[str]:
        """Ids of the names in the title: what all of the text is about, so that they tell no figure from another."""
        return frozenset(a.id for a in self.sentences[0].anchors if a.id[0] == "n") if self.sentences else frozenset()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures in order."""
        return tuple(figure for sentence in self.sentences for figure in sentence.figures)


@lru_cache(maxsize=_CACHED)
def read(text: str) -> Reading:
    """Read a text; the same text is read once."""
    text = _plain_text(text)
    links = tuple(m[0].rstrip(".,;:!?'") for m in _LINK.finditer(text))
    bare = _LINK.sub(lambda m: " " * len(m[0]), text)
    found, amounts = names(bare), quantities(bare)
    parts = tuple(_sentence(bare, n, start, end, found, amounts) for n, (start, end) in enumerate(_spans(bare)))
    return Reading(
        text=text,
        chinese=is_chinese(text),
        sentences=parts,
        names=tuple(name for name in found if name.kind != "metric"),
        quantities=tuple(amounts),
        anchors=frozenset(a.id for part in parts for a in part.anchors),
        plain=squeeze(text),
        links=links,
        quotes=tuple(next(group for group in m.groups() if group) for m in _QUOTED.finditer(text)),
    )


def _plain_text(text: str) -> str:
    """Take LaTeX's wrapping off and close the gap between a number and the Chinese word that scales it ("2000 万")."""
    text = _LATEX.sub(lambda m: " " if len(m[0]) > 1 else "", clean(text)) if "\\" in text else clean(text)
    text = _WRAPPED.sub(r"\1", text)
    return _GAP.sub("", text)


def squeeze(text: str) -> str:
    """Fold case and drop everything but letters and digits: what two spellings of a name or quotation share."""
    return "".join(c for c in mask(text).lower() if c.isalnum())


def _spans(text: str) -> list[tuple[int, int]]:
    """Bounds of the sentences; the first line is a title and ends where the line does."""
    first = text.find("\n")
    cuts = [0, first + 1] if 0 <= first else [0]
    spans: list[tuple[int, int]] = []
    for n, start in enumerate(cuts):
        end = cuts[n + 1] if n + 1 < len(cuts) else len(text)
        spans.extend((start + span.start, start + span.end) for span in sentences(text[start:end]))
    return spans


def _sentence(
    text: str, index: int, start: int, end: int, found: Sequence[Name], amounts: Sequence[Quantity]
) -> Sentence:
    tokens = [Word(w.start + start, w.end + start, w.stem) for w in words(text[start:end])]
    named = [name for name in found if start <= name.start < end]
    proper = [name for name in named if name.kind != "metric"]
    said = [m for m in mentions(text, tokens) if not _within(m.start, m.end, proper)]
    anchors = _anchors(text, tokens, named, said, [q for q in amounts if start <= q.start < end])
    measures = [q for q in amounts if start <= q.start < end and q.kind == "amount" and not _version(text, q)]
    return Sentence(
        start=start,
        end=end,
        text=text[start:end],
        words=tuple(tokens),
        anchors=tuple(anchors),
        mentions=tuple(said),
        figures=tuple(figures(text, index, (start, end), measures, anchors, said, tokens)),
    )


def _version(text: str, quantity: Quantity) -> bool:
    """Whether a bare decimal follows a capitalised word, as in "Seedance 2.0": a version, not a measure."""
    if quantity.unit or "." not in quantity.text or quantity.qualifier:
        return False
    return bool(re.search(r"\b[A-Z][A-Za-z]+[ -]$", text[max(0, quantity.start - 24) : quantity.start]))


def _within(start: int, end: int, spans: Iterable[Name]) -> bool:
    return any(span.start <= start and end <= span.end for span in spans)


def _anchors(
    text: str, tokens: Sequence[Word], named: Sequence[Name], said: Sequence[Mention], amounts: Sequence[Quantity]
) -> list[Anchor]:
    anchors = [Anchor(n.start, n.end, ("m:" if n.kind == "metric" else "n:") + _folded(n.canonical)) for n in named]
    for mention in said:
        anchors.extend(Anchor(mention.start, mention.end, f"s:{s.name}") for s in mention.senses if s.table == "same")
    taken = [(n.start, n.end) for n in named if n.kind != "metric"] + [(q.start, q.end) for q in amounts]
    taken += [(m.start, m.end) for m in said]
    anchors.extend(_plain(text, tokens, taken))
    return sorted(anchors, key=lambda a: (a.start, a.id))


def _folded(canonical: str) -> str:
    return squeeze(canonical)


def _plain(text: str, tokens: Sequence[Word], taken: Sequence[tuple[int, int]]) -> Iterable[Anchor]:
    """Words that neither a name nor the lexicon covers: English ones by their stem, Chinese ones as pairs of characters."""
    free = [w for w in tokens if not any(left <= w.start and w.end <= right for left, right in taken)]
    for n, word in enumerate(free):
        if _CJK.match(word.stem):
            after = free[n + 1] if n + 1 < len(free) else None
            if after and after.start == word.end and _CJK.match(after.stem):
                yield Anchor(word.start, after.end, f"c:{word.stem}{after.stem}")
        elif not is_stop(text[word.start : word.end]) and len(word.stem) > 1:
            yield Anchor(word.start, word.end, f"w:{word.stem}")
