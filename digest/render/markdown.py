"""An issue as Markdown: the page's content in its order, foreign text escaped."""

import re

from digest.domain.issue import Issue
from digest.render.corrected import Notice, earlier_notices, own_notices
from digest.render.readable import readable
from digest.render.receipt import Line, ReceiptView, receipt_view
from digest.render.results import Chip
from digest.render.site import Site, publication_title
from digest.render.view import EntryCard, Part, Sentence, View, view
from digest.render.wording import count, day, joined, parenthesis, period, phrase, short_period

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$])|&(?=#?\w{1,32};)")
_AT_START = re.compile(r"^(\s*)(#{1,6}|[+=-]|\d{1,9}[.)])(?=\s|$|[=-])")


def escaped(text: str) -> str:
    """Return text in which no sign means anything to Markdown, wherever in a line it stands."""
    text = _SPECIAL.sub(lambda sign: f"\\{sign[1]}" if sign[1] else "&amp;", " ".join(text.split()))
    return _AT_START.sub(lambda sign: f"{sign[1]}{sign[2][:-1]}\\{sign[2][-1]}", text)


def link(text: str, url: str) -> str:
    """Return a link, or the escaped text alone where there is no address."""
    if not url:
        return escaped(text)
    return f"[{escaped(text)}]({url.replace('(', '%28').replace(')', '%29')})"


def markdown(issue: Issue, site: Site | None = None) -> str:
    """Return issue.md; without a site the issue's own title stands for the publication's."""
    title = publication_title(site, issue.publication, issue.language) if site else ""
    return of_view(view(issue), title or issue.title)


def of_view(view: View, title: str) -> str:
    """Return issue.md of an issue that is laid out already."""
    issue, language = view.issue, view.language
    blocks = [f"# {escaped(view.headline)}", _byline(view, readable(title, 120))]
    if issue.sample:
        blocks.append(f"> **{phrase(language, 'sample')}** {phrase(language, 'sample_note')}")
    blocks += _notices(issue.language, "corrections", own_notices(issue))
    if view.read:
        blocks.append(_prose(view, view.read))
    if view.overview:
        blocks.append(f"## {phrase(language, 'overview')}")
        blocks += [_prose(view, paragraph) for paragraph in view.overview]
    for part in view.parts:
        blocks += _part(view, part)
    blocks += _notices(issue.language, "corrections_earlier", earlier_notices(issue))
    blocks += _receipt(view, receipt_view(issue))
    return "\n\n".join(blocks) + "\n"


def _byline(view: View, title: str) -> str:
    issue, language = view.issue, view.language
    pieces = [f"**{escaped(title)}**", period(language, issue.period), day(language, issue.date)]
    return " · ".join([*pieces, count(language, "minute", issue.reading_minutes)])


def _prose(view: View, sentences: tuple[Sentence, ...]) -> str:
    return joined(view.language, [_sentence(view, sentence) for sentence in sentences])


def _notices(language: str, title: str, notices: list[Notice]) -> list[str]:
    return [f"## {phrase(language, title)}", "\n".join(_notice(language, each) for each in notices)] if notices else []


def _notice(language: str, notice: Notice) -> str:
    head = phrase(language, "separator").join(part for part in (notice.number, notice.day) if part)
    sentence = escaped(notice.sentence)
    told = f" {sentence if notice.withdrawn else f'~~{sentence}~~'}" if sentence else ""
    return f"- **{escaped(head)}**{phrase(language, 'colon')}{escaped(notice.note)}{told}"


def _sentence(view: View, sentence: Sentence) -> str:
    text = escaped(sentence.text)
    if sentence.verbatim:
        text = f"{phrase(view.language, 'quote_open')}{text}{phrase(view.language, 'quote_close')}"
    if sentence.struck:
        text = f"~~{text}~~{parenthesis(view.language, escaped(sentence.remark))}"
    marks = [f"[\\[{mark.number}\\]]({_paren(mark.url)})" for mark in sentence.sources if mark.number and mark.url]
    return text + (f" {' '.join(marks)}" if marks else "")


def _paren(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29")


def _part(view: View, part: Part) -> list[str]:
    language = view.language
    head = f"{phrase(language, 'thread', n=part.thread)}{phrase(language, 'colon')}" if part.thread else ""
    blocks = [f"## {head}{escaped(part.title)}"]
    remarks = [phrase(language, "weak_thread")] if part.weak else []
    if part.continues:
        remarks.append(phrase(language, "continues", period=short_period(part.continues)))
    if remarks:
        blocks.append(f"*{' · '.join(map(escaped, remarks))}*")
    if part.thesis:
        blocks.append(f"**{_sentence(view, part.thesis)}**")
    blocks += [_prose(view, paragraph) for paragraph in part.paragraphs]
    for entry in part.cards:
        blocks += _entry(view, entry)
    if part.again:
        blocks.append("\n".join(f"- {link(entry.title, entry.url)}" for entry in part.again))
    return blocks


def _entry(view: View, entry: EntryCard) -> list[str]:
    language = view.language
    deployed = phrase(language, "deployed") if entry.deployed else ""
    facts = ["★" * entry.stars + "☆" * (5 - entry.stars), entry.company, entry.place, deployed, entry.source]
    blocks = [f"### {link(entry.title, entry.url)}"]
    blocks.append(" · ".join(escaped(fact) for fact in [*facts, entry.published] if fact))
    if entry.summary:
        blocks.append(_prose(view, entry.summary))
    if entry.chips:
        blocks.append("\n".join(_chip(language, chip) for chip in entry.chips))
    if entry.figure_page:
        blocks.append(link(entry.caption or phrase(language, "figure"), entry.figure_page))
    if entry.reason:
        blocks.append(f"*{phrase(language, 'why')}{phrase(language, 'colon')}{escaped(entry.reason)}*")
    if entry.also_seen:
        seen = " · ".join(link(host, url) for url, host in entry.also_seen)
        blocks.append(f"{phrase(language, 'also_seen')}{phrase(language, 'colon')}{seen}")
    return blocks


def _chip(language: str, chip: Chip) -> str:
    words = " ".join(word for word in (chip.qualifier, chip.amount, chip.metric) if word)
    said = f"{link(words, chip.url)}{parenthesis(language, escaped(' · '.join(chip.notes)))}"
    return f"- ~~{said}~~" if chip.struck else f"- {said}"


def _receipt(view: View, receipt: ReceiptView) -> list[str]:
    language = view.language
    blocks = [f"## {phrase(language, 'receipt')}", escaped(receipt.counts)]
    if receipt.problems:
        lines = "\n".join(_problem(language, line) for line in receipt.problems)
        blocks.append(f"**{phrase(language, 'problems')}**\n\n{lines}")
    if receipt.lines:
        blocks.append(_table(language, receipt.lines))
    if receipt.dropped:
        rows = "\n".join(
            f"- {escaped(reason)}{phrase(language, 'colon')}{number}" for reason, number in receipt.dropped
        )
        blocks.append(f"### {phrase(language, 'dropped')}\n\n{rows}")
    rest = [receipt.below, *receipt.notes, receipt.engine, *receipt.engine_notes, receipt.cost]
    return blocks + [escaped(line) for line in rest if line]


def _problem(language: str, line: Line) -> str:
    error = parenthesis(language, escaped(line.error)) if line.error else ""
    return f"- {escaped(line.title)}{phrase(language, 'colon')}{escaped(line.status)}{error}"


def _table(language: str, lines: tuple[Line, ...]) -> str:
    names = ("col_source", "col_status", "col_seen", "col_new", "col_kept", "col_error")
    rows = [[phrase(language, name) for name in names], ["---", "---", "---:", "---:", "---:", "---"]]
    rows += [
        [escaped(cell) for cell in (line.title, line.status, line.seen, line.new, line.kept, line.error)]
        for line in lines
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
