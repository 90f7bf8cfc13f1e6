"""Cases of gofeed's testdata: a document and the items that its expected JSON shows, in the fields that we keep."""

import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digest.collect.dates import read_date
from digest.collect.entry import Entry
from digest.collect.markup import plain, plain_line
from digest.text import one_line
from digest.urls import canonical

FOLDERS = ("/parser/", "/translator/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    name: str
    body: bytes
    items: list[dict[str, Any]]


def cases(archive: Path) -> Iterator[Case]:
    with tarfile.open(archive) as tar:
        files = {m.name: m for m in tar.getmembers() if m.isfile() and any(f in m.name for f in FOLDERS)}
        for name in sorted(files):
            expected = name.removesuffix(".xml") + ".json" if name.endswith(".xml") else _beside(name)
            if expected not in files or expected == name:
                continue
            row = json.loads(_read(tar, files[expected]))
            items = (row.get("items") or row.get("entries") or []) if isinstance(row, dict) else []
            if any(isinstance(item, dict) and item for item in items):
                yield Case(name=name.split("/testdata/", 1)[-1], body=_read(tar, files[name]), items=items)


def _beside(name: str) -> str:
    return name.removesuffix(".json") + "_expected.json"


def _read(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(member)
    return file.read() if file else b""


def holds(entries: list[Entry], items: list[dict[str, Any]]) -> list[str]:
    """Name the fields in which the entries differ from what is expected; nothing for None where none is kept."""
    if len(entries) < len(items):
        return ["entries"] if any(kept(item) for item in items) else []
    return [field for entry, item in zip(entries, items, strict=False) for field in _wrong(entry, item)]


def kept(item: dict[str, Any]) -> dict[str, str]:
    guid = item.get("guid") or item.get("id") or ""
    links = [link for link in item.get("links") or () if isinstance(link, dict)]
    alternate = [link.get("href", "") for link in links if link.get("rel", "alternate") == "alternate"]
    content = item.get("content") or item.get("content_html") or item.get("content_text") or ""
    people = item.get("authors") or ([item["author"]] if item.get("author") else [])
    names = [p.get("name", "") if isinstance(p, dict) else str(p) for p in people]
    found = {
        "title": item.get("title") or "",
        "id": guid.get("value", "") if isinstance(guid, dict) else guid,
        "link": item.get("link") or item.get("url") or next(iter(alternate), ""),
        "published": item.get("publishedParsed") or item.get("pubDateParsed") or item.get("date_published") or "",
        "updated": item.get("updatedParsed") or item.get("date_modified") or "",
        "author": next((name for name in names if name), ""),
        "summary": item.get("description") or item.get("summary") or "",
        "content": content.get("value", "") if isinstance(content, dict) else content,
    }
    return {name: str(value) for name, value in found.items() if value}


def _wrong(entry: Entry, item: dict[str, Any]) -> Iterator[str]:
    for name, value in kept(item).items():
        if not _same(entry, name, value):
            yield name


def _same(entry: Entry, name: str, value: str) -> bool:
    if name in {"published", "updated"}:
        wanted = read_date(value)
        ours = [read_date(entry.published), read_date(entry.updated)]
        return (wanted.replace(microsecond=0) if wanted else None) in [
            d.replace(microsecond=0) if d else d for d in ours
        ]
    if name in {"id", "link"}:
        ours_id = entry.id if name == "id" else entry.link
        return ours_id == value.strip() or canonical(ours_id) == canonical(value)
    if name == "author":
        return any(one_line(author) == plain_line(value) for author in entry.authors)
    text = {"title": entry.title, "summary": entry.summary, "content": entry.content}[name]
    return one_line(text) in {one_line(plain(value).text), plain_line(value), one_line(value)}
