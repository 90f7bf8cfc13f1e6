"""Readers of a whole run: who chose what, and what they were sent."""

import re
from collections import Counter
from datetime import datetime
from itertools import combinations

from digest.store import readers
from digest.store.database import Database
from tests.deliver.sink import Sink

CHOICES = [(slug, language) for slug in ("ai-tech-daily", "ai-weekly", "recsys-weekly") for language in ("en", "zh")]
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
