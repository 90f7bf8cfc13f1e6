"""What sentences compare with, whether one's is the opposite of another's, and which side is said to win."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.verify.sentences.comparands import comparands, listed
from digest.verify.sentences.figures import Figure
from digest.verify.sentences.reading import Sentence
from digest.verify.words.lexicon import sides

_DENIES = re.compile(
    r"(?:\b(?:without(?: any)?|no|non|not|un)[ -]|[未不无非]|没有|未经|未加|不加|不带|不经)$", re.IGNORECASE
)
_PREFIX = re.compile(r"^w:(?:un|non)(?=[a-z]{4})")
_WON = re.compile(
    r"\b(?:out(?:perform|class|score|do|pace|rank|strip)|surpass|beat|exceed|overtak|overtook|eclips|top)\w*"
    r"|\bahead of|\bsuperior to|\bbetter|\bimprov\w*|优于|胜过|超过|超越|超出|强于|好于|领先|击败|打败|反超|胜于",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"\b(?:trail|lag|underperform)\w*|\bbehind|\bshort of|\binferior to|\bworse|\blos(?:es|t|ing) to"
    r"|\b(?:outperformed|surpassed|beaten|exceeded|outscored|outdone|outclassed|overtaken|topped) by"
    r"|不及|不如|逊于|弱于|差于|落后|输给",
    re.IGNORECASE,
)
_JOINED = 6  # characters between the figures of a list
_DENIED = re.compile(r"\b(?:not|no|never|nor|neither|without|fail\w*)\b|n['’]t\b|[不未没无非]")


@dataclass(frozen=True, slots=True)
class Comparand:
    """What a sentence compares with, by its bounds in the text."""

    sentence: Sentence
    start: int
    end: int


def sign(place: Comparand) -> int:
    """Return 1 where a sentence says that it wins over the comparand, -1 where it loses to it, else 0."""
    text = place.sentence.text[: place.start - place.sentence.start]
    won, lost = [*_WON.finditer(text)], [*_LOST.finditer(text)]
    last = max([*won, *lost], key=lambda m: (m.end(), -m.start()), default=None)
    if last is None or _DENIED.search(text.replace("不及", "").replace("不如", "")):
        return 0
    return -1 if last in lost else 1


def opposed(mine: Comparand, theirs: Sequence[Comparand]) -> bool:
    """Whether a comparand is the opposite of those there: the base model for the best one, "pruned" for "unpruned"."""
    here, there = _sides(mine), frozenset[tuple[int, int]]().union(*(_sides(place) for place in theirs))
    kinds = {family for family, _ in here} & {family for family, _ in there}
    if any(not {s for s in here if s[0] == kind} & there for kind in kinds):
        return True
    told, denied = _denials(mine)
    known = [_denials(place) for place in theirs]
    affirmed = frozenset[str]().union(*(ids for ids, _ in known))
    refused = frozenset[str]().union(*(ids for _, ids in known))
    return bool((denied & affirmed) - refused or (told & refused) - affirmed)


def _sides(place: Comparand) -> frozenset[tuple[int, int]]:
    return sides(place.sentence.text[place.start - place.sentence.start : place.end - place.sentence.start])


def _denials(place: Comparand) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ids that a comparand affirms and those that it denies ("unpruned", 未剪枝)."""
    sentence, start, end = place.sentence, place.start, place.end
    told, denied = set[str](), set[str]()
    for anchor in sentence.anchors:
        if start <= anchor.start and anchor.end <= end and anchor.id[0] in "ws":
            bare = _PREFIX.sub("w:", anchor.id)
            apart = bool(_DENIES.search(sentence.text[start - sentence.start : anchor.start - sentence.start]))
            (denied if apart or bare != anchor.id else told).add(bare)
    return frozenset(told), frozenset(denied)


def places(part: Sentence) -> Iterator[tuple[int, int]]:
    """Yield where in its text a sentence names what it compares with."""
    return ((part.start + start, part.start + end) for start, end in _spans(part.text))


def compared_places(part: Sentence) -> Iterator[tuple[int, int]]:
    """Yield the comparands of a source's sentence, and the names that go on from each."""
    return ((part.start + start, part.start + end) for start, end in _with_lists(part.text))


@lru_cache(maxsize=4096)
def _spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(comparands(text, 0, len(text)))


@lru_cache(maxsize=4096)
def _with_lists(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(place for span in _spans(text) for place in (span, *listed(text, span)))


def listed_figure(figure: Figure, part: Sentence) -> bool:
    """Whether a figure stands in a list ("by 3%, 5% and 8%"), which answers to a list of comparands."""
    mine = figure.quantity
    gaps = [max(f.quantity.start - mine.end, mine.start - f.quantity.end) for f in part.figures if f is not figure]
    return any(gap <= _JOINED for gap in gaps)
