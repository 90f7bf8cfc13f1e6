"""Plain text: cleaning, sentences with their offsets, words, in English and Chinese."""

import re
import unicodedata
from dataclasses import dataclass

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\U000e0100-\U000e01ef]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_TEX_WRAP = re.compile(r"\\(?:textbf|textit|texttt|textsc|emph|text|underline)\s?\{([^{}]*)\}")
_TEX_CUT = re.compile(r"\\[A-Za-z]{1,12}\{(?=[^{}]*$)")  # what a mark that closes in a later sentence opens
_TEX_MARK = re.compile(r"\\(?=[%&#_$])")
_SPACE = re.compile(r"\s+")
_CJK = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
HAN = re.compile("[\u3400-\u9fff]")
"""A Chinese character."""
_END = re.compile(
    r"[.!?…][\"'”’)\]}]*\s+(?=[\"'“‘(\[{*•–—-]{0,2}\s?(?:[A-Z0-9$\\\u3400-\u9fff]|[a-z][A-Z]))"
    r"|[。！？；][”’」』）]*\s*|\n{2,}"
)
_NEVER = re.compile(
    r"\b(?:e\.g|i\.e|cf|vs|viz|Fig|Figs|Eq|Eqs|Sec|Tab|Ref|Refs|Thm|Dr|Mr|Ms|Mrs|Prof|St|Gen|Sen"
    r"|Rep|approx|resp|w\.r\.t|v\.s|a\.k\.a|i\.i\.d|incl|excl|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|No|Nos|Vol|pp)\.$"
    r"|\bYahoo!$"
)
_PERHAPS = re.compile(r"(?:\b(?:etc|al|Inc|Ltd|Corp|Co|Jr|Sr|U\.S|U\.K|a\.m|p\.m|Ph\.D)|(?<![\w-])[A-Z])\.$")
_STARTER = re.compile(
    r"[\"'“‘(\[]*(?:We|It|The|This|These|Those|In|Our|An?|However|To|For|On|With|By|As|At|And|But"
    r"|Its|He|She|They|There|While|When|If|Then|Thus"
    r"|Here|Moreover|Furthermore|Finally|Experiments|Extensive|Results|Online|Offline)\b"
)
_NUMBERED = re.compile(r"\bNos?\.$")
_LOOK_BACK = 8  # no abbreviation is longer, its mark included


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text: `source[start:end] == text`."""

    start: int
    end: int
    text: str


def clean(text: str) -> str:
    """Strip invisible, tag and control characters (also U+E0000-E007F) and lone surrogates; keep tabs and line ends."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return _CONTROL.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))


def one_line(text: str) -> str:
    """Clean and fold every run of white space, line ends included, into one space."""
    return _SPACE.sub(" ", clean(text)).strip()


def untexed(text: str) -> str:
    r"""Take the marks of TeX out of running text: "\textbf{SWE-CI} gains 5\%" is "SWE-CI gains 5%".

    For what is told, whose text is held against its source: marks go, and nothing else changes. `quantity.mask` keeps
    every offset for what is read, and `render.readable` turns formulas into signs for what is shown.
    """
    bare = _TEX_MARK.sub("", _TEX_CUT.sub("", _TEX_WRAP.sub(r"\1", text)))
    return bare if "{" in bare else bare.replace("}", "")


def is_chinese(text: str) -> bool:
    """Whether at least a fifth of the letters are Chinese characters."""
    if text.isascii():
        return False
    letters = sum(1 for c in text if c.isalpha())
    return letters > 0 and len(_CJK.findall(text)) * 5 >= letters


def sentences(text: str) -> list[Span]:
    """Split a text into its sentences, in order, with their offsets; abbreviations and decimals do not end one."""
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if _abbreviated(text, start, match):
            continue
        _append(spans, text, start, match.end())
        start = match.end()
    _append(spans, text, start, len(text))
    return spans


def _abbreviated(text: str, start: int, end: re.Match[str]) -> bool:
    """Whether the mark belongs to an abbreviation or an initial; some also end sentences: the next word shows it."""
    mark = end.start() + 1
    if text[end.start()] not in ".!":
        return False
    if text[max(start, mark - _LOOK_BACK) : mark - 1].isalpha() and mark - start > _LOOK_BACK:
        return False
    left = max(start, mark - _LOOK_BACK)
    if _NUMBERED.search(text, left, mark):
        return text[end.end()].isdigit()
    if _NEVER.search(text, left, mark):
        return True
    return bool(_PERHAPS.search(text, left, mark)) and not _STARTER.match(text, end.end())


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    stripped = piece.strip()
    if stripped:
        spans.append(Span(start + left, start + left + len(stripped), stripped))
