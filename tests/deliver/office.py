"""A configured process with one published issue, for tests that send it."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from digest import period
from digest.config import Config, DigestTable, MailTable
from digest.domain.issue import Issue, Publication, Receipt
from digest.fetch.client import Fetcher
from digest.render.document import encode
from digest.steps.context import Context
from digest.store import issues, readers
from digest.store.database import Database
from digest.store.deliveries import Edition
from tests.store.made import HOUR, MONDAY

SECRET = "a secret of the tests"
EDITION = Edition(publication="weekly", period="2026-W25", language="en")
CHOICE = ("weekly", "en")
NOW = MONDAY + 8 * 24 * HOUR
PUBLISHED = MONDAY + 7 * 24 * HOUR + 7 * HOUR

_MAIL = '<p>推荐</p><p><a href="https://unsubscribe.invalid/">leave</a> <a href="https://preferences.invalid/">change</a></p>'


def office(database: Database, folder: Path, url: str = "", now: datetime = NOW, connections: int = 2) -> Context:
    """The context of a process whose mail goes to a URL."""
    config = Config(
        digest=DigestTable(output=str(folder / "public"), site_url="https://news.e.org"),
        mail=MailTable(smtp_url=url, sender="RecSys Weekly <news@e.org>", connections=connections),
        publications=(
            Publication(
                slug="weekly",
                titles={"en": "RecSys Weekly", "zh": "推荐周报"},
                cadence="weekly",
                languages=("en", "zh"),
            ),
            Publication(slug="daily", titles={"en": "AI Daily"}, cadence="daily"),
        ),
    )
    return Context(config=config, database=database, now=now, fetcher=no_network)


def later(context: Context, by: Callable[[datetime], datetime]) -> Context:
    """The same process at another time."""
    return replace(context, now=by(context.now))


def publish(context: Context, edition: Edition = EDITION, body: str = "") -> None:
    """Store an edition and write its mail."""
    issue = Issue(
        publication=edition.publication,
        title="RecSys Weekly",
        headline="OneRank, and what follows",
        period=edition.period,
        cadence="weekly",
        language=edition.language,
        date=PUBLISHED,
        summary="",
        engine="local",
        overview=(),
        threads=(),
        sections=(),
        entries=(),
        counts={},
        receipt=Receipt(),
    )
    with context.database.write() as tx:
        issues.save(tx, "weekly", period.week(edition.period), edition.language, encode(issue), PUBLISHED, "published")
    folder = context.output / edition.publication / edition.period / edition.language
    folder.mkdir(parents=True)
    (folder / "mail.html").write_text(_MAIL + body, "utf-8")
    (folder / "mail.txt").write_text(
        "Leave: https://unsubscribe.invalid/\nChange: https://preferences.invalid/\n", "utf-8"
    )


def subscribe(context: Context, *addresses: str, since: datetime = MONDAY) -> None:
    """Add confirmed readers of the English weekly."""
    with context.database.write() as tx:
        for address in addresses:
            readers.confirm(tx, readers.add(tx, address, since).id, [CHOICE], since)


def no_network() -> AbstractAsyncContextManager[Fetcher]:
    """Fail: the process of such a test has no business on the network."""
    raise AssertionError("this test never asks the network")
