"""Whether one sentence is supported by what it cites, without a model."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from digest.domain.issue import Verdict
from digest.text import one_line
from digest.verify.checks.baselines import check_baselines
from digest.verify.checks.crossing import check_crossing
from digest.verify.checks.dates import check_dates, check_months, check_weekdays
from digest.verify.checks.denials import check_denials
from digest.verify.checks.fault import Fault
from digest.verify.checks.figures import check_figures
from digest.verify.checks.holders import check_holders
from digest.verify.checks.joining import check_joining
from digest.verify.checks.leads import check_leads
from digest.verify.checks.names import check_actor, check_names
from digest.verify.checks.periods import check_periods
from digest.verify.checks.quotations import check_links, check_quotes
from digest.verify.checks.setting import check_online
from digest.verify.checks.stances import check_stances
from digest.verify.checks.vague import check_magnitudes, check_ranks, check_rhythms
from digest.verify.checks.versions import check_versions
from digest.verify.sentences.excerpt import near
from digest.verify.sentences.reading import Reading, read, squeeze, unwrapped

CHECKS: tuple[Callable[[Reading, Sequence[Reading]], Fault | None], ...] = (
    check_links,
    check_quotes,
    check_names,
    check_versions,
    check_actor,
    check_dates,
    check_months,
    check_periods,
    check_weekdays,
    check_rhythms,
    check_ranks,
    check_magnitudes,
    check_figures,
    check_baselines,
    check_holders,
    check_online,
    check_stances,
    check_leads,
    check_denials,
    check_crossing,
    check_joining,
)
"""Every check of `digest.verify.checks`, in the order in which a sentence's faults are named."""


_LONGEST, _MOST_FIGURES = 4_000, 60
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_BOUND_BEFORE = re.compile(
    r"(?:\b(?:up to|at least|at most|about|around|roughly|approximately|nearly|almost|over|under"
    r"|more than|less than|fewer than|not|no|never|neither|nor|without|if|whether|unless|until|maybe|perhaps"
    r"|only|some|most|few|may|might|could|cannot|fails? to)"
    r"|最多|至少|至多|大约|约|近|超过|不到|高达|未|不|没有?|并非|如果|是否|可能|或许|仅|部分|多数)[ \u00a0]*$",
    re.IGNORECASE,
)


def check(sentence: str, sources: Mapping[str, str]) -> Verdict:
    """Compare a sentence, English or Chinese, with the texts that it cites, by their ids.

    A sentence that stands in a source to the letter is supported. Else "contradicted" where a source says otherwise
    (another sign, unit, bound, metric or order), "not found" where none says it (a name, quotation, link or number
    that stands nowhere). `fault` is one word, `evidence` the source's words where there are any. What is longer than
    4,000 characters or has more than 60 numbers is no sentence, and "not found". The same again is not checked again.
    """
    return _check(sentence, tuple(sorted(sources.items())))


@lru_cache(maxsize=1024)
def _check(sentence: str, sources: tuple[tuple[str, str], ...]) -> Verdict:
    if not sources:
        return Verdict(name="not found", fault="sources")
    if not squeeze(sentence):
        return Verdict(name="not found", fault="sentence")
    if any(_stands(unwrapped(sentence), unwrapped(source)) for _, source in sources):
        return Verdict(name="supported")
    if len(sentence) > _LONGEST or len(_NUMBER.findall(sentence)) > _MOST_FIGURES:
        return Verdict(name="not found", fault="length")
    said = read(sentence)
    texts = [read(near(unwrapped(source), sentence)) for _, source in sources]
    for checking in CHECKS:
        fault = checking(said, texts)
        if fault:
            return Verdict(
                name="contradicted" if fault.contradicts else "not found", fault=fault.name, evidence=fault.evidence
            )
    return Verdict(name="supported")


def _stands(said: str, source: str) -> bool:
    """Whether a sentence stands in a source to the letter, signs and points of its figures and all.

    It may be a part of one, but not the part after a word that bounds, denies or doubts it.
    """
    words = re.escape(one_line(said).rstrip(".。!！ "))
    whole = re.compile(rf"(?<![A-Za-z\d+−-])(?<!\d\.){words}(?![a-z\d%％$€¥]|[.,]\d)", re.IGNORECASE)
    text = one_line(source)
    return bool(words) and any(not _BOUND_BEFORE.search(text, 0, m.start()) for m in whole.finditer(text))
