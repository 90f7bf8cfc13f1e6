"""An issue's claims, each checked by its kind: the supported ones keep their verdict, the others leave the issue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from digest.domain.issue import Claim, Entry, Issue, Section, ThreadSection, Verdict
from digest.names import is_named
from digest.text import one_line
from digest.verify.computed import check_computed
from digest.verify.framing import check_framing
from digest.verify.sentences.reading import read
from digest.verify.verdicts import check

_Keep = Callable[[str, tuple[Claim, ...]], tuple[Claim, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A claim that left the issue.

    `place` is where it stood: "overview", "thesis <thread>", "thread <id>", "section <slug>" or "entry <item>".
    """

    place: str
    claim: Claim
    verdict: Verdict


def verify(issue: Issue, sources: Mapping[str, str]) -> tuple[Issue, tuple[Failure, ...]]:
    """Check every claim of an issue against the texts of its items, by item id.

    Returns the issue with the supported claims alone, each with its verdict, and what failed with the reason, in the
    order of the issue, so that the writer may mend it once. A failed thesis becomes None; what failed also leaves
    the issue's `summary`.
    """
    failures: list[Failure] = []

    def keep(place: str, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        checked = [replace(claim, verdict=verdict(claim, issue, sources)) for claim in claims]
        failures.extend(
            Failure(place=place, claim=claim, verdict=claim.verdict)
            for claim in checked
            if claim.verdict and not _holds(claim)
        )
        return tuple(claim for claim in checked if _holds(claim))

    overview = keep("overview", issue.overview)
    threads = tuple(_thread(thread, keep) for thread in issue.threads)
    sections = tuple(_section(section, keep) for section in issue.sections)
    entries = tuple(_entry(entry, keep) for entry in issue.entries)
    mended = replace(issue, overview=overview, threads=threads, sections=sections, entries=entries)
    return replace(mended, summary=_summary(issue.summary, failures)), tuple(failures)


def verdict(claim: Claim, issue: Issue, sources: Mapping[str, str]) -> Verdict:
    """Check one claim by its kind; none may hold a URL, a Markdown link or a domain that names nobody it cites."""
    cited = [sources[citation.item] for citation in claim.citations if citation.item in sources]
    links = [link for link in read(claim.text).links if not is_named(link, cited)]
    if links:
        return Verdict(name="not found", fault="link", evidence=links[0])
    if claim.kind == "computed":
        return check_computed(claim, issue)
    if claim.kind == "framing":
        return check_framing(claim, sources)
    return _quoted(claim, sources)


def _quoted(claim: Claim, sources: Mapping[str, str]) -> Verdict:
    """Every citation names a source and quotes it to the letter; the text says no more than these sources do."""
    if not claim.citations:
        return Verdict(name="not found", fault="citations")
    for citation in claim.citations:
        source = sources.get(citation.item)
        if source is None:
            return Verdict(name="not found", fault="source", evidence=citation.item)
        if not citation.quote.strip() or one_line(citation.quote) not in one_line(source):
            return Verdict(name="not found", fault="quotation", evidence=citation.quote)
    return check(claim.text, {citation.item: sources[citation.item] for citation in claim.citations})


def _holds(claim: Claim) -> bool:
    return claim.verdict is not None and claim.verdict.name == "supported"


def _thread(thread: ThreadSection, keep: _Keep) -> ThreadSection:
    thesis = keep(f"thesis {thread.id}", (thread.thesis,)) if thread.thesis else ()
    return replace(thread, thesis=thesis[0] if thesis else None, claims=keep(f"thread {thread.id}", thread.claims))


def _section(section: Section, keep: _Keep) -> Section:
    return replace(section, claims=keep(f"section {section.slug}", section.claims))


def _entry(entry: Entry, keep: _Keep) -> Entry:
    return replace(entry, summary=keep(f"entry {entry.id}", entry.summary))


def _summary(summary: str, failures: list[Failure]) -> str:
    for failure in failures:
        summary = summary.replace(failure.claim.text, "")
    return one_line(summary)
