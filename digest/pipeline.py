"""A run: collect, read, score, cluster, write, verify, render, deliver.

Every step loads from the store, calls its stage, and saves what it yields: a run that was killed anywhere is started
again and ends with the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from digest.collect.model import Window
from digest.domain.issue import Cost, Dropped, Issue
from digest.domain.run import RunState, Step
from digest.errors import DigestError, ModelError
from digest.llm.wording import worded
from digest.steps.articles import articles
from digest.steps.cluster import Clustered, cluster
from digest.steps.collect import Gathered, collect, window_of, window_until
from digest.steps.context import Context, Target
from digest.steps.desk import difference
from digest.steps.errata import carried
from digest.steps.estimate import expect, stops, volume
from digest.steps.mailing import Report
from digest.steps.mailing import send_waiting as deliver
from digest.steps.papers import dressed, papers
from digest.steps.read import Reading, read
from digest.steps.receipt import receipt
from digest.steps.release import release
from digest.steps.remember import remember
from digest.steps.render import archive, is_final, keep, keep_drafts, render, same, settle, writable
from digest.steps.replay import recorded
from digest.steps.score import score
from digest.steps.verify import verify
from digest.steps.write import write
from digest.store import items, runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A number before it is published: what was read and chosen, the verified editions, how many claims fell."""

    reading: Reading
    clustered: Clustered
    issues: tuple[Issue, ...] = ()
    removed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What became of one target: its editions (slug -> changed), or why there is none.

    `held` are those that wait for an editor, `stays` those that an editor's approval published, and that would now be
    others.
    """

    target: Target
    editions: dict[str, bool]
    held: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    read: int = 0
    entries: int = 0
    dropped: tuple[Dropped, ...] = ()
    removed_claims: int = 0
    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run did: what each source gave, what was made of it, who was sent it, and what a model took for it.

    `released` are the editions that an editor had approved, and that are published now.
    `reckoned` is what the model was to cost by estimate, in US dollars; `cost` is None where the local engine writes.
    """

    gathered: tuple[Gathered, ...]
    made: tuple[Made, ...]
    released: tuple[str, ...] = ()
    sent: tuple[Report, ...] = ()
    reckoned: float = 0.0
    cost: Cost | None = None

    @property
    def changed(self) -> bool:
        """Whether any edition is new or differs from what was there."""
        return any(any(made.editions.values()) for made in self.made)


def run(
    context: Context,
    targets: Sequence[Target],
    *,
    gather: bool = True,
    due: bool = False,
    send: bool = True,
    key: str = "",
) -> Outcome | None:
    """Make the targets, in their order; None when a run of that key was already recorded (no key: always run).

    `due` says that they are made because they are due: the sources are asked up to now, as the daemon does; for
    periods that were named they are asked for these periods.
    Raises AllSourcesFailed, StoreError, ModelError and DigestError; the failed run is recorded too.
    """
    with context.database.write() as tx:
        started = runs.start(tx, key or f"by hand {uuid4()}", "run", context.now)
    if started is None:
        return None
    before = _cost(context)
    try:
        writable(context)
        window = (window_until if due else window_of)(context.now, targets)
        gathered = collect(context, window, context.config.sources) if gather else []
        reckoned = expect(context, targets)
        made = [_make(context, target, started.id, gather=gather) for target in targets]
        with context.database.write() as tx:
            items.index(tx)
        released = release(context)
        if not released:  # else the archive was written with them
            archive(context)
        sent = deliver(context) if send else []
    except BaseException as error:
        _finish(context, started.id, "failed", str(error) or type(error).__name__)
        raise
    _finish(context, started.id, "done", "")
    cost = difference(_cost(context), before) if context.desk else None
    return Outcome(
        gathered=tuple(gathered),
        made=tuple(made),
        released=tuple(released),
        sent=tuple(sent),
        reckoned=reckoned,
        cost=cost,
    )


def go_on(context: Context, *, send: bool = True) -> Outcome:
    """Where nothing is to be made: publish what was approved since, and send what waits."""
    released = release(context)
    return Outcome(gathered=(), made=(), released=tuple(released), sent=tuple(deliver(context)) if send else ())


