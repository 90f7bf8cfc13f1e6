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
_WINDOWS = re.compile("[\x80-\x9f]")  # what "&#146;" of a careless editor becomes; meant is Windows-1252
_WINDOWS_TABLE = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_MAIL_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}")
_NAME_IN_BRACKETS = re.compile(r"\(([^()]{1,200})\)")
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
        return one_line(_as_meant(markup))
    return one_line(plain(markup).text)


def person(markup: str) -> str:
    """Return a person's name; the address that RSS puts beside it ("me@example.org (A Name)") is left out."""
    name = plain_line(markup)
    if "@" not in name:
        return name
    inner = _NAME_IN_BRACKETS.search(name)
    rest = _MAIL_ADDRESS.sub("", name).strip(" ()<>,;")
    return inner[1].strip() if inner and "@" not in inner[1] else rest or name


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


def _as_meant(text: str) -> str:
    return text.translate(_WINDOWS_TABLE) if _WINDOWS.search(text) else text


def _lines(text: str) -> str:
    text = clean(_as_meant(text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return _BREAKS.sub("\n", _SPACES.sub(" ", text)).strip()
