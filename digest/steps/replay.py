"""Replay: write an issue again from what the store holds, in a copy, and see what differs.

Every answer of a model is in the store under model, prompt and input; with calls forbidden the same edition comes out
to the byte, offline. With another model the copy shows what that one would have changed.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

from digest.domain.issue import Issue
from digest.llm.compare import Difference, compare
from digest.render.document import decode, encode
from digest.steps.context import Context, Target
from digest.store import copies, issues

_LOCAL = "local"

Compose = Callable[[Context, Target], Sequence[Issue]]


def replay(context: Context, target: Target, language: str, compose: Compose) -> tuple[bool, Difference]:
    """Compose a number again and compare an edition with the published one: are the bytes equal, and what differs.

    Receipt and cost are those of the run that made the edition. Raises LookupError when there is no such edition.
    """
    with context.database.read() as tx:
        stored = issues.get(tx, target.publication.slug, target.period.name, language)
    if stored is None:
        raise LookupError(target.name)
    before = decode(stored.document)
    desk = None if before.engine == _LOCAL and context.forbidden else context.desk
    again = replace(context, sample=before.sample, desk=desk)
    after = next((issue for issue in compose(again, target) if issue.language == language), None)
    if after is None:
        raise LookupError(f"{target.name}: the store holds nothing of its period any more")
    mended = replace(after, receipt=before.receipt, cost=before.cost)
    return encode(mended) == stored.document, compare(before, mended)


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
