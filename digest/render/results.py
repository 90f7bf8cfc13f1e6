"""A reported result as readers see it: the value as its source writes it, with every word that qualifies it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.domain.facts import Result
from digest.domain.item import Language
from digest.render.links import text_fragment
from digest.render.readable import readable
from digest.render.wording import frame_language, phrase
from digest.text import one_line

_NUMBER = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_UNITS_ZH = {"pp": " 个百分点", "bps": " 个基点"}
_SPACED = {"pp", "bps", "ms", "s"}
_LONGEST = 60
_EDGES = " .。!！…;；\"'“”‘’"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A result in a few words: "up to" "+0.96%" "CTR" "online", "homepage feed"; `url` opens its sentence.

    `struck`: that sentence was corrected.
    """

    qualifier: str
    amount: str
    metric: str
    notes: tuple[str, ...]
    online: bool
    url: str
    quote: str
    struck: bool = False


def alike(quote: str, sentence: str) -> bool:
    """Whether a quote says what a sentence says: one holds the words of the other."""
    mine, other = (one_line(text).strip(_EDGES) for text in (quote, sentence))
    return bool(mine and other) and (mine in other or other in mine)


def chips(results: Sequence[Result], url: str, language: Language, struck: Sequence[str] = ()) -> tuple[Chip, ...]:
    """Return the results that have a metric; those that a struck sentence states are struck, and say so."""
    return tuple(
        _struck(made, language) if any(alike(one.quote, sentence) for sentence in struck) else made
        for one in results
        if one.metric
        for made in (chip(one, url, language),)
    )


def chip(result: Result, url: str, language: Language) -> Chip:
    """Return a result as its source gives it; `url` is the source's page."""
    where = phrase(language, "online" if result.online else "offline")
    notes = (where, readable(result.surface, _LONGEST), readable(result.length, _LONGEST))
    return Chip(
        qualifier=readable(result.qualifier, _LONGEST),
        amount=amount(result, language),
        metric=readable(result.words or result.metric, _LONGEST),
        notes=tuple(note for note in notes if note),
        online=result.online,
        url=text_fragment(url, result.quote),
        quote=readable(result.quote, 400),
    )


def _struck(made: Chip, language: Language) -> Chip:
    return replace(made, struck=True, notes=(*made.notes, phrase(language, "struck_sentence")))


def amount(result: Result, language: Language = "en") -> str:
    """Return the signed value with its unit: "+0.96%", "−12 ms", "53–398×", "+1.2 pp".

    Digits stand as the source's sentence writes them ("1.20" keeps its zero). A factor bears no sign: it says how
    many times; one that falls has an arrow, since a metric's name alone ("tokens") would let it rise.
    """
    low = _digits(result.value, result.quote)
    span = low if result.high is None else f"{low}–{_digits(result.high, result.quote)}"
    return f"{_sign(result)}{span}{_unit(result.unit, language)}"


def _sign(result: Result) -> str:
    if result.unit == "x" or result.direction == "none":
        return "↓" if result.direction == "down" else ""
    return "−" if result.direction == "down" else "+"


def _unit(unit: str, language: Language) -> str:
    if unit == "x":
        return "×"
    if frame_language(language) == "zh" and unit in _UNITS_ZH:
        return _UNITS_ZH[unit]
    return f" {unit}" if unit in _SPACED else unit


def _digits(value: float, quote: str) -> str:
    wanted = abs(value)
    for match in _NUMBER.finditer(quote):
        if float(match[0].replace(",", "")) == wanted:
            return match[0]
    return f"{wanted:,.10g}"
