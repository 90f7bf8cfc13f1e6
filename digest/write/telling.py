"""A story as one edition tells it: the voice that speaks, what it is called, what it reports."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from digest.domain.facts import Facts, Result
from digest.domain.issue import Claim
from digest.domain.item import Item
from digest.domain.thread import Story
from digest.text import sentences
from digest.write.extract import usable
from digest.write.naming import label
from digest.write.phrases import QUALIFIERS_ZH, spaced
from digest.write.vocabulary import Term, measure, terms_in
from digest.write.voices import plain_headlines, voice

_NUMBER = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_BUSINESS = ("gmv", "revenue", "order", "purchase", "cvr", "conver", "ctr", "watch", "retention", "dau", "click")
_UNITS_ZH = {"pp": "个百分点", "bps": "个基点"}
_LONGEST_MEASURE = 32
LONGEST_HEADLINE: Mapping[str, int] = {"en": 90, "zh": 45}
LONGEST_QUOTED: Mapping[str, int] = {"en": 160, "zh": 80}
_QUOTES = frozenset('"“”「」『』‘')
_VAGUE = frozenset(
    {"rate", "rates", "performance", "mean", "average", "reduction", "gain", "gains", "baselines", "results", "score"}
)
_PROPOSES = re.compile(
    r"\b(?:we|this (?:paper|work|article|report|study))\b[^.]{0,60}?"
    r"\b(?:propos|introduc|present|develop|design|investigat|stud[iy])\w*\b",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r"\b(?:unlike|beyond|without|instead of|rather than|existing|conventional|traditional|replac(?:es?|ing)|no|not"
    r"|do we (?:really |still )?need|limitations? of|away from)\b[^,.;:()]*",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:could|would|may|might|cannot|fail\w*|existing|prior work|previous work|control group|removing|ablat\w+"
    r"|(?:did|does|do) not|in theory|n\.s\.)(?:\b|$)",
    re.IGNORECASE,
)
_OFFLINE = re.compile(
    r"\b(?:offline|benchmarks?|data ?sets?|test sets?|corpora|simulat\w+|experiments?|NDCG|Recall|AUC|MRR|HR|Hits?|MAP"
    r"|F1|BLEU|ROUGE|accuracy|precision|perplexity)(?:\b|@)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A story in an edition: `item` speaks, `name` is its paper's ("" for news), `facts` are what it reports.

    `bare` is the name without the company beside it. `head` is a plain headline that may title a thread, `said` one
    that a sentence may quote: each None unless every edition has one of the story. `own` says that every edition has
    its title in its own language.
    """

    story: Story
    item: Item
    name: str
    bare: str
    facts: Facts | None
    head: Item | None = None
    said: Item | None = None
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A sentence that an edition could say of a thread; `form` and `marks` are equal where two editions say the same.

    `marks` are the stories it is made of, and the figures, names or terms that it gives to them.
    """

    form: str
    marks: tuple[str, ...]
    claim: Claim


def editions(
    stories: Sequence[Story], facts: Mapping[str, Facts], languages: Sequence[str]
) -> dict[str, list[Telling]]:
    """Return the stories as each edition tells them, with the headlines that all editions can quote."""
    heads = [_quotable(story, languages, LONGEST_HEADLINE) for story in stories]
    said = [_quotable(story, languages, LONGEST_QUOTED, but=_QUOTES) for story in stories]
    return {
        language: [
            replace(telling(story, facts, language), head=head.get(language), said=quoted.get(language), own=_own(head))
            for story, head, quoted in zip(stories, heads, said, strict=True)
        ]
        for language in languages
    }


def _quotable(
    story: Story, languages: Sequence[str], longest: Mapping[str, int], but: frozenset[str] = frozenset()
) -> dict[str, Item]:
    """Return a plain headline of a story for each edition, in its language or in English; none where one has none."""
    found: dict[str, Item] = {}
    for language in languages:
        spoken = dict.fromkeys((language, "en"))  # English is read everywhere
        fit = (
            item
            for own in spoken
            for item in plain_headlines(story, own, longest.get(own[:2], longest["en"]))
            if not but & set(item.title)
        )
        one = next(fit, None)
        if one is None:
            return {}
        found[language] = one
    return found


def _own(heads: Mapping[str, Item]) -> bool:
    return all(item.language[:2] == language[:2] for language, item in heads.items())


def telling(story: Story, facts: Mapping[str, Facts], language: str) -> Telling:
    """Return a story as an edition in that language tells it."""
    fact = facts.get(story.lead.lead.id)
    called = label(story.lead, fact, language)
    return Telling(story=story, item=voice(story, language), name=called.full, bare=called.bare, facts=fact)


def measured(one: Telling, *, online: bool) -> Result | None:
    """Return what says most of a paper's tests, live ones or not: business before clicks, gains before costs."""
    results = [r for r in (one.facts.results if one.facts else ()) if r.online == online and _plain(r) and _shown(r)]
    return min(results, key=lambda r: (_weight(r), r.start), default=None)


def figure(result: Result, language: str) -> str:
    """Return a result as a sentence names it, with sign, unit and qualifier as in its source: "up to +0.96% CTR"."""
    sign = "" if result.unit == "x" else "+" if result.direction == "up" else "-"
    unit = f" {result.unit}" if result.unit in _UNITS_ZH else result.unit
    if language != "zh":
        return " ".join(part for part in (result.qualifier, f"{sign}{_digits(result)}{unit}", result.words) if part)
    unit = _UNITS_ZH.get(result.unit, result.unit)
    words = measure(result.words, language)
    return f"{spaced(words, _bound(result.qualifier))} {sign}{_digits(result)}{unit}"


def _bound(qualifier: str) -> str:
    """Return a qualifier in Chinese, the longest known words first: "up to relative" is "最高相对"."""
    said = qualifier.lower()
    for english in sorted(QUALIFIERS_ZH, key=len, reverse=True):
        said = re.sub(rf" ?(?<![a-z]){english}(?![a-z]) ?", QUALIFIERS_ZH[english], said)
    return said


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
    said = (_CONTRAST.sub(" ", text) for text in (lead.title, proposal))
    found = {term.chinese: term for text in said for term in terms_in(text)}
    return [
        term for term in found.values() if not any(term.chinese in other for other in found if other != term.chinese)
    ]


def _proposals(text: str) -> Iterator[str]:
    return (span.text for span in sentences(text) if _PROPOSES.search(span.text))


def _shown(result: Result) -> bool:
    """Whether a result is what a paper's own tests found, and where: no wish, none of others, none of unsaid place."""
    return not _OTHERS.search(result.quote) and (
        result.online or bool(_OFFLINE.search(f"{result.words} {result.quote}"))
    )


def _plain(result: Result) -> bool:
    named = 0 < len(result.words) <= _LONGEST_MEASURE and result.words.lower() not in _VAGUE
    slower = result.unit == "x" and result.direction == "down"  # "2.5x" alone would say the contrary
    fits = result.unit in {"%", "pp", "bps", "x"} and result.direction != "none" and result.high is None
    return named and fits and not slower


def _weight(result: Result) -> int:
    said = f"{result.metric} {result.words}".lower()
    place = next((n for n, name in enumerate(_BUSINESS) if name in said), len(_BUSINESS))
    return place + (len(_BUSINESS) if result.direction == "down" else 0)


def _digits(result: Result) -> str:
    wanted = abs(result.value)
    written = (match[0] for match in _NUMBER.finditer(result.quote) if float(match[0].replace(",", "")) == wanted)
    return next(written, f"{wanted:,.10g}")
