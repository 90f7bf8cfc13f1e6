"""What the tests ask of any page: which links it holds, and whether it asks another host for anything."""

from collections.abc import Mapping
from posixpath import dirname, normpath
from posixpath import join as joined
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

LOADING = "img, script[src], link[rel=stylesheet], iframe, object, embed, video, audio, source, base"


def tree(html: bytes) -> LexborHTMLParser:
    return LexborHTMLParser(html.decode())


def hrefs(html: bytes) -> list[str]:
    return [node.attributes.get("href") or "" for node in tree(html).css("[href]")]


def texts(html: bytes, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree(html).css(selector)]


def is_safe(href: str) -> bool:
    """Whether a link is http(s), or relative without a scheme."""
    if href.startswith(("http://", "https://")):
        return True
    return ":" not in href.split("/", maxsplit=1)[0].split("#", maxsplit=1)[0] and not href.startswith("//")


def loads(html: bytes) -> list[LexborNode]:
    """Return the elements that make a browser fetch something as the page opens."""
    return tree(html).css(LOADING)


def scripts(html: bytes) -> list[LexborNode]:
    return tree(html).css("script")


def handlers(html: bytes) -> list[str]:
    """Return every attribute that would run code."""
    return [name for node in tree(html).css("*") for name in node.attributes if name.startswith("on")]


def dangling(files: Mapping[str, bytes]) -> list[str]:
    """Return the relative links of a site that lead to no file of it, or to no element of that file."""
    lost = []
    for path, html in files.items():
        if not path.endswith(".html"):
            continue
        for href in hrefs(html):
            if href.startswith(("http://", "https://")):
                continue
            target, _, anchor = href.partition("#")
            where = normpath(joined(dirname(path), unquote(target))) if target else path
            if where not in files or (anchor and not tree(files[where]).css(f'[id="{anchor}"]')):
                lost.append(f"{path} -> {href}")
    return lost
