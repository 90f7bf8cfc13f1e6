"""The composition root: configuration in, wired objects out."""

import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from digest import period as periods
from digest import pipeline
from digest.collect.model import Window
from digest.config import Config, load
from digest.errors import LockedError, StoreError, UsageError
from digest.fetch.client import Fetcher
from digest.fetch.model import Limits
from digest.fetch.transports import sample as sample_transport
from digest.llm.settings import OPENAI, ModelSettings, Price
from digest.packed import packed
from digest.steps.collect import Gathered
from digest.steps.context import Context, Say, silent
from digest.steps.desk import Desk
from digest.store.answers import StoredAnswers
from digest.store.database import Database
from digest.store.sources import StoredValidators

_LOG = logging.getLogger("digest")
SAMPLE_NOW = datetime(2026, 6, 21, 23, 59, tzinfo=UTC)
SAMPLE_WEEK = "2026-W25"
_SAMPLE_FOLDER = Path("sample")


@contextmanager
def opened(
    config: Config,
    now: datetime,
    say: Say = silent,
    *,
    create: bool = True,
    sample: bool = False,
    forbidden: bool = False,
) -> Iterator[Context]:
    """Open the database and give the wired context of one process; `forbidden` lets only the cache answer for a model.

    Raises StoreError. A model that is asked for without a server and a key is never asked: the local engine writes.
    """
    if sample:
        _SAMPLE_FOLDER.mkdir(exist_ok=True)
    transport = sample_transport(packed("sample")) if sample else None
    with ExitStack() as stack:
        database = stack.enter_context(Database.open(config.digest.database, create=create))
        desk = _desk(config, database, now, forbidden=forbidden)
        yield Context(
            config=config,
            database=database,
            now=now,
            fetcher=lambda: Fetcher(limits(config), StoredValidators(database), lambda: now, transport),
            desk=stack.enter_context(desk) if desk else None,
            say=say,
            sample=sample,
            forbidden=forbidden,
        )


@contextmanager
def only_one(config: Config, what: str = "run") -> Iterator[None]:
    """Hold the lock of runs, or of another role; it is free at once when its holder dies.

    Raises LockedError when another run holds it, StoreError when its folder can't be written.
    """
    path = _lock_path(config, what)
    lock = FileLock(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LockedError(f"{path}: another {what} holds the lock; wait for it, or end it") from error
    except (OSError, UnicodeError) as error:
        raise StoreError(f"{path}: can't be written ({error}); check [digest] database and the locale") from error
    try:
        yield
    finally:
        lock.release()


def sampled(config: Config) -> tuple[Config, datetime]:
    """Return the configuration of the packaged week, with its own database and folder, and its clock."""
    week = load(packed("sample") / "config.toml", {})
    table = replace(
        config.digest,
        database=f"sqlite:///{_SAMPLE_FOLDER / 'digest.db'}",
        output=str(_SAMPLE_FOLDER / "public"),
        timezone="UTC",
    )
    return replace(week, digest=table, llm=config.llm, mail=replace(config.mail, smtp_url="")), SAMPLE_NOW


def week_of_sample(week: str, day: str) -> str:
    """Return the week to make: the recorded one where neither week nor day is named, "" where a day is.

    Raises UsageError for a week or day that was not recorded.
    """
    recorded = periods.week(SAMPLE_WEEK)
    if (week or SAMPLE_WEEK) != SAMPLE_WEEK or (day and day not in [each.name for each in periods.days(recorded)]):
        last = f"{recorded.first_day} to {recorded.last_day}"
        raise UsageError(
            f"{week or day}: the sample is the week {SAMPLE_WEEK}, {last}; leave it out, or name one of these"
        )
    return "" if day else SAMPLE_WEEK


def collect_sample(context: Context) -> list[Gathered]:
    """Collect the recorded week, whichever of its numbers is wanted: its answers are those to a week's questions.

    Trending pages have no history, so that they are collected day by day, as a daemon would have done.
    """
    whole = periods.week(SAMPLE_WEEK)
    for day in periods.days(whole)[:-1]:
        github = replace(context.config.github, url=f"https://github.com/{day.name}")
        earlier = replace(context, config=replace(context.config, github=github), now=day.end - timedelta(minutes=1))
        pipeline.gather_only(earlier, Window(start=day.start, end=day.end), ("github-trending",))
    return pipeline.gather_only(context, Window(start=whole.start, end=whole.end))


def engine_of(config: Config) -> str:
    """Decide who writes: "openai" where it is asked for, or where a server or a key is there; else "local"."""
    if config.digest.engine != "auto":
        return config.digest.engine
    return "openai" if config.llm.base_url or os.environ.get(config.llm.api_key_env) else "local"


def limits(config: Config) -> Limits:
    """Return the bounds of the HTTP client as configured."""
    table = config.fetch
    bounds = Limits(
        concurrency=table.concurrency,
        per_host=table.per_host,
        timeout_s=table.timeout_s,
        max_bytes=table.max_bytes,
        allow_private_hosts=table.allow_private_hosts,
    )
    return replace(bounds, user_agent=table.user_agent) if table.user_agent else bounds


def model_settings(config: Config) -> ModelSettings:
    """Return what the model's door is built from; the key comes from the environment."""
    llm = config.llm
    price = Price(prompt=llm.usd_per_million_input, completion=llm.usd_per_million_output)
    own = llm.usd_per_million_input >= 0 and llm.usd_per_million_output >= 0
    return ModelSettings(
        base_url=llm.base_url or OPENAI,
        api_key=os.environ.get(llm.api_key_env, ""),
        model_cheap=llm.model_cheap,
        model_best=llm.model_best,
        concurrency=llm.concurrency,
        timeout_s=llm.timeout_s,
        budget_usd_per_run=llm.budget_usd_per_run,
        budget_usd_per_month=llm.budget_usd_per_month,
        prices={llm.model_cheap: price, llm.model_best: price} if own else {},
    )


def _desk(config: Config, database: Database, now: datetime, *, forbidden: bool) -> Desk | None:
    if engine_of(config) != "openai":
        return None
    if not config.llm.base_url and not os.environ.get(config.llm.api_key_env):
        _LOG.warning("neither [llm] base_url nor %s is set: only the local engine writes", config.llm.api_key_env)
    return Desk(model_settings(config), StoredAnswers(database), now, forbidden=forbidden)


def _lock_path(config: Config, what: str) -> Path:
    scheme, _, path = config.digest.database.partition(":///")
    suffix = "" if what == "run" else f".{what}"
    return (
        Path(f"{path}{suffix}.lock")
        if scheme == "sqlite" and path and path != ":memory:"
        else Path(f".digest{suffix}.lock")
    )
