"""Whether a sentence says yes where its source says no: negation, opposites, certainty, who beats whom."""

from collections.abc import Sequence
from functools import lru_cache

from digest.text import is_chinese
from digest.verify.alike.amounts import same_value
from digest.verify.alike.words import weigh
from digest.verify.checks.fault import Fault
from digest.verify.checks.overstating import overstated
from digest.verify.sentences.attaching import attached
from digest.verify.sentences.clauses import Clause, Stance, asks, clauses
from digest.verify.sentences.denying import denials
from digest.verify.sentences.reading import Reading, Sentence
from digest.verify.words.lexicon import word_list

_NEARLY = 0.75
_LESS_NEARLY = 0.55
_PAIRED = 0.5
_ENOUGH = 3.0
_LEAST = 1.2  # shared weight below which two clauses are not about the same
_SKIPPED = frozenset(
    {"strong", "access", "early", "ownership", "right", "easy", "before", "known", "safe", "density", "motion"}
)
_WITHIN_A_LANGUAGE = frozenset({"stable", "bound", "same"})  # too many words for them to be told across
_OF_A_NOUN, _OF_AN_AMOUNT = frozenset({"direction", "need"}), frozenset({"advantage", "win", "impact"})
_FIGURE = 2.5
_NEAR = 6


def check_stances(said: Reading, sources: Sequence[Reading]) -> Fault | None:
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


def _against(clause: Clause, sentence: Sentence, source: Reading) -> Fault | None:
    ranked = _aligned(clause, sentence, source)
    if not ranked:
        return None
    best = ranked[0][1]
    near = [other for score, other in ranked if score >= ranked[0][0] * _NEARLY][:3]
    return _opposed(clause, sentence, ranked, near, source) or overstated(clause, best, near)


def _aligned(clause: Clause, sentence: Sentence, source: Reading) -> list[tuple[float, Clause]]:
    """List the source's clauses about the same, the most alike first: by rare ids, figures and the sentence around."""
    found = []
    whole = frozenset(a.id for a in sentence.anchors)
    pairs = {s.pair for s in clause.stances}
    for part, others in _clauses_of(source):
        around = frozenset(a.id for a in part.anchors)
        context = weigh(whole & around, source) + 2 * _common_figures(sentence, part)
        for other in others:
            score = weigh(clause.ids & other.ids, source) + _same_figures(clause, other) * _FIGURE
            score += _PAIRED * len(pairs & {s.pair for s in other.stances})
            if score >= _LEAST or (context >= _ENOUGH and pairs & {s.pair for s in other.stances}):
                found.append((score + context * 0.3, other))
    return sorted(found, key=lambda row: (-row[0], row[1].start))


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
    for stance in clause.stances:
        if _idle(stance) or (stance.pair in _WITHIN_A_LANGUAGE and source.chinese != is_chinese(clause.sentence.text)):
            continue
        fault = _contrary(stance, clause, sentence, ranked, near, source)
        if fault:
            return fault
    return None


def _contrary(
    stance: Stance,
    clause: Clause,
    sentence: Sentence,
    ranked: Sequence[tuple[float, Clause]],
    near: Sequence[Clause],
    source: Reading,
) -> Fault | None:
    """Find a clause of the source that takes the other side of one thing, where none takes the same."""
    top, best = ranked[0]
    if _tied(stance, best, near):
        return Fault("comparison", _text(best, source))
    likely = [other for score, other in ranked if score >= top * _LESS_NEARLY]
    holding = [(other, s) for other in likely for s in other.stances if s.pair == stance.pair]
    if _taken(stance, clause, near, holding, source):
        return None
    facing = [(o, s) for o, s in holding if not _idle(s, grade=True) and _of_one(stance, clause, s, o, source)]
    if not facing:
        return Fault("sign", _text(best, source)) if _steady(stance, clause, near) else None
    other, theirs = facing[0]
    told = [(part, s) for part in clauses(sentence) for s in part.stances]
    excused = (
        any(_repeats(s, theirs) and _of_one(s, part, theirs, other, source) for part, s in told)
        or (stance.denied != theirs.denied and _denied_too(clause, stance, other, theirs))
        or (stance.pair == "win" and _turned_round(clause, stance, other, theirs))
    )
    return None if excused else Fault(_kind(stance, theirs), _text(other, source))


