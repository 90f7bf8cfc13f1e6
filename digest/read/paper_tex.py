"""The full text of a paper from its TeX source: files joined, commands stripped, no macro ever run."""

import io
import re
import tarfile
import zlib
from collections.abc import Iterator

from digest.read.document import Paper, Picture, Section, Trouble
from digest.read.paper_text import best_picture, bounded, code_links

MOST_BYTES = 60_000_000
_MOST_UNPACKED = 80_000_000
_MOST_FILES = 3_000
_MOST_TEX = 4_000_000
_DEPTH = 8
_MOST_INPUTS = 400
_LEAST = 400
_COMMENT = re.compile(r"(?<!\\)%.*")
_INPUT = re.compile(r"\\(?:input|include|subfile)(?![A-Za-z])\s*\{?\s*([\w./-]{1,200})\s*\}?")
_MACRO = re.compile(
    r"\\(?:re)?newcommand\*?\s*\{?\\([A-Za-z]{1,40})\}?\s*\{([^{}]{0,120})\}|\\def\\([A-Za-z]{1,40})\{([^{}]{0,120})\}"
)
_SECTION = re.compile(r"\\section\*?\s*(?:\[[^\]]{0,200}\])?\s*\{([^{}]{0,300}(?:\{[^{}]{0,200}\}[^{}]{0,300}){0,5})\}")
_IMAGE = re.compile(r"\\includegraphics\s*(?:\[[^\]]{0,300}\])?\s*\{([^{}]{1,300})\}")
_SKIPPED = re.compile(
    r"\\begin\{((?:equation|align|gather|table|tabular|algorithm|figure|thebibliography|lstlisting|tikzpicture)\*?)\}"
)
_PICTURED = re.compile(r"\\begin\{(figure\*?|teaserfigure)\}")
_LINK = re.compile(r"\\(?:url|href)\s*\{([^{}]{1,500})\}")
_DROPPED = re.compile(
    r"\\(?:cite[a-z]*|ref|eqref|autoref|cref|Cref|label|vspace|hspace|footnotemark|bibliography"
    r"|bibliographystyle|includegraphics)\*?\s*(?:\[[^\]]{0,200}\])*\s*\{[^{}]{0,500}\}"
)
_COMMAND = re.compile(r"\\[A-Za-z]+\*?\s?(?:\[[^\]]{0,100}\])?|\\(?=[%$&#_{}])")
_SPACES = re.compile(r"[ \t]+|~")


def read_tex(body: bytes) -> Paper | Trouble:
    """Read arXiv's source: a gzipped tar, one gzipped file, or plain TeX."""
    files = _files(body)
    if isinstance(files, Trouble):
        return files
    main = _main(files)
    if not main:
        return Trouble(reason="the source has no TeX file with a document class")
    text = _joined(main, files)
    preamble, begun, document = text.partition("\\begin{document}")
    if not begun:
        document = text
    document = _named(document.partition("\\end{document}")[0], preamble)
    sections, flags = bounded(_sections(document))
    if sum(len(section.text) for section in sections) < _LEAST:
        return Trouble(reason="the source holds no text")
    front = _plain(document.partition("\\begin{abstract}")[0])
    return Paper(
        format="tex",
        sections=sections,
        front=front[:5000],
        picture=best_picture(_pictures(document)),
        code=code_links(document),
        flags=flags,
    )


def _files(body: bytes) -> dict[str, str] | Trouble:
    """Unpack in memory, up to fixed sizes; only TeX files are kept."""
    if len(body) > MOST_BYTES:
        return Trouble(reason=f"the source has {len(body):,} bytes, more than {MOST_BYTES:,}")
    data = _unzipped(body) if body[:2] == b"\x1f\x8b" else body
    if data is None:
        return Trouble(reason="the source can't be unpacked within its limits")
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            return _members(archive)
    except tarfile.TarError:
        return {"main.tex": data[:_MOST_TEX].decode("utf-8", "replace")}


def _unzipped(body: bytes) -> bytes | None:
    inflate = zlib.decompressobj(31)
    try:
        data = inflate.decompress(body, _MOST_UNPACKED)
    except zlib.error:
        return None
    return None if inflate.unconsumed_tail else data


