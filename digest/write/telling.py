"""A story as one edition tells it: the voice that speaks, what it is called, what it reports."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from digest.domain.facts import Facts, Result
from digest.domain.item import Item
from digest.domain.thread import Story
from digest.text import sentences
from digest.write.extract import usable
from digest.write.naming import label
from digest.write.phrases import MEASURES_ZH, QUALIFIERS_ZH, spaced
from digest.write.vocabulary import Term, terms_in
from digest.write.voices import voice

_NUMBER = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_BUSINESS = ("gmv", "revenue", "order", "purchase", "cvr", "conver", "ctr", "watch", "retention", "dau", "click")
_UNITS_ZH = {"pp": "个百分点", "bps": "个基点"}
_LONGEST_MEASURE = 32
_VAGUE = frozenset(
    {"rate", "rates", "performance", "mean", "average", "reduction", "gain", "gains", "baselines", "results", "score"}
)
_PROPOSES = re.compile(r"\b(?:propos|introduc|present|develop|design|investigat|study)\w*\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A story in an edition: `item` speaks, `name` is its paper's ("" for news), `facts` are what it reports.

    `bare` is the name without the company beside it.
    """

    story: Story
    item: Item
    name: str
    bare: str
    facts: Facts | None


def telling(story: Story, facts: Mapping[str, Facts], language: str) -> Telling:
    """Return a story as an edition in that language tells it."""
    fact = facts.get(story.lead.lead.id)
    called = label(story.lead, fact, language)
    return Telling(story=story, item=voice(story, language), name=called.full, bare=called.bare, facts=fact)


def measured(one: Telling, *, online: bool) -> Result | None:
    """Return what says most of a paper's tests, live ones or not: business before clicks, gains before costs."""
    results = [r for r in (one.facts.results if one.facts else ()) if r.online == online and _plain(r)]
    return min(results, key=lambda r: (_weight(r), r.start), default=None)


def figure(result: Result, language: str) -> str:
    """Return a result as a sentence names it, with sign, unit and qualifier as in its source: "up to +0.96% CTR"."""
    sign = "" if result.unit == "x" else "+" if result.direction == "up" else "-"
    unit = f" {result.unit}" if result.unit in _UNITS_ZH else result.unit
    if language != "zh":
        return " ".join(part for part in (result.qualifier, f"{sign}{_digits(result)}{unit}", result.words) if part)
    unit = _UNITS_ZH.get(result.unit, result.unit)
    words = MEASURES_ZH.get(result.words.lower(), result.words)
    bound = QUALIFIERS_ZH.get(result.qualifier.lower(), result.qualifier)
    return f"{spaced(words, bound)} {sign}{_digits(result)}{unit}"


def proposing(one: Telling) -> str:
    """Return the first sentence that proposes something under a paper's name ("we propose RankGraph-2, ..."), or ""."""
    if not one.name:
        return ""
    name = re.compile(rf"(?<![\w-]){re.escape(one.bare)}(?![\w-])")
    return next((said for said in _proposals(one.item.text) if name.search(said) and usable(said)), "")


def facets(one: Telling) -> list[Term]:
    """Return the terms of what a paper does: those of its title, then of the sentence that proposes it."""
    lead = one.story.lead.lead
    proposal = next(_proposals(lead.text), "")
    found = {term.chinese: term for term in (*terms_in(lead.title), *terms_in(proposal))}
    return list(found.values())


def _proposals(text: str) -> Iterator[str]:
    return (span.text for span in sentences(text) if _PROPOSES.search(span.text))


def _plain(result: Result) -> bool:
    fits = 0 < len(result.words) <= _LONGEST_MEASURE and result.words.lower() not in _VAGUE
    return fits and result.unit in {"%", "pp", "bps", "x"} and result.direction != "none" and result.high is None


def _weight(result: Result) -> int:
    said = f"{result.metric} {result.words}".lower()
    place = next((n for n, name in enumerate(_BUSINESS) if name in said), len(_BUSINESS))
    return place + (len(_BUSINESS) if result.direction == "down" else 0)


def _digits(result: Result) -> str:
    wanted = abs(result.value)
    written = (match[0] for match in _NUMBER.finditer(result.quote) if float(match[0].replace(",", "")) == wanted)
    return next(written, f"{wanted:,.10g}")
