"""Whether a sentence's figure measures what the source's figure does."""

import re
from collections.abc import Iterable

from digest.verify.alike.amounts import dimension, same_value
from digest.verify.alike.candidates import Candidate, shared
from digest.verify.alike.words import all_of, meets
from digest.verify.checks.fault import Fault
from digest.verify.sentences.figures import Figure
from digest.verify.sentences.reading import Reading, Sentence
from digest.verify.words.lexicon import groups, word_list

_TOUCHING = 9
_LIKE_SIZE = 1e4
_ROOT = 5  # letters from which a word tells a measure whose name begins with it
_LENGTHS = frozenset({"s:time", "s:duration", "s:usage", "s:listening", "m:watchtime", "m:dwelltime", "m:timespent"})
_RANK = re.compile(r"^r:[a-z]+(\d+)$")


def measured(figure: Figure, sentence: Sentence, candidate: Candidate, said: Reading) -> Fault | None:
    """Find a measure beside the figure that is one that the source does not have, or has of another figure."""
    mine, theirs = figure.metric, candidate.figure.metric
    if not mine:
        return _unknown(figure, candidate)
    if _alike(mine, theirs) or figure.lent or _worded(figure, sentence, candidate):
        return None
    around = candidate.figure.near | shared(candidate.sentence, candidate.figure)
    others = (f for f in candidate.source.figures if f is not candidate.figure and rivals(figure, f))
    taken = any(_alike(mine, f.metric) for f in others if not same_value(figure.quantity, f.quantity))
    if _alike(mine, around) and not (theirs and (taken or _adjacent(candidate))):
        return None
    alone = said.chinese == candidate.source.chinese and not _alike(mine, candidate.source.anchors)
    if said.chinese != candidate.source.chinese and mine & _LENGTHS and (theirs | candidate.figure.own) & _LENGTHS:
        return None  # 停留时长 is stay time
    if theirs or (alone and not _bare(figure)) or candidate.figure.noun:
        return Fault("metric", candidate.around)
    return None


def _worded(figure: Figure, sentence: Sentence, candidate: Candidate) -> bool:
    """Whether the source tells the measure in other words of the same root: 参数量 and "parameters", "success"."""
    if figure.metric & candidate.source.anchors:
        return False
    places = [a for a in sentence.anchors if a.id in figure.metric]
    roots = {
        a.id for a in sentence.anchors if a.id[0] == "w" and any(p.start <= a.start and a.end <= p.end for p in places)
    }
    if roots & candidate.figure.own - word_list("vague"):
        return True
    start, end = candidate.figure.clause
    stems = [w.stem for w in candidate.sentence.words if start <= w.start and w.end <= end and len(w.stem) >= _ROOT]
    return any(metric[2:].startswith(stem) for metric in figure.metric for stem in stems)


def cut_off(figure: Figure, candidate: Candidate) -> Fault | None:
    """Find a measure at a rank ("Precision@5") where the source has another at that rank alone ("Recall@5").

    They are told by their first letters: "R@5", "Recall@5", "H@10", "HR@10".
    """
    theirs = {(i[2], digits[0]) for i in candidate.source.anchors if i[0] == "r" and (digits := _RANK.findall(i))}
    for i in figure.own:
        digits = _RANK.findall(i) if i[0] == "r" else []
        if digits and (i[2], digits[0]) not in theirs and any(rank == digits[0] for _, rank in theirs):
            return Fault("metric", candidate.around)
    return None


def _bare(figure: Figure) -> bool:
    """Whether a figure is a plain count, whose measure is what it counts."""
    return not figure.quantity.unit and figure.quantity.value % 1 == 0


def _unknown(figure: Figure, candidate: Candidate) -> Fault | None:
    """Find a measure that the lexicon does not know and the source does not name, where it has another there."""
    words = figure.noun
    if (
        not words
        or not candidate.figure.metric
        or _bare(figure)
        or words[-1] & (word_list("any") | word_list("counted"))
    ):
        return None
    near = all_of([candidate.sentence])
    told = [ids for ids in words if not ids & word_list("vague")]
    return Fault("metric", candidate.around) if told and not meets(told[-1], near) else None


def _adjacent(candidate: Candidate) -> bool:
    """Whether the source's measure touches its figure: "6% higher profit", "CTR +2%"."""
    quantity = candidate.figure.quantity
    places = [a for a in candidate.sentence.anchors if a.id in candidate.figure.metric]
    gaps = [max(a.start - quantity.end, quantity.start - a.end) for a in places]
    return bool(gaps) and min(gaps) <= _TOUCHING


def _alike(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether two sets of measures share one, by name or by kin ("watch time", "usage duration")."""
    theirs = frozenset(theirs)
    return any(_kin(metric) & theirs for metric in mine)


def _kin(metric: str) -> frozenset[str]:
    name = metric[2:]
    kin = frozenset[str]().union({name}, *(group for group in groups("kin") if name in group))
    return frozenset(f"{kind}:{other}" for kind in "ms" for other in kin)


def rivals(figure: Figure, other: Figure) -> bool:
    """Whether two figures may be mistaken for each other: of one kind, and bare ones of like size."""
    (one, a), (two, b) = dimension(figure.quantity), dimension(other.quantity)
    if one == two == "" and a > 0 and b > 0 and not 1 / _LIKE_SIZE < a / b < _LIKE_SIZE:
        return False  # "0.4B parameters" is no rival of "54.11"
    return one == two and bool(re.search(r"\d", other.quantity.text) or not re.search(r"\d", figure.quantity.text))
