"""Whether a figure is said of the name that its source says it of, and not of a name that stands beside that one."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from digest.verify.alike.amounts import exact, twins
from digest.verify.alike.comparisons import compared_places, listed_figure
from digest.verify.checks.fault import Fault
from digest.verify.sentences.figures import Figure
from digest.verify.sentences.parts import Anchor
from digest.verify.sentences.reading import Reading, Sentence

_JOINED = re.compile(
    r"\s*(?:[(（][^()（）]{0,40}[)）])?\s*(?:[,，、/&]|\band\b|\bor\b|[和与及或]|以及|\bv\.?s\.?)\s*(?:(?:and|or)\s+)?(?:the\s+|a\s+|an\s+)?\s*"
)
_LED = re.compile(r"\b(on|in|at|for|with|of)\s+(?:the\s+)?$", re.IGNORECASE)
_GOES_ON = re.compile(
    r"^[^,，;；]{0,60}[,，]\s*(?:and |while |with |by )?(?:\w+ing\b|[\u3400-\u9fff])|\bby\s*$|\bwith (?:an? )?[^,，]*$"
)


def check_holders(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return a figure that its source has of another name of the same list, or of the winner of a comparison."""
    for sentence in said.sentences:
        for figure in sentence.figures:
            found = [fault for source in sources for fault in _faults(figure, sentence, source)]
            if found and all(found):
                return found[0]
    return None


def _faults(figure: Figure, sentence: Sentence, source: Reading) -> Iterator[Fault | None]:
    if not (figure.quantity.unit or figure.quantity.value % 1):
        return
    pairs = [*twins(figure, source)]
    for other, part in [pair for pair in pairs if exact(figure.quantity, pair[0].quantity)] or pairs:
        wrong = _of_sibling(figure, other, part, source) or _of_loser(figure, sentence, other, part)
        yield Fault("swap", part.text) if wrong else None


def _of_sibling(figure: Figure, other: Figure, part: Sentence, source: Reading) -> bool:
    """Whether a figure stands beside one name of a list, where the source has it beside another of that list."""
    mine, theirs = _names(figure.own - figure.compared), _names(other.own - other.compared)
    if mine & _names(other.near) or listed_figure(other, part):
        return False
    return any(mine & group and theirs & group for group in siblings(source))


def _of_loser(figure: Figure, sentence: Sentence, other: Figure, part: Sentence) -> bool:
    """Whether a figure is said of what the source's sentence only compares its leading name with."""
    mine = _names(figure.own - figure.compared)
    places = [*compared_places(part)]
    faced = frozenset(i for place in places for i in _names(part.inside(*place)))
    said = frozenset(i for place in compared_places(sentence) for i in sentence.inside(*place))
    if not mine or not mine <= faced or mine & said:
        return False
    quantity = other.quantity
    first = min((place[0] for place in places), default=0)
    lead = frozenset(i for i in part.inside(part.start, first) if i[0] in "nw")
    lead = _names(lead) or lead
    apart = all(
        _GOES_ON.search(part.text[place[1] - part.start : quantity.start - part.start])
        for place in places
        if place[1] <= quantity.start
    )
    after = all(place[1] <= quantity.start for place in places)
    here = frozenset(a.id for a in sentence.anchors)
    return bool(lead) and after and apart and not lead & here


def _names(ids: frozenset[str]) -> frozenset[str]:
    return frozenset(i for i in ids if i[0] == "n")


@lru_cache(maxsize=256)
def siblings(source: Reading) -> tuple[frozenset[str], ...]:
    """Return the names that stand in one list or behind the same preposition in one sentence, group by group."""
    groups: list[frozenset[str]] = []
    for part in source.sentences:
        places = _named(part.anchors)
        run: set[str] = set()
        for (one, two), text in (
            (pair, part.text[pair[0][1] - part.start : pair[1][0] - part.start]) for pair in pairwise(places)
        ):
            if _JOINED.fullmatch(text):
                run |= one[2] | two[2]
            else:
                groups.append(frozenset(run))
                run = set()
        groups.append(frozenset(run))
        led: dict[str, set[str]] = {}
        for start, _, ids in places:
            lead = _LED.search(part.text[: start - part.start])
            if lead:
                led.setdefault(lead[1].lower(), set()).update(ids)
        groups.extend(frozenset(ids) for ids in led.values())
    return tuple(group for group in groups if len(group) > 1)


def _named(anchors: Sequence[Anchor]) -> list[tuple[int, int, frozenset[str]]]:
    """List the places of names, those that overlap as one."""
    found: list[tuple[int, int, frozenset[str]]] = []
    for a in anchors:
        if a.id[0] != "n":
            continue
        if found and a.start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], a.end), found[-1][2] | {a.id})
        else:
            found.append((a.start, a.end, frozenset({a.id})))
    return found
