"""OPML, the exchange format of feed readers (http://opml.org/spec2.opml), in and out."""

import json
import re
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from digest.collect.markup import web_link
from digest.domain.item import Source
from digest.errors import UsageError
from digest.text import one_line

_MOST_SLUG = 40
_KINDS = frozenset({"feed", "podcast"})


def read(content: bytes) -> list[Source]:
    """Return the feeds of an OPML document, in its order, each address once, with slugs of their own.

    Raises UsageError for what is no OPML.
    """
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise UsageError(f"no readable OPML ({error}); export it again from your reader") from error
    if root.tag != "opml":
        raise UsageError(f"no OPML: its root element is <{root.tag}>; export it again from your reader")
    found: dict[str, Source] = {}
    slugs: set[str] = set()
    for outline in root.iter("outline"):
        address = web_link(outline.get("xmlUrl", ""))
        if address and address not in found:
            found[address] = _source(outline, address, slugs)
    return list(found.values())


def write(sources: Iterable[Source]) -> bytes:
    """Return the feeds and podcasts among the sources as OPML 2.0, in their order."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = "Sources of digest"
    body = SubElement(root, "body")
    for source in sources:
        if source.kind in _KINDS:
            names = {"type": "rss", "text": source.title, "title": source.title, "xmlUrl": source.address}
            more = {"language": source.language, "category": f"/{source.kind}"}
            SubElement(body, "outline", {**names, **more})
    indent(root)
    body_bytes: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return body_bytes + b"\n"


def as_toml(sources: Sequence[Source]) -> str:
    """Return sources as [[source]] tables for config.toml, in their order."""
    return "\n".join(_table(source) for source in sources)


def _table(source: Source) -> str:
    rows = {"kind": source.kind, "slug": source.slug, "title": source.title, "url": source.address}
    if source.language != "en":
        rows["language"] = source.language
    return "[[source]]\n" + "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in rows.items())


def _source(outline: Element, address: str, taken: set[str]) -> Source:
    title = one_line(outline.get("title") or outline.get("text") or "") or address
    podcast = "podcast" in (outline.get("category", "") + outline.get("type", "")).lower()
    return Source(
        kind="podcast" if podcast else "feed",
        slug=_slug(title, address, taken),
        title=title,
        address=address,
        language=(outline.get("language") or "en").split("-")[0].lower(),
    )


def _slug(title: str, address: str, taken: set[str]) -> str:
    """Return a name made of the title's letters, else of the address's, with a number where it is taken."""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:_MOST_SLUG].strip("-")
    host = re.sub(r"[^a-z0-9]+", "-", address.split("://", 1)[-1].lower()).strip("-")[:_MOST_SLUG].strip("-")
    base = words or host or "feed"
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    taken.add(slug)
    return slug
