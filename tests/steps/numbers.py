"""A process with numbers of a weekly in its store, in any state, without a run having made them."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from digest import period
from digest.config import Config, DigestTable
from digest.domain.issue import Issue, Publication
from digest.render.document import encode
from digest.steps.context import Context, Target
from digest.store import issues
from digest.store.database import Database
from digest.store.issues import IssueState
from tests.deliver.office import no_network
from tests.render import samples
from tests.whole.origin import at

NOW = at("2026-06-23T09:00")
EN, ZH = "recsys-weekly/2026-W25/en", "recsys-weekly/2026-W25/zh"
WEEKLY = Publication(
    slug="recsys-weekly",
    titles={"en": "RecSys Weekly", "zh": "推荐周报"},
    cadence="weekly",
    languages=("en", "zh"),
    review=True,
)


def desk(database: Database, folder: Path, now: datetime = NOW) -> Context:
    """The context of a process with one weekly, which is held for review."""
    table = DigestTable(output=str(folder / "public"), database=f"sqlite:///{folder / 'digest.db'}")
    return Context(config=Config(digest=table, publications=(WEEKLY,)), database=database, now=now, fetcher=no_network)


def edition(week: int = 25, language: str = "en", continues: str | None = None) -> Issue:
    """An edition of a week, whose first thread continues that of another, or none."""
    issue = samples.english() if language == "en" else samples.chinese()
    threads = (replace(issue.threads[0], continues=continues), *issue.threads[1:])
    later = timedelta(weeks=week - 25)
    return replace(issue, period=f"2026-W{week}", date=issue.date + later, threads=threads)


def kept(context: Context, issue: Issue, state: IssueState) -> None:
    """Store an edition as a run would have: published ones without their files."""
    with context.database.write() as tx:
        span = period.week(issue.period)
        issues.save(tx, issue.publication, span, issue.language, encode(issue), issue.date, state)
        if state == "review":
            issues.hold(tx, issue.publication, issue.period, issue.language, context.now)


def target(week: int) -> Target:
    return Target(publication=WEEKLY, period=period.week(f"2026-W{week}"))


def file(context: Context, issue: Issue | str, name: str = "index.html") -> str:
    return (context.output / (issue if isinstance(issue, str) else issue.slug) / name).read_text("utf-8")


def after(context: Context, hours: float) -> Context:
    return replace(context, now=context.now + timedelta(hours=hours))
