"""Entries of a feed become items: who they are, when they were, and in which language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from digest.collect.dates import date_item, read_date
from digest.collect.entry import Entry
from digest.collect.model import Window
from digest.domain.item import Item, ItemKind, Source
from digest.text import is_chinese, one_line, sentences
from digest.urls import canonical, keys_of

_TITLE_LENGTH = 140
_FRONT_PAGE = re.compile(r"https?://[^/?#]*/?[?#]?")
_LETTERS_FOR_LANGUAGE = 8
_EXCERPT = re.compile(
    r"(?:\[?\u2026\]?|\.\.\.|\[\+\d+ chars\]|Read more|Continue reading|阅读全文|查看全文)[\s\u00bb\u2192.]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What all entries of a feed share: its source, the clock, the window, the kind of item it yields."""

    source: Source
    now: datetime
    window: Window
    kind: ItemKind = "post"


def items_of(entries: Sequence[Entry], setting: Setting) -> tuple[Item, ...]:
    """Make the items of a feed's entries, in its order, each identity once (the first is the newest)."""
    pages = _pages(entries)
    items: dict[str, Item] = {}
    for entry in entries:
        if entry.title or entry.text or entry.link:
            item = _item(entry, identity(entry, own_link=entry.link not in pages), setting)
            items.setdefault(item.id, item)
    return tuple(items.values())


def _pages(entries: Sequence[Entry]) -> set[str]:
    """Return the links under which several titles stand: they name a page of news, not one entry of it."""
    titles: dict[str, set[str]] = {}
    for entry in entries:
        titles.setdefault(entry.link, set()).add(entry.title)
    return {link for link, found in titles.items() if len(found) > 1}


def identity(entry: Entry, *, own_link: bool) -> str:
    """Return what makes an entry the same one at the next fetch.

    Its canonical address where it has one of its own: guids are found doubled and changed. An address that entries of
    several titles share, or the site's front page, names none of them; then it is the guid, then the title.
    """
    if entry.link and own_link and not _FRONT_PAGE.fullmatch(entry.link):
        return _place(entry.link)
    if entry.id:
        return f"{entry.id}\n{entry.link}"
    return f"{entry.link}\n{entry.title or entry.text[:200]}"


def _place(link: str) -> str:
    fragment = link.partition("#")[2]
    return canonical(link) + (f"#{fragment}" if fragment else "")


def _item(entry: Entry, identity: str, setting: Setting) -> Item:
    source, now, window = setting.source, setting.now, setting.window
    stated = entry.published or entry.updated
    updated = read_date(entry.updated) if entry.updated else None
    dated = date_item(read_date(entry.published) or updated, now, window, stated=bool(stated))
    changed = date_item(updated, now, window) if updated else dated
    text = entry.text
    title = one_line(entry.title) or first_line(text) or entry.link
    excerpt = {"excerpt"} if text and _EXCERPT.search(text[-40:]) else set()
    return Item(
        id=f"feed:{source.slug}:{sha256(identity.encode('utf-8', 'replace')).hexdigest()[:12]}",
        source=source.slug,
        kind=setting.kind,
        title=title,
        url=entry.link or source.address,
        first_seen=now,
        text=text,
        authors=tuple(dict.fromkeys(entry.authors)),
        language=language_of(title, text, entry.language or source.language),
        published=dated.published,
        updated=changed.published if changed.published != dated.published and not changed.flags else None,
        keys=keys_of(entry.link) if entry.link else (),
        links=tuple(link for link in entry.links if link != entry.link),
        signals=_signals(entry),
        flags=dated.flags | excerpt,
        extra=_extra(entry),
        payload_hash=entry.hash,
    )


def _signals(entry: Entry) -> dict[str, float]:
    signals = {"duration_s": entry.duration} if entry.duration else {}
    return signals | ({"comments": float(entry.comments)} if entry.comments >= 0 else {})


def _extra(entry: Entry) -> dict[str, str]:
    pairs = {"page_url": entry.related, "audio": entry.audio, "transcript_url": entry.transcript, "guid": entry.id}
    return {name: value for name, value in pairs.items() if value and not (name == "guid" and value == entry.link)}


def first_line(text: str) -> str:
    """Return the first sentence of a text as a title, cut at a word where it is long."""
    found = sentences(text[:2000])
    line = one_line(found[0].text) if found else ""
    if len(line) <= _TITLE_LENGTH:
        return line
    return line[:_TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(",;: ") + "…"


def language_of(title: str, text: str, stated: str) -> str:
    """Return "zh" or "en" by the letters, where there are some; another stated language stays."""
    sample = f"{title} {text[:500]}"
    if is_chinese(sample):
        return "zh"
    base = stated.replace("_", "-").split("-")[0].strip().lower()
    if base == "zh" and sum(c.isalpha() for c in sample) >= _LETTERS_FOR_LANGUAGE:
        return "en"
    return base or "en"
