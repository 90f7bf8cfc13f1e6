"""Plain text and links out of a stranger's HTML."""

import html
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from digest.text import clean, one_line

_BLOCK = re.compile(
    r"<(/?(?:p|div|li|ul|ol|h[1-6]|tr|table|blockquote|pre|section|article|figure|figcaption|header|footer|dd|dt|dl|hr)"
    r"|br)(?=[\s/>])",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\s*\n\s*\n\s*|\s*\n\s*")
_LOOKS_MARKED_UP = re.compile(r"<[a-zA-Z!/?]|&(?:#\d|#[xX]|[a-zA-Z])")
_UNSEEN = ("script", "style", "noscript", "template", "iframe", "object", "svg", "head", "title")
_MAX_LINKS = 60


@dataclass(frozen=True, slots=True)
class Plain:
    """The text of a piece of HTML, paragraphs one to a line, and the web addresses it links to, in order."""

    text: str
    links: tuple[str, ...] = ()


def plain(markup: str, base: str = "") -> Plain:
    """Strip HTML to its text: no tags, scripts or invisible characters; links made absolute against `base`."""
    if not _LOOKS_MARKED_UP.search(markup):
        return Plain(_lines(markup))
    if "<" not in markup:
        return Plain(_lines(html.unescape(markup)))
    tree = LexborHTMLParser(_BLOCK.sub(r"<i>&#10;</i><\1", markup))
    tree.strip_tags(list(_UNSEEN))
    body = tree.body
    hrefs = [node.attributes.get("href") for node in tree.css("a[href]")] if "href" in markup.lower() else []
    return Plain(_lines(body.text() if body is not None else ""), absolute(hrefs, base))


def plain_line(markup: str) -> str:
    """Strip HTML to one line, as for titles and names; a lone "<" or "&" of plain text survives."""
    if not _LOOKS_MARKED_UP.search(markup):
        return one_line(markup)
    return one_line(plain(markup).text)


def absolute(hrefs: list[str | None], base: str) -> tuple[str, ...]:
    """Return the web addresses among them, absolute, each once, in order; at most 60."""
    found: dict[str, None] = {}
    for href in hrefs:
        link = web_link(href or "", base)
        if link:
            found[link] = None
        if len(found) >= _MAX_LINKS:
            break
    return tuple(found)


def web_link(href: str, base: str = "") -> str:
    """Return an absolute http(s) address, or "" for what is none (javascript:, mailto:, fragments, nonsense)."""
    href = clean(href).strip()
    if not href or href.startswith("#"):
        return ""
    try:
        link = urljoin(base, href) if base else href
        parts = urlsplit(link)
    except ValueError:
        return ""
    return link.replace(" ", "%20") if parts.scheme in {"http", "https"} and parts.netloc else ""


def _lines(text: str) -> str:
    text = clean(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return _BREAKS.sub("\n", _SPACES.sub(" ", text)).strip()
