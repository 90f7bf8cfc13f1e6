"""What reading a page or a paper yields: its text in sections, its picture, and what went wrong."""

from dataclasses import dataclass
from typing import Literal

Wall = Literal["", "paywall", "login", "consent", "robot check"]
Format = Literal["html", "tex", "pdf"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why nothing could be read, in one line that names the subject."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The main text of a web page.

    `published` is the page's own date (ISO, a day) or "", `language` BCP 47 or "", `wall` what stands before the
    rest of the text (the text is then an excerpt), `sha256` the hash of the text, by which it is cached.
    """

    text: str
    title: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    wall: Wall = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of a paper: its heading without its number ("" before the first), and its plain text."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A figure of a paper: the caption with its number ("Figure 1: ...") and the image's address or file name."""

    caption: str
    image: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The full text of a paper.

    `picture` is the figure that shows the architecture, else the first one; `code` links to repositories in order of
    appearance; `front` what stands before the abstract (authors and affiliations); `license` its name or address where
    the text itself bears it; `flags` say what was cut.
    """

    format: Format
    sections: tuple[Section, ...]
    front: str = ""
    picture: Picture | None = None
    code: tuple[str, ...] = ()
    license: str = ""
    flags: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All sections as one text, headings on lines of their own."""
        return "\n\n".join(f"{section.title}\n{section.text}".strip() for section in self.sections)
