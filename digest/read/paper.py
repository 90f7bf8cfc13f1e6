"""The full text of a paper from one of its formats, and what its licence and its comment allow and say."""

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from digest.names import is_company, is_word, known, owner
from digest.read.document import Format, Paper, Picture, Section, Trouble
from digest.read.paper_html import read_html
from digest.read.paper_pdf import read_pdf
from digest.read.paper_tex import read_tex

_READERS: dict[Format, Callable[[bytes], Paper | Trouble]] = {"html": read_html, "tex": read_tex, "pdf": read_pdf}
_SHOWN = re.compile(
    r"creativecommons\.org/(?:licenses/by(?:-sa)?/|publicdomain/zero/)|^(?:licen[cs]e:\s*)?cc[- ]?(?:by(?:-sa)?"
    r"|0)(?:[- ]\d\.\d)?$",
    re.IGNORECASE,
)
_NO_VENUE = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|Copyright|Version|Draft|Preprint|Spring|Summer|Autumn|Fall"
    r"|Winter",
)
_HOPED = re.compile(r"\b(?:submi(?:tted|ssion)|under (?:\w+ )?review)\b", re.IGNORECASE)
_TAKEN = re.compile(r"\b(?:accepted|to appear|published|presented|camera[- ]ready|proceedings)\b", re.IGNORECASE)
_AROUND = 160
_OFFERS = re.compile(
    r"\b(?:our|the|all)?\s?(?:source )?(?:code|codebase|implementation|data(?:set)?|models?|weights|project)s?\b"
    r"[^.]{0,90}\b(?:available|released?|open-?sourced?|published|provided?|found|public(?:ly)?|here|at)\b"
    r"|\bwe (?:\w+ )?(?:release|open-?source|publish|provide|share)\b|\bcode:",
    re.IGNORECASE,
)
_ACCEPTED = re.compile(
    r"(?:accepted|to appear|published|presented|camera[- ]ready)\b[^.;]{0,40}?\b(?:at|in|by|to"
    r"|for)\s+(?:the\s+)?(?P<where>[A-Z][\w@&' -]*?(?:20\d\d|['’]\d\d)?)"
    r"(?=[,.;(]|\s+(?:as|with|main|track|workshop|\d+ pages)|$)|(?P<named>\b[A-Z][A-Za-z]{2,}\s?(?:20\d\d|['’]\d\d))\b",
)


def work(body: bytes, format: Format) -> dict[str, Any]:  # noqa: A002  the worker's option is called what it is
    """Read one format in a sandbox worker: the fields of the Paper, or {"reason": ...}."""
    return asdict(_READERS[format](body))


def paper_of(answer: dict[str, Any]) -> Paper | Trouble:
    """Turn a worker's answer back into what the readers return."""
    if "reason" in answer:
        return Trouble(**answer)
    picture = Picture(**answer["picture"]) if answer["picture"] else None
    sections = tuple(Section(**section) for section in answer["sections"])
    return Paper(
        format=answer["format"],
        sections=sections,
        front=answer["front"],
        picture=picture,
        code=tuple(answer["code"]),
        license=answer["license"],
        flags=tuple(answer["flags"]),
    )


def may_show(license_url: str) -> bool:
    """Whether the licence allows showing a figure with its source: CC BY, CC BY-SA, CC0; arXiv's own does not."""
    return bool(_SHOWN.search(license_url.strip()))


def venue(comment: str) -> str:
    """Return where the authors' comment says the paper appears ("KDD 2026", "KDD 2026 workshop"), or ""."""
    match = _ACCEPTED.search(comment)
    where = (match["where"] or match["named"]).strip(" -") if match else ""
    if not where or _NO_VENUE.match(where) or (_HOPED.search(comment) and not _TAKEN.search(comment)):
        return ""
    aside = "workshop" in comment.lower() and "workshop" not in where.lower()
    return f"{where} workshop" if aside else where


def affiliations(front: str) -> tuple[str, ...]:
    """List the companies and institutions named before the abstract, in order, each once."""
    return tuple(dict.fromkeys(home for home, _ in _homes(front)))


def home_of(front: str) -> tuple[str, str]:
    """Return the company named before the abstract, else the institution, with the words around it; "" for none."""
    found = list(_homes(front))
    name, at = next(((home, at) for home, at in found if is_company(home)), found[0] if found else ("", 0))
    if not name:
        return "", ""
    start = max(front.rfind("\n", 0, at), front.rfind(";", 0, at), at - _AROUND) + 1
    end = min((cut for cut in (front.find("\n", at), front.find(";", at)) if cut >= 0), default=at + _AROUND)
    return name, front[start : min(end, at + _AROUND)].strip(" ,.;")


def own_code(paper: Paper) -> tuple[str, ...]:
    """List the repositories that the paper calls its own: a sentence that offers code, data or a model names them."""
    text = f"{paper.front}\n{paper.text}"
    return tuple(link for link in paper.code if _offered(text, link.removeprefix("https://")))


def _offered(text: str, link: str) -> bool:
    return any(
        _OFFERS.search(text[max(0, at.start() - _AROUND) : at.end() + _AROUND // 2])
        for at in re.finditer(re.escape(link), text)
    )


def _homes(front: str) -> Iterator[tuple[str, int]]:
    for name in known(front):
        home = name.canonical if name.kind == "institution" else owner(name.canonical) if name.kind == "company" else ""
        if home and not is_word(name.text):
            yield home, name.start