def _members(archive: tarfile.TarFile) -> dict[str, str]:
    found: dict[str, str] = {}
    for count, member in enumerate(archive):
        if count >= _MOST_FILES:
            break
        if member.isfile() and member.name.endswith(".tex"):
            opened = archive.extractfile(member)
            if opened:
                found[member.name.removeprefix("./")] = opened.read(_MOST_TEX).decode("utf-8", "replace")
    return found


def _main(files: dict[str, str]) -> str:
    """Name the file with the document class; of several the one that has a document, then the longest."""
    classed = [name for name, text in files.items() if "\\documentclass" in text or "\\documentstyle" in text]
    return max(classed, key=lambda name: ("\\begin{document}" in files[name], len(files[name]), name), default="")


def _joined(name: str, files: dict[str, str], stack: tuple[str, ...] = (), spent: list[int] | None = None) -> str:
    """Put included files in place: never one inside itself, at most 400 in all, and within four million characters."""
    spent = [0, 0] if spent is None else spent
    text = _COMMENT.sub("", files[name])[: max(0, _MOST_TEX - spent[1])]
    spent[0], spent[1] = spent[0] + 1, spent[1] + len(text)
    pieces: list[str] = []
    place = 0
    for match in _INPUT.finditer(text):
        inner = next((key for key in (match[1], f"{match[1]}.tex", match[1].removeprefix("./")) if key in files), "")
        pieces.append(text[place : match.start()])
        place = match.end()
        if inner and inner not in (*stack, name) and len(stack) < _DEPTH and spent[0] < _MOST_INPUTS:
            pieces.append(_joined(inner, files, (*stack, name), spent))
    return "".join([*pieces, text[place:]])


def _named(document: str, preamble: str) -> str:
    """Write out the short names that authors define: each replaced once, so that no macro can recurse."""
    macros = {m[1] or m[3]: (m[2] if m[1] else m[4]).replace("\\xspace", "") for m in _MACRO.finditer(preamble)}
    if not macros:
        return document
    pattern = re.compile(
        r"\\(" + "|".join(sorted(map(re.escape, macros), key=len, reverse=True)) + r")(?![A-Za-z])(?:\{\})?"
    )
    return pattern.sub(lambda m: macros[m[1]], document)


def _sections(document: str) -> list[Section]:
    _, begun, rest = document.partition("\\begin{abstract}")
    abstract, _, rest = rest.partition("\\end{abstract}") if begun else ("", "", document)
    found = [Section(title="Abstract", text=_plain(abstract))] if abstract else []
    marks = list(_SECTION.finditer(document))
    if not marks:
        return [*found, Section(title="", text=_plain(rest))]
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        end = following.start() if following else len(document)
        found.append(Section(title=_plain(mark[1]), text=_plain(document[mark.end() : end])))
    return found


def _pictures(document: str) -> list[Picture]:
    found: list[Picture] = []
    for start, end in _environments(document, _PICTURED):
        image, caption = _IMAGE.search(document, start, end), _argument(document[start:end], "\\caption")
        if image and caption:
            found.append(Picture(caption=f"Figure {len(found) + 1}: {_plain(caption)}"[:1000], image=image[1].strip()))
    return found


def _environments(text: str, begin: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield where environments stand, in order and without overlaps; one that never ends is left alone."""
    place = 0
    for match in begin.finditer(text):
        if match.start() < place:
            continue
        mark = f"\\end{{{match[1]}}}"
        end = text.find(mark, match.end())
        if end < 0:
            return
        place = end + len(mark)
        yield match.start(), place


def _without(text: str, begin: re.Pattern[str]) -> str:
    pieces: list[str] = []
    place = 0
    for start, end in _environments(text, begin):
        pieces.append(text[place:start])
        place = end
    return " ".join([*pieces, text[place:]])


def _argument(text: str, command: str) -> str:
    """Return what stands between the braces that follow a command, nested ones included."""
    start = text.find("{", text.find(command)) if command in text else -1
    depth = 0
    for place in range(start, len(text)) if start >= 0 else ():
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return text[start + 1 : place]
    return ""


def _plain(tex: str) -> str:
    tex = _without(tex, _SKIPPED)
    tex = _LINK.sub(r"\1", _DROPPED.sub("", tex))
    tex = _COMMAND.sub("", tex).replace("``", "“").replace("''", "”").replace("{", "").replace("}", "")
    return _SPACES.sub(" ", tex).strip()
