"""Verify: every claim of a draft against the sources that it cites; what fails is repaired once, else dropped."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import replace

from digest.domain.issue import Claim, Issue
from digest.llm.compare import claims
from digest.steps.context import Context
from digest.steps.desk import Desk
from digest.steps.read import Reading
from digest.verify.claims import Failure
from digest.verify.claims import verify as check
from digest.write.mend import mended
from digest.write.repair import repair
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
    asked = [repair(f.claim, f.verdict.fault, texts, desk.model.ask, draft.language) for f in failures]
    answers = desk.run(_all(asked))
    return mended(draft, {f.claim.text: better for f, better in zip(failures, answers, strict=True) if better})


async def _all(asked: Sequence[Awaitable[Claim | None]]) -> list[Claim | None]:
    return list(await asyncio.gather(*asked))


def _translated(desk: Desk, issue: Issue, frame: Issue, reading: Reading) -> Issue:
    """Translate an edition; a sentence whose translation does not hold stays in the language of the first edition."""
    translated, notes = desk.run(translate(issue, frame.language, desk.model.ask, frame))
    _, failures = check(translated, reading.texts())
    failed = {failure.claim.text for failure in failures}
    pairs = zip(claims(issue), claims(translated), strict=False)
    kept = {other.text: one for one, other in pairs if other.text in failed and one.kind != "computed"}
    return replace(mended(translated, kept), engine_notes=(*translated.engine_notes, *notes))
