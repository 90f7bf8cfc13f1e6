"""Essays: the editor's Markdown files, pinned on the front page, as pages without foreign markup."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from digest.domain.item import Language
from digest.errors import ConfigError
from digest.render.readable import clip
from digest.render.tags import tag_slug
from digest.render.words import minutes_for, words_in
from digest.text import clean, is_chinese, one_line

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_FIELD = re.compile(r"^(\w+):\s*(.*)$", re.MULTILINE)
_HEADING = re.compile(r"\A#\s+(.+)\n?")
_MARKS = re.compile(r"[*_`>#\[\]]|\(https?:[^)]*\)")
_TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong", "sub",
    "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Essay:
    """One essay; `text` is Markdown without front matter and title; `summary` is its beginning where none is given."""

    slug: str
    title: str
    language: Language
    text: str
    summary: str
    words: int
    reading_minutes: int


def load(folder: Path) -> tuple[Essay, ...]:
    """Read the folder's *.md in the order of their names; none where it does not exist.

    Raises ConfigError for a file that is no UTF-8.
    """
    return tuple(_read(path) for path in sorted(folder.glob("*.md"))) if folder.is_dir() else ()


def essay(name: str, text: str) -> Essay:
    """Read one essay. Its front matter may give title, language and summary; else its first heading is the title."""
    text = clean(text.replace("\r\n", "\n"))
    front = _FRONT.match(text)
    fields = {key: value.strip().strip("\"'") for key, value in _FIELD.findall(front[1])} if front else {}
    body = text[front.end() :].lstrip() if front else text.lstrip()
    heading = _HEADING.match(body)
    body = body[heading.end() :].lstrip() if heading else body
    words = words_in(body)
    return Essay(
        slug=tag_slug(name),
        title=fields.get("title") or (heading[1] if heading else name),
        language=fields.get("language") or ("zh" if is_chinese(body) else "en"),
        text=body,
        summary=fields.get("summary") or clip(one_line(_MARKS.sub("", body)), 220),
        words=words,
        reading_minutes=minutes_for(body),
    )


def essay_html(of: Essay) -> Markup:
    """Return the essay's text as HTML: no scripts, no images, no styles, links to http and https only."""
    html = _markdown().render(of.text)
    return Markup(nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"}))  # noqa: S704  nh3 is what makes it safe


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def _read(path: Path) -> Essay:
    try:
        return essay(path.stem, path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"essay {path.name} is no UTF-8; save it as UTF-8") from error
