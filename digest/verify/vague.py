"""Whether magnitudes without a number ("tens of millions", "数亿", "several hours") and weekdays are the source's."""

import re
from collections.abc import Sequence

from digest.quantity import Quantity
from digest.verify.figures import Fault, dimension
from digest.verify.reading import Reading

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
_TENFOLD, _SEVERAL = 10, 2


def check_magnitudes(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return the first magnitude of a sentence that no source has, be it as such or as a number of that size."""
    theirs = [q for source in sources for q in source.quantities if q.kind in {"vague", "amount"}]
    for quantity in said.quantities:
        if quantity.kind != "vague" or any(_meets(quantity, other) for other in theirs):
            continue
        rival = next((q for q in theirs if q.kind == "vague" and bool(q.unit) == bool(quantity.unit)), None)
        return Fault("scale", rival.text) if rival else Fault("number", contradicts=False)
    return None


def check_weekdays(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return a day of the week where the sources name others alone."""
    theirs = frozenset[str]().union(*(_days(source.text) for source in sources))
    return Fault("date") if theirs and not _days(said.text) <= theirs else None


def _days(text: str) -> frozenset[str]:
    return frozenset(m.lastgroup or "" for m in _DAY.finditer(text.lower()))


def _meets(said: Quantity, other: Quantity) -> bool:
    if other.kind == "vague":
        return (said.unit, said.value) == (other.unit, other.value)
    if not said.unit:
        return said.value * 0.8 <= other.value < said.value * _TENFOLD
    (one, unit), (two, size) = dimension(said), dimension(other)
    return one == two and unit * _SEVERAL <= size < unit * _TENFOLD * _SEVERAL
