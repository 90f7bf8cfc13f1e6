"""Remember what a number told: its stories, so that none is told twice, and its threads, so that they continue."""

from collections.abc import Sequence
from dataclasses import replace

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
    shown = {section.id: section for section in issues[0].threads}
    kept = [replace(thread, weak=shown[thread.id].weak) for thread in clustered.threads if thread.id in shown]
    with context.database.write() as tx:
        stored.tell(tx, slug, period, told)
        threads.save(tx, slug, period, kept, {key: section.title for key, section in shown.items()})
