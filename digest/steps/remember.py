"""Remember what a number told: its stories, so that none is told twice, and its threads, so that they continue."""

from collections.abc import Sequence

from digest.cluster.told import fingerprint
from digest.domain.issue import Issue
from digest.steps.cluster import Clustered
from digest.steps.context import Context, Target
from digest.store import issues as stored
from digest.store import threads


def remember(context: Context, target: Target, clustered: Clustered, issues: Sequence[Issue]) -> None:
    """Keep the told stories and the threads of a number that was published."""
    if not issues:
        return
    slug, period = target.publication.slug, target.period
    told = {work.id: fingerprint(story) for story in clustered.choice.kept for work in story.works}
    titles = {section.id: section.title for section in issues[0].threads}
    with context.database.write() as tx:
        stored.tell(tx, slug, period, told)
        threads.save(tx, slug, period, [thread for thread in clustered.threads if thread.id in titles], titles)
