"""Replay: write a number again from what the store holds, in a copy, and see what differs.

The record of a number holds every question to a model with its outcome, troubles too: the same edition comes out to the
byte, offline, also when the answers' cache was emptied. With another model the copy shows what that one would have
changed.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from digest.domain.issue import Issue
from digest.errors import StoreError
from digest.llm.cache import MemoryAnswers
from digest.llm.compare import Difference, compare
from digest.llm.replay import Record, pack, unpack
from digest.llm.settings import ModelSettings
from digest.render.document import decode, encode
from digest.steps.context import Context, Target
from digest.steps.desk import Desk
from digest.store import copies, issues, records
from digest.store.issues import StoredIssue

_LOCAL = "local"
_NOBODY = ModelSettings(base_url="", model_cheap="", model_best="")

Compose = Callable[[Context, Target], Sequence[Issue]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What came of a replay: are the bytes the same, what differs, how many questions the record does not hold."""

    same: bool
    difference: Difference
    missing: int = 0


def replay(context: Context, target: Target, language: str, compose: Compose, live: Desk | None = None) -> Replayed:
    """Compose a number again and compare an edition with the one that is kept.

    With a `live` desk its model writes, else the record, else (no record: made before there were any) the answers'
    cache. Receipt and cost are those of the run that made the edition. Raises LookupError without such an edition,
    StoreError where the store holds nothing of its period, or a damaged record.
    """
    with context.database.read() as tx:
        stored = issues.get(tx, target.publication.slug, target.period.name, language)
    if stored is None:
        raise LookupError(target.name)
    if live is not None:
        return _replayed(replace(context, desk=live), target, stored, compose)
    record = recorded(context, target)
    if record is None:
        cached = None if decode(stored.document).engine == _LOCAL else context.desk
        return _replayed(replace(context, desk=cached), target, stored, compose)
    with Desk(_NOBODY, MemoryAnswers(), context.now, forbidden=True, record=record) as desk:
        return _replayed(replace(context, desk=desk), target, stored, compose)


def record_of(context: Context) -> bytes | None:
    """Return the record of the number at work, to be kept beside it; None where no model is asked."""
    return pack(context.desk.record) if context.desk else None


def recorded(context: Context, target: Target) -> Record | None:
    """Return the record of a number that was made before. Raises StoreError for one that can't be read."""
    with context.database.read() as tx:
        data = records.get(tx, target.publication.slug, target.period.name)
    try:
        return unpack(data) if data else None
    except Exception as error:  # zlib's, json's and our own: whatever is wrong with those bytes
        raise StoreError(f"{target.name}: its record of model calls is damaged; make the number again") from error


def lines(found: Difference) -> Iterator[str]:
    """Yield what differs, as people read it."""
    for name in found.__dataclass_fields__:
        for each in getattr(found, name):
            yield f"{name.replace('_', ' ')}: {' -> '.join(map(str, each)) if isinstance(each, tuple) else each}"


@contextmanager
def scratch(context: Context, opened: Callable[[str], AbstractContextManager[Context]]) -> Iterator[Context]:
    """Give a context on a copy of the database, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        copies.backup(context.config.digest.database, copy)
        with opened(f"sqlite:///{copy}") as there:
            yield there


def _replayed(context: Context, target: Target, stored: StoredIssue, compose: Compose) -> Replayed:
    before = decode(stored.document)
    again = compose(replace(context, sample=before.sample), target)
    after = next((issue for issue in again if issue.language == before.language), None)
    if after is None:
        raise StoreError(f"{target.name}: the store holds nothing of its period any more; run: digest restore")
    mended = replace(after, receipt=before.receipt, cost=before.cost)
    missing = context.desk.missing if context.desk else 0
    return Replayed(same=encode(mended) == stored.document, difference=compare(before, mended), missing=missing)
