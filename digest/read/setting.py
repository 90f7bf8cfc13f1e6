"""Whether a figure was measured on live traffic: by the cues around it, and by what kind of metric it is."""

import re
from collections.abc import Sequence
from functools import lru_cache

from digest.read.lexicon import (
    DONE_CUE,
    MANUAL_CUE,
    OFFLINE_CUE,
    OFFLINE_METRIC,
    ONLINE_CUE,
    ONLINE_METRIC,
    SYSTEM_METRIC,
)
from digest.read.results import Outcome
from digest.text import Span

_KEPT = 4_096  # sentences: those of a long paper, which each figure of it looks back on
_REACH = 40  # sentences back in which a test may have been named
_SIMULATED = re.compile(r"\bsimulat\w+|\bsynthetic\b", re.IGNORECASE)
_MOCK = re.compile(r"\b(?:simulated|synthetic) (?:online|live|A/B)", re.IGNORECASE)
_OPENING = re.compile(
    r"(?:In|During|Across|Under|Over|Through)\b[^,;]{0,90}\b(?:A/B|online|live|field)\b[^,;]{0,90}"
    r"\b(?:tests?|testing|experiments?|trials?|traffic)\b[^;]*?,"
)
_REVEALED = re.compile(
    r"[^,;:]{0,40}\b(?:A/B|online|live|field)\b[^,;:]{0,40}\b(?:tests?|testing|experiments?|trials?)\b[^,;:]{0,60}?"
    r"\b(?:shows?|showed|reveals?|revealed|demonstrates?|demonstrated|confirm(?:s|ed)?|indicates?|indicated|verif(?:y|ied))"
    r" that\b(?P<told>[^;:]*)$",
    re.IGNORECASE,
)
_PLATFORM = re.compile(
    r"\b(?:on|in|at|for|across) (?:(?:a|an|the|our|its|[A-Z]\S*) )?(?:[\w-]+ ){0,4}(?:platforms?"
    r"|app|marketplace|homepage|feed)\b"
)
_RUNS = re.compile(r"\b(?:deploy|launch|roll|production|serv|power|integrat|replac|in use|live\b)\w*", re.IGNORECASE)
_MODAL = re.compile(
    r"\b(?:(?:can|could|may|might|must|should|will) (?:then )?be (?:[\w-]+ ){0,4}"
    r"|to be (?:\w+ly )?(?:(?:deployed|launched|used|run|integrated) (?:\w+ )?)?)$",
    re.IGNORECASE,
)
# An agent is "evaluated online" as well, in a browser or a game: nobody's traffic.
_LOOSE = re.compile(r"\bonline(?= (?:evaluations?|environments?|settings?|performance|validations?)\b)", re.IGNORECASE)
_SERVED = re.compile(
    r"\b(?:A/B|AB test\w*|traffic|recommend\w*|advertis\w*|ads|e-commerce|rank(?:ing|er)\w*|CTR|click\w*"
    r"|platforms?|feeds?|(?:of|live|real) users|industrial|production|customers|merchants"
    r"|search engines?|deployed|launched)\b",
    re.IGNORECASE,
)


def settled(spans: Sequence[Span]) -> list[Span]:
    """Return the sentences with "online" blanked before "evaluation" where the whole text serves nobody anything."""
    if not any(_LOOSE.search(span.text) for span in spans) or any(_SERVED.search(span.text) for span in spans):
        return list(spans)
    return [Span(span.start, span.end, _LOOSE.sub("      ", span.text)) for span in spans]


