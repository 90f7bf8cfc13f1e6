"""Verify: every claim of a draft against the sources that it cites; what fails is dropped."""

from collections.abc import Mapping, Sequence

from digest.domain.issue import Issue
from digest.steps.context import Context
from digest.steps.read import Reading
from digest.verify.claims import Failure
from digest.verify.claims import verify as check


def verify(context: Context, drafts: Sequence[Issue], reading: Reading) -> tuple[list[Issue], list[Failure]]:
    """Check each draft; return the verified issues and the claims that were dropped."""
    texts = sources_of(reading)
    issues: list[Issue] = []
    failures: list[Failure] = []
    for draft in drafts:
        context.say("verify", draft.slug)
        checked, failed = check(draft, texts)
        issues.append(checked)
        failures += failed
    return issues, failures


def sources_of(reading: Reading) -> Mapping[str, str]:
    """Return the text by item id against which claims are checked: title, then text."""
    return {item.id: f"{item.title}\n{item.text}" for item in reading.items}
