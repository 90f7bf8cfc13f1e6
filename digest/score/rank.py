"""Works, best first, with a value from 1 to 5 and the reason for it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digest.domain.facts import Facts
from digest.domain.issue import Publication
from digest.domain.item import Work
from digest.domain.score import Rating, Score
from digest.score.criteria import Evidence, Finding, findings
from digest.score.phrases import Word, as_it_is, joined, phrase, translated
from digest.score.rubric import Rubric, rubric_of
from digest.score.taste import Lesson, Taste, lesson, tasted
from digest.score.words import canonical

_UNGATED = frozenset({"field", "topic", "category", "authority", "unwanted"})
_MOST_PHRASES = 3
_FAR, _NEAR_ENOUGH = 0.01, 0.05
_STRONG_TASTE = 0.8
_TOLD = ("unwanted", "online", "voices", "attention", "industry", "topic", "taste", "novelty", "authority", "field")
_TASTE_SPREAD, _TASTE_MIDDLE = 1.3, -0.7
"""From a taste in standard deviations to log-odds: 2 above the mean is a five-star item, 1 above a four-star one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """A work with what was found about it, in points (log-odds) by criterion, and their sum."""

    evidence: Evidence
    found: tuple[Finding, ...]
    points: Mapping[str, float]
    near: float
    total: float


def rank(
    works: Sequence[Work],
    facts: Mapping[str, Facts],
    publication: Publication,
    ratings: Sequence[Rating] = (),
    ages: Sequence[float] = (),
    *,
    weights: Mapping[str, float] = {},
) -> list[Score]:
    """Score works for a publication, best first; ties go by the work's id.

    `facts` is by the id of each work's lead item; `ratings`, oldest first, teach the editor's taste, the less the
    older: `ages` are their days, where known; `weights` is the trust in each source by its slug (0..2, 1 where it is
    left out). Each score's `parts` are the criteria, the one that moved the score most first.
    """
    rubric = rubric_of(publication)
    judged = [_judge(_evidence(work, facts, weights), rubric) for work in works]
    scores = [_score(one) for one in _with_taste(judged, lesson(ratings, ages), rubric)]
    return sorted(scores, key=lambda score: (-score.value, score.item))


def reason_in(score: Score, language: str, word: Word = as_it_is, *, listed: bool = False) -> str:
    """Say the score's reason in a language, its topics by `word`; what is no phrase of ours stays as it is.

    Where the voices are `listed` beside it, it does not count them.
    """
    return translated(score.reason, language, word, listed=listed)


def _evidence(work: Work, facts: Mapping[str, Facts], weights: Mapping[str, float]) -> Evidence:
    lead = work.lead
    return Evidence(
        work=work,
        facts=facts.get(lead.id) or Facts(item=lead.id),
        title=canonical(lead.title),
        text=canonical(f"{lead.title}. {lead.text}"),
        trust=max(weights.get(item.source, 1.0) for item in work.items),
    )


def _judge(evidence: Evidence, rubric: Rubric) -> _Judged:
    found = tuple(findings(evidence, rubric))
    near = _nearness(found, rubric)
    points = {f.criterion: _points(f, rubric, near) for f in found}
    total = rubric.bias + sum(points.values())
    return _Judged(evidence=evidence, found=found, points=points, near=near, total=total)


def _nearness(found: Sequence[Finding], rubric: Rubric) -> float:
    """How near an item is to the subject, 0..1; the signals of an item that is off the subject do not count."""
    if not rubric.selective:
        return 1.0
    return max((f.share for f in found if f.criterion in {"field", "topic"}), default=0.0)


def _points(finding: Finding, rubric: Rubric, near: float) -> float:
    gate = 1.0 if finding.criterion in _UNGATED else near
    return rubric.weights[finding.criterion] * finding.share * gate


def _with_taste(judged: list[_Judged], taught: Lesson, rubric: Rubric) -> list[_Judged]:
    """Move each total towards the taste, as far as the ratings can be trusted and the item is on the subject."""
    weight = min(1.0, max(0.0, rubric.weights.get("taste", 1.0)))
    near = [one for one in judged if one.near > _FAR]
    if not taught.liked or not near or not weight:
        return judged
    liking = tasted(
        taught, [one.evidence.title for one in near], [one.evidence.text for one in near], [one.total for one in near]
    )
    moved = iter(
        _moved(one, taste, weight * taught.trust * min(1.0, one.near / _NEAR_ENOUGH))
        for one, taste in zip(near, liking, strict=True)
    )
    return [next(moved) if one.near > _FAR else one for one in judged]


def _moved(one: _Judged, taste: Taste, trust: float) -> _Judged:
    shift = trust * (_TASTE_SPREAD * taste.value + _TASTE_MIDDLE - one.total)
    share = 1.0 / (1.0 + math.exp(-_TASTE_SPREAD * taste.value))
    finding = Finding(criterion="taste", share=share, phrase=_told_taste(taste))
    points = {**one.points, "taste": trust * _TASTE_SPREAD * taste.value}
    return replace(one, found=(*one.found, finding), points=points, total=one.total + shift)


def _told_taste(taste: Taste) -> str:
    """Say on which ratings a strong taste rests; "" where it is weak."""
    if abs(taste.value) < _STRONG_TASTE:
        return ""
    name = "taste" if taste.value > 0 else "distaste"
    return phrase(f"{name}-{min(taste.alike, 2)}", count=f"{taste.alike:,}")


def _score(one: _Judged) -> Score:
    item = one.evidence.work.id
    ordered = sorted(one.found, key=lambda f: (-abs(one.points[f.criterion]), f.criterion))
    parts = tuple(
        Score(item=item, criterion=f.criterion, value=round(1.0 + 4.0 * f.share, 2), reason=f.phrase) for f in ordered
    )
    return Score(
        item=item,
        criterion="overall",
        value=round(1.0 + 4.0 / (1.0 + math.exp(-one.total)), 6),
        reason=_reason(one),
        parts=parts,
    )


def _reason(one: _Judged) -> str:
    """Join the phrases that tell a reader most: what happened and who says so before what it is about."""
    said = {f.criterion: f.phrase for f in one.found if f.phrase}
    if not one.evidence.text.strip():
        return phrase("empty")
    return joined([said[name] for name in _TOLD if name in said][:_MOST_PHRASES]) or phrase("plain")