def gather_only(context: Context, window: Window, slugs: Sequence[str] = ()) -> list[Gathered]:
    """Collect without making anything, from all sources or those named."""
    wanted = [source for source in context.config.sources if not slugs or source.slug in slugs]
    return collect(context, window, wanted)


def compose(context: Context, target: Target, *, gather: bool = False) -> Composed:
    """Read, score, cluster, write and verify a number without publishing it; no issues where nothing is worth it.

    `gather` lets the linked pages of its posts and the full texts of its papers be fetched; those fetched before are
    read in any case.
    """
    if context.desk is not None:
        context.desk.begin(volume(context, target), recorded(context, target))
    context.say("read", target.name)
    reading = articles(context, target, read(context, target), ask=gather)
    context.say("score", target.name)
    scores = score(context, target, reading)
    context.say("cluster", target.name)
    clustered = cluster(context, target, reading, scores)
    if not clustered.choice.kept:
        return Composed(reading=reading, clustered=clustered)
    context.say("write", target.name)
    full = papers(context, target, reading, clustered, ask=gather)
    written = write(context, target, full.reading, scores, clustered, receipt(context, target, reading, clustered))
    checked, failures = verify(context, written, full.reading)
    issues = [replace(_worded(issue), corrections=carried(context, target, issue)) for issue in dressed(checked, full)]
    return Composed(reading=reading, clustered=clustered, issues=tuple(issues), removed=len(failures))


def _worded(issue: Issue) -> Issue:
    return replace(issue, engine_notes=worded(issue.engine_notes, issue.language))


def _make(context: Context, target: Target, run_id: int, *, gather: bool) -> Made:
    before = _cost(context)
    composed = compose(context, target, gather=gather)
    read_count = len(composed.reading.items)
    _step(context, run_id, "verify", target)
    if not composed.issues:
        return Made(target=target, editions={}, read=read_count, notice=_notice(composed.reading.counts))
    final = is_final(context, target)
    issues = settle(context, _billed(context, target, composed.issues, before), final=final)
    if not target.publication.review:
        render(context, issues)
    if not final:
        remember(context, target, composed.clustered, composed.issues)
    kept = keep(context, target, issues)
    _step(context, run_id, "render", target)
    return Made(
        target=target,
        editions={each.slug: each.changed for each in kept},
        held=tuple(each.slug for each in kept if each.state == "review"),
        stays=tuple(old.slug for old, new in zip(issues, composed.issues, strict=True) if not same(old, new)),
        read=read_count,
        entries=max(len(issue.entries) for issue in composed.issues),
        dropped=composed.clustered.choice.dropped,
        removed_claims=composed.removed,
    )


def _billed(context: Context, target: Target, issues: Sequence[Issue], before: Cost) -> list[Issue]:
    """Put the bill on the editions. Raises ModelError where the model failed and that is to stop; drafts are kept."""
    if context.desk is None:
        return list(issues)
    billed = [replace(issue, cost=difference(context.desk.cost, before)) for issue in issues]
    trouble = stops(context)
    if trouble:
        keep_drafts(context, target, billed)
        raise ModelError(f"{target.name}: {trouble}; a draft is kept unless it was published before")
    return billed


def _cost(context: Context) -> Cost:
    return context.desk.cost if context.desk else Cost()


def _notice(counts: dict[str, int]) -> str:
    total = sum(counts.values())
    return f"{total} items read, none worth telling: no issue" if total else "nothing was collected for it: no issue"


def _step(context: Context, run_id: int, stage: str, target: Target) -> None:
    with context.database.write() as tx:
        runs.step(tx, Step(run=run_id, stage=stage, subject=target.name, state="done", started=context.now))


def _finish(context: Context, run_id: int, state: RunState, note: str) -> None:
    try:
        with context.database.write() as tx:
            runs.finish(tx, run_id, state, context.now, note)
    except DigestError:
        if state == "done":
            raise
