"""Readers of a whole run: who chose what, and what they were sent; and of one number of the sample week."""

import re
from collections import Counter
from datetime import datetime
from itertools import combinations
from pathlib import Path

from digest.store import readers
from digest.store.database import Database
from digest.store.deliveries import Edition
from tests.deliver.sink import Sink
from tests.whole.origin import at

CHOICES = [(slug, language) for slug in ("ai-tech-daily", "ai-weekly", "recsys-weekly") for language in ("en", "zh")]
EDITION = Edition(publication="recsys-weekly", period="2026-W25", language="en")
ISSUE = EDITION.slug
_NUMBER = re.compile(rb"^Message-ID: <\d+\.([a-z-]+)\.([\dW-]+)\.(en|zh)[.@]", re.MULTILINE | re.IGNORECASE)
Post = tuple[str, str, str, str]


def subscribe(database: Database, count: int, now: datetime) -> dict[str, list[tuple[str, str]]]:
    """Confirm readers, each with choices of their own: one to six of the six editions, in turn."""
    sets = [list(chosen) for size in range(1, 7) for chosen in combinations(CHOICES, size)]
    wanted = {f"reader{n}@e.org": sets[n * 7 % len(sets)] for n in range(count)}
    with database.write() as tx:
        for address, chosen in wanted.items():
            readers.confirm(tx, readers.add(tx, address, now).id, chosen, now)
    return wanted


def mailing(folder: Path, smtp: str, count: int, *, connections: int = 4, site: str = "https://news.e.org") -> None:
    """Let the folder's sample week be mailed: mail.toml, and so many confirmed readers r<n>@e.org of ISSUE."""
    (folder / "mail.toml").write_text(
        f"""[digest]
database = "sqlite:///sample/digest.db"
output = "sample/public"
site_url = "{site}"
[mail]
smtp_url = "{smtp}"
from = "Digest <news@e.org>"
connections = {connections}
[[publication]]
slug = "recsys-weekly"
""",
        encoding="utf-8",
    )
    since = at("2026-06-01T00:00")
    with Database.open(f"sqlite:///{folder / 'sample/digest.db'}") as database, database.write() as tx:
        for n in range(count):
            readers.confirm(tx, readers.add(tx, f"r{n}@e.org", since).id, [(EDITION.publication, "en")], since)


def expected(wanted: dict[str, list[tuple[str, str]]], periods: dict[str, list[str]]) -> Counter[Post]:
    """Return what each reader has to get: every period of each chosen edition, once."""
    return Counter(
        (address, slug, period, language)
        for address, chosen in wanted.items()
        for slug, language in chosen
        for period in periods[slug]
    )


def received(sink: Sink) -> Counter[Post]:
    """Count what arrived at the mail server, by address and the edition that the Message-ID names."""
    return Counter((address, *_edition(content)) for address, content in sink.messages)


def _edition(content: bytes) -> tuple[str, str, str]:
    found = _NUMBER.search(content.partition(b"\r\n\r\n")[0])
    assert found, content[:800]
    return found[1].decode(), found[2].decode(), found[3].decode()
