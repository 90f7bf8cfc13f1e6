"""Whether a sentence denies what its source says of the same thing, or says what its source denies."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.verify.alike.words import weigh, weight
from digest.verify.checks.fault import Fault
from digest.verify.sentences.clauses import asks, clause_bounds, same_predicate
from digest.verify.sentences.denying import Denial, denials, may_deny
from digest.verify.sentences.reading import Reading, Sentence
from digest.verify.words.lexicon import word_list

_HEADS = 3  # content words after a denial that it may deny
_ENOUGH = 1.4  # shared weight below which two sentences are not about the same
_MANY = 3
_RIVAL = 0.7  # of the best place's score, above which another place counts too
_AROUND = 0.3
_ELLIPSIS = re.compile(r"\b(?:is|are|was|were|do|does|did|has|have|can|could|will|would) ?(?:not|n['’]t)\s*[,.;:]")


@dataclass(frozen=True, slots=True)
class Denied:
    """What one denial denies: its clause, the words after it (ids of each), and all ids of its sentence."""

    denial: Denial
    sentence: Sentence
    heads: tuple[frozenset[str], ...]
    around: frozenset[str]


@dataclass(frozen=True, slots=True)
class Place:
    """A clause that says a denied word: how much it shares with the denial's, and whether it denies anything too."""

    hits: tuple[bool, ...]
    heads: float
    around: float
    near: float
    clause_denies: bool
    sentence_denies: bool
    text: str

    @property
    def score(self) -> float:
        """How likely it is that the clause tells the same."""
        return self.near + self.heads + _AROUND * self.around


def check_denials(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return the first denial of one side whose words the other says of the same thing without denying them."""
    for source in sources:
        for one, other in ((source, said), (said, source)):
            for denied in _denied(one):
                place = _affirmed(denied, one, other, source)
                if place:
                    return Fault("negation", denied.sentence.text if one is source else place.text)
    return None


@lru_cache(maxsize=512)
def _denied(text: Reading) -> tuple[Denied, ...]:
    found = []
    for sentence in (part for part in text.sentences if not asks(part)):
        for denial in denials(sentence):
            _, end = clause_bounds(sentence, denial.end)
            end = same_predicate(sentence, denial.end, end)
            heads = tuple(ids for _, ids in _weighty(_words(sentence, denial.end, end), sentence)[:_HEADS])
            if heads:
                own = frozenset(a.id for a in sentence.anchors if denial.start <= a.start and a.end <= denial.end)
                around = frozenset().union(*(ids for _, ids in _words(sentence, sentence.start, sentence.end))) - own
                found.append(Denied(denial, sentence, heads, around))
    return tuple(found)


def _weighty(words: Sequence[tuple[int, frozenset[str]]], sentence: Sentence) -> list[tuple[int, frozenset[str]]]:
    """Leave out the verbs that only carry their object: "brings no gain" denies the gain."""
    light = word_list("light")
    ends = {a.start: a.end for a in sentence.anchors}
    return [
        (place, ids)
        for place, ids in words
        if sentence.text[place - sentence.start : ends.get(place, place) - sentence.start].lower() not in light
    ]


def _words(sentence: Sentence, start: int, end: int) -> list[tuple[int, frozenset[str]]]:
    """List the content words between two offsets: where each begins, its ids, and the side of a pair that it takes."""
    found: dict[int, set[str]] = {}
    for anchor in sentence.anchors:
        if start <= anchor.start and anchor.end <= end and anchor.id[0] != "c":
            found.setdefault(anchor.start, set()).add(anchor.id)
    for mention in sentence.mentions:
        if start <= mention.start and mention.end <= end:
            sides = {f"p:{s.name}{s.sign:+d}" for s in mention.senses if s.table == "pair"}
            if sides:
                found.setdefault(mention.start, set()).update(sides)
    return [(place, frozenset(ids)) for place, ids in sorted(found.items())]


def _affirmed(denied: Denied, one: Reading, other: Reading, source: Reading) -> Place | None:
    """Return the place of the other text that says the denied words for certain, about the same, and denies nothing."""
    places = sorted(_places(denied, other, source), key=lambda p: -p.score)
    if not places:
        return None
    best = places[0]
    if _says_too(denied, one, 2 if all(best.hits[:2]) else 1):
        return None
    rivals = [p for p in places if p.score >= _RIVAL * best.score]
    if any(p.clause_denies for p in rivals) or _ELLIPSIS.search(best.text):
        return None
    told = best.hits[0] or (denied.denial.loose and sum(best.hits) > 1)
    enough = best.heads + best.around >= _ENOUGH
    sure = sum(best.hits) >= _MANY or not best.sentence_denies
    strict = sum(best.hits) > 1 or not denied.denial.loose
    return best if told and enough and sure and strict else None


def _places(denied: Denied, other: Reading, source: Reading) -> Iterator[Place]:
    start, end = clause_bounds(denied.sentence, denied.denial.end)
    mine, whole = denied.sentence.inside(start, end), frozenset(a.id for a in denied.sentence.anchors)
    every = frozenset[str]().union(*denied.heads)
    for sentence in (part for part in other.sentences if not asks(part)):
        around = frozenset(a.id for a in sentence.anchors)
        spots = {
            clause_bounds(sentence, place)
            for place, ids in _words(sentence, sentence.start, sentence.end)
            if any(ids & head for head in denied.heads[:2])
        }
        for left, right in sorted(spots):
            said = frozenset[str]().union(*(ids for _, ids in _words(sentence, left, right)))
            yield Place(
                tuple(bool(said & head) for head in denied.heads),
                sum(max((weight(i, source) for i in head & said), default=0) for head in denied.heads),
                weigh((around & whole) - every, source),
                weigh((said & mine) - every, source),
                may_deny(sentence, left, right, denied.around),
                may_deny(sentence, sentence.start, sentence.end, denied.around),
                sentence.text,
            )


def _says_too(denied: Denied, text: Reading, count: int) -> bool:
    """Whether the same text says the first words that are denied elsewhere too, without a denial in the clause."""
    for sentence in (part for part in text.sentences if not asks(part)):
        spots = [d.start for d in denials(sentence)]
        for place, ids in _words(sentence, sentence.start, sentence.end):
            if ids & denied.heads[0]:
                start, end = clause_bounds(sentence, place)
                said = frozenset[str]().union(*(ids for _, ids in _words(sentence, start, end)))
                if all(said & head for head in denied.heads[:count]) and not any(
                    start <= spot <= end for spot in spots
                ):
                    return True
    return False
