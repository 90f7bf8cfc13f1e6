"""Names inside a shortened sentence: where they begin and end, which of them are metrics, and which are places."""

import re

from digest.names import known_metric
from digest.read.lexicon import KEEPS_ON, STOPS, Q, looks_like_metric

Stretch = tuple[int, int]

_SPLIT = re.compile(r"\s?(?:,\s?and\s|,\s?|\sand\s|\s&\s|、|和|与|及|以及)\s?")
_ARTICLES = re.compile(
    r"(?:the|two|three|four|five|several|all|an?|its|our|their|both|all|each|these|those|of|in|on"
    r"|by|key|core|standard|primary|and|its|as|to|with"
    r"|challenging|various|diverse|multiple|different|unseen)\s",
    re.IGNORECASE,
)
IN_RIGHT = re.compile(
    r"(?:\s(?:over|relative to|compared (?:to|with)|versus|vs\.?|against)\s[^,;:()]{1,60}?(?=\s(?:in|on)\s))?"
    rf"\s?(?P<prep>in terms of|in|on|for|of|at|across)\s(?P<np>[^;:{Q}]*)",
    re.IGNORECASE,
)
_PLACE_NOUN = "feed|homepage|homefeed|search|ads?|page|tab|app|platform|scenario|surface|module|channel|recommendation"
_SURFACE = re.compile(
    rf"\b(?:on|in|at|for|across|within)\s(?:the\s"
    rf"|an?\s)?(?P<np>(?:[A-Z][\w'’&+-]*(?:\s(?:[A-Z][\w'’&+-]*|{_PLACE_NOUN}))*)"
    r"|[\w'’-]+(?:\s[\w'’-]+){0,3}\s(?:feed|homepage|homefeed|page|tab|scenario|surfaces?|slots?"
    r"|ads?|module|channel|carousel"
    r"|datasets?|platform|app|markets?))(?![\w-])"
)
_DIRECT = re.compile(rf"\s(?P<np>(?:[^,;:.(){Q}]|\.(?=\d))+)")
_MEASURED = re.compile(r"\b(?:rates?|scores?|ratios?|metrics?|index|counts?|values?|time|duration)$", re.IGNORECASE)
_SETTING = re.compile(r" (?:online|offline)$", re.IGNORECASE)
_DANGLING = re.compile(r" (?:of|in|for)$")
_COMMA = re.compile("[,;]")
_LETTER = re.compile(r"[^\W\d]")
_REACH = 140  # a place further behind the figure belongs to something else


def is_metric(text: str, span: Stretch) -> bool:
    """Whether a stretch is a metric of the table, or one with a cut-off."""
    words = text[span[0] : span[1]]
    return known_metric(words) or "@" in words


def names_in(text: str, start: int, end: int, *, whole: bool = False) -> tuple[Stretch, ...]:
    """Split a stretch into the names it lists, each without articles and up to the next word that ends a name."""
    spans: list[Stretch] = []
    place = start
    for cut in [*_SPLIT.finditer(text, start, end), None]:
        stop = cut.start() if cut else end
        span = _name(text, place, stop, whole=whole)
        if span:
            spans.append(span)
        ended = span is None or span[1] < stop
        if ended and spans:
            break
        place = cut.end() if cut else end
    return tuple(spans)


def _name(text: str, start: int, end: int, *, whole: bool) -> Stretch | None:
    while True:
        while start < end and text[start] in " ,'\"“”‘’*-–:`":
            start += 1
        article = _ARTICLES.match(text, start, end)
        if article is None:
            break
        start = article.end()
    if not whole:
        end = _cut(text, start, end)
    while end > start and text[end - 1] in " ,.'\"“”‘’*:;`-":
        end -= 1
    dangling = _DANGLING.search(text, start, end)
    end = dangling.start() if dangling else end
    setting = _SETTING.search(text[start:end])
    end -= len(setting[0]) if setting else 0
    named = end - start > 1 and _LETTER.search(text, start, end) and "=" not in text[start:end]
    return (start, end) if named else None


def _cut(text: str, start: int, end: int) -> int:
    for match in STOPS.finditer(text, start, end):
        if _kept(text, start, end, match.start()):
            continue
        if match[0] == "." and match.end() < end and text[match.end()].isalnum():
            continue
        return match.start()
    return end


def _kept(text: str, start: int, end: int, stop: int) -> bool:
    """Whether a word that else ends a name stands inside a metric ("add to cart", "click through rate")."""
    word = text.rfind(" ", start, max(start, stop - 1)) + 1 or start
    kept = KEEPS_ON.match(text, word, end)
    return kept is not None and known_metric(kept[0])


def after_stop(text: str, start: int, end: int) -> int:
    """Return where the last word that ends a name stops, so that a name may follow; `start` where there is none."""
    return max(
        (m.end() for m in STOPS.finditer(text, start, end) if not _kept(text, start, end, m.start())), default=start
    )


def end_of_name(text: str, start: int, stop: int) -> int:
    """Return where a name that begins at `start` ends at the latest."""
    match = STOPS.search(text, start, stop)
    return match.start() if match else stop


def direct_names(text: str, end: int, stop: int) -> tuple[Stretch, ...]:
    """Find the metric right behind a figure, with no word between: "F NDCG@10"."""
    match = _DIRECT.match(text, end, stop)
    spans = names_in(text, *match.span("np")) if match else ()
    behind = match is not None and bool(spans) and spans[0][0] == match.start("np")
    return tuple(span for span in spans[:1] if behind and is_metric(text, span))


def right_names(text: str, end: int, stop: int) -> tuple[Stretch, ...]:
    """Find the metrics named behind a figure: "F in N", "F accuracy"."""
    after = IN_RIGHT.match(text, end, stop)
    if after:
        spans = names_in(text, after.start("np"), after.end("np"))
        return tuple(s for s in spans if _named(text, s, after["prep"]))
    direct = _DIRECT.match(text, end, stop)
    spans = names_in(text, direct.start("np"), direct.end("np")) if direct else ()
    return tuple(s for s in spans if known_metric(text[s[0] : s[1]]))


def _named(text: str, span: Stretch, prep: str) -> bool:
    words = text[span[0] : span[1]]
    if is_metric(text, span):
        return True
    return prep.lower() in {"in", "of", "in terms of"} and looks_like_metric(words) and not words[0].isupper()


def wanted(text: str, span: Stretch, prep: str, *, first: bool) -> bool:
    """Whether what follows a preposition is what was measured, and not where; `first` when no metric came before it."""
    words, prep = text[span[0] : span[1]], prep.lower()
    if is_metric(text, span):
        return True
    if prep == "for" and first and _MEASURED.search(words):
        return True
    if prep in {"over", "to", "across", "at", "for"} or (prep == "on" and (not first or words[0].isupper())):
        return False
    return looks_like_metric(words)


def surface_of(text: str, start: int, stop: int) -> str:
    """Return the place named next in the clause ("homepage feed", "Weixin Channels"), or ""."""
    comma = _COMMA.search(text, start, stop)
    stop = comma.start() if comma else stop
    for match in _SURFACE.finditer(text, start, min(stop, start + _REACH)):
        words = match["np"]
        if not known_metric(words) and "@" not in words:
            return words
    return ""
