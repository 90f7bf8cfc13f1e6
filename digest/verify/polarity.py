"""Whether a sentence says yes where its source says no: negation, opposites, certainty, who beats whom."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.verify.figures import Fault, same_value
from digest.verify.lexicon import Mention, Sense, word_list
from digest.verify.reading import Reading, Sentence

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
_HEADS = 3  # anchors after "all" among which its noun stands
_PAIRS_OF_FIGURES = frozenset({"direction", "bound"})
_NEARLY = 0.75
_LESS_NEARLY = 0.55
_PAIRED = 0.5
_ENOUGH = 3.0
_LEAST = 1.2  # shared weight below which two clauses are not about the same
_SKIPPED = frozenset(
    {"strong", "access", "early", "ownership", "right", "easy", "before", "known", "safe", "density", "motion"}
)
_WITHIN_A_LANGUAGE = frozenset({"direction", "stable", "bound", "same"})  # too many words for them to be told across
_WEIGHTS = {"n": 1.5, "m": 1.0, "s": 1.0, "d": 0.7, "r": 1.0, "w": 1.0, "c": 0.7, "q": 2.5}


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


def check_polarity(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return the first clause that denies, reverses or overstates what the best matching place of the sources says."""
    for sentence in said.sentences:
        for clause in clauses(sentence):
            for source in sources:
                fault = _against(clause, sentence, source)
                if fault:
                    return fault
    theirs = [m for source in sources for part in source.sentences for m in part.mentions]
    mine = [m for sentence in said.sentences for m in sentence.mentions]
    for claim, ground in (("assured", ("assured",)), ("proof", ("proof", "certain"))):
        if any(m.of("class", claim) for m in mine) and not any(m.of("class", *ground) for m in theirs):
            return Fault("certainty")
    return None


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


def _against(clause: Clause, sentence: Sentence, source: Reading) -> Fault | None:
    ranked = _aligned(clause, sentence, source)
    if not ranked:
        return None
    best = ranked[0][1]
    near = [other for score, other in ranked if score >= ranked[0][0] * _NEARLY][:3]
    return _opposed(clause, sentence, ranked, near, source) or _overstated(clause, best, near)


def _aligned(clause: Clause, sentence: Sentence, source: Reading) -> list[tuple[float, Clause]]:
    """List the source's clauses about the same, the most alike first: by rare ids, figures and the sentence around."""
    found = []
    whole = frozenset(a.id for a in sentence.anchors)
    pairs = {s.pair for s in clause.stances}
    for part, others in _clauses_of(source):
        around = frozenset(a.id for a in part.anchors)
        context = sum(weight(i, source) for i in whole & around) + 2 * _common_figures(sentence, part)
        for other in others:
            score = (
                sum(weight(i, source) for i in clause.ids & other.ids) + _same_figures(clause, other) * _WEIGHTS["q"]
            )
            score += _PAIRED * len(pairs & {s.pair for s in other.stances})
            if score >= _LEAST or (context >= _ENOUGH and pairs & {s.pair for s in other.stances}):
                found.append((score + context * 0.3, other))
    return sorted(found, key=lambda row: (-row[0], row[1].start))


def weight(anchor: str, source: Reading) -> float:
    """Ids that stand in many sentences of the source tell little."""
    return float(_WEIGHTS[anchor[0]] / source.spread.get(anchor, 1) ** 0.5)


def asks(part: Sentence) -> bool:
    """Whether a sentence is a question, which affirms nothing."""
    return part.text.rstrip().endswith(("?", "？"))


@lru_cache(maxsize=512)
def _clauses_of(source: Reading) -> tuple[tuple[Sentence, tuple[Clause, ...]], ...]:
    return tuple((part, tuple(clauses(part))) for part in source.sentences if not asks(part))


def _common_figures(sentence: Sentence, part: Sentence) -> int:
    return sum(any(same_value(a.quantity, b.quantity) for b in part.figures) for a in sentence.figures)


def _same_figures(clause: Clause, other: Clause) -> int:
    mine = [f.quantity for f in clause.sentence.figures if clause.start <= f.quantity.start < clause.end]
    theirs = [f.quantity for f in other.sentence.figures if other.start <= f.quantity.start < other.end]
    return sum(any(same_value(a, b) for b in theirs) for a in mine)


def _opposed(
    clause: Clause,
    sentence: Sentence,
    ranked: Sequence[tuple[float, Clause]],
    near: Sequence[Clause],
    source: Reading,
) -> Fault | None:
    """Hold each stance of the clause against that of the clauses most alike that take one on the same."""
    top, best = ranked[0]
    for stance in clause.stances:
        if _idle(stance) or (stance.pair in _WITHIN_A_LANGUAGE and source.chinese != _chinese(clause)):
            continue
        if _tied(stance, best, near):
            return Fault("comparison", _text(best, source))
        holding = [
            c for score, c in ranked if score >= top * _LESS_NEARLY and any(s.pair == stance.pair for s in c.stances)
        ]
        there = [s for other in (*near, *holding[:2]) for s in other.stances if s.pair == stance.pair]
        facing = [
            s for other in holding[:1] for s in other.stances if s.pair == stance.pair and not _idle(s, grade=True)
        ]
        if not facing or any(_meets(stance, s) for s in there):
            continue
        if any(_repeats(s, facing[0]) for part in clauses(sentence) for s in part.stances):
            continue
        if stance.pair == "win" and _turned_round(clause, stance, holding[0], facing[0]):
            continue
        return Fault("negation" if stance.denied or facing[0].denied else "comparison", _text(holding[0], source))
    return None


