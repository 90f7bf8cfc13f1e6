"""Whether a figure was measured on live traffic: by the cues around it, and by what kind of metric it is."""

import re
from collections.abc import Sequence
from functools import lru_cache

from digest.read.lexicon import DONE_CUE, OFFLINE_CUE, OFFLINE_METRIC, ONLINE_CUE, ONLINE_METRIC, SYSTEM_METRIC
from digest.read.results import Outcome
from digest.text import Span

_REACH = 40  # sentences back in which a test may have been named
_SIMULATED = re.compile(r"\bsimulat\w+|\bsynthetic\b", re.IGNORECASE)
_MOCK = re.compile(r"\b(?:simulated|synthetic) (?:online|live|A/B)", re.IGNORECASE)
_OPENING = re.compile(
    r"(?:In|During|Across|Under|Over|Through)\b[^,;]{0,90}\b(?:A/B|online|live|field)\b[^,;]{0,90}"
    r"\b(?:tests?|testing|experiments?|trials?|traffic)\b[^;]*?,"
)
_PLATFORM = re.compile(
    r"\b(?:on|in|at|for|across) (?:(?:a|an|the|our|its|[A-Z]\S*) )?(?:[\w-]+ ){0,4}(?:platforms?"
    r"|app|marketplace|homepage|feed)\b"
)


def is_online(outcome: Outcome, place: int, spans: Sequence[Span], *, since: int = 0) -> bool:
    """Decide for one figure of the sentence at `place`; `since` is where the figure before it ends in that sentence.

    A ranking metric is offline whatever the sentence says beside it, a business metric online unless only offline
    cues surround it. Cost and speed are measured on machines, not on people: they are online only where a cue stands
    between the figure before and their own, or where the sentence opens with the test ("In an online A/B test, ...").
    Anything else follows the nearest cue before it, then the last one after it, then the sentences before.
    """
    sentence, at, metric = spans[place].text, outcome.figure.start, outcome.metric
    if OFFLINE_METRIC.search(metric) or _is_simulated(sentence, at):
        return outcome.words.lower().startswith("online ")
    if SYSTEM_METRIC.search(metric) and not ONLINE_METRIC.search(metric):
        return bool(_setting(sentence[since:at])) or bool(_OPENING.match(sentence, 0, at))
    before, whole = _setting(sentence[:at]), _setting(sentence)
    if ONLINE_METRIC.search(metric):
        if before is None and whole is None:
            return any(_setting(span.text) for span in spans)
        return _business(sentence, at, before=before)
    if before is None and whole is None:
        return bool(_carried(spans, place))
    return bool(whole if before is None else before)


def _carried(spans: Sequence[Span], place: int) -> bool | None:
    """Return the setting of the nearest sentence before that says where it plays; a live one must tell of a test."""
    near = spans[max(0, place - _REACH) : place]
    told = (own for span in reversed(near) if (own := _told(span.text)) is not None)
    return next(told, None)


def _told(sentence: str) -> bool | None:
    own = _setting(sentence)
    return None if own and not DONE_CUE.search(sentence) else own


@lru_cache(maxsize=256)
def _setting(sentence: str) -> bool | None:
    """Say where a sentence plays: True on live traffic, False on offline data, None unsaid; the last cue wins."""
    online = max((m.start() for m in ONLINE_CUE.finditer(sentence)), default=-1)
    offline = max((m.start() for m in OFFLINE_CUE.finditer(sentence)), default=-1)
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
