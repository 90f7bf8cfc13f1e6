"""The figures of an issue and the sentences that state them, each recomputable from what the issue holds."""

from collections import Counter
from collections.abc import Mapping, Sequence

from digest.domain.issue import Citation, Claim, Entry, ThreadSection
from digest.domain.thread import Thread
from digest.write.phrases import counted, joined, phrase
from digest.write.plan import Material, Plan

_STATED = {
    "about_news": ("stories", "reports"),
    "about_tested": ("papers", "online"),
    "about_papers": ("papers",),
    "about_only_papers": ("papers",),
}
_RECEIPT = (Citation(item="receipt"),)


def counts(
    material: Material, plan: Plan, threads: Sequence[ThreadSection], entries: Sequence[Entry]
) -> dict[str, object]:
    """Count an issue: items read by kind, entries by stars, by thread, from industry, deployed, with online results."""
    by_id = {entry.id: entry for entry in entries}
    stars = Counter(entry.stars for entry in entries)
    facts = [entry.facts for entry in entries if entry.facts]
    return {
        "by_kind": {kind: material.read[kind] for kind in sorted(material.read)},
        "read": sum(material.read.values()),
        "entries": len(entries),
        "by_score": {str(n): stars[n] for n in range(5, 0, -1) if stars[n]},
        "featured": len(plan.featured),
        "papers": sum(entry.kind == "paper" for entry in entries),
        "industry": sum(fact.industry for fact in facts),
        "deployed": sum(fact.deployed for fact in facts),
        "with_online_results": sum(any(result.online for result in fact.results) for fact in facts),
        "threads": len(plan.threads),
        "by_thread": {thread.id: of_thread(thread.items, by_id) for thread in threads},
        "sources": len(material.receipt.sources),
    }


def of_thread(items: Sequence[str], entries: Mapping[str, Entry]) -> dict[str, int]:
    """Count a thread's stories, the reports that tell them, its papers, and those with online results."""
    mine = [entries[item] for item in items if item in entries]
    papers = [entry for entry in mine if entry.kind == "paper"]
    tested = [entry for entry in papers if entry.facts and any(result.online for result in entry.facts.results)]
    reports = sum(1 + len(entry.also_seen) for entry in mine)
    return {"stories": len(mine), "reports": reports, "papers": len(papers), "online": len(tested)}


def line_claim(place: int, thread: Thread, subject: str, figures: Mapping[str, object], language: str) -> Claim:
    """Say what an issue's first, second, ... line is: "Main line: coding agents, 3 stories in 17 reports".

    What earlier numbers told is left out before, so all stories of a thread that continues are new.
    """
    by_thread = figures["by_thread"]
    mine: Mapping[str, int] = by_thread[thread.id] if isinstance(by_thread, dict) else {}
    papers = mine["papers"] == mine["stories"]
    whole = papers and figures["papers"] == figures["entries"]
    name = "about_news" if not papers else "about_only_papers"
    if whole:
        name = "about_tested" if mine["online"] else "about_papers"
    further = "_again" if thread.continues else ""
    about = phrase(language, f"{name}{further}", subject=subject, all=figures["papers"], **mine)
    stated = {f"by_thread.{thread.id}.{key}": float(mine[key]) for key in _STATED[name]}
    stated |= {"papers": float(str(figures["papers"]))} if whole else {}
    text = phrase(language, f"line_{place}", about=about)
    return Claim(kind="computed", text=text, citations=_RECEIPT, figures=stated)


def read_claim(material: Material, figures: Mapping[str, object], language: str) -> Claim:
    """Say what was read: "21 articles (5 featured), 26 tweets and 1 podcast episode"."""
    featured = figures["featured"]
    kinds = [kind for kind in material.publication.kinds if material.read.get(kind)]
    parts = [
        counted(language, kind, material.read[kind])
        + (phrase(language, "featured", n=featured) if kind == "post" and featured else "")
        for kind in kinds
    ]
    stated: dict[str, float] = {f"by_kind.{kind}": material.read[kind] for kind in kinds}
    if featured and "post" in kinds:
        stated["featured"] = float(str(featured))
    return Claim(
        kind="computed",
        text=phrase(language, "read", kinds=joined(language, parts)),
        citations=_RECEIPT,
        figures=stated,
    )


def told_claim(figures: Mapping[str, object], language: str) -> Claim:
    """Say how many are told and how they were scored: "5 with 5 stars, 10 with 4 stars"."""
    by_score = figures["by_score"]
    stars = {str(k): int(v) for k, v in by_score.items()} if isinstance(by_score, dict) else {}
    parts = [phrase(language, "stars", stars=star, n=count) for star, count in stars.items()]
    entries = phrase(language, "entries", n=figures["entries"])
    text = phrase(language, "told", entries=entries, stars=joined(language, parts))
    stated = {"entries": float(str(figures["entries"]))} | {f"by_score.{k}": float(v) for k, v in stars.items()}
    return Claim(kind="computed", text=text, citations=_RECEIPT, figures=stated)


def industry_claim(figures: Mapping[str, object], language: str) -> Claim:
    """Say the share of industry among an issue's papers."""
    names = {"papers": "papers", "industry": "industry", "deployed": "deployed", "online": "with_online_results"}
    values = {key: int(str(figures[name])) for key, name in names.items()}
    text = phrase(language, "industry", **values | {"papers": counted(language, "paper", values["papers"])})
    stated = {name: float(values[key]) for key, name in names.items()}
    return Claim(kind="computed", text=text, citations=_RECEIPT, figures=stated)