def is_online(outcome: Outcome, place: int, spans: Sequence[Span], *, since: int = 0, runs: Span | None = None) -> bool:
    """Decide for one figure of the sentence at `place`; `since` is where the figure before it ends in that sentence.

    `runs` is the sentence that says that the system is deployed: what it tells behind that was found there.

    A ranking metric is offline whatever the sentence says beside it, a business metric online unless only offline
    cues surround it. Cost and speed are measured on machines, not on people: they are online only where a cue stands
    between the figure before and their own, or where the sentence opens with the test ("In an online A/B test, ...").
    Anything else follows the nearest cue before it, then the last one after it, then the sentences before.
    """
    sentence, at, metric = spans[place].text, outcome.figure.start, outcome.metric
    said = outcome.words.lower().partition(" ")[0]
    if said in {"online", "offline"} or OFFLINE_METRIC.search(metric) or _is_simulated(sentence, at):
        return said == "online"
    if SYSTEM_METRIC.search(metric) and not ONLINE_METRIC.search(metric):
        return bool(_setting(sentence[since:at]) or _OPENING.match(sentence, 0, at) or _revealed(sentence, at))
    before, whole = _setting(sentence[:at]), _setting(sentence)
    if ONLINE_METRIC.search(metric):
        if before is None and whole is None:
            return runs is not None or any(_setting(span.text) for span in spans)
        return _business(sentence, at, before=before)
    if before is None and whole is None:
        return _follows(spans, place, at, runs) or bool(_carried(spans, place))
    return bool(whole if before is None else before)


def _revealed(sentence: str, at: int) -> bool:
    """Whether a figure stands in what an online test is said to show ("A/B tests show that it lifts N and cuts M")."""
    match = _REVEALED.match(sentence, 0, at)
    return (
        match is not None and _setting(sentence[: match.start("told")]) is True and _setting(match["told"]) is not False
    )


def _follows(spans: Sequence[Span], place: int, at: int, runs: Span | None) -> bool:
    """Whether a figure stands behind the word of deployment, in its own sentence or in the next."""
    if runs is None:
        return False
    if spans[place].start == runs.start:
        return bool(_RUNS.search(spans[place].text, 0, at))
    return place > 0 and spans[place - 1].start == runs.start


def _carried(spans: Sequence[Span], place: int) -> bool | None:
    """Return the setting of the nearest sentence before that says where it plays; a live one must tell of a test."""
    near = spans[max(0, place - _REACH) : place]
    told = (own for span in reversed(near) if (own := _told(span.text)) is not None)
    return next(told, None)


@lru_cache(maxsize=_KEPT)
def _told(sentence: str) -> bool | None:
    own = _setting(sentence)
    done = any(not _MODAL.search(sentence, 0, match.start()) for match in DONE_CUE.finditer(sentence)) if own else False
    return None if own and not done else own


@lru_cache(maxsize=_KEPT)
def _setting(sentence: str) -> bool | None:
    """Say where a sentence plays: True on live traffic, False on offline data, None unsaid; the last cue wins."""
    online = max(
        (m.start() for m in ONLINE_CUE.finditer(sentence) if not _MODAL.search(sentence, 0, m.start())), default=-1
    )
    offline = max((m.start() for cue in (OFFLINE_CUE, MANUAL_CUE) for m in cue.finditer(sentence)), default=-1)
    if online == offline:
        return None
    return online > max(offline, *(m.start() for m in _SIMULATED.finditer(sentence)), -1)


def _is_simulated(sentence: str, at: int) -> bool:
    """Whether a figure is one of a simulation: named right behind it, or before it with no live test after that."""
    if not _SIMULATED.search(sentence):
        return False
    end = sentence.find(",", at)
    if _SIMULATED.search(sentence, at, end if end >= 0 else len(sentence)) or _MOCK.search(sentence):
        return True
    last = max((match.end() for match in _SIMULATED.finditer(sentence, 0, at)), default=0)
    return not ONLINE_CUE.search(sentence, last, at)


def _business(sentence: str, at: int, *, before: bool | None) -> bool:
    """Take a business metric for live unless the sentence has offline cues alone and names no platform behind it."""
    return (
        bool(before)
        or bool(_PLATFORM.search(sentence, at))
        or bool(ONLINE_CUE.search(sentence))
        or not OFFLINE_CUE.search(sentence)
    )
