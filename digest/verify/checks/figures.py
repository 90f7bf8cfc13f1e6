"""Which figure of the sources a sentence's figure repeats, and whether it is said of the same thing."""

import re
from collections.abc import Iterable, Sequence

from digest.verify.alike.amounts import derived, same_value
from digest.verify.alike.candidates import NEARNESS, Candidate, candidates, shared
from digest.verify.alike.conversion import converted
from digest.verify.checks.bounds import bound, missing, turned
from digest.verify.checks.fault import Fault
from digest.verify.checks.measures import cut_off, measured, rivals
from digest.verify.checks.setting import other_setting
from digest.verify.sentences.figures import Figure
from digest.verify.sentences.reading import Reading, Sentence
from digest.verify.words.lexicon import word_list

_PREDICATE = re.compile(r"\b(?:is|are|was|were|has|have|had)\b")  # "3% of A and 2% of B are covered by C"
_VERSUS = re.compile(r"(?:\s?[A-Za-z]{1,4})?\s*(?:v\.?s\.?|versus|against|compared (?:to|with))\s*")
_SMALL = 12
_MARGIN = 0.9
_ALONE = 1.4
_WORDS_THAT_TELL = 2
_UNITS = {
    "h": re.compile(r"\bhour|小时", re.IGNORECASE),
    "d": re.compile(r"\bda(?:y|ily)|[天日]", re.IGNORECASE),
    "week": re.compile(r"\bweek|周", re.IGNORECASE),
    "month": re.compile(r"\bmonth|月", re.IGNORECASE),
    "year": re.compile(r"\b(?:year|annual)|年", re.IGNORECASE),
}


