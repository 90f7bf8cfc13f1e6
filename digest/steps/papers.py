"""Papers: the full text of those chosen for a number, from arXiv's HTML, else the TeX source, else the PDF."""

import asyncio
import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

from digest.config import ArxivTable
from digest.domain.facts import Facts
from digest.domain.issue import Entry, Figure, Issue, Receipt
from digest.domain.item import Item
from digest.fetch.client import Fetcher
from digest.fetch.model import Failure, Request, Response
from digest.names import is_company
from digest.read.document import Format, Paper
from digest.read.paper import home_of, may_show, own_code, paper_of, venue, work
from digest.read.paper_results import live_results
from digest.sandbox import Bounds, Killed, Sandbox
from digest.steps.cluster import Clustered
from digest.steps.context import Context, Target
from digest.steps.read import Reading
from digest.steps.robots import Rules, agent_of, rules_of
from digest.store import papers as stored
from digest.store.papers import FullText

_TRY_AGAIN = timedelta(hours=20)
_LONGEST_S = 150.0  # what is not asked for by then is asked for by the next run
_PAPER_S = 30.0
_SLOWEST_GAP_S = 15.0
_MOST_BYTES = 30_000_000
_BOUNDS = Bounds(cpu_s=20.0, wall_s=40.0, memory=1_200_000_000)
_UNREACHABLE = frozenset({"connect", "timeout", "address", "busy"})
_SAID = {
    "en": "papers: full text of {n} of {m}; the rest from the abstract",
    "zh": "论文：{m} 篇中读了 {n} 篇全文，其余仅据摘要",
}
_NOT_ASKED = {
    "en": "papers: read from the abstract; full texts were not asked for",
    "zh": "论文：仅据摘要，未取全文",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FullTexts:
    """What the full texts add to a number.

    `reading` is what was read, with the company that stands before the abstract where the abstract names none.
    `papers` go by the id of the item that speaks for a work; `wanted` counts the papers of the number.
    """

    reading: Reading
    papers: Mapping[str, FullText] = field(default_factory=dict)
    wanted: int = 0
    asked: bool = True


@dataclass(slots=True)
class _Reader:
    """What one round of asking works with; a host's robots.txt is asked for once."""

    context: Context
    fetcher: Fetcher
    sandbox: Sandbox
    rules: dict[str, Rules] = field(default_factory=dict)


def papers(context: Context, target: Target, reading: Reading, clustered: Clustered, *, ask: bool) -> FullTexts:
    """Add what the chosen papers' full texts say: company, code, figure; the first `full_texts` of them are asked for.

    Which papers deserve it is decided on the abstracts alone, so that a number comes out the same when it is made
    again. `ask` lets texts be fetched that were not before; those that failed are tried again the next day.
    """
    leads = [work.lead for story in clustered.choice.kept for work in story.works if _arxiv_name(work.lead)]
    if not leads:
        return FullTexts(reading=reading)
    asked = _asked(context)
    chosen = leads[: context.config.arxiv.full_texts] if asked else []
    known = _known(context, chosen)
    missing = [lead for lead in chosen if _again(known.get(lead.id), lead, context)]
    if ask and missing:
        context.say("full texts", target.name)
        asyncio.run(_ask(context, missing))
        known = _known(context, chosen)
    found = {item: text for item, text in known.items() if text.state == "read"}
    return FullTexts(reading=_with_homes(reading, found), papers=found, wanted=len(leads), asked=asked)


def dressed(issues: Sequence[Issue], full: FullTexts) -> list[Issue]:
    """Give the entries of finished editions their venue, figure and code; say in the receipt what was read."""
    if not full.wanted:
        return list(issues)
    return [replace(issue, entries=_entries(issue, full), receipt=_receipt(issue, full)) for issue in issues]


def _entries(issue: Issue, full: FullTexts) -> tuple[Entry, ...]:
    """Dress each entry; where the authors say that their paper appears stands behind its source."""
    said = {item.id: venue(item.extra.get("comment", "")) for item in full.reading.items if item.kind == "paper"}
    placed = [
        replace(one, source_title=f"{one.source_title}, {said[one.id]}") if said.get(one.id) else one
        for one in issue.entries
    ]
    return tuple(_dressed(one, full.papers[one.id]) if one.id in full.papers else one for one in placed)


def _dressed(entry: Entry, text: FullText) -> Entry:
    paper = paper_of(dict(text.document))
    if not isinstance(paper, Paper):
        return entry
    code = [link for link in own_code(paper)[:1] if link not in entry.also_seen]
    return replace(entry, figure=_figure(paper, text, entry), also_seen=(*entry.also_seen, *code))


def _figure(paper: Paper, text: FullText, entry: Entry) -> Figure | None:
    """Return the figure that shows the architecture: the picture itself only where the licence allows it."""
    if paper.picture is None:
        return None
    page = text.page if paper.format == "html" else entry.url
    image = urljoin(text.page, paper.picture.image) if paper.format == "html" else ""
    shown = image if may_show(paper.license) and urlsplit(image).scheme in {"http", "https"} else ""
    return Figure(page=page, caption=paper.picture.caption, url=shown, license=paper.license if shown else "")


def _receipt(issue: Issue, full: FullTexts) -> Receipt:
    said = _SAID if full.asked else _NOT_ASKED
    line = said.get(issue.language, said["en"]).format(n=len(full.papers), m=full.wanted)
    return replace(issue.receipt, notes=(*issue.receipt.notes, line))


def _asked(context: Context) -> bool:
    """Whether full texts may be asked for: not for a sample, and not of arXiv for what a copy of it listed."""
    table, usual = context.config.arxiv, ArxivTable()
    elsewhere = table.api_url != usual.api_url and table.html_url == usual.html_url
    return table.full_texts > 0 and not context.sample and not elsewhere


def _arxiv_name(item: Item) -> str:
    if item.kind != "paper" or "withdrawn" in item.flags:
        return ""
    return next((key.removeprefix("arxiv:") for key in item.keys if key.startswith("arxiv:")), "")


def _known(context: Context, chosen: Sequence[Item]) -> dict[str, FullText]:
    with context.database.read() as tx:
        return stored.of(tx, [lead.id for lead in chosen])


def _again(known: FullText | None, lead: Item, context: Context) -> bool:
    if known is None or known.version != _version(lead):
        return True
    return known.state == "failed" and context.now - known.at >= _TRY_AGAIN


def _version(lead: Item) -> str:
    return lead.extra.get("version", "")


def _with_homes(reading: Reading, found: Mapping[str, FullText]) -> Reading:
    """Take the company from before the abstract where the abstract names none; the line that names it is evidence."""
    facts = dict(reading.facts)
    lines: dict[str, str] = {}
    for item, text in found.items():
        before = facts.get(item, Facts(item=item))
        if text.company and not before.company:
            facts[item] = replace(
                before, company=text.company, company_quote=text.company_quote, industry=is_company(text.company)
            )
            lines[item] = text.company_quote
    items = tuple(_signed(item, lines[item.id]) if item.id in lines else item for item in reading.items)
    return replace(reading, facts=facts, items=items)


def _signed(item: Item, line: str) -> Item:
    return replace(item, text=f"{item.text}\n{line}")


async def _ask(context: Context, leads: Sequence[Item]) -> None:
    """Ask for papers one after the other, each kept as it comes; an origin that can't be reached is left alone."""
    begun = time.monotonic()
    async with context.fetcher() as fetcher, Sandbox(_BOUNDS, size=1) as sandbox:
        reader = _Reader(context, fetcher, sandbox)
        for lead in leads:
            if time.monotonic() - begun > _LONGEST_S:
                return
            found, reached = await _paper(reader, lead)
            with context.database.write() as tx:
                stored.save(tx, found)
            if not reached:
                return


async def _paper(reader: _Reader, lead: Item) -> tuple[FullText, bool]:
    """Try the formats in turn; return what came of it, and whether the origin answered at all."""
    table, name, version = reader.context.config.arxiv, _arxiv_name(lead), _version(lead)
    doors: dict[Format, str] = {"html": table.html_url, "tex": table.eprint_url, "pdf": table.pdf_url}
    nothing = FullText(item=lead.id, version=version, state="none", at=reader.context.now)
    troubles: list[str] = []
    for kind, door in doors.items():
        url = f"{door.rstrip('/')}/{name}{f'v{version}' if version else ''}"
        answer = await _fetched(reader, url)
        if isinstance(answer, Response):
            read = await _read(reader, lead, answer, kind)
            if isinstance(read, FullText):
                return read, True
            troubles.append(f"{kind}: {read}")
        else:
            troubles.append(f"{kind}: {answer.message}")
            if answer.kind in _UNREACHABLE:
                return replace(nothing, state="failed", note="; ".join(troubles)), False
    return replace(nothing, note="; ".join(troubles)), True


async def _fetched(reader: _Reader, url: str) -> Response | Failure:
    """Ask for one format, at arXiv's pace and where robots.txt lets us."""
    parts = urlsplit(url)
    host = f"{parts.scheme}://{parts.netloc}"
    if host not in reader.rules:
        reader.rules[host] = await rules_of(reader.fetcher, host)
    rules, agent = reader.rules[host], agent_of(reader.context.config.fetch.user_agent)
    if rules.text is None:
        return Failure(kind="connect", message=f"{host}/robots.txt could not be read")
    if not rules.allows(url, agent):
        return Failure(kind="status", message="robots.txt refuses it")
    gap = max(reader.context.config.arxiv.delay_s, rules.gap_s(agent, _SLOWEST_GAP_S))
    request = Request(
        url=url, fresh=True, attempts=1, timeout_s=_PAPER_S, min_gap_s=gap, patience_s=gap, max_bytes=_MOST_BYTES
    )
    return await reader.fetcher.fetch(request)


async def _read(reader: _Reader, lead: Item, answer: Response, kind: Format) -> FullText | str:
    """Read an answer in a worker; a text of trouble where it holds no paper."""
    said = await reader.sandbox.run(work, answer.body, format=kind)
    if isinstance(said, Killed):
        return f"reading was stopped: {said.message}"
    paper = paper_of(said)
    if not isinstance(paper, Paper):
        return paper.reason
    company, line = home_of(paper.front)
    return FullText(
        item=lead.id,
        version=_version(lead),
        state="read",
        at=reader.context.now,
        page=answer.url,
        sha256=hashlib.sha256(answer.body).hexdigest(),
        company=company,
        company_quote=line,
        document=asdict(paper),
        results=tuple(
            asdict(found.result) | {"section": found.section, "part": found.part} for found in live_results(paper)
        ),
    )
