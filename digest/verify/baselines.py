"""Whether what a sentence compares with is what its source compares with there."""

import re
from collections.abc import Iterator, Sequence

from digest.verify.comparands import comparands
from digest.verify.figures import Fault, same_value
from digest.verify.layout import Figure
from digest.verify.lexicon import measures, word_list
from digest.verify.nouns import words_in
from digest.verify.reading import Reading, Sentence

_KINDS = "nswd"
_FEW = 20
_JOINED = 6  # characters between the figures of a list
_LONG = 4  # letters from which one stem may begin another


def check_baselines(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return the first comparand of a sentence where the source's own sentence compares with something else alone."""
    for sentence in said.sentences:
        for place in _places(sentence):
            words = content(sentence, *place)
            faults = [_against(words, place, sentence, source) for source in sources]
            told = [fault for fault, known in faults if known]
            if words and told and all(told):
                return told[0]
    return None


def _positive(ids: frozenset[str]) -> frozenset[str]:
    """Return ids without "un" and "non", which a translation may give as a word apart ("uncompressed", 不压缩)."""
    return frozenset(re.sub(r"^w:(?:un|non)(?=\w{4})", "w:", i) for i in ids)


def content(sentence: Sentence, start: int, end: int) -> list[frozenset[str]]:
    """List the words between two offsets that tell one comparand from another, each by all ids that it may have."""
    anchors = [a for a in sentence.anchors if a.id[0] in _KINDS]
    loose = word_list("any") | measures()
    return [ids for ids in words_in(anchors, (start, end)) if not ids & loose]


def _against(
    words: Sequence[frozenset[str]], place: tuple[int, int], sentence: Sentence, source: Reading
) -> tuple[Fault | None, bool]:
    """Compare with the source's sentences of the same figures; the second value is whether there are any."""
    pairs = [pair for figure in _measured(sentence) for pair in _same(figure, source)]
    if not pairs:
        return None, False
    parts = [part for _, _, part in pairs]
    facing, around = _compared(parts), all_of(parts)
    met = sum(meets(ids, facing) for ids in words)
    strange = [ids for ids in words if not meets(ids, all_of(source.sentences))]
    if not met and facing and not all(meets(ids, around) for ids in words):
        return Fault("baseline", parts[0].text), True
    if any(ids & word_list("contrast") for ids in strange) or (
        _english(sentence, source) and len(strange) > max(met, 1)
    ):
        return Fault("baseline", parts[0].text), True
    beside = [
        _telling(ids)
        for figure, other, part in pairs
        if figure.cell[0] <= place[0] < figure.cell[1]
        and not _listed(other, part)
        and (ids := _compared([part], other.cell))
    ]
    if beside and all(ids and not any(meets(mine, ids) for mine in words) for ids in beside):
        return Fault("baseline", parts[0].text), True
    return None, True


def _english(sentence: Sentence, source: Reading) -> bool:
    return not source.chinese and sentence.text.isascii()


def all_of(parts: Sequence[Sentence]) -> frozenset[str]:
    """Ids of all that stands in some sentences, and the stem of each of their words."""
    return frozenset(a.id for part in parts for a in part.anchors) | frozenset(
        f"w:{word.stem}" for part in parts for word in part.words
    )


def _compared(parts: Sequence[Sentence], cell: tuple[int, int] | None = None) -> frozenset[str]:
    """Ids of all that some sentences compare with, in all of them or in the part of a figure."""
    return frozenset[str]().union(
        *(
            part.inside(*place)
            for part in parts
            for place in _places(part)
            if cell is None or cell[0] <= place[0] < cell[1]
        )
    )


def _places(part: Sentence) -> Iterator[tuple[int, int]]:
    return ((part.start + start, part.start + end) for start, end in comparands(part.text, 0, len(part.text)))


def _listed(figure: Figure, part: Sentence) -> bool:
    """Whether a figure stands in a list ("by 3%, 5% and 8%"), which answers to a list of comparands."""
    mine = figure.quantity
    gaps = [max(f.quantity.start - mine.end, mine.start - f.quantity.end) for f in part.figures if f is not figure]
    return any(gap <= _JOINED for gap in gaps)


def _telling(ids: frozenset[str]) -> frozenset[str]:
    return frozenset(i for i in ids if i[0] in _KINDS) - word_list("any")


def _measured(sentence: Sentence) -> list[Figure]:
    """Return the figures that can tell a comparison: all but bare small counts, if there are any."""
    return [
        f for f in sentence.figures if f.quantity.unit or f.scale or f.quantity.value % 1 or f.quantity.value > _FEW
    ]


def _same(figure: Figure, source: Reading) -> Iterator[tuple[Figure, Figure, Sentence]]:
    """Yield the source's figures of the same value, each with its sentence."""
    for part in source.sentences:
        for other in part.figures:
            if same_value(figure.quantity, other.quantity):
                yield figure, other, part


def meets(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two sets of ids share one, or one's stem begins with another's."""
    mine, theirs = _positive(mine), _positive(theirs)
    return bool(mine & theirs) or any(
        one.startswith(two) or two.startswith(one) for one in mine for two in theirs if min(len(one), len(two)) > _LONG
    )
