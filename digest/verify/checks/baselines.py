"""Whether what a sentence compares with is what its source compares with there."""

import re
from collections.abc import Sequence

from digest.verify.alike.amounts import twins
from digest.verify.alike.comparisons import Comparand, compared_places, listed_figure, opposed, places, sign
from digest.verify.alike.words import all_of, meets, weigh
from digest.verify.checks.fault import Fault
from digest.verify.sentences.figures import Figure
from digest.verify.sentences.nouns import words_in
from digest.verify.sentences.reading import Reading, Sentence
from digest.verify.words.lexicon import measures, word_list

_KINDS = "nswd"
_FEW = 20
_ALIKE = 0.8  # shared weight from which two sentences without a figure tell of the same
_CUT = re.compile(r"[;；。]|\b(?:and|while|whereas|but)\b|[而且并]")
_OWNED = re.compile(r"\s*(?:for|from|by|with|of|in|on)\s+")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


_Pair = tuple[Figure, Figure, Sentence]
"""A sentence's figure, the source's of the same value, and the source's sentence."""


def check_baselines(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return the first comparand of a sentence where the source's own sentence compares with something else alone."""
    for sentence in said.sentences:
        for place in places(sentence):
            words = content(sentence, *place)
            faults = [_against(words, place, sentence, source) for source in sources]
            told = [fault for fault, known in faults if known]
            if not told:
                told = [_unmeasured(place, sentence, source) for source in sources]
            if told and all(told):
                return told[0]
    return None


def content(sentence: Sentence, start: int, end: int) -> list[frozenset[str]]:
    """List the words between two offsets that tell one comparand from another, each by all ids that it may have."""
    anchors = [a for a in sentence.anchors if a.id[0] in _KINDS]
    loose = word_list("any") | measures()
    return [ids for ids in words_in(anchors, (start, end)) if not ids & loose]


def _against(
    words: Sequence[frozenset[str]], place: tuple[int, int], sentence: Sentence, source: Reading
) -> tuple[Fault | None, bool]:
    """Compare with the source's sentences of the same figures; the second value is whether there are any."""
    pairs = [(figure, *twin) for figure in _facing(place, sentence) for twin in twins(figure, source)]
    if not pairs:
        return None, False
    mine = Comparand(sentence, *place)
    theirs = [Comparand(part, *there) for _, other, part in pairs for there in _beside(other, part)]
    turn = _turn(words, mine, theirs, source)
    first = pairs[0][2].text
    if _wins_elsewhere(turn, mine, theirs):
        return Fault("comparison", first), True
    if turn < 0:
        return _bearer(words, mine, pairs), True
    if opposed(mine, theirs) or (words and _strange(words, mine, pairs, source)):
        return Fault("baseline", first), True
    return _bearer(words, mine, pairs), True


def _unmeasured(place: tuple[int, int], sentence: Sentence, source: Reading) -> Fault | None:
    """Compare a comparand without a figure with those of the source's sentence that shares most of the rest."""
    rest = frozenset(a.id for a in sentence.anchors if a.end <= place[0] or place[1] <= a.start)
    told = [part for part in source.sentences[1:] if any(places(part))]
    shared = [(weigh(rest & frozenset(a.id for a in part.anchors), source), part) for part in told]
    most, best = max(shared, key=lambda row: row[0], default=(0.0, None))
    if best is None or most < _ALIKE:
        return None
    mine = Comparand(sentence, *place)
    theirs = [Comparand(best, *there) for there in compared_places(best)]
    return Fault("baseline", best.text) if opposed(mine, theirs) else None


def _strange(words: Sequence[frozenset[str]], mine: Comparand, pairs: Sequence[_Pair], source: Reading) -> bool:
    """Whether the words of a comparand are none of the source's sentence of that figure, or of its part of it."""
    parts = [part for _, _, part in pairs]
    place, facing = (mine.start, mine.end), _compared(parts)
    if not any(_tied(figure, place, mine.sentence) for figure, _, _ in pairs) and _any(
        words, _compared(source.sentences)
    ):
        return False
    met = sum(meets(ids, facing) for ids in words)
    if not met and facing and not all(meets(ids, all_of(parts)) for ids in words):
        return True
    unknown = [ids for ids in words if not meets(ids, all_of(source.sentences))]
    if any(ids & word_list("contrast") for ids in unknown) or (
        _english(mine.sentence, source) and len(unknown) > max(met, 1)
    ):
        return True
    beside = [
        (_telling(ids), part.inside(*other.clause))
        for figure, other, part in pairs
        if figure.cell[0] <= mine.start < figure.cell[1]
        and not listed_figure(other, part)
        and (ids := _told_of(other, part))
    ]
    return bool(beside) and all(ids and not _any(words, ids | near) for ids, near in beside)


def _any(words: Sequence[frozenset[str]], ids: frozenset[str]) -> bool:
    return any(meets(mine, ids) for mine in words)


def _wins_elsewhere(turn: int, mine: Comparand, theirs: Sequence[Comparand]) -> bool:
    """Whether the other side of a comparison is said to win, the source's sides being told as they are or turned."""
    told, known = sign(mine), {sign(there) for there in theirs}
    return bool(turn and told) and known == {-told * turn}


def _owns(figure: Figure, place: tuple[int, int], sentence: Sentence) -> bool:
    """Whether what stands at a place is whose the figure right before it is: "9.4 hours for A"."""
    return bool(
        _OWNED.fullmatch(sentence.text[figure.quantity.end - sentence.start : max(0, place[0] - sentence.start)])
    )


def _bearer(words: Sequence[frozenset[str]], mine: Comparand, pairs: Sequence[_Pair]) -> Fault | None:
    """Find whose a figure is said to be ("against 9.4 hours for A"), where the source's sentence says it of another."""
    owned = [
        (part.inside(*there), part)
        for figure, other, part in pairs
        for there in places(part)
        if _owns(figure, (mine.start, mine.end), mine.sentence) and _owns(other, there, part)
    ]
    if not words or not owned or any(_any(words, there) for there, _ in owned):
        return None
    return Fault("baseline", owned[0][1].text)


def _turn(words: Sequence[frozenset[str]], mine: Comparand, theirs: Sequence[Comparand], source: Reading) -> int:
    """Return 1 where the source compares with the same, -1 where it tells it from the other side, else 0.

    From the other side the source's comparand leads the comparison, and what leads there is compared with.
    """
    facing = [ids for there in theirs for ids in content(there.sentence, there.start, there.end)]
    if not words or not facing:
        return 0
    there = frozenset[str]().union(*facing)
    if any(meets(ids, there) for ids in words):
        return 1
    rest = frozenset(a.id for a in mine.sentence.anchors if a.end <= mine.start or mine.end <= a.start)
    leads = frozenset(a.id for t in theirs for a in t.sentence.anchors if a.end <= t.start) | source.title
    return -1 if any(meets(ids, rest) for ids in facing) and all(meets(ids, leads) for ids in words) else 0


def _facing(place: tuple[int, int], sentence: Sentence) -> list[Figure]:
    """Return the measured figures in whose part of a sentence a comparand stands, else the one that is nearest."""
    measured = _measured(sentence)
    beside = [f for f in measured if f.cell[0] <= place[0] < f.cell[1]]
    return beside or sorted(measured, key=lambda f: abs(f.quantity.start - place[0]))[:1]


def _tied(figure: Figure, place: tuple[int, int], sentence: Sentence) -> bool:
    """Whether nothing parts a comparand from a figure, as "and" does in "5% over A and close to B"."""
    quantity = figure.quantity
    left, right = sorted(((quantity.start, quantity.end), place))
    between = sentence.text[max(0, left[1] - sentence.start) : max(0, right[0] - sentence.start)]
    return not _CUT.search(_BRACKETS.sub("", between))


def _beside(figure: Figure, part: Sentence) -> list[tuple[int, int]]:
    """Return what a source compares a figure with: what stands in its part, else all of the sentence's."""
    found = [*compared_places(part)]
    return [p for p in found if figure.cell[0] <= p[0] < figure.cell[1]] or found


def _english(sentence: Sentence, source: Reading) -> bool:
    return not source.chinese and sentence.text.isascii()


def _compared(parts: Sequence[Sentence]) -> frozenset[str]:
    """Ids of all that some sentences compare with."""
    return frozenset[str]().union(*(part.inside(*place) for part in parts for place in compared_places(part)))


def _told_of(figure: Figure, part: Sentence) -> frozenset[str]:
    """Ids of what a source compares a figure with in its own part of the sentence, or right after it."""
    start, end = figure.cell
    near = [
        place
        for place in compared_places(part)
        if start <= place[0] < end or (place[0] >= figure.quantity.end and _tied(figure, place, part))
    ]
    return frozenset[str]().union(*(part.inside(*place) for place in near))


def _telling(ids: frozenset[str]) -> frozenset[str]:
    return frozenset(i for i in ids if i[0] in _KINDS) - word_list("any")


def _measured(sentence: Sentence) -> list[Figure]:
    """Return the figures that can tell a comparison: all but bare small counts, if there are any."""
    return [
        f for f in sentence.figures if f.quantity.unit or f.scale or f.quantity.value % 1 or f.quantity.value > _FEW
    ]
