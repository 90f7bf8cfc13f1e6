"""Score: each work of a number, by the publication's rubric and the readers' ratings."""

from digest.domain.score import Score
from digest.score.rank import rank
from digest.steps.context import Context, Target
from digest.steps.read import Reading
from digest.store import ratings, scores


def score(context: Context, target: Target, reading: Reading) -> dict[str, Score]:
    """Rank the works and keep their scores; the result goes by work id, best first."""
    with context.database.read() as tx:
        rated = ratings.all_of(tx)
    trust = {source.slug: source.weight for source in context.config.sources}
    ranked = rank(reading.works, reading.facts, target.publication, rated, target.period.end, weights=trust)
    with context.database.write() as tx:
        scores.save(tx, target.publication.slug, target.period.name, ranked)
    return {each.item: each for each in ranked}
