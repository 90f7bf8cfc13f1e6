"""The numbers of a text, in the order in which they stand."""

import re

from digest.quantity.grammar import ARTICLES, TOKEN
from digest.quantity.latex import MASK, mask
from digest.quantity.model import Quantity, QuantityKind, Sign
from digest.quantity.qualifiers import basis, qualifier
from digest.quantity.spoken import chinese_value, vague, word_value
from digest.quantity.values import currency, number, scale, unit


def quantities(text: str) -> list[Quantity]:
    """List the numbers of a text in the order in which they stand; pieces of LaTeX around them are read through."""
    return _between(text, mask(text), 0, len(text))


def _between(text: str, masked: str, start: int, end: int) -> list[Quantity]:
    return [found for match in TOKEN.finditer(masked, start, end) for found in _read(match, text, masked)]


def _read(match: re.Match[str], text: str, masked: str) -> list[Quantity]:
    kind = _kind(match)
    if kind == "url" or (match["zhword"] == "一" and match[0][1:] in ARTICLES):
        return []
    if kind == "amount":
        return _amounts(match, text, masked)
    if kind == "zh":
        return _one(match.start(), match.end(), text, masked, *chinese_value(match))
    if kind == "words":
        value = word_value(match)
        return _one(match.start(), match.end(), text, masked, *value) if value else []
    start, end = match.span()
    if kind == "vague":
        return [vague(start, text[start:end])]
    digits = re.search(r"\d+(?:\.\d+)?", match[0].replace(",", ""))
    named: QuantityKind = "date" if kind == "date" else "rank" if kind == "rank" else "version"
    return [Quantity(start=start, end=end, text=text[start:end], value=float(digits[0]) if digits else 0.0, kind=named)]


def _kind(match: re.Match[str]) -> str:
    return next(
        name for name in ("url", "vague", "version", "date", "rank", "amount", "zh", "words") if match[name] is not None
    )


def _amounts(match: re.Match[str], text: str, masked: str) -> list[Quantity]:
    start, high = match.start(), match["high"]
    size, unit1, money = scale(match["scale1"]), unit(match["unit1"]), currency(match["money"])
    sign = _sign(match["sign"] or match["sign2"], masked, start)
    if match["sign"] and not sign:
        start += 1
    if high is None:
        return _one(start, match.end(), text, masked, number(match["low"]) * size, None, money or unit1, sign)
    size2, unit2 = scale(match["scale2"]), unit(match["unit2"])
    if _is_range(match, masked, unit1, unit2):
        low, top = number(match["low"]) * (size if match["scale1"] else size2), number(high) * size2
        return _one(start, match.end(), text, masked, low, top, money or unit2 or unit1, sign)
    shared = not (match["scale1"] or unit1) and number(match["low"]) < number(high)  # "from 3 to 30B"
    low = number(match["low"]) * (size2 if shared else size)
    first = _one(start, match.start("join"), text, masked, low, None, money or unit1, sign)
    return first + _between(text, masked, match.start("join"), match.end())


def _is_range(match: re.Match[str], masked: str, unit1: str, unit2: str) -> bool:
    join = match["join"].strip().lower()
    before = masked[max(0, match.start() - 14) : match.start()].lower()
    if unit1 and unit1 != unit2:
        return False
    if join == "and":
        return "between" in before
    if join in {"to", "至", "到"}:
        return number(match["high"]) >= number(match["low"]) and not re.search(
            r"(?:(?<!ranging )(?<!range )from|从|由)[\s\x1f$]*$", before
        )
    return number(match["high"]) >= number(match["low"]) or bool(unit2)


def _one(  # noqa: PLR0913, PLR0917  a quantity has that many sides; one caller each
    start: int,
    end: int,
    text: str,
    masked: str,
    value: float,
    high: float | None = None,
    measured: str = "",
    sign: Sign = "",
) -> list[Quantity]:
    while start < end and masked[start] in f" {MASK}":
        start += 1
    while end > start and masked[end - 1] in f" {MASK}":
        end -= 1
    bound, words = qualifier(masked, text, start, end)
    relative, relative_words = basis(masked, start, end)
    return [
        Quantity(
            start=start,
            end=end,
            text=text[start:end],
            value=value,
            high=high,
            unit=measured,
            sign=sign,
            qualifier=bound or relative,
            qualifier_text=words or relative_words,
            basis=relative,
        )
    ]


def _sign(sign: str, masked: str, start: int) -> Sign:
    """Read a sign character; a hyphen after a letter or digit joins words and is none."""
    if sign == "+":
        return "+"
    if sign in {"-", "−", "–"} and not (start and (masked[start - 1].isalnum() or masked[start - 1] in ")]")):
        return "-"
    return ""
