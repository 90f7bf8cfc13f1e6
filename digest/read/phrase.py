"""A sentence with its figures as single characters and its fillers gone, so that templates can be matched on it."""

import re
from dataclasses import dataclass, replace

from digest.names import known_metric
from digest.quantity import Quantity, mask, quantities
from digest.read.lexicon import FILLER, STOP, Q

_FIRST = 0xE000
_TIMES = 0x400  # set in the character of a factor
_SIGNED = 0x1000  # set in the character of a figure with a sign
_NUMBER = 0x3FF
_MOST = 60  # figures of one sentence; a table flattened to text has more, and names none of them
_WIDE = 10
_LIFT_UNITS = frozenset({"%", "pp", "bps", "points", "x", "ms", "s"})
_QUOTED = re.compile(r"\([^()\ue000-\uf8ff]*\)|\[[^\[\]\ue000-\uf8ff]*\]|（[^（）\ue000-\uf8ff]*）")
_OPENED = re.compile(r"\((?:e\.g\.,?|i\.e\.,?|from|up from|down from)?\s?$")
_TIME = re.compile(r"\([~≈\s]*$")
_GIVEN = re.compile(r"\b(?:by|of)\s(?:up to |about |approximately |over )?$")
_WRITTEN = re.compile(r"\d|倍|fold$|times$")
_FACTOR = re.compile(r"\bfactors? of (?:up to |about |around |approximately |over |more than |nearly |roughly )?$")
_KINDS = re.compile(
    r"\s(?:\w+ )?(?:advantage|benefit|contribution|challenge|purpose|approach|strategy|goal|aim|role|problem|cross"
    r"|objective|process|mechanism|framework|design|way|validation)"
)
_NEXT_POINTS = re.compile(r"[^,;:()]{1,50}(?:, and|,| and) ")
_GIVEN_BY = re.compile(
    r"\b(?:by|(?:improvement|gain|increase|boost|margin|drop|reduction|lift)s? of)\s"
    r"(?:up to |about |approximately |over |more than |nearly |around |an average of )?$"
)
_NAMED_POINTS = re.compile(r"[\s\x1f]+(?P<name>[A-Za-z][\w@-]*(?: [A-Za-z][\w@-]*)?)[\s-]points?\b")
_POINTS = re.compile(rf"(?<=[{Q}]) (?P<name>[A-Za-z][\w@-]*(?: [A-Za-z][\w@-]*)?)(?P<points>[\s-]points?)\b")
_RATE_BEHIND = re.compile(
    r"[\s\x1f]+(?:m?AP(?:\d\d|@[\w.:]+)?|m?IoU|m?Acc|(?:macro-|micro-)?F1|EM|AU(?:RO|PR)?C|MRR|NDCG(?:@\d+)?|WER|CER"
    r"|(?:top-1 )?accuracy|Recall@\d+|R@\d+)(?=[,.;)]|$| (?:on|and|over|in|for|at|compared|relative|with|while"
    r"|across)\b)"
)
_MOST_POINTS = 100
_CHANGE = re.compile(r"\s(?:improvement|gain|increase|reduction|decrease|drop|lift|boost)")
_UP_TO = re.compile(  # "improves accuracy up to 95%" may be a level; "reduces cost up to 20%" is a change
    r"(?<![\w-])(?:reduc(?:es?|ing)|cut(?:s|ting)?|lower(?:s|ing)|decreas(?:es|ing)|shorten(?:s|ing)?|sav(?:es|ing))\s"
    rf"(?:(?!(?:{STOP}|of|by)\b)[\w@/'-]+\s){{1,5}}(?P<bound>up to)(?=\s[{Q}])",
    re.IGNORECASE,
)
_TILDE = re.compile(r"times|\\sim|~|∼")
_RANGE = re.compile(r"[\s\x1f×]*(?:[-–—]+|[~∼]|\x1fto\x1f|\sto\s)[\s\x1f-]*")
_FROM = re.compile(r"\bfrom[\s\x1f]*$")
_SPACES = re.compile(r"[\s\x1f]{2,}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """`text` is the shortened sentence; `offsets[i]` is where its i-th character stands in the source sentence."""

    source: str
    text: str
    offsets: tuple[int, ...]
    figures: tuple[Quantity, ...]

    def words(self, start: int, end: int) -> str:
        """Return the source's words behind a stretch of the shortened text."""
        if start >= end:
            return ""
        return self.source[self.offsets[start] : self.offsets[end - 1] + 1]

    def figure(self, place: int) -> Quantity:
        """Return the figure whose character stands at a place of the shortened text."""
        return self.figures[ord(self.text[place]) & _NUMBER]


def is_signed(char: str) -> bool:
    """Whether the character stands for a figure with a sign of its own."""
    return bool((ord(char) - _FIRST) & _SIGNED)


def is_factor(char: str) -> bool:
    """Whether the character stands for a factor ("3x", "2.5 times")."""
    return bool((ord(char) - _FIRST) & _TIMES)


def _char(number: int, figure: Quantity) -> str:
    return chr(_FIRST | (_SIGNED if figure.sign else 0) | (_TIMES if figure.unit == "x" else 0) | number)


def shorten(sentence: str) -> Phrase | None:
    """Read a sentence's figures and shorten it, or return None when it holds none that could be an outcome."""
    figures = tuple(
        q
        for q in _with_units(sentence, _with_ranges(sentence, quantities(sentence)))
        if _candidate(q) and not _levels(sentence, q)
    )[:_MOST]
    if not figures:
        return None
    chars, offsets = _with_placeholders(mask(sentence), figures)
    for match in _UP_TO.finditer(chars):
        chars = f"{chars[: match.start('bound')]}by   {chars[match.end() :]}"
    for match in _POINTS.finditer(chars):
        if known_metric(match["name"]):
            chars = f"{chars[: match.start('points')]}{' ' * len(match['points'])}{chars[match.end() :]}"
    for pattern in (_QUOTED, FILLER, _QUOTED):
        chars, offsets = _without(pattern, chars, offsets)
    chars, offsets = _single_spaces(chars, offsets)
    return Phrase(sentence, chars, tuple(offsets), figures)


def _candidate(quantity: Quantity) -> bool:
    stray = quantity.high is not None and quantity.value < 1 and quantity.high > _WIDE  # "a recall of 0.77-22% higher"
    measured = quantity.kind == "amount" and quantity.unit in _LIFT_UNITS
    return measured and not stray and bool(_WRITTEN.search(quantity.text))


def _levels(sentence: str, quantity: Quantity) -> bool:
    """Whether "(62% to 91%)" gives two levels beside a change, "(270 s)" a time, "twofold benefit" two of them."""
    before = sentence[max(0, quantity.start - 24) : quantity.start]
    if quantity.unit in {"s", "ms"} and not quantity.sign:
        return bool(_TIME.search(before)) and sentence[quantity.end : quantity.end + 1] == ")"
    if quantity.text.endswith("fold") and _KINDS.match(sentence, quantity.end):
        return True
    return quantity.high is not None and " to " in quantity.text and bool(_OPENED.search(before))


def _with_ranges(sentence: str, figures: list[Quantity]) -> list[Quantity]:
    """Join the ends of a range that stand in formulas ("$3$x-$4$x") or about a tilde ("2% ~ 4%")."""
    found: list[Quantity] = []
    masked = mask(sentence) if _TILDE.search(sentence) else ""
    for figure in figures:
        last = found[-1] if found and masked else None
        joined = last and last.unit == figure.unit in {"x", "%"} and last.high is None and last.value < figure.value
        if (
            last
            and joined
            and not _FROM.search(masked, 0, last.start)
            and _RANGE.fullmatch(masked, last.end, figure.start + (figure.sign == "-"))
        ):
            found[-1] = replace(last, high=figure.value, end=figure.end, text=sentence[last.start : figure.end])
        else:
            found.append(figure)
    return found


def _with_units(sentence: str, figures: list[Quantity]) -> list[Quantity]:
    """Give the first figure of "by 2.9 and 5.2 points" the unit of the second, and "a factor of 5" that of "5x"."""
    found: list[Quantity] = []
    for n, figure in enumerate(figures):
        following = figures[n + 1] if n + 1 < len(figures) else None
        bare = following is not None and figure.kind == "amount" and not figure.unit and following.kind == "amount"
        if not figure.unit and figure.kind == "amount" and _FACTOR.search(sentence[: figure.start]):
            found.append(replace(figure, unit="x"))
        elif figure.kind == "amount" and not figure.unit and _in_points(sentence, figure, found):
            found.append(replace(figure, unit="points"))
        elif following and bare and sentence[figure.end : following.start] in {" and ", ", "}:
            given = _GIVEN.search(sentence[: figure.start]) or _CHANGE.match(sentence, following.end)
            alike = given and following.unit in _LIFT_UNITS
            found.append(replace(figure, unit=following.unit) if alike else figure)
        else:
            found.append(figure)
    return found


def _in_points(sentence: str, figure: Quantity, before: list[Quantity]) -> bool:
    """Whether a bare number is one of points: "by 3.2 accuracy points", "by 3.2 mAP" (no share grows by over 1)."""
    named = _NAMED_POINTS.match(sentence, figure.end)
    if named:
        return known_metric(named["name"])
    listed = before and before[-1].unit == "points" and _NEXT_POINTS.fullmatch(sentence, before[-1].end, figure.start)
    given = figure.sign or listed or _GIVEN_BY.search(sentence[: figure.start])
    return bool(1 <= figure.value < _MOST_POINTS and given and _RATE_BEHIND.match(sentence, figure.end))


def _with_placeholders(text: str, figures: tuple[Quantity, ...]) -> tuple[str, list[int]]:
    chars: list[str] = []
    offsets: list[int] = []
    place = 0
    for number, figure in enumerate(figures):
        chars.append(text[place : figure.start])
        offsets.extend(range(place, figure.start))
        chars.append(_char(number, figure))
        offsets.append(figure.start)
        place = figure.end
    chars.append(text[place:])
    offsets.extend(range(place, len(text)))
    return "".join(chars), offsets


def _without(pattern: re.Pattern[str], text: str, offsets: list[int]) -> tuple[str, list[int]]:
    kept: list[str] = []
    places: list[int] = []
    last = 0
    for match in pattern.finditer(text):
        kept.append(text[last : match.start()])
        places.extend(offsets[last : match.start()])
        last = match.end()
    kept.append(text[last:])
    places.extend(offsets[last:])
    return "".join(kept), places


def _single_spaces(text: str, offsets: list[int]) -> tuple[str, list[int]]:
    kept: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        blank = char in " \t\n\r\x1f"
        if blank and kept and kept[-1] == " ":
            continue
        kept.append(" " if blank else char)
        places.append(offsets[place])
    return "".join(kept), places
