"""Whether the versions that a sentence gives to names ("GPT-5.5", "Nova 3", "v2.1") stand so in its sources."""

import re
from collections.abc import Iterator, Sequence

from digest.quantity import Quantity, quantities
from digest.verify.checks.fault import Fault
from digest.verify.sentences.reading import Reading, is_version, latin

_PIECE = re.compile(r"[Vv]?\d+(?:\.\d+)*|[A-Za-z]+|[\u3400-\u9fff]+")
_BEFORE = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*|[\u3400-\u9fff]{2,6})[ \u00a0-]?$")
_MORE = re.compile(r"(?:\.\d+)*")
_NAMED = re.compile(r".*[A-Za-z\u3400-\u9fff].*\d", re.DOTALL)
_TIER = re.compile(
    r"[ -]?(Opus|Sonnet|Haiku|Fable|Mythos|Pro|Flash|Mini|Max|Ultra|Nano|Lite|Turbo|Plus|Instant|Thinking)(?![a-z])"
)
_DIGIT = re.compile(r"\d")
_BARE = re.compile(r"[Vv]\d+(?:\.\d+)*")
_DATED = re.compile(r"\s?[月年日%％]")  # "GitHub 6 月 19 日" names no edition
_GAP = r"[\s_\-‑–—./^$(){}]{0,3}"
_LIST = r"(?:[^.。;；\n]|\.(?!\s)){0,40}?"  # within it a list of versions ("GLM-5.1 and 5.2") says its next one
_WORDY = re.compile(r"\b(?:version\s?|ver\.?\s?)(?=\d)|版本?\s?(?=\d)", re.IGNORECASE)
_SIZE = 1e6


def check_versions(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return the first versioned name of a sentence that no source holds as such.

    Blanks and hyphens between its pieces are free, each number is a whole one ("GPT-5" stands not in "GPT-5.5"), and a
    list may leave the name out before its later versions.
    """
    for token in versioned(said):
        if not any(
            stands(token, source)
            or _same_size(token, source)
            or (source.chinese != said.chinese and _translated(token, source))
            for source in sources
        ):
            return Fault("name", contradicts=False)
    return None


def versioned(said: Reading) -> Iterator[str]:
    """Yield the names of a text that hold a number, each with that number, and bare versions ("v2.1")."""
    for quantity in said.quantities:
        tier = _TIER.match(said.text, quantity.end) if quantity.kind in {"version", "amount"} else None
        if tier and re.search(r"[A-Za-z]\s?$|[A-Za-z]", said.text[max(0, quantity.start - 2) : quantity.end]):
            yield tier[1]
        if quantity.kind == "version":
            yield _with_name(said.text, quantity) if _BARE.fullmatch(quantity.text) else quantity.text
        elif quantity.kind == "amount" and is_version(said.text, quantity) and _DIGIT.search(quantity.text):
            yield _with_name(said.text, quantity)
    measured = [q for q in said.quantities if q.kind == "amount" and (q.unit or q.qualifier)]
    for name in said.names:
        if (
            _NAMED.fullmatch(name.text)
            and not _DATED.match(said.text, name.end)
            and not any(q.start < name.end <= q.end for q in measured)
        ):
            more = _MORE.match(said.text, name.end)  # a name of the tables ends at its second number
            yield said.text[name.start : more.end() if more else name.end]


def stands(token: str, source: Reading) -> bool:
    """Whether a name with its number stands in a source: in one piece, or its later number in a list ("5.1 and 5.2").

    A bare version ("V4") may stand apart from its name.
    """
    pieces, text = _pieces(token), latin(source.text)
    if any(_pattern(pieces, gap).search(text) for gap in (_GAP, _LIST)):
        return True
    return bool(_BARE.fullmatch(pieces[-1])) and _pattern(pieces[-1:], "").search(text) is not None


def _with_name(text: str, quantity: Quantity) -> str:
    before = _BEFORE.search(text[: quantity.start])
    return text[before.start() if before else quantity.start : quantity.end]


def _pieces(token: str) -> list[str]:
    """Part a name into words and numbers, a word for "version" taken into its number."""
    return _PIECE.findall(_WORDY.sub("v", latin(token)))


def _translated(token: str, source: Reading) -> bool:
    """Whether the number stands in a source of the other language whose name for the thing may be another."""
    pieces = _pieces(token)
    words = [piece for piece in pieces if not piece[-1].isdigit()]
    if any(re.search(re.escape(word), source.text, re.IGNORECASE) for word in words):
        return False
    numbers = [piece for piece in pieces if piece[-1].isdigit()]
    return _pattern(numbers, _LIST).search(source.text) is not None


def _pattern(pieces: Sequence[str], gap: str) -> re.Pattern[str]:
    """Compile the pieces of a name in their order, each a whole word or number, with a gap between each two."""
    return re.compile(gap.join(_whole(piece) for piece in pieces), re.IGNORECASE)


def _whole(piece: str) -> str:
    if piece[-1].isdigit():
        number = re.escape(piece.lstrip("Vv")).replace(r"\.", "[.-]")  # "claude-4-5" in an address of the API
        if _BARE.fullmatch(piece):  # "V2V4" is a name
            return rf"(?:v|(?<!\d)(?<!\d[.,])(?:version\s?|版本?\s?)){number}(?!\d)(?![.,]\d)"
        return rf"(?<!\d)(?<!\d[.,])v?{number}(?!\d)(?![.,]\d)"
    return rf"(?<![A-Za-z]){re.escape(piece)}(?![A-Za-z])" if piece.isascii() else re.escape(piece)


def _same_size(token: str, source: Reading) -> bool:
    """Whether a model's size stands in the other language's own scale: "30B" is 300 亿."""
    return any(
        size.value == other.value
        for size in quantities(token)
        if size.kind == "amount" and size.value >= _SIZE
        for other in source.quantities
    )