def check_figures(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return the first fault among a sentence's figures, in their order."""
    for sentence in said.sentences:
        for figure in sentence.figures:
            fault = _check(figure, sentence, said, sources)
            if fault:
                return fault
    return None


def _check(figure: Figure, sentence: Sentence, said: Reading, sources: Sequence[Reading]) -> Fault | None:
    found = candidates(figure, sentence, sources)
    if not found:
        return _unfound(figure, sources)
    faults = [
        (_foreign(figure, candidate, sources) or _compare(figure, sentence, candidate, said), candidate)
        for candidate in found
    ]
    if any(fault is None for fault, _ in faults):
        return None
    return faults[0][0]


def _unfound(figure: Figure, sources: Sequence[Reading]) -> Fault | None:
    quantity = figure.quantity
    if quantity.unit == "" and not re.search(r"\d", quantity.text) and 1 <= quantity.value <= _SMALL:
        return _miscounted(figure, sources)
    if _is_one_of_a_unit(figure) and any(_UNITS[quantity.unit].search(source.text) for source in sources):
        return None
    for source in sources:
        if derived(quantity, source.figures) or _stands(figure, source) or _spelt(figure, source):
            return None
    faults = [missing(quantity, source) for source in sources]
    return next((fault for fault in faults if fault.name != "number"), faults[0] if faults else Fault("number"))


def _is_one_of_a_unit(figure: Figure) -> bool:
    """Whether it is "a year" or "一周", which a text tells without a number too."""
    quantity = figure.quantity
    return quantity.value == 1 and quantity.unit in _UNITS and not re.search(r"\d", quantity.text)


def _miscounted(figure: Figure, sources: Sequence[Reading]) -> Fault | None:
    """Judge a small count in words: the writer's own, unless the source counts the same things otherwise."""
    counted = frozenset(i for i in figure.own if i[0] != "n" and (i not in word_list("general") or i == "s:model"))
    for source in sources:
        foreign = not source.chinese and any(i[0] == "c" for i in counted)  # then of each word several glosses stand
        mine = frozenset(i for i in counted if i[0] != "c") if foreign else counted
        for other in source.figures:
            bare = other.quantity.unit == "" and 1 <= other.quantity.value <= _SMALL and other.quantity.high is None
            met = len(mine & other.own)
            if bare and met and (met * 2 > len(mine) or (foreign and met > 1)):
                return Fault("number", other.quantity.text)
    return None


def _stands(figure: Figure, source: Reading) -> bool:
    """Whether the very characters stand there as a version, rank or date, which are no measures, or in a name."""
    text = figure.quantity.text.strip().replace(",", "")
    measured = {other.quantity.start for other in source.figures}
    return any(
        (q.kind != "amount" or q.start not in measured)
        and re.search(rf"(?<![\d.]){re.escape(text)}(?![\d.])", q.text.replace(",", ""))
        for q in source.quantities
    )


def _spelt(figure: Figure, source: Reading) -> bool:
    """Whether a number stands there digit by digit: 911 as "9-1-1"."""
    digits = figure.quantity.text.strip()
    return digits.isdigit() and len(digits) > _WORDS_THAT_TELL and "-".join(digits) in source.text


def _foreign(figure: Figure, candidate: Candidate, sources: Sequence[Reading]) -> Fault | None:
    """Find a name beside the figure that belongs to another of the sources than the figure does."""
    here = candidate.source
    mine = frozenset(i for i in figure.own if i[0] in "nw") - figure.compared
    if mine & here.title:
        return None
    named = frozenset(i for i in mine if i[0] == "n")
    for source in sources:
        if source is here:
            continue
        if (named and not named & here.anchors and named & source.anchors) or (mine & source.title) - here.anchors:
            return Fault("swap", candidate.around)
    return None


def _compare(figure: Figure, sentence: Sentence, candidate: Candidate, said: Reading) -> Fault | None:
    other = candidate.figure
    scaled = other.scale and (figure.scale or figure.quantity.unit) and figure.scale != other.scale
    if scaled and not converted(figure, other):
        return Fault("unit", candidate.around)
    return (
        bound(figure, other, sentence, candidate.sentence)
        or turned(figure, other)
        or cut_off(figure, candidate)
        or measured(figure, sentence, candidate, said)
        or _misplaced(figure, sentence, candidate)
        or other_setting(figure, sentence, candidate.figure, candidate.sentence, candidate.source)
    )


def _misplaced(figure: Figure, sentence: Sentence, candidate: Candidate) -> Fault | None:
    """Find a name or noun beside the figure that the source has beside another figure, and not beside this one."""
    own = candidate.figure.own
    around = candidate.figure.near | shared(candidate.sentence, candidate.figure)
    subjects = candidate.source.subjects
    mine = _names(figure, alone=len(sentence.figures) == 1) - subjects - figure.compared
    theirs = _names(candidate.figure)
    for rival in candidate.source.figures:
        if not rivals(figure, rival) or same_value(figure.quantity, rival.quantity) or _faces(candidate, rival):
            continue
        close = rival.sentence == candidate.figure.sentence
        stolen = _stolen(figure, sentence, candidate, rival, close=close)
        lost = rival.own - own - subjects
        strange = (mine & _names(rival)) - theirs - around
        if close and strange and _commensurate(figure, rival) and theirs - _names(rival) - figure.near:
            return Fault("swap", rival.quantity.text)
        baselines = sum(m.of("class", "baseline") for m in candidate.sentence.mentions)
        if close and baselines > 1 and _other_baseline(figure, candidate.figure, rival):
            return Fault("baseline", rival.quantity.text)
        if not lost or not _telling(stolen, close=close):
            continue
        gain = _score(figure.own - subjects, rival.own) - _score(figure.own - subjects, own, around)
        other = next((f for f in sentence.figures if f is not figure and same_value(f.quantity, rival.quantity)), None)
        if other is not None:
            gain += _score(other.own - subjects, own) - _score(other.own - subjects, rival.own, rival.near)
        if gain > (_MARGIN if close else _ALONE):
            return Fault("swap", rival.quantity.text)
    return None


def _stolen(figure: Figure, sentence: Sentence, candidate: Candidate, rival: Figure, *, close: bool) -> frozenset[str]:
    """Return what stands beside the figure that the source has beside a rival, and not around this one."""
    own = candidate.figure.own
    around = candidate.figure.near | shared(candidate.sentence, candidate.figure)
    found = (figure.own & rival.own) - own - around - candidate.source.subjects
    found -= _alternatives(sentence, own | around)
    if close:
        found -= figure.compared | _common(rival, candidate)
    else:
        found -= frozenset(a.id for a in candidate.sentence.anchors)
    if _names(candidate.figure):
        return found
    # What has no name of its own may bear one of its surroundings.
    return frozenset(i for i in found if i[0] != "n") if close else found - candidate.source.title


def _alternatives(sentence: Sentence, explained: frozenset[str]) -> frozenset[str]:
    """Return the other words that a word of the sentence may stand for, of which one is explained: 条目 is an item."""
    places: dict[int, set[str]] = {}
    for anchor in sentence.anchors:
        places.setdefault(anchor.start, set()).add(anchor.id)
    return frozenset(i for ids in places.values() if ids & explained for i in ids)


def _common(rival: Figure, candidate: Candidate) -> frozenset[str]:
    """Return what a figure has on its outer side and shares with another figure that has nothing like it there.

    "a 9% gain in A and a 3% gain in B on C": C is said of both; "On C, accuracy is up by 9% in A and 3% in B" likewise.
    """
    part, mine, theirs = candidate.sentence, candidate.figure.quantity, rival.quantity
    start, end = rival.cell
    low, high = candidate.figure.cell
    if theirs.start > mine.start:
        outer, facing = part.inside(theirs.end, end), part.inside(mine.end, high)
    else:
        outer, facing = part.inside(start, theirs.start), part.inside(low, mine.start)
    told = {i[0] for i in facing - candidate.figure.compared}
    predicate = _PREDICATE.search(part.text, max(theirs.end, mine.end) - part.start)
    shared = part.inside(part.start + predicate.end(), end) if predicate and theirs.start > mine.start else frozenset()
    return shared | frozenset(i for i in outer if i[0] not in told)


def _names(figure: Figure, *, alone: bool = True) -> frozenset[str]:
    """Return the names beside a figure, else those in its part of the sentence."""
    own = frozenset(i for i in figure.own if i[0] == "n")
    return own or (frozenset(i for i in figure.near if i[0] == "n") if alone else frozenset())


def _other_baseline(figure: Figure, other: Figure, rival: Figure) -> bool:
    """Whether a figure is compared with what the source compares another figure of the sentence with."""
    told = frozenset(i for i in figure.compared & rival.compared if i not in word_list("general")) - other.compared
    return bool(told and other.compared - rival.compared) and not figure.compared & (other.compared - rival.compared)


def _telling(ids: Iterable[str], *, close: bool) -> bool:
    ids = list(ids)
    if any(i[0] in "mnsdr" and i not in word_list("general") for i in ids):
        return True
    return sum(i[0] in "wc" for i in ids) > (1 if close else _WORDS_THAT_TELL)


def _faces(candidate: Candidate, rival: Figure) -> bool:
    """Whether two figures of a source stand right against each other ("0.4 vs. 0.3"): what is beside is of either."""
    one, two = sorted((candidate.figure.quantity, rival.quantity), key=lambda q: q.start)
    return bool(_VERSUS.fullmatch(candidate.source.text[one.end : two.start]))


def _commensurate(figure: Figure, other: Figure) -> bool:
    """Whether two figures may measure the same: of one unit, or both with a fraction; of bare counts nobody knows."""
    return bool(figure.quantity.unit) or (figure.quantity.value % 1 > 0 and other.quantity.value % 1 > 0)


def _score(mine: Iterable[str], theirs: frozenset[str], around: frozenset[str] = frozenset()) -> float:
    mine = frozenset(mine)
    twins = frozenset(f"s:{i[2:]}" for i in mine if i[0] == "m")  # a measure that the lexicon knows too counts once
    told = theirs | frozenset(f"m:{i[2:]}" for i in theirs if i[0] == "s")
    return sum(NEARNESS[i[0]] * (1.0 if i in told else 0.5 if i in around else 0.0) for i in mine - twins)
