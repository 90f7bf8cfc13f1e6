"""The full text of a paper from its PDF: pages in order, sections by their numbered headings."""

import io
import re
from typing import TYPE_CHECKING

from digest.read.document import Paper, Section, Trouble
from digest.read.paper_text import MOST_TEXT, bounded, code_links

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_BYTES = 60_000_000
MOST_PAGES = 80
_LEAST = 400
_HEADING = re.compile(
    r"^(?:(?:\d{1,2}|[IVX]{1,4}|[A-F])(?:\.\d{1,2})*\.?\s+)?(?P<title>(?:[A-Z][A-Za-z-]+"
    r"|[A-Z]{3,})(?:[ :][\w&:,'’()-]+){0,7})$"
)
_KNOWN = re.compile(
    r"^(?:abstract|introduction|related works?|background|preliminar\w+|problem \w+|method\w*"
    r"|approach|(?:proposed )?(?:model|framework)|experiments?|evaluation|results?"
    r"|(?:online|offline) \w+|deployment|discussion|limitations?|conclusions?(?: and .*)?"
    r"|acknowledge?ments?|references|appendix)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\d{1,2}\.?\s+[A-Z]")
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")


def read_pdf(body: bytes) -> Paper | Trouble:
    """Read a PDF's text; encrypted, broken, textless and oversized files are refused, long ones cut and flagged.

    Run it in a sandbox worker: a small file may unpack to gigabytes.
    """
    if len(body) > MOST_BYTES:
        return Trouble(reason=f"the PDF has {len(body):,} bytes, more than {MOST_BYTES:,}")
    if b"%PDF-" not in body[:1024]:
        return Trouble(reason="the file is no PDF")
    from pypdf import PdfReader  # noqa: PLC0415  only readers of papers pay for it

    try:
        reader = PdfReader(io.BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            return Trouble(reason="the PDF is encrypted")
        count, text = len(reader.pages), _text(reader)
    except Exception as error:  # noqa: BLE001  hostile bytes make the parser raise anything; the kind is kept
        return Trouble(reason=f"the PDF can't be read: {type(error).__name__}")
    if len(text.strip()) < _LEAST:
        return Trouble(reason="the PDF holds no text")
    front, sections = _sections(text)
    kept, flags = bounded(sections)
    cut = (f"first {MOST_PAGES} of {count} pages",) if count > MOST_PAGES else ()
    return Paper(format="pdf", sections=kept, front=front[:5000], code=code_links(text), flags=(*flags, *cut))


def _text(reader: "PdfReader") -> str:
    pieces: list[str] = []
    room = MOST_TEXT
    for page in reader.pages[:MOST_PAGES]:
        pieces.append(page.extract_text()[:room])
        room -= len(pieces[-1])
        if room <= 0:
            break
    return _HYPHEN.sub("", "\n".join(pieces))


def _sections(text: str) -> tuple[str, list[Section]]:
    """Cut at the headings, from the abstract to the references; what stands before is the front matter."""
    front: list[str] = []
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        title = _title(line.strip())
        if title.lower().startswith("references"):
            break
        if title:
            found.append((title, []))
        elif found:
            found[-1][1].append(line)
        else:
            front.append(line)
    if not found:
        return "", [Section(title="", text=text)]
    return "\n".join(front), [Section(title=title, text="\n".join(lines)) for title, lines in found]


def _title(line: str) -> str:
    match = _HEADING.match(line) if len(line) < 90 else None  # noqa: PLR2004  characters; longer lines are running text
    if match and (_KNOWN.match(match["title"]) or _NUMBERED.match(line)):
        return match["title"]
    return ""
