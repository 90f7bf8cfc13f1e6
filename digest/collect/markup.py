"""Plain text and links out of a stranger's HTML."""

import html
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from digest.text import clean

_BLOCK_NAMES = (
    "p|div|li|ul|ol|h[1-6]|tr|table|blockquote|pre|section|article|figure|figcaption|header|footer|dd|dt|dl|hr"
)
_BLOCK_START = re.compile(rf"<(/?(?:{_BLOCK_NAMES}))(?=[\s/>])", re.IGNORECASE)
_BREAK_START = re.compile(r"<br(?=[\s/>])", re.IGNORECASE)
# The expressions below are for lower-case tags and begin with a literal, which makes them fast.
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCK_NAMES})(?:[\s/][^<>]*)?>")
_BREAK_TAG = re.compile(r"<br(?:[\s/][^<>]*)?>")
_ANY_TAG = re.compile(r"</?[a-z][^<>]*>")
_HREF = re.compile(r"<a\s[^<>]*?\bhref=(?:\"([^\"<>]*)\"|'([^'<>]*)')[^<>]*>")
# What only a real parser gets right.
_WILD = (
    re.compile(r"<[!?]|</?[A-Z]"),  # comments, CDATA, capital tags
    re.compile(r"<[a-zA-Z/][^<>]*(?:<|\Z)"),  # a tag without an end
    re.compile(r"=\"[^\"<>]*[<>]"),  # brackets within an attribute
    re.compile(r"='[^'<>]*[<>]"),
    re.compile(r"href(?:\s|=[^\"'])"),  # an address without quotes
)
_LOOKS_MARKED_UP = re.compile(r"<[a-zA-Z!/?]|&(?:#\d|#[xX]|[a-zA-Z])")
_WINDOWS = re.compile("[\x80-\x9f]")  # what "&#146;" of a careless editor becomes; meant is Windows-1252
_WINDOWS_TABLE = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_MAIL_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}")
_NAME_IN_BRACKETS = re.compile(r"\(([^()]{1,200})\)")
_UNSEEN = ("script", "style", "noscript", "template", "iframe", "object", "svg", "head", "title")
_UNSEEN_TAG = re.compile("<(?:" + "|".join(_UNSEEN) + r")[\s/>]")
_WHOLE_LINK = re.compile(r"https?://[^\s/?#\[\]@][^\s\[\]]*")
_GAPS = re.compile(r"\n{3,}")
_MAX_LINKS = 60


@dataclass(frozen=True, slots=True)
class Plain:
    """The text of a piece of HTML, a blank line between paragraphs, and the web addresses it links to, in order."""

    text: str
    links: tuple[str, ...] = ()


def plain(markup: str, base: str = "") -> Plain:
    """Strip HTML to its text: no tags, scripts or invisible characters; links made absolute against `base`."""
    if not _LOOKS_MARKED_UP.search(markup):
        return Plain(_lines(markup))
    if "<" not in markup:
        return Plain(_lines(html.unescape(markup)))
    wild = _UNSEEN_TAG.search(markup) or any(sign.search(markup) for sign in _WILD)
    return _wild(markup, base) if wild else _tame(markup, base)


def _tame(markup: str, base: str) -> Plain:
    """Strip well-behaved HTML, which most is, by expressions: four times as fast as parsing it."""
    text = _ANY_TAG.sub("", _BREAK_TAG.sub("\n", _BLOCK_TAG.sub("\n\n", markup)))
    hrefs = [html.unescape(one or other) for one, other in _HREF.findall(markup)]
    return Plain(_lines(html.unescape(text) if "&" in text else text), absolute(hrefs, base))


def _wild(markup: str, base: str) -> Plain:
    """Strip any HTML as a browser reads it."""
    spaced = _BREAK_START.sub("<i>&#10;</i><br", _BLOCK_START.sub(r"<i>&#10;&#10;</i><\1", markup))
    tree = LexborHTMLParser(spaced)
    tree.strip_tags(list(_UNSEEN))
    body = tree.body
    hrefs = [node.attributes.get("href") or "" for node in tree.css("a[href]")]
    return Plain(_lines(body.text() if body is not None else ""), absolute(hrefs, base))


def plain_line(markup: str) -> str:
    """Strip HTML to one line, as for titles and names; a lone "<" or "&" of plain text survives."""
    if not _LOOKS_MARKED_UP.search(markup):
        return _line(markup)
    return _line(plain(markup).text)


def person(markup: str) -> str:
    """Return a person's name; the address that RSS puts beside it ("me@example.org (A Name)") is left out."""
    name = plain_line(markup)
    if "@" not in name:
        return name
    inner = _NAME_IN_BRACKETS.search(name)
    rest = _MAIL_ADDRESS.sub("", name).strip(" ()<>,;")
    return inner[1].strip() if inner and "@" not in inner[1] else rest or name


def absolute(hrefs: list[str], base: str) -> tuple[str, ...]:
    """Return the web addresses among them, absolute, each once, in order; at most 60."""
    found: dict[str, None] = {}
    for href in hrefs:
        link = web_link(href, base)
        if link:
            found[link] = None
        if len(found) >= _MAX_LINKS:
            break
    return tuple(found)


def web_link(href: str, base: str = "") -> str:
    """Return an absolute http(s) address, or "" for what is none (javascript:, mailto:, fragments, nonsense)."""
    href = cleaned(href).strip()
    if _WHOLE_LINK.fullmatch(href):
        return href
    if not href or href.startswith("#"):
        return ""
    try:
        link = urljoin(base, href) if base else href
        parts = urlsplit(link)
    except ValueError:
        return ""
    return link.replace(" ", "%20") if parts.scheme in {"http", "https"} and parts.netloc else ""


def cleaned(text: str) -> str:
    """Clean a text, at once where it is ASCII without control characters, as most are."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return clean(_as_meant(text))


def _line(text: str) -> str:
    """Fold a text into one line."""
    return " ".join(cleaned(text).split())


def _as_meant(text: str) -> str:
    return text.translate(_WINDOWS_TABLE) if _WINDOWS.search(text) else text


def _lines(text: str) -> str:
    text = cleaned(text.replace("\r\n", "\n").replace("\r", "\n"))
    if "  " in text or "\t" in text or not text.isascii() or " \n" in text or "\n " in text:
        text = "\n".join([" ".join(line.split()) for line in text.split("\n")])
    return (_GAPS.sub("\n\n", text) if "\n\n\n" in text else text).strip()
