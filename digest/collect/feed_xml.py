"""The fast way through RSS, RDF and Atom: strict XML by libxml2, without entities, network or DTD."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from digest.collect.entry import MAX_ENTRIES, Entry, Feed
from digest.collect.markup import person, plain, plain_line, web_link

_ATOM = "{http://www.w3.org/2005/Atom}"
_ATOM_03 = "{http://purl.org/atom/ns#}"
_RSS_10 = "{http://purl.org/rss/1.0/}"
_RSS_090 = "{http://my.netscape.com/rdf/simple/0.9/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS = "{http://purl.org/dc/terms/}"
_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_PODCAST = "{https://podcastindex.org/namespace/1.0}"
_SLASH = "{http://purl.org/rss/1.0/modules/slash/}comments"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_TRANSCRIPT_RANK = ("text/plain", "text/vtt", "application/x-subrip", "application/srt", "text/html")

_SUMMARIES = ("summary", "itunes_text", "dc_text", "media_text")
_TITLES = ("title", "dc_title", "media_title")

Raw = dict[str, Any]


class NotPlainError(Exception):
    """The document is no plain, well-formed feed: the tolerant parser has to look at it."""


def parse_xml(body: bytes, url: str) -> Feed:
    """Read a well-formed RSS, RDF or Atom document. Raises NotPlainError for all others."""
    try:
        root = etree.fromstring(body, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotPlainError(str(error)) from error
    if b"<!ENTITY" in body:
        raise NotPlainError("declares entities")
    found = _shape(root)
    if found is None:
        raise NotPlainError(f"the root element is {root.tag}")
    form, channel, entries, read = found
    base = url if channel is None else _home(channel, url)
    raws = [read(element, base) for _, element in zip(range(MAX_ENTRIES), entries, strict=False)]
    title = _first_text(channel, ("title", _ATOM + "title", _ATOM_03 + "title", _RSS_10 + "title", _RSS_090 + "title"))
    language = _first_text(channel, ("language", _DC + "language")) or root.get(_XML + "lang") or ""
    return Feed(format=form, title=plain_line(title), language=language.strip(), link=base, entries=raws)


def _parser() -> Any:  # noqa: ANN401  lxml ships no types
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )


def _shape(root: Any) -> tuple[str, Any, Iterator[Any], Callable[[Any, str], Entry]] | None:  # noqa: ANN401  lxml
    if root.tag == "rss":
        channel = root.find("channel")
        if channel is None:
            return None
        return f"rss {root.get('version', '')}".strip(), channel, root.iter("item"), _rss_entry
    if root.tag == _ATOM + "feed":
        return "atom", root, root.iterchildren(_ATOM + "entry"), _atom_entry
    if root.tag == _RDF + "RDF":
        for name in (_RSS_10, _RSS_090):
            channel = root.find(name + "channel")
            if channel is not None:
                return "rdf", channel, root.iter(name + "item"), _rss_entry
    return None


def _home(channel: Any, url: str) -> str:  # noqa: ANN401  lxml
    """Return the address that relative links are meant against: xml:base, the site's link, else the feed's own."""
    base = channel.base  # xml:base of the channel or of what is around it
    if base:
        return urljoin(url, str(base))
    link = _first_text(channel, ("link", _RSS_10 + "link", _RSS_090 + "link")).strip()
    for node in channel.iterchildren(_ATOM + "link"):
        if node.get("rel", "alternate") == "alternate" and not link:
            link = node.get("href", "")
    return web_link(link, url) or url


def _first_text(node: Any, names: tuple[str, ...]) -> str:  # noqa: ANN401  lxml
    if node is None:
        return ""
    for name in names:
        found = node.find(name)
        if found is not None and found.text:
            return str(found.text)
    return ""


# ---------------------------------------------------------------- RSS and RDF


def _rss_entry(item: Any, base: str) -> Entry:  # noqa: ANN401  lxml
    raw: Raw = {"base": _based(item, base), "authors": [], "enclosures": []}
    for node in item.iterchildren():
        handle = _RSS.get(node.tag) or _RSS.get(_known(node.tag))
        if handle is not None:
            handle(raw, node)
    return _entry(raw, item)


def _known(tag: str) -> str:
    """Return the usual spelling of a tag whose namespace is one of those that are written in many ways."""
    space, _, name = tag.rpartition("}")
    lower = space.lower()
    if "/dtds/podcast-1.0.dtd" in lower:
        return _ITUNES + name
    return _MEDIA + name if "search.yahoo.com/mrss" in lower else tag


def _text_into(name: str) -> Callable[[Raw, Any], None]:
    def handle(raw: Raw, node: Any) -> None:  # noqa: ANN401  lxml
        text = _inner(node)
        if text and not raw.get(name):
            raw[name] = text

    return handle


def _author(raw: Raw, node: Any) -> None:  # noqa: ANN401  lxml
    if node.text and node.text.strip():
        raw["authors"].append(node.text)


def _guid(raw: Raw, node: Any) -> None:  # noqa: ANN401  lxml
    raw["id"] = (node.text or "").strip()
    raw["permalink"] = node.get("isPermaLink", "true").strip().lower() == "true"


def _atom_link(raw: Raw, node: Any) -> None:  # noqa: ANN401  lxml
    href = web_link(node.get("href", ""), _based(node, raw["base"]))
    rel = node.get("rel", "alternate")
    if not href:
        return
    if rel == "related" and not raw.get("related"):
        raw["related"] = href
    elif rel == "alternate" and (not raw.get("link") or node.get("type", "").startswith("text/html")):
        raw.setdefault("link", href)
    elif rel == "enclosure":
        raw["enclosures"].append({"url": href, "type": node.get("type", ""), "length": node.get("length", "")})


def _enclosure(raw: Raw, node: Any) -> None:  # noqa: ANN401  lxml
    href = web_link(node.get("url", ""), raw["base"])
    if href:
        raw["enclosures"].append({"url": href, "type": node.get("type", ""), "length": node.get("length", "")})


def _media_group(raw: Raw, node: Any) -> None:  # noqa: ANN401  lxml
    for inner in node.iterchildren(_MEDIA + "title", _MEDIA + "description"):
        name = "media_title" if inner.tag.endswith("title") else "media_text"
        if inner.text and not raw.get(name):
            raw[name] = inner.text


def _media_title(raw: Raw, node: Any) -> None:  # noqa: ANN401  lxml
    if node.text and not raw.get("media_title"):
        raw["media_title"] = node.text


def _summary(raw: Raw, node: Any) -> None:  # noqa: ANN401  lxml
    """Take RSS's stray <summary>: the summary, or beside a description the longer text."""
    _text_into("content" if raw.get("summary") else "summary")(raw, node)


