"""The schedule that starts runs: collect by interval, publish what is due, send; end cleanly on SIGTERM.

One short job looks at the clock and at the store and does what is due. So a laptop that slept through seven o'clock
publishes when it wakes, an hour that comes twice publishes once, and a restart catches up.
"""

import logging
import signal
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler

from digest import app, pipeline
from digest.config import Config
from digest.domain.run import Run
from digest.errors import DigestError, LockedError
from digest.steps import targets
from digest.steps.collect import window_until
from digest.steps.context import Context, Target
from digest.steps.mailing import send_waiting, server_of_config, tokens_of, told
from digest.steps.release import release
from digest.store import issues, runs

Clock = Callable[[], datetime]
_LOG = logging.getLogger("digest.daemon")
_TICK_S = 30.0
_GRACE_S = 6 * 3600
_RETRY = timedelta(minutes=10)
_LONGEST_RETRY = timedelta(hours=2)
_REMEMBERED = 200


def serve(config: Config, clock: Clock, *, tick_s: float = _TICK_S, stop: threading.Event | None = None) -> None:
    """Run until SIGTERM, SIGINT or `stop`; a number that is being made is finished first, a mailing pauses.

    Raises LockedError when another daemon has this database, and StoreError or ConfigError at the start, when no tick
    could ever succeed.
    """
    ended = stop or threading.Event()
    if threading.current_thread() is threading.main_thread():
        _end_on_signals(ended)
    with app.only_one(config, "daemon"):
        _check(config, clock())
        scheduler = BackgroundScheduler(timezone="UTC")
        scheduler.add_job(
            lambda: _guarded(config, clock(), ended),
            "interval",
            seconds=tick_s,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=_GRACE_S,
        )
        _LOG.info("ready: %s", config.digest.database)
        _guarded(config, clock(), ended)
        scheduler.start()
        ended.wait()
        scheduler.shutdown(wait=True)
        _LOG.info("ended")


def tick(config: Config, now: datetime, stop: threading.Event | None = None) -> list[str]:
    """Do what is due at an instant; return what was done, in words. Trouble is logged and tried again later."""
    ended = stop or threading.Event()
    done: list[str] = []
    try:
        with app.only_one(config), app.opened(config, now) as context:
            due = _due(context)
            done += _collect(context, due)
            done += _publish(context, due, ended)
            done += [f"published {slug}" for slug in release(context)]
            done += _send(context, ended)
    except LockedError:
        _LOG.debug("a run by hand is under way")
    except DigestError as error:
        _LOG.warning("%s", error)
        done.append(str(error))
    return done


def asks_now(
    ran: Sequence[Run], now: datetime, every: timedelta, due: datetime | None = None, retry: timedelta = _RETRY
) -> bool:
    """Decide whether to ask the sources: by interval, at once for a number that is due, after a failure soon again.

    `ran` are the collections so far, the newest first; `due` is when the latest missing number was due. A collection
    that lies ahead was made by a clock that was wrong, and does not count.
    """
    past = [run for run in ran if run.started <= now]
    if past and past[0].state != "done":
        return now >= past[0].started + retry
    return not past or now >= past[0].started + every or (due is not None and past[0].started < due)


def tried_again(failed: Sequence[datetime], now: datetime) -> bool:
    """Decide whether what failed at these instants is tried now: after ten minutes, doubled each time, to two hours."""
    pause = min(_RETRY * 2 ** (len(failed) - 1), _LONGEST_RETRY) if failed else timedelta()
    return not failed or now >= max(failed) + pause


def _check(config: Config, now: datetime) -> None:
    with app.opened(config, now):
        if config.mail.smtp_url:
            server_of_config(config)
            tokens_of(config)


def _guarded(config: Config, now: datetime, ended: threading.Event) -> None:
    try:
        for line in tick(config, now, ended):
            _LOG.info("%s", line)
    except Exception:  # noqa: BLE001  a fault of one tick, of whatever kind, must not end the daemon
        _LOG.exception("a tick failed; the next one tries again")


def _due(context: Context) -> list[Target]:
    with context.database.read() as tx:
        published = {(row.publication, row.period) for row in issues.listing(tx)}
    return targets.due(context.config.publications, context.zone, context.now, published)


def _collect(context: Context, due: Sequence[Target]) -> list[str]:
    every = timedelta(minutes=context.config.digest.collect_every_minutes)
    latest = max((targets.due_at(target, context.zone) for target in due), default=None)
    if not asks_now(_collections(context), context.now, every, latest):
        return []
    with context.database.write() as tx:
        started = runs.start(tx, f"collect:{context.now:%Y-%m-%dT%H:%M:%S}", "collect", context.now)
    if started is None:
        return []
    try:
        gathered = pipeline.gather_only(context, window_until(context.now, due))
    except BaseException as error:
        with context.database.write() as tx:
            runs.finish(tx, started.id, "failed", context.now, str(error) or type(error).__name__)
        if not isinstance(error, DigestError):
            raise
        return [f"nothing collected: {error}"]
    note = f"{sum(each.new for each in gathered)} new items from {len(gathered)} sources"
    with context.database.write() as tx:
        runs.finish(tx, started.id, "done", context.now, note)
    return [f"collected: {note}"]


def _collections(context: Context) -> list[Run]:
    with context.database.read() as tx:
        return [run for run in runs.listing(tx, _REMEMBERED) if run.command == "collect"]


def _publish(context: Context, due: Sequence[Target], ended: threading.Event) -> list[str]:
    """Make what is due from what was collected since; without an answer of any source it waits."""
    collected = max((run.started for run in _collections(context) if run.state == "done"), default=None)
    done: list[str] = []
    for target in due:
        if ended.is_set():
            break
        if collected is not None and targets.due_at(target, context.zone) <= collected <= context.now:
            done += _make(context, target)
    return done


def _make(context: Context, target: Target) -> list[str]:
    key = f"due:{target.publication.slug}:{target.period.name}"
    with context.database.read() as tx:
        ran = [run for run in runs.listing(tx, _REMEMBERED) if run.key == key]
    if not tried_again([run.started for run in ran if run.state == "failed"], context.now):
        return []
    try:
        outcome = pipeline.run(context, [target], gather=False, send=False, key=key)
    except DigestError as error:
        return [f"{target.name} failed: {error}"]
    except Exception:  # noqa: BLE001  what is wrong with one number must not hold up the others; the run says so
        _LOG.exception("%s failed", target.name)
        return [f"{target.name} failed"]
    made = outcome.made if outcome else ()
    notices = [f"{each.target.name}: {each.notice}" for each in made if each.notice]
    released = outcome.released if outcome else ()
    held = {slug for each in made for slug in each.held}
    done = [f"{'held' if slug in held else 'published'} {slug}" for each in made for slug in each.editions]
    return [*done, *(f"published {slug}" for slug in released if f"published {slug}" not in done), *notices]


def _send(context: Context, ended: threading.Event) -> list[str]:
    return [f"sent {told(report)}" for report in send_waiting(context, stop=ended)]


def _end_on_signals(ended: threading.Event) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
