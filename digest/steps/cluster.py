"""Cluster: works into stories, stories that are news into threads, and threads to those of earlier numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digest.cluster import threads as threading
from digest.cluster.stories import stories
from digest.cluster.threads import PastThread
from digest.cluster.told import news
from digest.domain.facts import Facts
from digest.domain.issue import Dropped, Publication
from digest.domain.score import Score
from digest.domain.thread import Story, Thread
from digest.steps.context import Context, Target
from digest.steps.holds import against
from digest.steps.read import Reading
from digest.store import issues
from digest.store import threads as stored
from digest.write.framing import Holds, framed, shows
from digest.write.plan import TOO_LOW, Choice, choose, pool, shelf, value
from digest.write.regroup import regroup
from digest.write.subjects import nameable, overlaps
from digest.write.voices import speaks

_WORTH = 1.8
_PAIR = 2
_SPARE = 3  # themes that are looked at beyond those that an issue has room for
_TELLING = ("post", "paper", "episode")  # tweets and repositories have their own sections and make no themes


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustered:
    """The stories chosen for a number with their threads, and what was left out and why."""

    choice: Choice
    threads: tuple[Thread, ...]


def cluster(context: Context, target: Target, reading: Reading, scores: Mapping[str, Score]) -> Clustered:
    """Join works that tell one event, leave out what earlier numbers told, choose, and find the threads."""
    slug, start = target.publication.slug, target.period.start
    worth = [work for work in reading.works if scores[work.id].value >= _WORTH]
    faint = sum(len(work.items) for work in reading.works) - sum(len(work.items) for work in worth)
    with context.database.read() as tx:
        told, past = issues.fingerprints(tx, slug, start), stored.past(tx, slug, start)
    fresh, repeats = news(stories(worth), told)
    publication = target.publication
    pooled = pool(fresh, scores, publication)
    seek = Seeker(
        past=past,
        weight={story.id: value(story, scores, publication.languages) for story in pooled},
        facts=reading.facts,
        holds=against(reading.texts()),
    )
    found = seek.threads([story for story in pooled if shelf(story) in _TELLING], publication)
    choice = choose(fresh, scores, publication, {story.id for thread in found for story in thread.stories})
    found = with_fields(_told(found, choice, publication), choice, publication, seek)
    if context.desk is not None and not context.desk.plan.local:
        regrouped, notes = context.desk.run(regroup(found, target.publication, context.desk.ask))
        context.desk.notes += notes
        found = list(regrouped)
    repeated = sum(len(work.items) for story in repeats for work in story.works)
    extra = {TOO_LOW: faint, "told in an earlier issue, nothing new": repeated, **reading.aside}
    return Clustered(choice=_with(choice, extra), threads=tuple(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeker:
    """What threads are looked for with: those of earlier numbers, what stories are worth, what papers report."""

    past: Sequence[PastThread]
    weight: Mapping[str, float]
    facts: Mapping[str, Facts]
    holds: Holds

    def threads(self, among: Sequence[Story], publication: Publication) -> list[Thread]:
        """Find the threads that show something among stories, as many as the publication has room for."""
        most = publication.threads[1]
        wide = replace(publication, threads=(most, most + _SPARE))
        companies = {
            story.lead.id: facts.company
            for story in among
            if (facts := self.facts.get(story.lead.lead.id)) and facts.company
        }
        found = threading.threads(among, self.weight, wide, self.past, companies=companies)
        return shown(found, self.facts, publication, self.holds)

    def tells(self, thread: Thread, publication: Publication) -> bool:
        """Whether a thread has a thesis in every edition."""
        return shows(framed(thread, self.facts, publication.languages, self.holds))


def with_fields(threads: Sequence[Thread], choice: Choice, publication: Publication, seek: Seeker) -> list[Thread]:
    """Add a field of work that runs through papers, or as many as are missing, among those that no thesis tells.

    A field is none that a thread is about already. Threads without a thesis stay as far as the least number goes.
    """
    least, most = publication.threads
    telling = [thread for thread in threads if seek.tells(thread, publication)]
    mute = [thread for thread in threads if thread not in telling]
    wanted = max(least - len(telling), int(len(telling) < most))
    threaded = {story.id for thread in telling for story in thread.stories}
    papers = [story for story in choice.kept if shelf(story) == "paper" and story.id not in threaded]
    alone = replace(publication, kinds=("paper",), threads=(0, wanted + len(telling)))
    rest = replace(seek, past=[old for old in seek.past if old.id not in {thread.id for thread in threads}])
    about = [term for thread in telling for term in thread.terms[:1]]
    found = rest.threads(papers, alone) if wanted else []
    fields = [thread for thread in found if not any(overlaps(thread.terms[0], one) for one in about)][:wanted]
    if not fields:
        return list(threads)
    taken = {story.id for thread in fields for story in thread.stories}
    free = [thread for thread in mute if not taken & {story.id for story in thread.stories}]
    return [*telling, *fields, *free[: max(0, least - len(telling) - len(fields))]]


def shown(
    threads: Sequence[Thread], facts: Mapping[str, Facts], publication: Publication, holds: Holds
) -> list[Thread]:
    """Choose the threads that show something: firm ones with a thesis, then, up to the least number, others.

    Those are loose ones with a thesis, then firm ones of three stories without one. What an edition could not name
    is none.
    """
    least, most = publication.threads
    named = [thread for thread in threads if nameable(thread)]
    said = [t for t in named if shows(framed(t, facts, publication.languages, holds))]
    chosen = [thread for thread in said if not thread.weak][:most]
    rest = [
        *(t for t in said if t.weak),
        *(t for t in named if not t.weak and t not in said and len(t.stories) > _PAIR),
    ]
    return [*chosen, *rest[: max(0, least - len(chosen))]]


def _told(threads: Sequence[Thread], choice: Choice, publication: Publication) -> list[Thread]:
    """Keep in each thread what the number has room for, and what its editions can tell: English ones in English.

    A thread needs two stories; a loose one is none unless every edition can tell some of it in its own language.
    """
    english = [language for language in publication.languages if language[:2] == "en"]
    kept = {
        story.id
        for story in choice.kept
        if shelf(story) != "post" or all(speaks(story, language) for language in english)
    }
    left = [replace(t, stories=tuple(story for story in t.stories if story.id in kept)) for t in threads]
    return [t for t in left if len(t.stories) > 1 and (not t.weak or _spoken(t, publication.languages))]


def _spoken(thread: Thread, languages: Sequence[str]) -> bool:
    news = [story for story in thread.stories if shelf(story) == "post"]
    return not news or all(any(speaks(story, language) for story in news) for language in languages)


def _with(choice: Choice, extra: Mapping[str, int]) -> Choice:
    totals = {dropped.reason: dropped.count for dropped in choice.dropped}
    for reason, count in extra.items():
        totals[reason] = totals.get(reason, 0) + count
    dropped = tuple(Dropped(reason=reason, count=count) for reason, count in sorted(totals.items()) if count)
    return Choice(kept=choice.kept, below=choice.below, dropped=dropped)
