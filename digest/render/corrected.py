"""An issue with its corrections: what is struck or withdrawn in it, and how the corrections read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digest.domain.facts import Facts
from digest.domain.issue import Claim, Correction, Entry, Issue, Mended
from digest.render.readable import readable
from digest.render.results import alike
from digest.render.view import framed, shown
from digest.render.wording import day, phrase, short_period
from digest.text import one_line

_NOTE = 2000
_SENTENCE = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A correction as readers see it, oldest first; `lang` and `sentence_lang` are "" in the issue's language.

    `number` names the earlier number that it corrects ("W25"), and is "" for the issue's own, as is its `period`.
    `sentence` is the one that is struck, or the words that say that one was withdrawn.
    """

    day: str
    note: str
    lang: str
    sentence: str
    sentence_lang: str
    withdrawn: bool
    number: str
    period: str


def corrected(issue: Issue, own: Sequence[Correction]) -> Issue:
    """Return an issue with its own corrections: their sentences struck, or withdrawn from all that it holds.

    A sentence is known by its words, wherever the issue tells it; one that it tells no more leaves the note alone.
    """
    if not own:
        return issue
    marks: dict[str, Mended] = {each.sentence: "struck" for each in own if each.sentence}
    marks |= {each.sentence: "withdrawn" for each in own if each.withdrawn}
    gone = [sentence for sentence, mark in marks.items() if mark == "withdrawn"]
    return replace(
        issue,
        summary=_without(issue.summary, gone),
        overview=_claims(issue.overview, marks),
        threads=tuple(
            replace(
                each,
                thesis=_claim(each.thesis, marks) if each.thesis else None,
                claims=_claims(each.claims, marks),
            )
            for each in issue.threads
        ),
        sections=tuple(replace(each, claims=_claims(each.claims, marks)) for each in issue.sections),
        entries=tuple(_entry(each, marks, gone) for each in issue.entries),
        corrections=(*(replace(each, sentence="") if each.withdrawn else each for each in own), *issue.corrections),
    )


def own_notices(issue: Issue) -> list[Notice]:
    """Return the corrections of the issue itself."""
    return [_notice(issue, each) for each in issue.corrections if each.period == issue.period]


def earlier_notices(issue: Issue) -> list[Notice]:
    """Return the corrections of earlier numbers that the issue tells."""
    return [_notice(issue, each) for each in issue.corrections if each.period != issue.period]


def _notice(issue: Issue, correction: Correction) -> Notice:
    note, lang = framed(issue.language, correction.note, _NOTE)
    sentence, sentence_lang = shown(issue.language, correction.sentence, _SENTENCE) if correction.sentence else ("", "")
    own = correction.period == issue.period
    return Notice(
        day=day(issue.language, correction.date),
        note=note,
        lang=lang,
        sentence=phrase(issue.language, "withdrawn") if correction.withdrawn else sentence,
        sentence_lang=sentence_lang,
        withdrawn=correction.withdrawn,
        number="" if own else short_period(readable(correction.period, 20)),
        period="" if own else correction.period,
    )


def _claims(claims: Sequence[Claim], marks: Mapping[str, Mended]) -> tuple[Claim, ...]:
    return tuple(_claim(claim, marks) for claim in claims)


def _claim(claim: Claim, marks: Mapping[str, Mended]) -> Claim:
    mark = marks.get(claim.text, "")
    if mark != "withdrawn":
        return replace(claim, correction=mark) if mark else claim
    citations = tuple(replace(each, quote="") for each in claim.citations)  # which sources there were stays known
    return replace(claim, text="", citations=citations, verdict=None, correction=mark)


def _entry(entry: Entry, marks: Mapping[str, Mended], gone: Sequence[str]) -> Entry:
    facts = _facts(entry.facts, gone) if entry.facts else None
    return replace(entry, summary=_claims(entry.summary, marks), facts=facts)


def _facts(facts: Facts, gone: Sequence[str]) -> Facts:
    """Leave out the results that a withdrawn sentence states, and the quotes that repeat it."""

    def kept(quote: str) -> str:
        return "" if any(alike(quote, sentence) for sentence in gone) else quote

    return replace(
        facts,
        deployed_quote=kept(facts.deployed_quote),
        tested_quote=kept(facts.tested_quote),
        results=tuple(result for result in facts.results if kept(result.quote)),
    )


def _without(text: str, gone: Sequence[str]) -> str:
    for sentence in gone:
        text = text.replace(sentence, "")
    return one_line(text) if gone else text
