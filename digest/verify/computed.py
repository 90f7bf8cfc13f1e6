"""Whether the figures that an issue states of itself recompute from what it holds."""

import re
from collections import Counter
from collections.abc import Mapping

from digest.domain.issue import Claim, Issue, ThreadSection, Verdict
from digest.quantity import quantities

_SUPPORTED = Verdict(name="supported")


def check_computed(claim: Claim, issue: Issue) -> Verdict:
    """Recompute each figure that a claim states, and see that its text states no other number.

    `figures` names counts by dotted path ("by_score.5"). Those that the issue itself shows (entries, stars, papers,
    industry, deployed, online results) are counted anew from its entries; the others are taken from `counts`.
    """
    if not claim.figures:
        return Verdict(name="not found", fault="figures")
    anew = recounted(issue)
    for path, stated in claim.figures.items():
        held = _at(issue.counts, path)
        truth = anew.get(path, held)
        if truth is None:
            return Verdict(name="not found", fault="figures", evidence=path)
        if truth != stated or held not in {None, stated}:
            return Verdict(name="contradicted", fault="number", evidence=f"{path} = {truth:g}")
    return _numbers(claim)


def recounted(issue: Issue) -> dict[str, float]:
    """Count what an issue shows of itself, by the paths that claims use."""
    facts = [entry.facts for entry in issue.entries if entry.facts]
    stars = Counter(entry.stars for entry in issue.entries)
    return {
        "entries": float(len(issue.entries)),
        "papers": float(sum(entry.kind == "paper" for entry in issue.entries)),
        "industry": float(sum(fact.industry for fact in facts)),
        "deployed": float(sum(fact.deployed for fact in facts)),
        "with_online_results": float(sum(any(result.online for result in fact.results) for fact in facts)),
        **{f"by_score.{star}": float(count) for star, count in stars.items()},
        **{
            f"by_thread.{t.id}.{name}": float(count) for t in issue.threads for name, count in _within(t, issue).items()
        },
    }


def _within(thread: ThreadSection, issue: Issue) -> dict[str, int]:
    """Count a thread's stories, the reports that tell them, its papers, and those with online results."""
    mine = [entry for entry in issue.entries if entry.id in thread.items]
    papers = [entry for entry in mine if entry.kind == "paper"]
    tested = [entry for entry in papers if entry.facts and any(result.online for result in entry.facts.results)]
    reports = sum(1 + len(entry.also_seen) for entry in mine)
    return {"stories": len(mine), "reports": reports, "papers": len(papers), "online": len(tested)}


def _at(counts: Mapping[str, object], path: str) -> float | None:
    value: object = counts
    for part in path.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    return float(value) if isinstance(value, int | float) else None


def _numbers(claim: Claim) -> Verdict:
    """Every number of the text is one of the figures, or part of a figure's own name ("5 stars")."""
    allowed = set(claim.figures.values())
    allowed |= {float(n) for path in claim.figures for n in re.findall(r"\d+", path)}
    for quantity in quantities(claim.text):
        if re.search(r"\d", quantity.text) and quantity.value not in allowed:
            return Verdict(name="not found", fault="number", evidence=quantity.text)
    return _SUPPORTED
