"""Links that a page may carry: http and https only, and those that open a page at the quoted words."""

import re
from urllib.parse import quote, urlsplit

from digest.render.readable import plain
from digest.text import HAN

_FORBIDDEN = re.compile("[\x00-\x20\x7f-\x9f\\\\\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_KEEP = "%:/?#[]@!$&'()*+,;=-._~"
_MATH = re.compile(r"\$[^$]*\$|\\[A-Za-z]+(?:\{[^}]*\})*|[\\{}$]")
_CLAUSE = re.compile(r"[^，。；：、！？（）“”]+")
_LONGEST_URL = 2000
_WHOLE = 80
_EDGE_WORDS = 6


def safe_url(url: str) -> str:
    """Return the URL fit for an attribute, or "" where it must not become a link.

    Only http and https with a host pass; user names, back-slashes, invisible and control characters, and addresses
    beyond 2,000 characters do not, because they serve to deceive. Marks that could end an attribute are encoded.
    """
    url = url.strip()
    if len(url) > _LONGEST_URL or _FORBIDDEN.search(url):
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host or "@" in parts.netloc:
        return ""
    return quote(url, safe=_KEEP).replace("'", "%27")


def text_fragment(url: str, words: str) -> str:
    """Return a link that opens the page at the quoted words, the plain link where there are none, "" where unsafe.

    A long quotation is given by its first and last words, formulas are left out, because a page sets them otherwise
    than the source's text. The directive is that of https://wicg.github.io/scroll-to-text-fragment/, in which
    "-", "," and "&" have meanings and so are encoded.
    """
    target = safe_url(url)
    directive = _directive(words) if target else ""
    if not directive:
        return target
    return f"{target}{'' if '#' in target else '#'}:~:text={directive}"


def _directive(words: str) -> str:
    longest = max((piece.strip(" ,;:，；：") for piece in _MATH.split(plain(words))), key=len)
    if len(longest) <= _WHOLE:
        return _encode(longest)
    pieces = _clauses(longest) if HAN.search(longest) else _edges(longest.split())
    return ",".join(_encode(piece) for piece in pieces)


def _edges(words: list[str]) -> list[str]:
    if len(words) == 1:
        return [words[0][:_WHOLE]]
    edge = min(_EDGE_WORDS, len(words) // 2)
    return [" ".join(words[:edge]), " ".join(words[-edge:])]


def _clauses(text: str) -> list[str]:
    clauses = [clause.strip() for clause in _CLAUSE.findall(text) if clause.strip()]
    return clauses[:1] if len(clauses) == 1 else [clauses[0], clauses[-1]]


def _encode(words: str) -> str:
    return quote(words.encode("utf-8", "replace"), safe="").replace("-", "%2D")
