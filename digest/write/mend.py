"""Claims of a draft put in the place of others."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from digest.domain.issue import Claim, Issue


def mended(issue: Issue, repaired: Mapping[str, Claim]) -> Issue:
    """Return a draft with some sentences replaced, wherever they stand; `repaired` goes by the text that failed."""

    def those(claims: Sequence[Claim]) -> tuple[Claim, ...]:
        return tuple(repaired.get(claim.text, claim) for claim in claims)

    return replace(
        issue,
        overview=those(issue.overview),
        threads=tuple(
            replace(t, thesis=those([t.thesis])[0] if t.thesis else None, claims=those(t.claims)) for t in issue.threads
        ),
        sections=tuple(replace(section, claims=those(section.claims)) for section in issue.sections),
        entries=tuple(replace(entry, summary=those(entry.summary)) for entry in issue.entries),
    )
