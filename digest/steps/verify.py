"""Verify: every claim of a draft against the sources that it cites; what fails is repaired once, else dropped."""

from collections.abc import Sequence
from dataclasses import replace

from digest.domain.issue import Issue
from digest.steps.context import Context
from digest.steps.desk import Desk
from digest.steps.read import Reading
from digest.verify.claims import Failure
from digest.verify.claims import verify as check
from digest.write.repair import fall_back, mend
from digest.write.translate import translate

Checked = tuple[list[Issue], list[Failure]]


def verify(context: Context, drafts: Sequence[Issue], reading: Reading) -> Checked:
    """Check the drafts; return the verified issues, in their order, and the claims that were dropped.

    With a model, the editions after the first are translations of what held in the first, and are checked themselves.
    """
    context.say("verify", drafts[0].slug)
    if context.desk is None:
        return _checked(drafts, reading)
    (first,), failures = _checked([_repaired(context.desk, drafts[0], reading)], reading)
    others, lost = _checked([_translated(context.desk, first, frame, reading) for frame in drafts[1:]], reading)
    return [first, *others], [*failures, *lost]


def _checked(drafts: Sequence[Issue], reading: Reading) -> Checked:
    texts = reading.texts()
    pairs = [check(draft, texts) for draft in drafts]
    return [issue for issue, _ in pairs], [failure for _, failures in pairs for failure in failures]


def _repaired(desk: Desk, draft: Issue, reading: Reading) -> Issue:
    """Send each sentence that fails back to the model once, with the reason."""
    texts = reading.texts()
    _, failures = check(draft, texts)
    faults = {failure.claim.text: failure.verdict.fault for failure in failures}
    return desk.run(mend(draft, faults, texts, desk.model.ask))


def _translated(desk: Desk, issue: Issue, frame: Issue, reading: Reading) -> Issue:
    """Translate an edition; a sentence whose translation does not hold stays in the language of the first edition."""
    translated, notes = desk.run(translate(issue, frame.language, desk.model.ask, frame))
    _, failures = check(translated, reading.texts())
    held = fall_back(translated, {failure.claim.text for failure in failures}, issue)
    return replace(held, engine_notes=(*held.engine_notes, *notes))