def _media_text(raw: Raw, node: Any) -> None:  # noqa: ANN401  lxml
    if node.text and not raw.get("media_text"):
        raw["media_text"] = node.text


def _transcript(raw: Raw, node: Any) -> None:  # noqa: ANN401  lxml
    href = web_link(node.get("url", ""), raw["base"])
    kind = node.get("type", "").split(";")[0].strip().lower()
    rank = _TRANSCRIPT_RANK.index(kind) if kind in _TRANSCRIPT_RANK else len(_TRANSCRIPT_RANK)
    if href and rank < raw.get("transcript_rank", 99):
        raw["transcript"], raw["transcript_rank"] = href, rank


def _duration(raw: Raw, node: Any) -> None:  # noqa: ANN401  lxml
    raw["duration"] = seconds_of(node.text or "")


def _comments(raw: Raw, node: Any) -> None:  # noqa: ANN401  lxml
    text = (node.text or "").strip()
    if text.isascii() and text.isdigit() and len(text) < 10:  # noqa: PLR2004  no page has a milliard comments
        raw["comments"] = int(text)


_SHARED: dict[str, Callable[[Raw, Any], None]] = {
    _CONTENT: _text_into("content"),
    _DC + "date": _text_into("dc_date"),
    _DCTERMS + "created": _text_into("dc_date"),
    _DCTERMS + "issued": _text_into("dc_date"),
    _DCTERMS + "modified": _text_into("updated"),
    _DC + "creator": _author,
    _DC + "author": _author,
    _DC + "title": _text_into("dc_title"),
    _DC + "description": _text_into("dc_text"),
    _ITUNES + "author": _text_into("itunes_author"),
    _ITUNES + "duration": _duration,
    _ITUNES + "summary": _text_into("itunes_text"),
    _MEDIA + "group": _media_group,
    _MEDIA + "description": _media_text,
    _MEDIA + "title": _media_title,
    _PODCAST + "transcript": _transcript,
    _SLASH: _comments,
    _ATOM + "link": _atom_link,
}
_RSS: dict[str, Callable[[Raw, Any], None]] = {
    **_SHARED,
    "guid": _guid,
    "pubDate": _text_into("published"),
    "author": _author,
    "enclosure": _enclosure,
    _ATOM + "published": _text_into("published"),
    _ATOM + "updated": _text_into("updated"),
    _XHTML + "body": _text_into("content"),
    "body": _text_into("content"),
    "fullitem": _text_into("content"),
    "summary": _summary,
}
for _space in ("", _RSS_10, _RSS_090):
    _RSS[_space + "title"] = _text_into("title")
    _RSS[_space + "link"] = _text_into("link_text")
    _RSS[_space + "description"] = _text_into("summary")


# ---------------------------------------------------------------- Atom


