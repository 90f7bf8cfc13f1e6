"""Whether what a sentence compares with is what its source compares with there."""

import re
from collections.abc import Iterable, Iterator, Sequence

from digest.verify.figures import Fault, same_value
from digest.verify.lexicon import Mention, word_list
from digest.verify.reading import Reading, Sentence

_STOP = re.compile(
    r"[,，;；:：。()（）—]|\d+(?:\.\d+)?\s?(?:%|x\b|×|倍|个百分点|pp|percent)"
    r"|\b(?:by|while|and|at|whereas|but|with an?|to|in terms of|across|on|for)\b|[而且]"
    r"|\s(?:is|are|was|were|it|its|the model) "
)
_COUNTED = re.compile(
    r"\s*(?:about |around |roughly |约)?[$¥€]?\d|\s*(?:half|a third|two|three|four|five|ten|the past|the last)\b"
)
_ON_BASELINE = re.compile(r"\b(?:on|over|from) (?:the |its )?((?:[\w.+-]+ ){1,4})baselines?\b")
_BEHIND = re.compile(r"[^，。；]{1,24}(?:相比|相较|对比)")
_WITH = frozenset({"与", "和", "较"})
_FAR = 64


def check_baselines(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return the first comparand of a sentence where the source's own sentence compares with something else alone."""
    for sentence in said.sentences:
        for ids in comparands(sentence):
            mine = _telling(ids)
            if not mine:
                continue
            for source in sources:
                fault = _against(mine, sentence, source)
                if fault:
                    return fault
    return None


def comparands(sentence: Sentence) -> Iterator[frozenset[str]]:
    """Yield the ids of each thing that a sentence compares with: what follows "than", "over", "相比", ..."""
    for mention in sentence.mentions:
        if not mention.of("class", "baseline") or _COUNTED.match(sentence.text, mention.end - sentence.start):
            continue
        if mention.text in {"over", "Over", "above", "behind"} and mention.start == sentence.start:
            continue  # "Over all budgets" compares nothing
        if mention.text in _WITH and not _BEHIND.search(sentence.text, mention.end - sentence.start):
            continue
        start, end = _reach(mention, sentence)
        yield sentence.inside(start, end)
    for match in _ON_BASELINE.finditer(sentence.text):
        yield sentence.inside(sentence.start + match.start(1), sentence.start + match.end())


def _reach(mention: Mention, sentence: Sentence) -> tuple[int, int]:
    start = mention.end - sentence.start
    stop = _STOP.search(sentence.text, start, start + _FAR)
    end = stop.start() if stop else min(start + _FAR, len(sentence.text))
    turns = [m.start for m in sentence.mentions if m.start > mention.end and m.sense("pair", "direction")]
    return mention.end, min([sentence.start + end, *turns])


def _against(mine: frozenset[str], sentence: Sentence, source: Reading) -> Fault | None:
    parts = _same_place(sentence, source)
    if not parts:
        return None
    facing = frozenset[str]().union(*(ids for part in parts for ids in comparands(part)))
    theirs = _telling(facing)
    if not theirs or _meets(mine, theirs | facing) or _meets(mine, source.subjects):
        return None
    around = frozenset(a.id for part in parts for a in part.anchors)
    if mine <= around | theirs:
        return None
    return Fault("baseline", parts[0].text)


def _same_place(sentence: Sentence, source: Reading) -> list[Sentence]:
    """Return the sentences of a source that hold a figure of the sentence."""
    return [
        part
        for part in source.sentences
        if any(same_value(a.quantity, b.quantity) for a in sentence.figures for b in part.figures)
    ]


def _telling(ids: Iterable[str]) -> frozenset[str]:
    return frozenset(i for i in ids if i[0] in "nsw" and i not in word_list("general") and i not in word_list("any"))


def _meets(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return any(one == two or one.startswith(two) or two.startswith(one) for one in mine for two in theirs)
