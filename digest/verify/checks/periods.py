"""Whether the quarters, half-years, spans of years and years of figures that a sentence tells are its sources'."""

import re
from collections.abc import Sequence

from digest.verify.alike.amounts import twins
from digest.verify.checks.fault import Fault
from digest.verify.sentences.figures import Figure
from digest.verify.sentences.reading import Reading

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_QUARTER = re.compile(
    r"\bq([1-4])(?!\d)|\b([1-4])q(?:\d\d)?\b|\b(first|second|third|fourth)[- ](?:fiscal |calendar )?quarter(?!-?final)"
    r"|(?<![前头])(?:第\s?)?([一二三四1-4])\s?季度",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"\bh([12])(?=[\s,.;)]*(?:20\d\d|of\b|$))|\b(first|second) half of (?:the (?:fiscal )?year|20\d\d|fiscal)"
    r"|(上|下)半年",
    re.IGNORECASE,
)
_YEAR = r"(?<![\d.,$¥€])((?:19|20)\d\d)(?![\d,%]|\.\d)"
_YEARS = re.compile(_YEAR)
_SPAN = re.compile(
    rf"{_YEAR}\s?年?\s?(?:-|–|—|~|～|to\b|through\b|until\b|至|到)\s?{_YEAR}",
    re.IGNORECASE,
)


def check_periods(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return a quarter, half-year or span of years that no source names where they name others, or a figure's year."""
    text = "\n".join(source.text for source in sources)
    for told in (_quarters, _halves):
        mine, theirs = told(said.text), told(text)
        if theirs and not mine <= theirs:
            return Fault("date")
    spans = _spans(text)
    for first, last in _spans(said.text) - spans:
        if any((first == one) != (last == two) for one, two in spans):
            return Fault("date", f"{first}-{last}")
    return next((fault for part in said.sentences for f in part.figures if (fault := _of_year(f, said, sources))), None)


def _quarters(text: str) -> frozenset[int]:
    found = (next(group for group in m.groups() if group).lower() for m in _QUARTER.finditer(text))
    return frozenset(_ORDINALS.get(word, 0) or int(word) for word in found)


def _halves(text: str) -> frozenset[int]:
    found = (next(group for group in m.groups() if group).lower() for m in _HALF.finditer(text))
    return frozenset(1 if word in {"1", "first", "上"} else 2 for word in found)


def _spans(text: str) -> frozenset[tuple[int, int]]:
    return frozenset((int(m[1]), int(m[2])) for m in _SPAN.finditer(text) if int(m[1]) < int(m[2]))


def _of_year(figure: Figure, said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Find a figure told of one year where every place of it in the sources is told of another."""
    mine = _years(figure, said)
    if len(mine) != 1:
        return None
    places = [(source, other) for source in sources for other, _ in twins(figure, source)]
    wrong = [(source, other) for source, other in places if (years := _years(other, source)) and not years & mine]
    if not wrong or len(wrong) < len(places):
        return None
    source, other = wrong[0]
    return Fault("date", source.text[slice(*other.cell)].strip())


def _years(figure: Figure, reading: Reading) -> frozenset[int]:
    return frozenset(int(m[1]) for m in _YEARS.finditer(reading.text, *figure.cell))
