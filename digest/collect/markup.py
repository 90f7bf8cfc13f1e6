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
_UNSEEN = ("script", "style", "noscript", "template", "iframe", "object", "svg", "head", "title")

_CAPITAL = re.compile(r"</?[A-Z]")
# Where a block or a line break begins, and what is not to be read. To ignore the case costs three times as much.
_SIGNS = (rf"<(?=/?(?:{_BLOCK_NAMES})[\s/>])", r"<(?=br[\s/>])", rf"<(?:{'|'.join(_UNSEEN)})[\s/>]")
_IN_LOWER_CASE = tuple(re.compile(sign) for sign in _SIGNS)
_IN_ANY_CASE = tuple(re.compile(sign, re.IGNORECASE) for sign in _SIGNS)
_LOOKS_MARKED_UP = re.compile(r"<[a-zA-Z!/?]|&(?:#\d|#[xX]|[a-zA-Z])")
_TWICE = re.compile(
    r"&(?:#(?!0*60;|[xX]0*3[cC];)(?:\d{1,6}|[xX][0-9a-fA-F]{1,5})|amp|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip);"
)
_WINDOWS = re.compile("[\x80-\x9f]")  # what "&#146;" of a careless editor becomes; meant is Windows-1252
_WINDOWS_TABLE = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_MAIL_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}")
_NAME_IN_BRACKETS = re.compile(r"\(([^()]{1,200})\)")
_NOT_PRINTED = bytes(code for code in range(32) if chr(code) not in "\t\n") + b"\x7f"
_WHOLE_LINK = re.compile(r"https?://[^\s/?#\[\]@][^\s\[\]]*")
_SHORT = 200  # characters; in a longer text it is quicker to count those that are not printed
_MAX_LINKS = 60


@dataclass(frozen=True, slots=True)
class Plain:
    """The text of a piece of HTML, a blank line between paragraphs, and the web addresses it links to, in order."""

    text: str
    links: tuple[str, ...] = ()


_NOTHING = Plain("")


def plain(markup: str, base: str = "") -> Plain:
    """Strip HTML to its text: no tags, scripts or invisible characters; links made absolute against `base`.

    The time is quadratic in how deep elements are nested: a stranger's text of more than some kilobytes is stripped in
    the sandbox.
    """
    if not markup:
        return _NOTHING
    if not _LOOKS_MARKED_UP.search(markup):
        return Plain(_lines(markup))
    if "<" not in markup:
        return Plain(_lines(_unescaped(html.unescape(markup))))
    block, line, unseen = _IN_ANY_CASE if _CAPITAL.search(markup) else _IN_LOWER_CASE
    tree = LexborHTMLParser(line.sub("\n<", block.sub("\n\n<", markup)))
    if unseen.search(markup):
        tree.strip_tags(list(_UNSEEN))
    body = tree.body
    hrefs = [node.attributes.get("href") or "" for node in tree.tags("a")]
    return Plain(_lines(_unescaped(body.text()) if body is not None else ""), absolute(hrefs, base))


def _unescaped(text: str) -> str:
    """Undo what some editors escape twice ("we&amp;#x27;d"); no sign that could make a tag comes of it."""
    return _TWICE.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


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
    if text.isascii():
        if len(text) < _SHORT and text.isprintable():
            return text
        if len(text.encode().translate(None, _NOT_PRINTED)) == len(text):
            return text
    return clean(_as_meant(text))


def _line(text: str) -> str:
    """Fold a text into one line."""
    return " ".join(cleaned(text).split())


def _as_meant(text: str) -> str:
    return text.translate(_WINDOWS_TABLE) if _WINDOWS.search(text) else text


def _lines(text: str) -> str:
    """Clean a text of several lines: one blank between words, at most one empty line between paragraphs."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = cleaned(text)
    lines = text.split("\n")
    uneven = "  " in text or "\t" in text or not text.isascii()
    lines = [" ".join(line.split()) for line in lines] if uneven else [line.strip() for line in lines]
    return "\n".join([line for line, before in zip(lines, ["", *lines], strict=False) if line or before]).strip()
