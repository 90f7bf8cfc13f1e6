"""What an item reports, read without a model: company, deployment, tests, and each outcome with its qualifiers."""

import re
from dataclasses import replace

from digest.domain.facts import Direction, Facts, Result, Unit
from digest.read.chinese import outcomes_zh
from digest.read.company import affiliation
from digest.read.deployed import deployed_sentence
from digest.read.results import Outcome, outcomes
from digest.read.setting import is_online, settled
from digest.read.spelling import spelt_out
from digest.read.tested import live_test
from digest.text import Span, is_chinese, sentences

RULES = 4  # raised when the rules read a text otherwise: what was read by older ones is then read again
_LONGEST = 2_000  # characters of a sentence; the longest of 9,000 abstracts has 1,613
_UNITS: dict[str, Unit] = {"%": "%", "pp": "pp", "bps": "bps", "x": "x", "ms": "ms", "s": "s"}
_FIGURE = re.compile(
    r"\d[\d.,]*[\s\\${}]*(?:%|％|percent|per cent|pp\b|bps|basis|x\b|×|\\times|times|fold|-fold"
    r"|[- ]?points?\b|[- ]?pts\b|ms\b|s\b|sec|milli|个百分点|百分点|倍|毫秒|秒)"
    r"|\d\s(?:[A-Za-z][\w@-]*[\s-]){1,2}points?\b|\d\s(?:m?AP|m?IoU|m?Acc|F1|EM|AU|MRR|NDCG|[WC]ER|accuracy|top-1|R)"
    r"|[一二三两四五六七八九十]倍|百分之|[一二三两四五六七八九]成(?![本功为员交])"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|hundred)[- ]?(?:fold|times)\b|\bfactors? of\b"
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


def facts(item: str, title: str, text: str) -> Facts:
    """Read one item. `text` may begin with the title; figures that stand in the title alone are left out.

    Offsets of the results are those of `text`: `text[start:end] == quote`.
    """
    spans = _body(title, text)
    runs, test = deployed_sentence(spans), live_test(spans)
    home = affiliation(title, spans, live=bool(runs or test))
    return Facts(
        item=item,
        company=home.name,
        company_quote=home.quote,
        industry=home.industry,
        deployed=runs is not None,
        deployed_quote=runs.text if runs else "",
        tested=test is not None,
        tested_quote=test.text if test else "",
        results=tuple(_results(spans, runs)),
    )


def _body(title: str, text: str) -> list[Span]:
    """Split what follows the title; a stretch of thousands of characters without an end is no sentence."""
    stripped = title.strip()
    skip = len(stripped) if stripped and text.lstrip().startswith(stripped) else 0
    skip += len(text) - len(text.lstrip()) if skip else 0
    spans = (Span(span.start + skip, span.end + skip, span.text) for span in sentences(text[skip:]))
    return [span for span in spans if len(span.text) <= _LONGEST]


def _results(spans: list[Span], runs: Span | None) -> list[Result]:
    """Read the sentences that hold figures; `runs` is the one that says that the system is deployed."""
    found: list[Result] = []
    told = settled(spans)
    for place, span in enumerate(spans):
        if not _FIGURE.search(span.text):
            continue
        since = 0
        for outcome in outcomes_zh(span.text) if is_chinese(span.text) else outcomes(span.text):
            if outcome.unit in _UNITS:
                online = is_online(outcome, place, told, since=since, runs=runs)
                found.append(replace(_result(span, outcome, online=online), metric=spelt_out(outcome.metric, spans)))
                since = outcome.figure.end
    return found


def _result(span: Span, outcome: Outcome, *, online: bool) -> Result:
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
        online=online,
        quote=span.text,
        start=span.start,
        end=span.end,
        qualifier=outcome.qualifier,
        surface=outcome.surface,
        length=(length["length"] or length["zh"]) if length else "",
    )
