"""Numbers in words, English and Chinese: what a match of the grammar is worth."""

import re

from digest.quantity.model import Quantity
from digest.quantity.values import FOLDS, PARTS, WORDS, chinese_number, scale, unit

Spoken = tuple[float, None, str]
"""A value, the upper end that no number in words has, and a unit."""
_TENS = {"ten": 10.0, "dozen": 10.0, "十": 10.0}


def word_value(match: re.Match[str]) -> Spoken | None:
    """Read "two thirds", "twenty-five percent", "doubled"; None where "one" or "a" counts nothing."""
    if match["half"]:
        return 0.5, None, ""
    if match["fold"]:
        stem = match["fold"].lower()
        return next(value for key, value in FOLDS.items() if stem.startswith(key)), None, "x"
    return _counted_value(match)


def _counted_value(match: re.Match[str]) -> Spoken | None:
    word, part = match["word"], match["part"]
    measured = unit(match["wunit"])
    if word in {"one", "a"} and not (match["wscale"] or part or measured in {"%", "pp", "bps"}):
        return None
    value = float(WORDS.get(word, 1))
    if match["tens"]:
        value += WORDS[match["tens"]]
    if part:
        value /= PARTS[part]
    return value * scale(match["wscale"]), None, measured


def vague(start: int, words: str) -> Quantity:
    """Read the power of ten that "tens of millions" or "数千万" begins at, and the unit of "several hours"."""
    size, measured = 1.0, ""
    for word in re.findall(r"[a-z]+", words.lower()):
        size *= _TENS.get(word.removesuffix("s")) or scale(word)
        measured = measured or unit(word)
    for char in re.findall(r"[十百千万亿]", words):
        size *= _TENS.get(char) or scale(char)
    spoken = re.search(r"分钟|小时|天|周|月|年|秒", words)
    measured = unit("个月" if spoken[0] == "月" else spoken[0]) if spoken else measured
    return Quantity(start=start, end=start + len(words), text=words, value=size, unit=measured, kind="vague")


def chinese_value(match: re.Match[str]) -> Spoken:
    """Read "百分之三", "三分之一", "翻两番", "两万元"."""
    if match["zhpct"]:
        return chinese_number(match["zhpct"]), None, "%"
    if below := match["zhden"] or match["inverse"]:
        whole = chinese_number(below)
        return (chinese_number(match["zhnum"] or "1") / whole if whole else 0.0), None, ""
    if match["zhfold"]:
        return (4.0 if "两" in match["zhfold"] else 2.0), None, "x"
    if match["zhhalf"]:
        return 0.5, None, ""
    value = chinese_number(match["zhword"]) * scale(match["zhscale"])
    if (match["zhunit"] or "")[:1] == "成":
        return value * 10 + 5 * ("半" in match["zhunit"]), None, "%"
    return value, None, unit(match["zhunit"])
