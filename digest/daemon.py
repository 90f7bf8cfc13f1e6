"""The schedule that starts runs: collect by interval, publish what is due, send; end cleanly on SIGTERM.

One short job looks at the clock and at the store and does what is due. So a laptop that slept through seven o'clock
publishes when it wakes, an hour that comes twice publishes once, and a restart catches up.
"""

import logging
import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler

from digest import app, pipeline
from digest.collect.model import Window
from digest.config import Config
from digest.errors import DigestError, LockedError
from digest.steps import targets
from digest.steps.context import Context
from digest.steps.mailing import send_waiting
from digest.store import issues, runs

Clock = Callable[[], datetime]
_LOG = logging.getLogger("digest.daemon")
_TICK_S = 30.0
_GRACE_S = 6 * 3600
_RETRY = timedelta(minutes=10)
_LOOK_BACK = timedelta(days=7)


def serve(config: Config, clock: Clock, *, tick_s: float = _TICK_S, stop: threading.Event | None = None) -> None:
    """Run until SIGTERM, SIGINT or `stop`; a job that is under way is finished first.

    Raises LockedError when another daemon has this database.
    """
    ended = stop or threading.Event()
    if threading.current_thread() is threading.main_thread():
        _end_on_signals(ended)
    with app.only_one(config, "daemon"):
        scheduler = BackgroundScheduler(timezone="UTC")
        scheduler.add_job(
            lambda: tick(config, clock()),
            "interval",
            seconds=tick_s,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=_GRACE_S,
        )
        tick(config, clock())
        scheduler.start()
        ended.wait()
        scheduler.shutdown(wait=True)


def tick(config: Config, now: datetime) -> list[str]:
    """Do what is due at an instant; return what was done, in words. Trouble is logged and tried again later."""
    try:
        with app.only_one(config), app.opened(config, now) as context:
            return [*_collect(context), *_publish(context), *_send(context)]
    except LockedError:
        return []
    except DigestError as error:
        _LOG.warning("%s", error)
        return [str(error)]


def _collect(context: Context) -> list[str]:
    every = timedelta(minutes=context.config.digest.collect_every_minutes)
    with context.database.write() as tx:
        last = runs.last(tx, "collect")
        if last is not None and context.now < last.started + every:
            return []
        started = runs.start(tx, f"collect:{context.now:%Y-%m-%dT%H:%M}", "collect", context.now)
    if started is None:
        return []
    state, note = "done", ""
    try:
        gathered = pipeline.gather_only(
            context, Window(start=context.now - _LOOK_BACK, end=context.now + timedelta(seconds=1))
        )
        note = f"{sum(each.new for each in gathered)} new items from {len(gathered)} sources"
    except DigestError as error:
        state, note = "failed", str(error)
    with context.database.write() as tx:
        runs.finish(tx, started.id, "done" if state == "done" else "failed", context.now, note)
    return [f"collected: {note}"]


def _publish(context: Context) -> list[str]:
    with context.database.read() as tx:
        published = {(row.publication, row.period) for row in issues.listing(tx)}
        failed = {run.key: run.started for run in runs.listing(tx) if run.state == "failed"}
    done: list[str] = []
    for target in targets.due(context.config.publications, context.zone, context.now, published):
        key = f"due:{target.publication.slug}:{target.period.name}"
        if key in failed and context.now < failed[key] + _RETRY:
            continue
        outcome = pipeline.run(context, [target], key=key)
        if outcome is not None:
            done += [f"published {slug}" for made in outcome.made for slug in made.editions]
            done += [f"{made.target.name}: {made.notice}" for made in outcome.made if made.notice]
    return done


def _send(context: Context) -> list[str]:
    return [f"sent {report.edition}: {dict(report.counts)}" for report in send_waiting(context)]


def _end_on_signals(ended: threading.Event) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
