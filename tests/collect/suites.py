"""Cases of feedparser's own suite, read from its archive: a document and what is expected of its entries."""

import ast
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from digest.collect.dates import read_date
from digest.collect.entry import Entry
from digest.collect.markup import plain_line
from digest.text import one_line
from digest.urls import canonical

_EXPECT = re.compile(rb"Expect:\s*(.+?)\s*-->", re.DOTALL)
_HEADER = re.compile(rb"Header:\s*([\w-]+):\s*(.+)")
KEPT = frozenset(
    {"title", "link", "id", "guid", "author", "summary", "description", "content", "enclosures"}
    | {"published_parsed", "updated_parsed", "created_parsed", "published", "updated", "created"}
)

_DATES = frozenset({"published", "updated", "created"})
_ALIASES = {
    ("title_detail", "value"): ("title",),
    ("summary_detail", "value"): ("summary",),
    ("author_detail", "name"): ("author",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    name: str
    body: bytes
    content_type: str
    url: str
    wanted: tuple[tuple[int, tuple[Any, ...], Any], ...]  # entry number, path in it, value


def cases(archive: Path) -> Iterator[Case]:
    with tarfile.open(archive) as tar:
        for member in sorted(tar.getmembers(), key=lambda m: m.name):
            if not member.isfile() or not member.name.endswith(".xml") or "/sanitize/" in member.name:
                continue
            file = tar.extractfile(member)
            case = _case(member.name, file.read() if file else b"")
            if case and case.wanted:
                yield case


def _case(name: str, body: bytes) -> Case | None:
    text = body.decode("utf-16", "replace").encode() if body.startswith((b"\xff\xfe", b"\xfe\xff")) else body
    found = _EXPECT.search(text)
    if not found:
        return None
    headers = {k.decode().lower(): v.decode("latin-1").strip() for k, v in _HEADER.findall(text)}
    try:
        tree = ast.parse(found[1].decode("utf-8", "replace").strip(), mode="eval")
    except (SyntaxError, ValueError):
        return None
    return Case(
        name=name.split("/tests/", 1)[-1],
        body=body,
        content_type=headers.get("content-type", "application/xml"),
        url=headers.get("content-location", f"http://127.0.0.1:8097/{Path(name).name}"),
        wanted=tuple(_wanted(tree)),
    )


def _wanted(tree: ast.AST) -> Iterator[tuple[int, tuple[Any, ...], Any]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq):
            path = _path(node.left)
            try:
                value = ast.literal_eval(node.comparators[0])
            except ValueError:
                continue
            path = _ALIASES.get(path[2:], path[2:]) and (*path[:2], *_ALIASES.get(path[2:], path[2:]))
            if path and path[0] == "entries" and len(path) > 2 and isinstance(path[1], int) and path[2] in KEPT:
                yield path[1], path[2:], value


def _path(node: ast.AST) -> tuple[Any, ...]:
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute):
        inner = _path(node.value)
        return (*inner, node.attr) if inner else ()
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        inner = _path(node.value)
        return (*inner, node.slice.value) if inner else ()
    return ()


def holds(entries: list[Entry], number: int, path: tuple[Any, ...], value: Any) -> bool | None:
    """Whether the entry says what is expected; None where the suite looks at something that we don't keep."""
    name, rest = path[0], path[1:]
    if not _is_kept(name, rest):
        return None
    if number >= len(entries):
        return False
    if name == "enclosures":
        return _same_enclosure(entries[number], rest, value)
    if name.endswith("_parsed"):
        return _same_date(entries[number], name, value)
    if name in _DATES:
        return _same_moment(entries[number], str(value))
    same = _same_name if name in {"link", "id", "guid"} else _same_text
    return same(entries[number], name, str(value))


def _is_kept(name: str, rest: tuple[Any, ...]) -> bool:
    if name == "enclosures":
        return len(rest) == 2 and rest[1] in {"href", "url", "type", "length"}
    return rest == (0, "value") if name == "content" else not rest


def _same_date(entry: Entry, name: str, value: Any) -> bool:
    first, second = read_date(entry.published), read_date(entry.updated)
    ours = {"published_parsed": [first], "created_parsed": [first]}.get(name, [second, first])
    if value is None:
        return ours[0] is None
    return any(moment == _utc(value) for moment in ours)


def _same_moment(entry: Entry, value: str) -> bool:
    """Whether one of our dates says the same, as an instant or, where it is none, in the same words."""
    ours = (entry.published, entry.updated)
    return value.strip() in ours or read_date(value) in [read_date(text) for text in ours if text]


def _utc(value: Any) -> datetime | None:
    return read_date("{:04d}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}Z".format(*value[:6]))


def _same_enclosure(entry: Entry, rest: tuple[Any, ...], value: Any) -> bool:
    if rest[0] >= len(entry.enclosures):
        return False
    key = "url" if rest[1] == "href" else rest[1]
    return entry.enclosures[rest[0]].get(key, "") == str(value)


def _same_name(entry: Entry, name: str, value: str) -> bool:
    if name == "link":
        return canonical(entry.link) == canonical(value)
    return entry.id == value or canonical(entry.id) == canonical(value)


def _same_text(entry: Entry, name: str, value: str) -> bool:
    ours = {"title": entry.title, "author": ", ".join(entry.authors), "content": entry.content}.get(name, entry.summary)
    options = {plain_line(value), one_line(value), one_line(value.replace("<", "&lt;"))}
    if name == "author":
        bare = re.sub(r"\s*\(?[\w.+-]+@[\w.-]+\)?\s*", "", value).strip(" ()")
        options |= {bare, re.sub(r".*?\(([^)]*)\)", r"\1", value).strip()}
        return one_line(ours) in options or any(one_line(a) in options for a in entry.authors)
    return one_line(ours) in options
