"""Whether a sentence that joins several sources tells under each one's name what that source tells."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from digest.verify.alike.amounts import same_value
from digest.verify.checks.fault import Fault
from digest.verify.sentences.figures import Figure
from digest.verify.sentences.parts import Anchor
from digest.verify.sentences.reading import Reading, Sentence

_CUT = re.compile(r"[;；。:：，]|,(?!\d{3})|\s[—–-]{1,2}\s|——|\b(?:while|whereas|but|and)\b|(?<![从因])而(?!且)")
_BOTH = re.compile(r"\b(?:both|together|respectively)\b|两者|二者|双双|都|均|分别|各自")
_ENDS = re.compile(
    r"[;；。]|\b(?:each|all|they|another|other|former|latter)\b|两篇|两则|另一|另有|前者|后者|^\W*[“\"「『]"
)
_WEIGHTS = {"n": 2.0, "m": 1.0, "s": 0.7, "d": 0.7, "r": 1.0, "w": 1.0, "c": 0.5}
_FIGURE = 2.0
_STRANGE = 2.4  # how much more a piece must share with the other sources than with the one that it names
_CROSSED = 0.9  # the same where two pieces that name two sources are both strange


@dataclass(frozen=True, slots=True)
class Told:
    """What a piece of a sentence says of the source `owner`: weights shared with it alone and with another alone."""

    owner: int
    own: float
    other: float
    text: str


def check_joining(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return a piece of a sentence that names one source, which alone holds that name, and tells what another tells."""
    if len(sources) == 1:
        return None
    pieces = [piece for sentence in said.sentences for piece in told(sentence, sources)]
    worst = max(pieces, key=lambda piece: piece.other - piece.own, default=None)
    if worst and worst.other - worst.own >= _STRANGE:
        return Fault("swap", worst.text.strip())
    strange = [piece for piece in pieces if piece.other - piece.own >= _CROSSED]
    return Fault("swap", strange[0].text.strip()) if len({piece.owner for piece in strange}) > 1 else None


def told(sentence: Sentence, sources: Sequence[Reading]) -> list[Told]:
    """Part a sentence into pieces that each name one source; a piece without a name goes on with the one before."""
    found: list[Told] = []
    owner: int | None = None
    cuts = [0, *(m.start() for m in _CUT.finditer(sentence.text)), len(sentence.text)]
    for left, right in pairwise(cuts):
        text, start, end = sentence.text[left:right], sentence.start + left, sentence.start + right
        anchors = [a for a in sentence.anchors if start <= a.start and a.end <= end]
        lead = _lead(anchors, sources)
        goes_on = None if _ENDS.search(text) else owner
        owner = None if _BOTH.search(text) else lead.source if lead else goes_on
        if owner is None:
            continue
        rest = [a for a in anchors if lead is None or a.end <= lead.start or lead.end <= a.start]
        figures = [f for f in sentence.figures if start <= f.quantity.start < end]
        held = [*_held(rest, sources), *_counted(figures, sources)]
        own = sum(weight for n, weight in held if n == owner)
        other = sum(weight for n, weight in held if n != owner)
        if lead is None:
            last = found.pop()
            own, other, text = last.own + own, last.other + other, last.text + text
        found.append(Told(owner, own, other, text))
    return found


@dataclass(frozen=True, slots=True)
class _Lead:
    source: int
    start: int
    end: int


def _lead(anchors: Sequence[Anchor], sources: Sequence[Reading]) -> _Lead | None:
    """Return the first name that one source alone holds."""
    for anchor in anchors:
        source = _only(anchor.id in s.anchors for s in sources) if anchor.id[0] == "n" else None
        if source is not None:
            return _Lead(source, anchor.start, anchor.end)
    return None


def _held(anchors: Sequence[Anchor], sources: Sequence[Reading]) -> Iterator[tuple[int, float]]:
    """Yield for each place that speaks of one source alone that source and the place's weight."""
    for _, place in groupby(sorted(anchors, key=lambda a: (a.start, a.end)), key=lambda a: (a.start, a.end)):
        ids = {a.id for a in place}
        source = _only(bool(ids & s.anchors) for s in sources)
        if source is not None:
            yield source, max(_WEIGHTS[i[0]] for i in ids)


def _counted(figures: Sequence[Figure], sources: Sequence[Reading]) -> Iterator[tuple[int, float]]:
    """Yield for each figure that one source alone has that source and a figure's weight."""
    for figure in figures:
        source = _only(any(same_value(figure.quantity, other.quantity) for other in s.figures) for s in sources)
        if source is not None:
            yield source, _FIGURE


def _only(holds: Iterable[bool]) -> int | None:
    """Return the one place at which something holds; None for none or several."""
    places = [n for n, held in enumerate(holds) if held]
    return places[0] if len(places) == 1 else None
