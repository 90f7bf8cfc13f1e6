"""A sentence in clauses, each with the opposites that it takes a side in and how far its denials reach."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from digest.verify.lexicon import Mention, Sense
from digest.verify.reading import Sentence

_CLAUSE = re.compile(
    r"[;；。，:：()（）]|,(?!\d{3})|\s[—–-]{1,2}\s|——|\b(?:but|while|"
    r"whereas|although|though|yet|however|because|since|so that)\b|"
    r"但是?|而且?|却|然而|因为|不过"
)
_CJK = re.compile("[\u3400-\u9fff]")
_SCOPE_WORDS, _SCOPE_CHARACTERS = 6, 8
_LIST = re.compile(
    r"(?: [\w-]+){1,4},(?: (?!and |but )[\w-]+){1,4}(?:,(?: [\w-]+){1,4})*,? (?:n?or)(?: [\w-]+){1,4}"
)  # "no A, B, or C"
_FREE = re.compile(r"\w+(?=-(?:free|less)\b)")  # "conflict-free" denies the conflict
_PAIRS_OF_FIGURES = frozenset({"direction", "bound"})


@dataclass(frozen=True, slots=True)
class Stance:
    """One side of a pair of opposites as a text takes it; `sign` counts the negation in."""

    pair: str
    sign: int
    denied: bool
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with the ids in it and the stances that it takes."""

    sentence: Sentence
    start: int
    end: int
    ids: frozenset[str]
    stances: tuple[Stance, ...]
    classes: frozenset[str]


def clauses(sentence: Sentence) -> list[Clause]:
    """Part a sentence at commas and conjunctions; pieces without content join the next one."""
    cuts = [sentence.start, *(sentence.start + m.start() for m in _CLAUSE.finditer(sentence.text)), sentence.end]
    found: list[Clause] = []
    start = cuts[0]
    for end in cuts[1:]:
        if end > start and (len(sentence.inside(start, end)) > 1 or end == sentence.end):
            found.append(_clause(sentence, start, end))
            start = end
    return found


def clause_bounds(sentence: Sentence, place: int) -> tuple[int, int]:
    """Return where the clause around an offset begins and ends."""
    start, end = sentence.start, sentence.end
    for match in _CLAUSE.finditer(sentence.text):
        cut = sentence.start + match.start()
        if cut >= place:
            return start, min(end, max(cut, place))
        start = sentence.start + match.end()
    return start, end


def _clause(sentence: Sentence, start: int, end: int) -> Clause:
    inside = [m for m in sentence.mentions if start <= m.start and m.end <= end]
    denying = [m for m in sentence.mentions if m.of("class", "negation") and m.end <= end]
    scopes = [_scope(m, sentence, end) for m in denying if m.start >= start]
    scopes += [(m.end, reach) for m in denying if m.start < start and (reach := _listed(m, sentence)) > start]
    low, high = start - sentence.start, end - sentence.start
    scopes += [(sentence.start + m.start(), sentence.start + m.end()) for m in _FREE.finditer(sentence.text, low, high)]
    figures = [f.quantity for f in sentence.figures if start <= f.quantity.start and f.quantity.end <= end]
    stances = tuple(
        _stance(m, sense, scopes)
        for m in inside
        for sense in m.senses
        if sense.table == "pair" and not (sense.name in _PAIRS_OF_FIGURES and figures)
    )
    classes = frozenset(
        ("not " if _covered(m, scopes) else "") + sense.name
        for m in inside
        for sense in m.senses
        if sense.table == "class"
    )
    return Clause(sentence, start, end, sentence.inside(start, end), stances, classes)


def _scope(negation: Mention, sentence: Sentence, end: int) -> tuple[int, int]:
    """How far a negation reaches: some words on, to the end of its clause."""
    listed = _listed(negation, sentence)
    if listed:
        return negation.end, listed
    after = [w for w in sentence.words if w.start >= negation.end and w.end <= end]
    reach = _SCOPE_CHARACTERS if _CJK.search(negation.text) else _SCOPE_WORDS
    return negation.end, (after[min(reach, len(after)) - 1].end if after else negation.end)


def _listed(negation: Mention, sentence: Sentence) -> int:
    """Return where a list after a negation ends, which denies each of its parts ("no A, B, or C"); 0 without one."""
    match = _LIST.match(sentence.text, negation.end - sentence.start)
    return sentence.start + match.end() if match else 0


def _covered(mention: Mention, scopes: Iterable[tuple[int, int]]) -> bool:
    return any(left <= mention.start and mention.end <= right for left, right in scopes)


def _stance(mention: Mention, sense: Sense, scopes: Iterable[tuple[int, int]]) -> Stance:
    denied = _covered(mention, scopes) and not mention.of("class", "negation")
    return Stance(sense.name, -sense.sign if denied else sense.sign, denied, mention.start, mention.end, mention.text)


def asks(part: Sentence) -> bool:
    """Whether a sentence is a question, which affirms nothing."""
    return part.text.rstrip().endswith(("?", "？"))
