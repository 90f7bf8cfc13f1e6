"""Whether a sentence affirms what its source denies in so many words, or denies what it affirms."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from digest.verify.figures import Fault
from digest.verify.lexicon import Mention
from digest.verify.parts import CLAUSE
from digest.verify.reading import Reading, Sentence

_HEAD = 3  # content words after a negation that it denies for certain
_NEAR, _NEAR_ZH = 30, 8  # characters within which both words of a pair begin
_CJK = re.compile("[\u3400-\u9fff]")
_DENIES = re.compile(
    r"\b(?:un|dis|non-?)[a-z]{4,}|\b(?:lack|fail|refus|declin|prevent|avoid|overlook|ignor|neglect|exclud|omit|remov|"
    r"eliminat|stop|instead|false|absen|weak|little|few|hardly|free)\w*|[不无没未非免拒停禁避防否]|n['’]t\b",
    re.IGNORECASE,
)
_COUNTS = frozenset({"zero", "零"})  # "a near-zero rate" denies no rate
_Pair = tuple[frozenset[str], frozenset[str]]


def check_denials(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return the first phrase that one side denies ("no self-preference") and the other affirms without any denial.

    A phrase that the same side also says without a negation is not denied for certain, and is no fault.
    """
    for source in sources:
        for phrase, evidence in _denied(source):
            if _affirmed(phrase, said) and not _affirmed(phrase, source) and not _DENIES.search(said.text):
                return Fault("negation", evidence)
        for phrase, _ in _denied(said):
            place = _affirmed(phrase, source)
            if place and phrase not in [other for other, _ in _denied(source)] and not _DENIES.search(place):
                return Fault("negation", place)
    return None


@lru_cache(maxsize=512)
def _denied(text: Reading) -> tuple[tuple[_Pair, str], ...]:
    return tuple(
        (phrase, sentence.text)
        for sentence in text.sentences
        for mention in sentence.mentions
        if mention.of("class", "negation")
        and not mention.of("class", "neutral")
        and mention.text.lower() not in _COUNTS
        for phrase in _phrase(mention, sentence)
    )


def _phrase(negation: Mention, sentence: Sentence) -> Iterator[_Pair]:
    """Yield the pairs of neighbours among the first content words after a negation, each word with its ids."""
    stop = CLAUSE.search(sentence.text, negation.end - sentence.start)
    end = sentence.start + stop.start() if stop else sentence.end
    words = _places(sentence, negation.end, end)[:_HEAD]
    for (one, first), (two, second) in pairwise(words):
        if two - one <= (_NEAR_ZH if _CJK.match(sentence.text, one - sentence.start) else _NEAR):
            yield first, second


def _places(sentence: Sentence, start: int, end: int) -> list[tuple[int, frozenset[str]]]:
    """List the content words between two offsets: where each begins, and all its ids."""
    found: dict[int, set[str]] = {}
    for anchor in sentence.anchors:
        if start <= anchor.start and anchor.end <= end and anchor.id[0] != "c":
            found.setdefault(anchor.start, set()).add(anchor.id)
    return [(place, frozenset(ids)) for place, ids in sorted(found.items())]


def _affirmed(phrase: _Pair, text: Reading) -> str:
    """Return the sentence that tells all words of a phrase close together and outside a negation, if any."""
    for sentence in text.sentences:
        if any(m.of("class", "negation") for m in sentence.mentions):
            continue
        places = _places(sentence, sentence.start, sentence.end)
        spots = [[place for place, ids in places if ids & word] for word in phrase]
        if all(spots) and any(abs(a - b) <= _NEAR and a != b for a in spots[0] for b in spots[-1]):
            return sentence.text
    return ""
