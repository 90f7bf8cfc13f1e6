"""Verify: every claim of a draft against the sources that it cites; what fails is repaired once, else dropped."""

from collections.abc import Sequence
from dataclasses import replace

from digest.domain.issue import Issue
from digest.steps.context import Context
from digest.steps.desk import Desk
from digest.steps.read import Reading
from digest.verify.claims import Failure
from digest.verify.claims import verify as check
from digest.write.translate import translate

Checked = tuple[list[Issue], list[Failure]]


def verify(context: Context, drafts: Sequence[Issue], reading: Reading) -> Checked:
    """Check the drafts; return the verified issues, in their order, and the claims that were dropped.

    With a model, the editions after the first are translations of what held in the first, and are checked themselves.
    """
    context.say("verify", drafts[0].slug)
    if context.desk is None:
        return _checked(drafts, reading)
    (first,), failures = _checked(drafts[:1], reading)
    others, lost = _checked([_translated(context.desk, first, frame) for frame in drafts[1:]], reading)
    return [first, *others], [*failures, *lost]


def _checked(drafts: Sequence[Issue], reading: Reading) -> Checked:
    texts = reading.texts()
    pairs = [check(draft, texts) for draft in drafts]
    return [issue for issue, _ in pairs], [failure for _, failures in pairs for failure in failures]


def _translated(desk: Desk, issue: Issue, frame: Issue) -> Issue:
    translated, notes = desk.run(translate(issue, frame.language, desk.model.ask, frame))
    return replace(translated, engine_notes=(*translated.engine_notes, *notes))
