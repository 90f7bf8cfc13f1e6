"""The figures of the sources that a sentence's figure may repeat."""

from collections.abc import Sequence
from dataclasses import dataclass

from digest.verify.alike.amounts import dimension, exact, same_value
from digest.verify.alike.conversion import converted
from digest.verify.sentences.figures import Figure
from digest.verify.sentences.reading import Reading, Sentence

NEARNESS = {"m": 2.0, "n": 2.0, "s": 1.5, "d": 1.5, "r": 2.0, "w": 1.0, "c": 1.0}
"""What an id that stands beside a figure in both texts tells of its being the same, by the id's first letter."""
_MOST = 12  # places of one value that are compared with
_AS_LIKELY = 0.5  # of the best place's likeness, above which a figure may be meant at another place too
_SLACK = 0.06  # of the upper end of a range


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure of a source that has the sentence's value, and how much of what stands around both agrees."""

    figure: Figure
    sentence: Sentence
    source: Reading
    likeness: float

    @property
    def around(self) -> str:
        """The words around the figure in the source."""
        start, end = self.figure.cell
        return self.source.text[start:end].strip()


def candidates(figure: Figure, sentence: Sentence, sources: Sequence[Reading]) -> list[Candidate]:
    """List the sources' figures of the same value, the one most alike in its surroundings first."""
    found = [
        Candidate(other, part, source, _likeness(figure, sentence, other, part, source))
        for source in sources
        for part in source.sentences
        for other in part.figures
        if (same_value(figure.quantity, other.quantity) and _spans(figure, other, part)) or converted(figure, other)
    ]
    found.sort(key=lambda c: (-_exact(figure, c.figure), -c.likeness, c.figure.quantity.start))
    same = [c for c in found if _exact(figure, c.figure)] or found
    return [c for c in same[:_MOST] if c.likeness >= same[0].likeness * _AS_LIKELY]


def _spans(figure: Figure, other: Figure, part: Sentence) -> bool:
    """Whether a source has the upper end too of what the sentence tells as a range, be it as an amount of its own."""
    top = figure.quantity.high
    if top is None or other.quantity.high is not None:
        return True
    return any(abs(f.quantity.value - top) <= _SLACK * top or f.quantity.high == top for f in part.figures)


def _exact(figure: Figure, other: Figure) -> bool:
    alike = dimension(figure.quantity)[0] == dimension(other.quantity)[0]
    return alike and exact(figure.quantity, other.quantity)


def _likeness(figure: Figure, sentence: Sentence, other: Figure, part: Sentence, source: Reading) -> float:
    around = shared(part, other)
    score = 0.0
    for anchor in figure.own:
        if anchor in other.own:
            score += NEARNESS[anchor[0]]
        elif anchor in other.near or anchor in around:
            score += NEARNESS[anchor[0]] * 0.5
    score += 0.05 * sum(a.id in around for a in sentence.anchors)
    subject = {a.id for a in sentence.anchors if a.id[0] == "n"}
    return score + 0.2 * len(subject & source.anchors)


def shared(sentence: Sentence, figure: Figure) -> frozenset[str]:
    """Ids of a sentence that belong to none of its other figures alone."""
    others = frozenset[str]().union(*(f.own for f in sentence.figures if f is not figure)) - figure.own
    return frozenset(a.id for a in sentence.anchors) - others
