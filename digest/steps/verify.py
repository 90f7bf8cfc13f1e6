"""Verify: every claim of a draft against the sources that it cites; what fails is repaired once, else dropped."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from digest.domain.issue import Citation, Claim, Entry, Issue, ThreadSection
from digest.steps.context import Context
from digest.steps.desk import Desk
from digest.steps.read import Reading
from digest.steps.write import Written
from digest.verify.claims import Failure, verdict
from digest.verify.claims import verify as check
from digest.verify.verdicts import check as check_sentence
from digest.write.framing import headline, summary_of
from digest.write.repair import fall_back, mend
from digest.write.translate import translate

Checked = tuple[list[Issue], list[Failure]]


def verify(context: Context, written: Written, reading: Reading) -> Checked:
    """Check the drafts; return the verified issues, in their order, and the claims that were dropped.

    With a model, what fails twice in the first edition gives way to the local draft's sentence, and the editions after
    the first are translations of what held in it, and are checked themselves.
    """
    context.say("verify", written.drafts[0].slug)
    if context.desk is None or written.told is None:
        return _checked(written.drafts, reading)
    (first,), failures = _checked([_repaired(context.desk, written.told, written.drafts[0], reading)], reading)
    others = [_translated(context.desk, first, frame, reading) for frame in written.drafts[1:]]
    translated, lost = _checked(others, reading)
    return [first, *translated], [*failures, *lost]


def _checked(drafts: Sequence[Issue], reading: Reading) -> Checked:
    texts = reading.texts()
    pairs = [check(draft, texts) for draft in drafts]
    return [issue for issue, _ in pairs], [failure for _, failures in pairs for failure in failures]


def _repaired(desk: Desk, told: Issue, local: Issue, reading: Reading) -> Issue:
    """Send each sentence that fails back to the model once, with the reason; what fails again is the local draft's."""
    texts = reading.texts()
    _, failures = check(told, texts)
    faults = {failure.claim.text: failure.verdict.fault for failure in failures}
    mended = desk.run(mend(told, faults, texts, desk.ask))
    _, again = check(mended, texts)
    held = fall_back(mended, {failure.claim.text for failure in again}, local)
    held = replace(held, summary=summary_of(held.overview))  # what was mended stood in it as it was first told
    return _titled(held, local, texts)


def _translated(desk: Desk, issue: Issue, frame: Issue, reading: Reading) -> Issue:
    """Translate an edition; a sentence whose translation does not hold stays in the language of the first edition."""
    translated, notes = desk.run(translate(issue, frame.language, desk.ask, frame))
    _, failures = check(translated, reading.texts())
    held = fall_back(translated, {failure.claim.text for failure in failures}, issue)
    first = {entry.id: entry.reason for entry in issue.entries}
    mine = {entry.id: entry.reason for entry in frame.entries}
    entries = tuple(_reasoned(entry, first, mine, reading.texts()) for entry in held.entries)
    summary = summary_of(held.overview)
    held = replace(held, entries=entries, summary=summary, engine_notes=(*held.engine_notes, *notes))
    return _titled(held, frame, reading.texts())


def _reasoned(entry: Entry, first: Mapping[str, str], mine: Mapping[str, str], texts: Mapping[str, str]) -> Entry:
    """Let a translated reason stand where it says no more than the reason and the item do; else the frame's."""
    before = first.get(entry.id, "")
    if entry.reason == before:
        return entry
    said = check_sentence(entry.reason, {"reason": before, "text": texts.get(entry.id, "")})
    return entry if said.name == "supported" else replace(entry, reason=mine.get(entry.id, before))


def _titled(issue: Issue, base: Issue, texts: Mapping[str, str]) -> Issue:
    """Let a thread's title stand where its items carry it as they would a framing sentence; else the base's."""
    mine = {thread.id: thread.title for thread in base.threads}
    threads = tuple(
        thread if _carried(thread, mine, issue, texts) else replace(thread, title=mine[thread.id])
        for thread in issue.threads
    )
    if threads == issue.threads:
        return issue
    return replace(issue, threads=threads, headline=headline(threads, issue.entries, issue.language))


def _carried(thread: ThreadSection, mine: Mapping[str, str], issue: Issue, texts: Mapping[str, str]) -> bool:
    if thread.title == mine.get(thread.id, thread.title):
        return True
    cited = tuple(Citation(item=item) for item in thread.items)
    return verdict(Claim(kind="framing", text=thread.title, citations=cited), issue, texts).name == "supported"
