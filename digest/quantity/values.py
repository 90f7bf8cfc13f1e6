"""What number words, scales, units and currencies mean: the tables of values.toml."""

import re
import tomllib
from pathlib import Path

_TABLES = tomllib.loads((Path(__file__).parent / "values.toml").read_text(encoding="utf-8"))
WORDS: dict[str, float] = _TABLES["words"]
"""English number words: "seven" is 7."""
FOLDS: dict[str, float] = _TABLES["folds"]
"""Beginnings of words that multiply: "doubl" is 2."""
PARTS: dict[str, float] = _TABLES["parts"]
"""Words of fractions by what they divide by: "third" is 3."""
_SCALES: dict[str, float] = _TABLES["scales"]
_UNITS: dict[str, str] = {spelling: unit for unit, spellings in _TABLES["units"].items() for spelling in spellings}
_CURRENCY: dict[str, str] = _TABLES["currency"]
_ZH_DIGITS: dict[str, int] = _TABLES["chinese_digits"]
_ZH_PLACES: dict[str, int] = _TABLES["chinese_places"]


def number(digits: str) -> float:
    """Read digits with the thousands marks and decimal points of either side of the Atlantic."""
    digits = re.sub(r"[ \u00a0\u202f]", "", digits.replace("{,}", ","))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+", digits) or re.fullmatch(r"\d+,\d{1,2}", digits):
        digits = digits.replace(".", "").replace(",", ".")
    return float(digits.replace(",", ""))


def scale(words: str | None) -> float:
    """Return what a word of scale multiplies by ("million", "万", "k"), 1 for none."""
    return _SCALES.get((words or "").strip(" -\x1f多余").lower().removesuffix("s"), 1.0) if words else 1.0


def unit(words: str | None) -> str:
    """Return the canonical name of a unit's spelling, "" for none."""
    return _UNITS.get((words or "").strip(" -\x1f\t\n").lower(), "")


def currency(words: str | None) -> str:
    """Return the canonical sign of a currency before an amount, "" for none."""
    return _CURRENCY.get((words or "").strip().lower(), "")


def chinese_number(digits: str) -> float:
    """Read "三百二十一点五", or digits that stand in a Chinese phrase."""
    if digits[0].isdigit():
        return float(digits)
    whole, _, rest = digits.partition("点")
    total, last = 0, 0
    for char in whole:
        if char in _ZH_PLACES:
            total += (last or 1) * _ZH_PLACES[char]
            last = 0
        else:
            last = _ZH_DIGITS[char]
    return float(f"{total + last}.{''.join(str(_ZH_DIGITS[c]) for c in rest) or 0}")
