"""Whether names, dates, quotations and links of a sentence stand in its sources."""

import re
from collections.abc import Sequence

from digest.names import Name, owner
from digest.quantity import Quantity
from digest.verify.figures import Fault
from digest.verify.reading import Reading, squeeze

_CJK = re.compile("[\u3400-\u9fff]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def check_links(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return the first link or domain that no source holds."""
    for link in said.links:
        bare = re.sub(r"^https?://(?:www\.)?|/$", "", link.lower())
        if not any(bare in source.text.lower() for source in sources):
            return Fault("link", contradicts=False)
    return None


def check_quotes(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return the first quotation whose words stand in no source; a single word or a title in quotation marks is one too."""
    for quote in said.quotes:
        words = squeeze(quote)
        if not words or any(words in source.plain for source in sources):
            continue
        if any(_CJK.search(quote) is None and source.chinese for source in sources) or _other_script(quote, sources):
            if _term(quote):
                continue
        return Fault("quotation", contradicts=False)
    return None


def _other_script(quote: str, sources: Sequence[Reading]) -> bool:
    return bool(_CJK.search(quote)) and not any(source.chinese for source in sources)


def _term(quote: str) -> bool:
    """A translated term of a few words in quotation marks is a name for a thing, not somebody's speech."""
    return len(quote) <= 8 if _CJK.search(quote) else len(quote.split()) <= 2


def check_dates(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return the first date of which year, month or day stands in no date of the sources."""
    theirs = [parts for source in sources for q in source.quantities for parts in _dates(q)]
    for quantity in said.quantities:
        for mine in _dates(quantity):
            if not any(_agrees(mine, date) for date in theirs) and not _bare(quantity, sources):
                return Fault("date", contradicts=bool(theirs))
    return None


_Date = tuple[int | None, int | None, int | None]


def _dates(quantity: Quantity) -> list[_Date]:
    if quantity.kind != "date" or ":" in quantity.text:
        return []
    text = quantity.text.lower()
    quarter = re.search(r"q([1-4])", text)
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    month = next((n for n, name in enumerate(_MONTHS, 1) if re.search(rf"\b{name}", text)), None)
    numeric = re.search(r"(?:19|20)\d\d-(\d\d)(?:-(\d\d))?", text) or re.search(
        r"(\d{1,2})\s?月(?:\s?(\d{1,2}))?", text
    )
    day = re.search(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)", text.replace(year[0], " ") if year else text)
    if quarter:
        return [(int(year[0]) if year else None, 20 + int(quarter[1]), None)]
    if numeric:
        return [(int(year[0]) if year else None, int(numeric[1]), int(numeric[2]) if numeric[2] else None)]
    last = re.search(r"((?:19|20)\d\d)[-–/](\d{4}|\d\d)$", text)
    if last and year:
        return [(int(last[1]), None, None), (int(last[2]) % 100 + int(last[1]) // 100 * 100, None, None)]
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


def check_names(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return the first name that no source holds under any of its spellings."""
    for name in said.names:
        if not any(_holds(source, name, said) for source in sources):
            return Fault(_WORDS.get(name.kind, "name"), contradicts=False)
    return None


_WORDS = {"person": "person", "place": "place"}


def _holds(source: Reading, name: Name, said: Reading) -> bool:
    if squeeze(name.text) in source.plain or squeeze(name.canonical) in source.plain:
        return True
    mine = name.canonical
    for other in source.names:
        if other.canonical == mine or owner(other.canonical) == mine:
            return True
    if name.kind == "unknown":
        return _parts(source, name.text) or (source.chinese and not _latin_token(name.text))
    return False


def _parts(source: Reading, text: str) -> bool:
    """Whether every capitalised word of a run stands in the source by itself, as "Meta's Threads" does in two places."""
    words = [w for w in re.findall(r"[A-Za-z0-9]+", text) if len(w) > 1]
    return bool(words) and all(
        re.search(rf"(?<![a-z0-9]){re.escape(w.lower().removesuffix('s'))}", source.text.lower()) for w in words
    )


def _latin_token(text: str) -> bool:
    """Whether a name would stay in Latin letters in a Chinese text: a coined word, an acronym, a name with a digit."""
    return bool(re.search(r"[a-z][A-Z]|[A-Z]{2}|\d", text))
