"""What can be said of one work without learning: each criterion's share, 0..1, and the phrase that says why."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from digest.domain.facts import Facts, Result
from digest.domain.item import Item, Work
from digest.score.learned import field_scorer
from digest.score.phrases import phrase
from digest.score.rubric import Rubric, Topic

_MOST_SHOWN = 2
_ONLINE_WORDS = (" online a b ", " a b test", " online experiment ", " online test", " live traffic ")
_DEPLOYED_WORDS = (" deployed ", " deployment ", " in production ", " production traffic ", " serving ")
_INDUSTRY_WORDS = (
    " industrial",
    " industry ",
    " production ",
    " real world platform ",
    " billion scale ",
    " commercial ",
)
_NEW_WORDS = (
    *(" launch", " release", " introduc", " announc", " unveil", " open source"),
    *(" 发布 ", " 推出 ", " 开源 ", " 上线 ", " 首次 ", " 首个 "),
)
_OLD_WORDS = (
    " survey ",
    " review ",
    " tutorial ",
    " position paper ",
    " roundup ",
    " opinion ",
    " recap ",
    " sponsored ",
)
_ATTENTION = {"upvotes": 60.0, "likes": 3_000.0, "stars_today": 1_200.0}
"""Counts at which a signal is met in full: about the 95th percentile of a recorded week of each source."""
_ENOUGH_VOICES = 6
_CORE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How far one criterion is met, 0..1, and why in a phrase ("" when there is nothing to say)."""

    criterion: str
    share: float
    phrase: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the criteria look at for one work. `title` and `text` are canonical words; the text has the title in it."""

    work: Work
    facts: Facts
    title: str
    text: str
    trust: float


def findings(evidence: Evidence, rubric: Rubric) -> list[Finding]:
    """Judge a work by every criterion that weighs something for the publication, in a fixed order."""
    return [judge(evidence, rubric) for name, judge in _JUDGES.items() if rubric.weights.get(name, 0.0)]


def _field(evidence: Evidence, rubric: Rubric) -> Finding:  # noqa: ARG001  all judges have one signature
    share = field_scorer().share(evidence.title, evidence.text)
    return Finding(criterion="field", share=share, phrase=phrase("field-core") if share >= _CORE else "")


def _topic(evidence: Evidence, rubric: Rubric) -> Finding:
    share, names = _matches(evidence, rubric.topics)
    said = phrase("topic" if len(names) == 1 else "topics", topics=", ".join(names[:_MOST_SHOWN])) if names else ""
    return Finding(criterion="topic", share=share, phrase=said)


def _unwanted(evidence: Evidence, rubric: Rubric) -> Finding:
    share, names = _matches(evidence, rubric.not_topics)
    said = phrase("unwanted", topics=", ".join(names[:_MOST_SHOWN])) if names else ""
    return Finding(criterion="unwanted", share=share, phrase=said)


def _matches(evidence: Evidence, topics: Sequence[Topic]) -> tuple[float, list[str]]:
    """Weigh the phrases found; one in the title says more than one in the text, and each further one less."""
    missing, in_title, in_text = 1.0, [], []
    for topic in topics:
        if topic.words in evidence.title:
            in_title.append(topic.name)
            missing *= 0.3
        elif topic.words in evidence.text:
            in_text.append(topic.name)
            missing *= 0.6
    names = in_title + in_text
    return 1.0 - missing, [name for name in names if not any(name != other and name in other for other in names)]


def _category(evidence: Evidence, rubric: Rubric) -> Finding:
    known = [set(item.extra["categories"].split()) for item in evidence.work.items if item.extra.get("categories")]
    if not known:
        return Finding(criterion="category", share=0.5)
    hits = sorted(set().union(*known) & rubric.categories)
    return Finding(criterion="category", share=1.0 if hits else 0.0)


def _online(evidence: Evidence, rubric: Rubric) -> Finding:  # noqa: ARG001  all judges have one signature
    facts = evidence.facts
    shown = [_result(r) for r in facts.results if r.online][:_MOST_SHOWN]
    if shown:
        name = "results-at" if facts.company else "results"
        said = phrase(name, company=facts.company, results=", ".join(shown))
        return Finding(criterion="online", share=1.0, phrase=said)
    if facts.deployed:
        said = phrase("deployed-at" if facts.company else "deployed", company=facts.company)
        return Finding(criterion="online", share=0.8, phrase=said)
    return Finding(criterion="online", share=_cue(evidence.text, {_ONLINE_WORDS: 0.7, _DEPLOYED_WORDS: 0.3}))


def _industry(evidence: Evidence, rubric: Rubric) -> Finding:  # noqa: ARG001  all judges have one signature
    facts = evidence.facts
    if facts.company and facts.industry:
        told = facts.deployed or any(r.online for r in facts.results)  # then the online phrase names the company
        said = "" if told else phrase("industry-at", company=facts.company)
        return Finding(criterion="industry", share=1.0, phrase=said)
    cued = _cue(evidence.text, {_INDUSTRY_WORDS: 0.5})
    said = phrase("industrial") if cued else ""
    return Finding(criterion="industry", share=0.8 if facts.industry else cued, phrase=said)


def _novelty(evidence: Evidence, rubric: Rubric) -> Finding:  # noqa: ARG001  all judges have one signature
    if _cue(evidence.title, {_OLD_WORDS: 1.0}):
        return Finding(criterion="novelty", share=0.0)
    if evidence.work.lead.kind == "paper":  # every paper proposes something
        return Finding(criterion="novelty", share=0.5)
    in_title = _cue(evidence.title, {_NEW_WORDS: 1.0})
    said = phrase("new") if in_title else ""
    return Finding(criterion="novelty", share=in_title or _cue(evidence.text, {_NEW_WORDS: 0.6}), phrase=said)


def _authority(evidence: Evidence, rubric: Rubric) -> Finding:  # noqa: ARG001  all judges have one signature
    said = phrase("trusted") if evidence.trust > 1.0 else ""
    return Finding(criterion="authority", share=min(1.0, evidence.trust / 2), phrase=said)


def _voices(evidence: Evidence, rubric: Rubric) -> Finding:  # noqa: ARG001  all judges have one signature
    count = len({item.source if item.kind != "tweet" else item.id for item in evidence.work.items})
    said = phrase("voices", count=count) if count > 1 else ""
    return Finding(criterion="voices", share=min(1.0, math.log(count) / math.log(_ENOUGH_VOICES)), phrase=said)


def _attention(evidence: Evidence, rubric: Rubric) -> Finding:  # noqa: ARG001  all judges have one signature
    best, said = 0.0, ""
    for name, full in _ATTENTION.items():
        count = max((_count(item, name) for item in evidence.work.items), default=0.0)
        share = min(1.0, math.log1p(count) / math.log1p(full)) ** 2
        if share > best:
            best, said = share, phrase(name, count=f"{count:,.0f}")
    return Finding(criterion="attention", share=best, phrase=said)


def _count(item: Item, name: str) -> float:
    count = item.signals.get(name, 0.0)
    return count if math.isfinite(count) and count > 0 else 0.0


def _cue(text: str, cues: Mapping[tuple[str, ...], float]) -> float:
    return max((share for words, share in cues.items() if any(w in text for w in words)), default=0.0)


def _result(result: Result) -> str:
    high = f" to {result.high:g}" if result.high is not None else ""
    sign = "+" if result.value > 0 else ""
    return f"{result.qualifier} {sign}{result.value:g}{high}{result.unit} {result.metric or result.words}".strip()


_JUDGES: dict[str, Callable[[Evidence, Rubric], Finding]] = {
    "field": _field,
    "topic": _topic,
    "online": _online,
    "industry": _industry,
    "category": _category,
    "novelty": _novelty,
    "authority": _authority,
    "voices": _voices,
    "attention": _attention,
    "unwanted": _unwanted,
}
