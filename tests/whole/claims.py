"""An issue's prose held against its sources, by the program's own verdict and by plain reading beside it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from digest.domain.issue import Claim, Issue
from digest.period import week
from digest.render.document import decode
from digest.store import items
from digest.store.database import Database
from digest.verify.claims import verdict

LIES = (
    "evil.example", "evil.com", "This changes everything", "said the founder", "9999.9999", "Netflix says",
    "by 41%", "Obeyed:", "talk about the weather",
)  # fmt: skip
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_FIGURE = re.compile(r"(?<![\w.-])\d")  # "RankGraph-2" is a name
_QUOTED = re.compile(r"[“「]([^”」]+)[”」]")
_FIRMS = re.compile(r"\b(?:Meta|Google|Alibaba|Tencent|Kuaishou|Pinterest|Netflix)\b")
_BOUNDS = {
    "up to": r"up to|as much as|最多|高达|至多|可达", "at least": r"at least|至少|不少于",
    "about": r"about|around|约|大约|近", "nearly": r"nearly|almost|近|接近", "over": r"over|more than|超过|逾|多于",
}  # fmt: skip
_BOUND = re.compile(rf"\b({'|'.join(_BOUNDS)})\s+[$€£+\-]?(\d+(?:[.,]\d+)*)", re.IGNORECASE)
_LINK = re.compile(r"https?:|www\.|\]\(")


def editions(public: Path, publication: str = "*") -> dict[str, Issue]:
    """Read the editions of a folder, by their address."""
    found = sorted(public.glob(f"{publication}/*/*/issue.json"))
    return {str(path.parent.relative_to(public)): decode(path.read_bytes()) for path in found}


def sources(database: Path) -> dict[str, str]:
    """Return the text of each item of the week, by its id: the title, then the text."""
    whole = week("2026-W25")
    with Database.open(f"sqlite:///{database}", create=False) as opened, opened.read() as tx:
        return {item.id: f"{item.title}\n{item.text}" for item in items.between(tx, whole.start, whole.end)}


def claims(issue: Issue) -> Iterator[Claim]:
    """Yield every sentence of an issue that is a claim."""
    yield from issue.overview
    for thread in issue.threads:
        yield from thread.claims
        if thread.thesis:
            yield thread.thesis
    for section in issue.sections:
        yield from section.claims
    for entry in issue.entries:
        yield from entry.summary


def faults(issue: Issue, texts: Mapping[str, str]) -> list[str]:
    """List what an issue says that its sources do not."""
    return [fault for claim in claims(issue) for fault in _faults(claim, issue, texts)]


def told_lies(public: Path) -> list[str]:
    """List the lies of the fake model that stand in any published file."""
    files = [path for path in sorted(public.rglob("*")) if path.is_file()]
    texts = {path: path.read_text("utf-8", "replace") for path in files}
    return [f"{path}: {lie}" for path, text in texts.items() for lie in LIES if lie in text]


def _faults(claim: Claim, issue: Issue, texts: Mapping[str, str]) -> Iterator[str]:
    judged = verdict(claim, issue, texts)
    if judged.name != "supported":
        yield f"{judged.name} ({judged.fault}): {claim.text}"
    if _LINK.search(claim.text):
        yield f"a link: {claim.text}"
    if claim.kind == "computed":
        return
    cited = [citation for citation in claim.citations if citation.item in texts]
    if len(cited) != len(claim.citations) or not cited:
        yield f"cites what is not there: {claim.text}"
    ground = " ".join(texts[citation.item] for citation in cited)
    yield from (f"not quoted to the letter: {c.quote}" for c in cited if c.quote not in texts[c.item])
    yield from (f"number {n}: {claim.text}" for n in sorted(_numbers(claim.text) - _numbers(ground)))
    yield from (f"quotation {q}: {claim.text}" for q in _QUOTED.findall(claim.text) if _plain(q) not in _plain(ground))
    yield from (f"firm {name}: {claim.text}" for name in _FIRMS.findall(claim.text) if name not in ground)
    yield from (f"{bound} is missing: {claim.text}" for bound in _unbound(claim, ground))
    if claim.kind == "framing" and _FIGURE.search(claim.text):
        yield f"a figure in framing: {claim.text}"


def _numbers(text: str) -> set[str]:
    return {number.replace(",", "") for number in _NUMBER.findall(text)}


def _unbound(claim: Claim, ground: str) -> Iterator[str]:
    """Yield what bounds a figure wherever the cited items state it, and not in the claim."""
    for bound, number in dict.fromkeys((m[1].lower(), m[2]) for m in _BOUND.finditer(ground)):
        figure = rf"(?<![\d.,]){re.escape(number)}(?![\d]|[.,]\d)"
        always = len(re.findall(rf"\b{bound}\s+[$€£+\-]?{figure}", ground, re.IGNORECASE))
        if always == len(re.findall(figure, ground)) and re.search(figure, claim.text):
            told = re.search(rf"(?:{_BOUNDS[bound]})[^.;。；]{{0,12}}?{figure}", claim.text, re.IGNORECASE)
            if not told:
                yield f"{bound} {number}"


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().lower()
