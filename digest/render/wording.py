"""Every word of the frame, in English and Chinese: headings, counts, dates, verdicts, the receipt."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import get_args

from digest.domain.item import ItemKind, Language
from digest.render.phrases import COUNTED, PHRASES

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_HAN_LATIN = re.compile(f"([{_HAN}])([A-Za-z0-9@#$+−-])|([A-Za-z0-9%+])([{_HAN}])")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HAN_DAYS = "一二三四五六日"
_WEEK = re.compile(r"(\d{4})-W(\d{2})")


def frame_language(language: Language) -> str:
    """Return the language in which the frame can be worded: "zh" for every Chinese, else "en"."""
    return "zh" if language.lower().split("-")[0] == "zh" else "en"


def html_language(language: Language) -> str:
    """Return the tag for a lang attribute: plain "zh" is written in simplified characters here."""
    return "zh-CN" if language == "zh" else language


def language_name(language: Language) -> str:
    """Return a language's own name where the frame can be worded in it, else its tag."""
    known = PHRASES.get(language.lower().split("-")[0])
    return known["language_name"] if known else language


def phrase(language: Language, key: str, **values: object) -> str:
    """Return a phrase of the frame with its values filled in. Raises KeyError for a key that does not exist."""
    return PHRASES[frame_language(language)][key].format(**values)


def count(language: Language, noun: str, number: int) -> str:
    """Return a number with its noun: "1 paper", "21 papers", "21 篇论文".

    `noun` is a key of the counted nouns (an item kind, "source", "word", "minute", ...).
    """
    one, many = COUNTED[frame_language(language)][noun]
    return (one if number == 1 else many).format(n=figure(number))


def category(language: Language, name: str) -> str:
    """Return a category in words; one that is no cadence is the editor's own and stays as it is."""
    return PHRASES[frame_language(language)].get(f"category_{name}", name)


def figure(number: float) -> str:
    """Return a whole number with thousands separators: 12,408."""
    return f"{number:,.0f}"


def day(language: Language, moment: datetime) -> str:
    """Return a date: "21 June 2026", "2026年6月21日"."""
    local = moment.astimezone(UTC)
    if frame_language(language) == "zh":
        return f"{local.year}年{local.month}月{local.day}日"
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def period(language: Language, name: str) -> str:
    """Return a period's name in words: "Week 25, 2026", "Sunday, 21 June 2026", "2026年第25周", "2026年6月21日 星期日".

    A name that is neither a week nor a day is returned as it is.
    """
    chinese = frame_language(language) == "zh"
    if week := _WEEK.fullmatch(name):
        return f"{week[1]}年第{int(week[2])}周" if chinese else f"Week {int(week[2])}, {week[1]}"
    try:
        moment = datetime.fromisoformat(name).replace(tzinfo=UTC)
    except ValueError:
        return name
    if chinese:
        return f"{day(language, moment)} 星期{_HAN_DAYS[moment.weekday()]}"
    return f"{_DAYS[moment.weekday()]}, {day(language, moment)}"


def short_period(name: str) -> str:
    """Return the short form of a week, "W25", as threads refer to it; a day stays as it is."""
    week = _WEEK.fullmatch(name)
    return f"W{week[2]}" if week else name


def parenthesis(language: Language, words: str) -> str:
    """Put words in the parentheses of the language."""
    return f"（{words}）" if frame_language(language) == "zh" else f" ({words})"


def spaced(text: str) -> str:
    """Put the space between Chinese and Latin signs that Chinese typography asks for."""
    previous = ""
    while previous != text:  # one sign can close one pair and open the next
        previous = text
        text = _HAN_LATIN.sub(lambda pair: f"{pair[1] or pair[3]} {pair[2] or pair[4]}", text)
    return text


def joined(language: Language, sentences: list[str]) -> str:
    """Join sentences into one paragraph: a space between them, none after Chinese punctuation."""
    text = ""
    for sentence in sentences:
        tight = text.endswith(tuple("。！？；：”」）")) and frame_language(language) == "zh"
        text += sentence if tight or not text else f" {sentence}"
    return text


def by_kind(language: Language, counts: Mapping[str, object]) -> list[str]:
    """Return counts by kind in words, ["21 papers", "5 articles"], in the order of the item kinds; none for a zero."""
    kinds = counts.get("by_kind")
    if not isinstance(kinds, Mapping):
        return []
    return [count(language, kind, n) for kind in get_args(ItemKind) if isinstance(n := kinds.get(kind), int) and n]
