"""The live figures of a full text: those that its abstract may leave out, each with the section it stands in."""

import re
from dataclasses import dataclass

from digest.domain.facts import Result
from digest.read.document import Paper
from digest.read.facts import facts
from digest.read.lexicon import DONE_CUE

_MOST = 20
_MOST_TEXT = 60_000  # characters of a section
_LIVE = re.compile(r"\b(?:online|A/B|AB test\w*|deploy\w*|production|live|field)\b|线上|在线|上线", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:related|background|preliminar\w+|prior|literature|references|acknowledg\w+|appendix|offline)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A result with its section: `paper.sections[part].text[result.start:result.end] == result.quote`."""

    part: int
    section: str
    result: Result


def live_results(paper: Paper) -> tuple[Placed, ...]:
    """List the results from live traffic with a metric, in their order, each once.

    Read are the sections that are no survey of other work; outside of one that is headed as the live test the sentence
    itself must tell of a test that was done, since a paper's body speaks of many systems.
    """
    found: dict[tuple[str, float, str, str], Placed] = {}
    for part, section in enumerate(paper.sections):
        if _OTHERS.search(section.title) and not _LIVE.search(section.title):
            continue
        for result in facts("", "", section.text[:_MOST_TEXT]).results:
            told = _LIVE.search(section.title) or DONE_CUE.search(result.quote)
            if result.online and result.metric and told:
                key = (result.metric, result.value, result.unit, result.qualifier)
                found.setdefault(key, Placed(part=part, section=section.title, result=result))
    return tuple(found.values())[:_MOST]
