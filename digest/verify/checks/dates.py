"""Whether the dates, months and weekdays of a sentence are its sources'."""

import re
from collections.abc import Sequence

from digest.quantity import Quantity
from digest.verify.checks.fault import Fault
from digest.verify.sentences.reading import Reading

_Date = tuple[int | None, int | None, int | None]
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = (
    ("monday", "周一|星期一"),
    ("tuesday", "周二|星期二"),
    ("wednesday", "周三|星期三"),
    ("thursday", "周四|星期四"),
    ("friday", "周五|星期五"),
    ("saturday", "周六|星期六"),
    ("sunday", "周日|星期日|星期天"),
)
_DAY = re.compile("|".join(rf"(?P<d{n}>\b{english}\b|(?:{chinese}))" for n, (english, chinese) in enumerate(_DAYS)))


def check_dates(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return the first date of which year, month or day stands in no date of the sources."""
    theirs = [parts for source in sources for q in source.quantities for parts in _dates(q)]
    for quantity in said.quantities:
        for mine in _dates(quantity):
            if _month_told(mine, sources):
                continue
            if not any(_agrees(mine, date) for date in _as_full(mine, theirs)) and not _bare(quantity, sources):
                return Fault("date", contradicts=bool(theirs))
    return None


def _month_told(mine: _Date, sources: Sequence[Reading]) -> bool:
    """Whether it is a month alone that a source names, "1 月" for "mid-January"."""
    year, month, day = mine
    return year is None and day is None and month is not None and any(month in months(s.text) for s in sources)


def _as_full(mine: _Date, theirs: Sequence[_Date]) -> Sequence[_Date]:
    """Return those dates that give the last part of this one too, its day or month, else all."""
    last = max((n for n, part in enumerate(mine) if part is not None), default=0)
    return [date for date in theirs if date[last] is not None] or theirs


def check_months(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return a month named alone ("as early as September", "6 月") that no source names."""
    theirs = frozenset[int]().union(*(months(source.text) for source in sources))
    if theirs and not months(said.text) <= theirs:
        return Fault("date")
    return None


def months(text: str) -> frozenset[int]:
    """Return the months that a text names, 1 to 12, by name or number."""
    names = re.findall(
        r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:[a-z]{0,2}|"
        r"uary|ruary|ch|il|e|y|ust|tember|ober|ember)\b",
        text,
    )
    numbers = re.findall(r"(?<![\d个])(1[0-2]|[1-9])\s?月(?!子|球|之暗面)", text)
    words = re.findall(r"(?<![个])(十[一二]?|[一二三四五六七八九])月(?!子|球|之暗面)", text)
    spelt = {"十": 10, "十一": 11, "十二": 12} | {c: n for n, c in enumerate("一二三四五六七八九", 1)}
    dashed = re.findall(r"(?<!\d)20\d\d-(\d\d)(?=-\d\d)", text)
    return frozenset(
        [_MONTHS.index(n.lower()) + 1 for n in names]
        + [int(n) for n in (*numbers, *dashed)]
        + [spelt[w] for w in words]
    )


def _dates(quantity: Quantity) -> list[_Date]:
    if quantity.kind != "date" or ":" in quantity.text:
        return []
    text = quantity.text.lower()
    quarter = re.search(r"q([1-4])", text)
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    month = next((n for n, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name}", text)), None)
    numeric = re.search(r"(?:19|20)\d\d-(0[1-9]|1[0-2])(?!\d)(?:-(\d\d))?", text) or re.search(
        r"(\d{1,2})\s?月(?:\s?(\d{1,2}))?", text
    )
    day = re.search(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)", text.replace(year[0], " ") if year else text)
    if quarter:
        return [(int(year[0]) if year else None, 20 + int(quarter[1]), None)]
    if numeric:
        return [(int(year[0]) if year else None, int(numeric[1]), int(numeric[2]) if numeric[2] else None)]
    last = re.search(r"((?:19|20)\d\d)[-–/](\d{4}|\d\d)$", text)
    if last and year:
        return [(int(last[1]), None, None), (int(last[1][: 4 - len(last[2])] + last[2]), None, None)]
    return [(int(year[0]) if year else None, month, int(day[1]) if day and month else None)]


def _agrees(mine: _Date, theirs: _Date) -> bool:
    """Each part that the sentence gives must be the source's, where the source gives it; at least one must meet."""
    met = [(a, b) for a, b in zip(mine, theirs, strict=True) if a is not None]
    return all(b is None or a == b for a, b in met) and any(a == b for a, b in met)


def _bare(quantity: Quantity, sources: Sequence[Reading]) -> bool:
    digits = re.findall(r"\d+", quantity.text)
    return (
        len(digits) == 1
        and any(re.search(rf"(?<!\d){digits[0]}(?!\d)", s.text) for s in sources)
        and not re.search(r"[A-Za-z月]", quantity.text)
    )


def check_weekdays(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return a day of the week where the sources name others alone."""
    theirs = frozenset[str]().union(*(_days(source.text) for source in sources))
    return Fault("date") if theirs and not _days(said.text) <= theirs else None


def _days(text: str) -> frozenset[str]:
    return frozenset(m.lastgroup or "" for m in _DAY.finditer(text.lower()))