def _taken(
    stance: Stance,
    clause: Clause,
    near: Sequence[Clause],
    holding: Sequence[tuple[Clause, Stance]],
    source: Reading,
) -> bool:
    """Whether a clause that is near takes the same side, or one that is likely takes it of the same thing."""
    alike = [(other, s) for other in near for s in other.stances]
    return any(
        _meets(stance, s)
        and ((n < len(alike) and s.pair not in _OF_A_NOUN) or _of_one(stance, clause, s, other, source))
        for n, (other, s) in enumerate([*alike, *holding[:3]])
    )


def _steady(mine: Stance, clause: Clause, near: Sequence[Clause]) -> bool:
    """Whether the source says that what rises or falls here stays as it is."""
    return (
        mine.pair == "direction"
        and not mine.denied
        and any(
            s.pair == "constant" and s.sign > 0 and _noun(mine, clause) & _noun(s, other)
            for other in near
            for s in other.stances
        )
    )


def _kind(mine: Stance, theirs: Stance) -> str:
    if mine.denied or theirs.denied:
        return "negation"
    return "sign" if mine.pair == "direction" else "comparison"


def _of_one(mine: Stance, clause: Clause, theirs: Stance, other: Clause, source: Reading) -> bool:
    """Whether two sides are taken on the same: words near the one stand near the other."""
    named, names = _named(mine, clause) - source.title, _named(theirs, other) - source.title
    told = [a.id[2:] for a in other.sentence.anchors if a.id[0] == "n"]
    if named and names and not any(i[2:] in name or name in i[2:] for i in named for name in told):
        return False
    if mine.pair in _OF_A_NOUN:
        return bool(_noun(mine, clause) & _noun(theirs, other))
    if mine.pair in _OF_AN_AMOUNT and _same_figures(clause, other):
        return True
    return bool(_around(mine, clause) & _around(theirs, other))


def _named(stance: Stance, clause: Clause) -> frozenset[str]:
    """Return the names before a word that takes a side, among which its subject is."""
    return frozenset(i for i in clause.sentence.inside(clause.start, stance.start) if i[0] == "n")


def _noun(stance: Stance, clause: Clause) -> frozenset[str]:
    span = attached(
        clause.sentence, (stance.start, stance.end), (clause.start, clause.end), whole=stance.pair == "direction"
    )
    if span is None:
        return frozenset()
    pairs = {
        f"p:{x.name}"
        for m in clause.sentence.mentions
        if span[0] <= m.start and m.end <= span[1]
        for x in m.senses
        if x.table == "pair"
    }
    return clause.sentence.inside(*span) | pairs


def _around(stance: Stance, clause: Clause) -> frozenset[str]:
    words = [w for w in clause.sentence.words if clause.start <= w.start and w.end <= clause.end]
    near = _NEAR * (1 + is_chinese(clause.sentence.text))
    before = [w for w in words if w.end <= stance.start][-near:]
    after = [w for w in words if w.start >= stance.end][:near]
    left = before[0].start if before else stance.start
    right = after[-1].end if after else stance.end
    return clause.sentence.inside(left, right)


def _denied_too(clause: Clause, stance: Stance, other: Clause, theirs: Stance) -> bool:
    """Whether the side that does not deny the pair holds a word that may do so in another way."""
    plain, side = (other, theirs) if stance.denied else (clause, stance)
    return not side.settled and any(
        plain.start <= d.start < plain.end and not side.start <= d.start < side.end for d in denials(plain.sentence)
    )


def _repeats(mine: Stance, theirs: Stance) -> bool:
    """Whether another word of the sentence takes the source's side, so that the sentence tells both."""
    return mine.pair == theirs.pair and mine.sign == theirs.sign and mine.text.lower() not in word_list("grades")


def _idle(stance: Stance, *, grade: bool = False) -> bool:
    """Whether a stance is too loose to contradict: a grade such as "extra", or a plan."""
    if stance.pair == "direction" and stance.text.lower() in word_list("grades"):
        return True
    return not grade and (stance.pair in _SKIPPED or (stance.pair == "past" and (stance.sign > 0 or stance.denied)))


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
    return mine.pair == theirs.pair and mine.sign == theirs.sign


def _turned_round(clause: Clause, mine: Stance, other: Clause, theirs: Stance) -> bool:
    """Tell whether the sides are changed as well as the verb: "A beats B" and "B trails A" agree."""
    left, right = clause.sentence.inside(clause.start, mine.start), clause.sentence.inside(mine.end, clause.end)
    west, east = other.sentence.inside(other.start, theirs.start), other.sentence.inside(theirs.end, other.end)
    crossed = len(left & east) + len(right & west)
    straight = len(left & west) + len(right & east)
    return crossed > straight


def _text(clause: Clause, source: Reading) -> str:
    return source.text[clause.start : clause.end].strip(" ,，;；")