def _repeats(mine: Stance, theirs: Stance) -> bool:
    """Whether another word of the sentence takes the source's side, so that the sentence tells both."""
    return mine.pair == theirs.pair and mine.sign == theirs.sign and mine.text.lower() not in word_list("grades")


def _chinese(clause: Clause) -> bool:
    return bool(_CJK.search(clause.sentence.text))


def _idle(stance: Stance, *, grade: bool = False) -> bool:
    """Whether a stance is too loose to contradict: a grade such as "more", or a plan."""
    if stance.pair == "direction" and stance.text.lower() in word_list("grades"):
        return True
    return not grade and (stance.pair in _SKIPPED or (stance.pair == "past" and stance.sign > 0))


def _tied(stance: Stance, best: Clause, near: Sequence[Clause]) -> bool:
    """Whether one side tells a win and the other a tie."""
    facing = {"win": "same", "same": "win", "direction": "same"}.get(stance.pair)
    there = {s.pair for other in near for s in other.stances if s.sign > 0}
    return (
        stance.sign > 0
        and not stance.denied
        and stance.pair not in there
        and any(s.pair == facing and s.sign > 0 for s in best.stances)
        and stance.text.lower() in word_list("sides")
        and any(s.text.lower() in word_list("sides") for s in best.stances)
    )


def _meets(mine: Stance, theirs: Stance) -> bool:
    return mine.sign == theirs.sign


def _turned_round(clause: Clause, mine: Stance, other: Clause, theirs: Stance) -> bool:
    """Tell whether the sides are changed as well as the verb: "A beats B" and "B trails A" agree."""
    left, right = clause.sentence.inside(clause.start, mine.start), clause.sentence.inside(mine.end, clause.end)
    west, east = other.sentence.inside(other.start, theirs.start), other.sentence.inside(theirs.end, other.end)
    crossed = len(left & east) + len(right & west)
    straight = len(left & west) + len(right & east)
    return crossed > straight


def _overstated(clause: Clause, best: Clause, near: Sequence[Clause]) -> Fault | None:
    """Significant where the source denies it, certain where it only may be, all where it says most."""
    there = frozenset[str]().union(*(other.classes for other in near))
    text = best.sentence.text
    if "significant" in clause.classes and there & {"not significant", "insignificant"} and "significant" not in there:
        return Fault("certainty", text)
    if "certain" in clause.classes and "certain" not in there and ("modal" in there or "not certain" in there):
        return Fault("certainty", text)
    if any(_quantified(clause, "all") & _none_of(o) or _none_of(clause) & _quantified(o, "all") for o in near):
        return Fault("negation", text)
    if any(_graded(clause, sign) & _graded(best, -sign) - _graded(best, sign) for sign in (1, -1)):
        return Fault("sign", text)
    some = _of_same(clause, near) or any(_PART_OF.search(_text_of(other)) for other in near)
    if "all" in clause.classes and "all" not in there and some:
        return Fault("qualifier", text)
    return None


def _of_same(clause: Clause, near: Sequence[Clause]) -> bool:
    """Whether what the clause says of all of something the source says of most, some or only those."""
    mine = _quantified(clause, "all")
    return any(mine & _quantified(other, "most", "some", "only") for other in near)


def _none_of(clause: Clause) -> frozenset[str]:
    """Return the ids of the word right after "no", "none of the"."""
    found: set[str] = set()
    for mention in clause.sentence.mentions:
        if clause.start <= mention.start and mention.end <= clause.end and mention.text.lower() in _NONE:
            after = [a for a in clause.sentence.anchors if mention.end <= a.start and a.end <= clause.end]
            found |= {a.id for a in after if a.start == after[0].start}
    return frozenset(found)


def _graded(clause: Clause, sign: int) -> frozenset[str]:
    """Return the ids of the word right after "more", "fewer", which are too loose to be stances."""
    found: set[str] = set()
    for mention in clause.sentence.mentions:
        sense = mention.sense("pair", "direction")
        inside = clause.start <= mention.start and mention.end <= clause.end
        if sense and inside and sense.sign == sign and mention.text.lower() in word_list("grades"):
            after = [a for a in clause.sentence.anchors if mention.end <= a.start <= mention.end + 1]
            found |= {a.id for a in after if a.start == after[0].start}
    return frozenset(found)


_NONE = frozenset({"no", "none", "neither", "没有", "无"})


def _quantified(clause: Clause, *names: str) -> frozenset[str]:
    """Return the ids of the first content words after each quantifier of a clause."""
    found: set[str] = set()
    for mention in clause.sentence.mentions:
        if clause.start <= mention.start and mention.end <= clause.end and mention.of("class", *names):
            after = [a for a in clause.sentence.anchors if mention.end <= a.start and a.end <= clause.end]
            found |= {a.id for a in after[:_HEADS]}
    return frozenset(found)


_PART_OF = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|most|some|half) (?:out )?of (?:the )?"
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\b|\d+\s?个?(?:中|里)有?\s?\d+"
)


def _text_of(clause: Clause) -> str:
    return clause.sentence.text[clause.start - clause.sentence.start : clause.end - clause.sentence.start]


def _text(clause: Clause, source: Reading) -> str:
    return source.text[clause.start : clause.end].strip(" ,，;；")
