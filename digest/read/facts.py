"""What an item reports, read without a model: company, deployment, and each outcome with the words that qualify it."""

import re

from digest.domain.facts import Direction, Facts, Result, Unit
from digest.read.chinese import outcomes_zh
from digest.read.company import affiliation
from digest.read.deployed import deployed_sentence
from digest.read.lexicon import OFFLINE_CUE, OFFLINE_METRIC, ONLINE_CUE, ONLINE_METRIC, SYSTEM_METRIC
from digest.read.results import Outcome, outcomes
from digest.text import Span, is_chinese, sentences

_LONGEST = 2_000  # characters of a sentence; the longest of 9,000 abstracts has 1,613
_REACH = 40  # sentences back in which a test may have been named
_UNITS: dict[str, Unit] = {"%": "%", "pp": "pp", "bps": "bps", "x": "x", "ms": "ms", "s": "s"}
_FIGURE = re.compile(
    r"\d[\d.,]*[\s\\${}]*(?:%|％|percent|per cent|pp\b|bps|basis|x\b|×|\\times|times|fold|-fold"
    r"|ms\b|s\b|sec|milli|个百分点|百分点|倍|毫秒|秒)|[三两四五六七八九十]倍"
)
_LENGTH = re.compile(
    r"\b(?:(?:a|an|our|the|during|over|for|in|after|lasting|spanning)\s)?(?P<length>(?:\d+|one|two"
    r"|three|four|five|six|seven|eight|nine|ten|twelve|several)[- ](?:day|week|month"
    r"|year)s?(?:-long)?)"
    r"(?=[^.;]{0,60}\b(?:A/B|online|live|test|experiment|deployment|period|production)|\b)"
    r"|(?P<zh>为期?[一二两三四五六七八九十\d]+(?:天|周|个月))",
    re.IGNORECASE,
)
_LIVE_TEST = re.compile(
    r"\b(?:A/B|online|live|test|experiment|deploy|production|launch)|线上|在线|实验|上线", re.IGNORECASE
)
_PLATFORM = re.compile(
    r"\b(?:on|in|at|for|across) (?:(?:a|an|the|our|its|[A-Z]\S*) )?(?:[\w-]+ ){0,4}(?:platforms?"
    r"|app|marketplace|homepage|feed)\b"
)
_SIMULATED = re.compile(r"\bsimulat\w+|\bsynthetic\b", re.IGNORECASE)


def facts(item: str, title: str, text: str) -> Facts:
    """Read one item. `text` may begin with the title; figures that stand in the title alone are left out.

    Offsets of the results are those of `text`: `text[start:end] == quote`.
    """
    spans = _body(title, text)
    home = affiliation(title, spans)
    runs = deployed_sentence(spans)
    return Facts(
        item=item,
        company=home.name,
        company_quote=home.quote,
        industry=home.industry,
        deployed=runs is not None,
        deployed_quote=runs.text if runs else "",
        results=tuple(_results(spans)),
    )


def _body(title: str, text: str) -> list[Span]:
    """Split what follows the title; a stretch of thousands of characters without an end is no sentence."""
    stripped = title.strip()
    skip = len(stripped) if stripped and text.lstrip().startswith(stripped) else 0
    skip += len(text) - len(text.lstrip()) if skip else 0
    spans = (Span(span.start + skip, span.end + skip, span.text) for span in sentences(text[skip:]))
    return [span for span in spans if len(span.text) <= _LONGEST]


def _results(spans: list[Span]) -> list[Result]:
    """Read the sentences that hold figures; where the others play is looked up only then."""
    found: list[Result] = []
    live: bool | None = None
    for place, span in enumerate(spans):
        if not _FIGURE.search(span.text):
            continue
        read = outcomes_zh(span.text) if is_chinese(span.text) else outcomes(span.text)
        kept = [outcome for outcome in read if outcome.unit in _UNITS]
        if kept:
            carried = _carried(spans[:place])
            live = any(_setting(other.text) for other in spans) if live is None else live
            since = 0
            for outcome in kept:
                found.append(_result(span, outcome, since, carried=carried, live=live))
                since = outcome.figure.end
    return found


def _carried(before: list[Span]) -> bool | None:
    """Return the setting of the nearest sentence before that says where it plays."""
    return next((own for span in reversed(before[-_REACH:]) if (own := _setting(span.text)) is not None), None)


def _setting(sentence: str) -> bool | None:
    """Say where a sentence plays: True on live traffic, False on offline data, None unsaid; the last cue wins."""
    online = max((m.start() for m in ONLINE_CUE.finditer(sentence)), default=-1)
    offline = max((m.start() for m in OFFLINE_CUE.finditer(sentence)), default=-1)
    if online == offline or _SIMULATED.search(sentence):
        return None if online == offline else False
    return online > offline


def is_online(sentence: str, outcome: Outcome, since: int = 0, *, carried: bool | None, live: bool) -> bool:
    """Decide for one figure whether it was measured on live traffic.

    A ranking metric is offline whatever the sentence says beside it, a business metric online unless only offline
    cues surround it. Cost and speed are measured on machines, not on people: they are online only where a cue stands
    between the figure before (`since`) and their own. Anything else follows the nearest cue before it, then the
    last one after it, then the
    sentences before (`carried`). `live` tells whether any sentence of the text plays on live traffic.
    """
    at, metric = outcome.figure.start, outcome.metric
    if OFFLINE_METRIC.search(metric) or _SIMULATED.search(sentence):
        return outcome.words.lower().startswith("online ")
    before = _setting(sentence[:at])
    whole = _setting(sentence)
    if ONLINE_METRIC.search(metric):
        return live if (before is None and whole is None) else _business(sentence, at, before=before)
    if SYSTEM_METRIC.search(metric):
        return bool(_setting(sentence[since:at]))
    return next((place for place in (before, whole, carried) if place is not None), False)


def _business(sentence: str, at: int, *, before: bool | None) -> bool:
    """Take a business metric for live unless the sentence has offline cues alone and names no platform behind it."""
    return (
        bool(before)
        or bool(_PLATFORM.search(sentence, at))
        or bool(ONLINE_CUE.search(sentence))
        or not OFFLINE_CUE.search(sentence)
    )


def _result(span: Span, outcome: Outcome, since: int, *, carried: bool | None, live: bool) -> Result:
    direction: Direction = "down" if outcome.down else "up"
    sign = -1 if outcome.down else 1
    length = _LENGTH.search(span.text) if _LIVE_TEST.search(span.text) else None
    return Result(
        metric=outcome.metric,
        words=outcome.words,
        value=sign * outcome.value,
        high=None if outcome.high is None else sign * outcome.high,
        unit=_UNITS[outcome.unit],
        direction=direction,
        online=is_online(span.text, outcome, since, carried=carried, live=live),
        quote=span.text,
        start=span.start,
        end=span.end,
        qualifier=outcome.qualifier,
        surface=outcome.surface,
        length=(length["length"] or length["zh"]) if length else "",
    )