def _atom_entry(entry: Any, base: str) -> Entry:  # noqa: ANN401  lxml
    raw: Raw = {"base": _based(entry, base), "authors": [], "enclosures": []}
    for node in entry.iterchildren():
        handle = _ATOM_FIELDS.get(node.tag) or _ATOM_FIELDS.get(_known(node.tag))
        if handle is not None:
            handle(raw, node)
    return _entry(raw, entry)


def _atom_text(name: str) -> Callable[[Raw, Any], None]:
    def handle(raw: Raw, node: Any) -> None:  # noqa: ANN401  lxml
        kind = node.get("type", "text").strip().lower() or "text"
        text = _inner(node)
        if kind in {"text", "text/plain"}:
            text = text.replace("&", "&amp;").replace("<", "&lt;")
        elif kind not in {"html", "xhtml", "text/html", "application/xhtml+xml"} or node.get("mode") == "base64":
            if text.strip():
                raise NotPlainError("content in base64 or another document")
            return
        if text.strip() and not raw.get(name):
            raw[name] = text
            raw[name + "_base"] = _based(node, raw["base"])

    return handle


def _person(raw: Raw, node: Any) -> None:  # noqa: ANN401  lxml
    name = node.findtext(_ATOM + "name") or node.findtext(_ATOM + "email") or ""
    if name.strip():
        raw["authors"].append(name)


_RSS[_ATOM + "author"] = _person
_RSS[_ATOM + "content"] = _atom_text("content")
_RSS[_ATOM + "summary"] = _atom_text("summary")
_ATOM_FIELDS: dict[str, Callable[[Raw, Any], None]] = {
    **_SHARED,
    _ATOM + "id": _text_into("id"),
    _ATOM + "title": _atom_text("title"),
    _ATOM + "summary": _atom_text("summary"),
    _ATOM + "content": _atom_text("content"),
    _ATOM + "published": _text_into("published"),
    _ATOM + "updated": _text_into("updated"),
    _ATOM + "author": _person,
}


# ---------------------------------------------------------------- both


def _inner(node: Any) -> str:  # noqa: ANN401  lxml
    """Return an element's text; with child elements (XHTML) its inner markup."""
    if len(node) == 0:
        return str(node.text or "")
    parts = [_escape(node.text or "")]
    parts += [etree.tostring(child, encoding="unicode") for child in node.iterchildren()]
    return "".join(parts).replace("xmlns:html=", "").replace("<html:", "<").replace("</html:", "</")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _based(node: Any, base: str) -> str:  # noqa: ANN401  lxml
    own = node.get(_XML + "base")
    return urljoin(base, own) if own else base


def _entry(raw: Raw, element: Any) -> Entry:  # noqa: ANN401  lxml
    base = raw["base"]
    link = web_link(raw.get("link_text", ""), base) or raw.get("link", "")
    identity = str(raw.get("id") or element.get(_RDF + "about", "")).strip()
    if not link and raw.get("permalink", True):
        link = web_link(identity) if "://" in identity else ""
    summary = plain(next((raw[name] for name in _SUMMARIES if raw.get(name)), ""), link or base)
    content = plain(raw.get("content", ""), raw.get("content_base") or link or base)
    authors = raw["authors"] or [raw[name] for name in ("itunes_author",) if raw.get(name)]
    audio = next((e["url"] for e in raw["enclosures"] if e["type"].startswith(("audio/", "video/"))), "")
    return Entry(
        id=identity,
        link=link,
        title=plain_line(next((raw[name] for name in _TITLES if raw.get(name)), "")),
        published=(raw.get("published") or raw.get("dc_date") or "").strip(),
        updated=raw.get("updated", "").strip(),
        authors=[name for name in map(person, authors) if name],
        summary=summary.text,
        content=content.text,
        links=list(dict.fromkeys(content.links + summary.links)),
        related=raw.get("related", ""),
        audio=audio,
        transcript=raw.get("transcript", ""),
        duration=raw.get("duration", 0.0),
        comments=raw.get("comments", -1),
        language=element.get(_XML + "lang", ""),
        hash=_hash(raw),
        enclosures=raw["enclosures"],
    )


def _hash(raw: Raw) -> str:
    """Hash what was read of an entry, as it was before cleaning: a third of what writing it out as XML costs."""
    parts = [value if isinstance(value, str) else repr(value) for value in raw.values()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def seconds_of(text: str) -> float:
    """Read itunes:duration, "h:mm:ss", "mm:ss" or seconds; 0 for what is none."""
    parts = text.strip().split(":")
    if not all(part.strip().replace(".", "", 1).isdigit() for part in parts) or len(parts) > 3:  # noqa: PLR2004  h, m, s
        return 0.0
    total = 0.0
    for part in parts:
        total = total * 60 + min(float(part), 1e6)
    return total
