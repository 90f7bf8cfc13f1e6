"""An issue as mail: HTML below the size at which mail programs cut, with its CSS inlined, and plain text."""

import textwrap
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

import css_inline

from digest.domain.reader import PREFERENCES, UNSUBSCRIBE
from digest.render.corrected import Notice, earlier_notices, own_notices
from digest.render.environment import asset, environment, template_for
from digest.render.readable import clip, readable
from digest.render.receipt import receipt_view
from digest.render.results import Chip
from digest.render.site import Site, publication_title
from digest.render.view import EntryCard, Part, Sentence, View
from digest.render.wording import count, joined

MAX_BYTES = 90_000  # Gmail clips at about 102 KB, and delivery adds its links
_CHARSET = '<meta charset="utf-8">'
_SENTENCE = 600
_LABEL = 100
_WIDTH = 72
_NOTICES = 10
_INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def mail_html(view: View, site: Site) -> str:
    """Return the mail's HTML, at most 90,000 bytes: the lowest entries stay on the web first, then later sentences."""
    every = sum(len(part.cards) for part in view.parts)

    def with_entries(kept: int) -> str:
        return _html(_cut(view, kept), site, every - kept)

    def with_sentences(kept: int) -> str:
        return _html(_shortened(_cut(view, 0), kept), site, every)

    if html := _largest(every, with_entries):
        return html
    most = max((len(part.paragraphs) for part in view.parts), default=0) + len(view.overview) + len(view.read)
    return _largest(most, with_sentences) or with_sentences(0)


def mail_text(view: View, site: Site) -> str:
    """Return the plain text: lines of at most 72 columns, links on lines of their own, and whole."""
    name = template_for(site.theme, view.issue.publication, "mail.txt")
    text = environment(site.theme).get_template(name).render(**_values(view, site, 0), **_text_tools(view))
    lines = [line.rstrip() for line in text.splitlines()]
    squeezed = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(squeezed).strip("\n") + "\n"


def wrapped(text: str, indent: str = "") -> str:
    """Fold a paragraph to 72 columns, in which a Chinese character takes two; words longer than a line stay whole."""
    if not any(unicodedata.east_asian_width(sign) in "WF" for sign in text):
        return textwrap.fill(
            text,
            _WIDTH,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    lines, line, width = [], indent, len(indent)
    for piece in _pieces(text):
        size = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in piece)
        if width + size > _WIDTH and line.strip() and piece not in "，。；：、！？）”」》 ":
            lines.append(line.rstrip())
            line, width = indent, len(indent)
            piece = piece.lstrip()  # noqa: PLW2901  a line does not start with the space it was folded at
        line, width = line + piece, width + size
    return "\n".join([*lines, line.rstrip()])


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for sign in text:
        wide = unicodedata.east_asian_width(sign) in "WF" or sign == " "
        last_wide = not pieces or unicodedata.east_asian_width(pieces[-1][-1]) in "WF" or pieces[-1] == " "
        if wide or last_wide:
            pieces.append(sign)
        else:
            pieces[-1] += sign
    return pieces


def _largest(most: int, render: Callable[[int], str]) -> str:
    """Return what renders the most within the limit; "" where not even nothing fits. Tries about log2(most) times."""
    if _fits(whole := render(most)):
        return whole
    low, high, best = 0, most - 1, ""
    while low <= high:
        middle = (low + high) // 2
        if _fits(html := render(middle)):
            low, best = middle + 1, html
        else:
            high = middle - 1
    return best


def _fits(html: str) -> bool:
    return len(html.encode("utf-8", "replace")) <= MAX_BYTES


def _html(view: View, site: Site, more: int) -> str:
    name = template_for(site.theme, view.issue.publication, "mail.html")
    css = asset(site.theme, "mail.css")
    html = environment(site.theme).get_template(name).render(**_values(view, site, more), css=css)
    # The inliner puts the kept style first; the encoding must stand within the first 1,024 bytes.
    return _INLINER.inline(html).replace(_CHARSET, "", 1).replace("<head>", f"<head>{_CHARSET}", 1)


