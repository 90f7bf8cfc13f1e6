"""Works, best first, with a value from 1 to 5 and the reason for it."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime

from digest.domain.facts import Facts
from digest.domain.issue import Publication
from digest.domain.item import Work
from digest.domain.score import Rating, Score
from digest.score.criteria import Evidence, Finding, findings
from digest.score.phrases import joined, phrase, translated
from digest.score.rubric import Rubric, rubric_of
from digest.score.words import canonical

_UNGATED = frozenset({"field", "topic", "category", "authority", "unwanted", "taste"})
_MOST_PHRASES = 3


def rank(
    works: Sequence[Work],
    facts: Mapping[str, Facts],
    publication: Publication,
    ratings: Sequence[Rating] = (),
    now: datetime | None = None,
    *,
    weights: Mapping[str, float] = {},
) -> list[Score]:
    """Score works for a publication, best first; ties go by the work's id.

    `facts` is by the id of each work's lead item; `weights` is the editor's trust in each source by its slug (0..2, 1
    where it is left out). Each score's `parts` are the criteria, the one that moved the score most first.
    """
    rubric = rubric_of(publication)
    scores = [_score(work, facts, rubric, weights) for work in works]
    return sorted(scores, key=lambda score: (-score.value, score.item))


def reason_in(score: Score, language: str) -> str:
    """Say the score's reason in a language; what is no phrase of ours stays as it is."""
    return translated(score.reason, language)


def _score(work: Work, facts: Mapping[str, Facts], rubric: Rubric, weights: Mapping[str, float]) -> Score:
    lead = work.lead
    evidence = Evidence(
        work=work,
        facts=facts.get(lead.id) or Facts(item=lead.id),
        title=canonical(lead.title),
        text=canonical(f"{lead.title}. {lead.text}"),
        trust=max((weights.get(item.source, 1.0) for item in work.items), default=1.0),
    )
    return _sum(work.id, findings(evidence, rubric), rubric)


def _sum(item: str, found: Sequence[Finding], rubric: Rubric) -> Score:
    near = _nearness(found, rubric)
    points = {f.criterion: _points(f, rubric, near) for f in found}
    value = 1.0 + 4.0 / (1.0 + math.exp(-(rubric.bias + sum(points.values()))))
    ordered = sorted(found, key=lambda f: (-abs(points[f.criterion]), f.criterion))
    said = [f.phrase for f in ordered if f.phrase][:_MOST_PHRASES]
    parts = tuple(
        Score(item=item, criterion=f.criterion, value=round(1.0 + 4.0 * f.share, 2), reason=f.phrase) for f in ordered
    )
    return Score(
        item=item, criterion="overall", value=round(value, 6), reason=joined(said) or phrase("plain"), parts=parts
    )


def _nearness(found: Sequence[Finding], rubric: Rubric) -> float:
    """How near an item is to the subject, 0..1; the signals of an item that is off the subject do not count."""
    if not rubric.selective:
        return 1.0
    return max((f.share for f in found if f.criterion in {"field", "topic"}), default=0.0)


def _points(finding: Finding, rubric: Rubric, near: float) -> float:
    gate = 1.0 if finding.criterion in _UNGATED else near
    return rubric.weights[finding.criterion] * finding.share * gate
