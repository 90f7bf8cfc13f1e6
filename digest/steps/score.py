"""Score: each work of a number, by the publication's rubric and the readers' ratings."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from digest.domain.score import Score
from digest.score.rank import rank
from digest.score.rubric_model import blend, rate
from digest.steps.context import Context, Target
from digest.steps.read import Reading
from digest.store import ratings, scores
from digest.verify.verdicts import check

_SHORTLIST = 2
_DAY = timedelta(days=1)


def score(context: Context, target: Target, reading: Reading) -> dict[str, Score]:
    """Rank the works and keep their scores; the result goes by work id, best first."""
    ranked = _by_model(context, target, reading, first_look(context, target, reading))
    with context.database.write() as tx:
        scores.save(tx, target.publication.slug, target.period.name, ranked)
    return {each.item: each for each in ranked}


def first_look(context: Context, target: Target, reading: Reading) -> list[Score]:
    """Rank the works by the publication's rubric and the ratings given until now, best first, without a model.

    A rating's age counts to the end of the period, not to the clock: a number that is made again comes out the same
    unless something was rated since; one of the past that is made now learns from what was rated after it too.
    """
    slug, end = target.publication.slug, target.period.end
    with context.database.read() as tx:
        rated = ratings.all(tx, slug, until=context.now)
    ages = [max(0.0, (end - each.when) / _DAY) for each in rated]
    trust = {source.slug: source.weight for source in context.config.sources}
    given = [each.rating for each in rated]
    return rank(reading.works, reading.facts, target.publication, given, ages, weights=trust)


def _by_model(context: Context, target: Target, reading: Reading, ranked: list[Score]) -> list[Score]:
    """Let the model, where there is one, judge twice as many of the best works as an issue can hold."""
    desk = context.desk
    if desk is None or desk.plan.local:
        return ranked
    short = {score.item for score in ranked[: int(_SHORTLIST * target.publication.max_items * desk.plan.share)]}
    works = [work for work in reading.works if work.id in short]
    judged, notes = desk.run(rate(works, target.publication, desk.ask, text_chars=desk.plan.text_chars))
    desk.notes += notes
    texts = {work.id: f"{work.lead.title}\n{work.lead.text}" for work in works}
    held = {key: _grounded(judge, texts) for key, judge in judged.items()}
    joined = [blend(held[score.item], score) if score.item in held else score for score in ranked]
    return sorted(joined, key=lambda score: (-score.value, score.item))


def _grounded(score: Score, texts: Mapping[str, str]) -> Score:
    """Take away a model's reason that says what the work does not: the local one stands in then."""
    held = check(score.reason, {score.item: texts[score.item]}).name == "supported"
    return score if held else replace(score, reason="")