def _values(view: View, site: Site, more: int) -> dict[str, object]:
    issue, language = view.issue, view.language
    title = publication_title(site, issue.publication, language) or issue.title
    return {
        "view": view,
        "issue": issue,
        "language": language,
        "publication_title": readable(title, _LABEL),
        "corrections": _short(own_notices(issue)),
        "earlier": _short(earlier_notices(issue)),
        "receipt": receipt_view(issue),
        "minutes": count(language, "minute", issue.reading_minutes),
        "summary": readable(issue.summary, 200),
        "web": site.address(f"{issue.slug}/"),
        "more": count(language, "item", more) if more else "",
        "unsubscribe": UNSUBSCRIBE,
        "preferences": PREFERENCES,
        "site_name": site.name,
        "postal_address": readable(site.postal_address, 300),
    }


def _short(notices: Sequence[Notice]) -> list[Notice]:
    """Keep what a mail has room for: the last ones, and of each as much as of a sentence."""
    return [
        replace(each, note=clip(each.note, _SENTENCE), sentence=clip(each.sentence, _SENTENCE))
        for each in notices[-_NOTICES:]
    ]


def _text_tools(view: View) -> dict[str, object]:
    return {
        "wrapped": wrapped,
        "prose": lambda sentences, indent="": wrapped(joined(view.language, [_said(s) for s in sentences]), indent),
        "links": _links,
        "chip_line": _chip_line,
    }


def _said(sentence: Sentence) -> str:
    numbers = "".join(f"[{mark.number}]" for mark in sentence.sources if mark.number)
    text = f"“{sentence.text}”" if sentence.verbatim else sentence.text
    remark = f"[{sentence.remark}]" if sentence.struck else ""
    return " ".join(part for part in (text, remark, numbers) if part)


def _links(view: View) -> list[tuple[int, str]]:
    """Return each numbered source with its plain address, in the order of the numbers."""
    found = {
        mark.number: mark.url.split("#:~:")[0].split(":~:")[0]
        for sentence in view.sentences
        for mark in sentence.marks
        if mark.number and mark.url
    }
    return sorted(found.items())


def _chip_line(chip: Chip) -> str:
    words = " ".join(word for word in (chip.qualifier, chip.amount, chip.metric) if word)
    return f"{words} ({', '.join(chip.notes)})"


def _cut(view: View, kept: int) -> View:
    """Keep the entries of the highest value; those of the same value in the order of the page."""
    cards = [card for part in view.parts for card in part.cards]
    best = {card.id for card in sorted(cards, key=lambda card: -card.value)[:kept]}

    def part_of(part: Part) -> Part:
        return replace(
            part,
            thesis=_brief(part.thesis) if part.thesis else None,
            paragraphs=tuple(_briefly(paragraph) for paragraph in part.paragraphs),
            cards=tuple(_small(card) for card in part.cards if card.id in best),
            again=(),
        )

    return replace(
        view,
        read=_briefly(view.read),
        overview=tuple(_briefly(paragraph) for paragraph in view.overview),
        threads=tuple(map(part_of, view.threads)),
        sections=tuple(map(part_of, view.sections)),
    )


def _shortened(view: View, kept: int) -> View:
    parts = [replace(part, paragraphs=part.paragraphs[:kept]) for part in view.threads[:12]]
    return replace(view, read=view.read[:kept], overview=view.overview[:kept], threads=tuple(parts), sections=())


def _briefly(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    return tuple(map(_brief, sentences))


def _brief(sentence: Sentence) -> Sentence:
    marks = tuple(replace(mark, quote="", label=clip(mark.label, _LABEL)) for mark in sentence.marks[:6])
    return replace(sentence, text=clip(sentence.text, _SENTENCE), marks=marks)


def _small(card: EntryCard) -> EntryCard:
    chips = tuple(replace(chip, quote="") for chip in card.chips[:6])
    return replace(card, summary=_briefly(card.summary[:3]), chips=chips)
