"""What the three formats of a paper share: picking its figure, finding its code, and cutting what is too long."""

import re

from digest.read.document import Picture, Section
from digest.text import clean

MOST_TEXT = 2_000_000
_MOST_LINKS = 20
_CODE = re.compile(
    r"(?:https?://)?(?:www\.)?(?P<repo>(?:github\.com|gitlab\.com|gitee\.com"
    r"|bitbucket\.org)/[\w.-]+/[\w.-]*[\w-]|huggingface\.co/(?:datasets/"
    r"|spaces/)?[\w.-]+/[\w.-]*[\w-])",
)
_SHOWS = re.compile(
    r"\b(?:architecture|overview|overall|framework|pipeline|workflow|illustration of (?:our|the)"
    r"|proposed|structure of)\b",
    re.IGNORECASE,
)


def code_links(text: str) -> tuple[str, ...]:
    """List the repositories that a text links to, as https addresses, in order, each once."""
    links = dict.fromkeys(f"https://{match['repo'].removesuffix('.git')}" for match in _CODE.finditer(text))
    return tuple(links)[:_MOST_LINKS]


def best_picture(pictures: list[Picture]) -> Picture | None:
    """Pick the figure whose caption speaks of the architecture, else the first one."""
    return next((picture for picture in pictures if _SHOWS.search(picture.caption)), pictures[0] if pictures else None)


def bounded(sections: list[Section]) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    """Clean the sections, drop the empty ones, and cut after two million characters, which is then flagged."""
    kept: list[Section] = []
    room = MOST_TEXT
    for section in sections:
        text = clean(section.text).strip()[:room]
        room -= len(text)
        if text:
            kept.append(Section(title=clean(section.title).strip()[:300], text=text))
    return tuple(kept), (() if room > 0 else ("cut",))
