"""Reported outcomes of one sentence: which metric each figure belongs to, which way it moved, and where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from digest.names import known_metric
from digest.quantity import Quantity
from digest.read.lexicon import (
    ABSOLUTE_BEFORE,
    KEEPS_ON,
    MORE,
    NOUN,
    ONLINE_METRIC,
    PLACE,
    SHARE_AFTER,
    STOPS,
    VERB,
    Q,
    canonical,
    is_down,
    looks_like_metric,
)
from digest.read.phrase import Phrase, is_factor, is_signed, shorten

_F = f"[{Q}]"
_RUN = re.compile(rf"{_F}(?:\s?(?:,\s?and|,|and|or|&|/|、|和|以及)\s?(?:an? )?{_F})*")
_FROM = re.compile(rf"\bfrom\s(?P<a>{_F})(?:\s\w+){{0,3}}?\s(?:up |down )?to\s(?:below |above |over |under )?(?P<b>{_F})", re.IGNORECASE)
_BY = re.compile(
    rf"(?:(?:^|.*(?<![\w-]))(?P<verb>{VERB})(?![\w-]))?(?P<np>[^;:{Q}]*?)\s?(?:(?<!\w)by|from)\s(?:an? )?(?:factor of )?$", re.IGNORECASE
)
_SUBJECT = re.compile(
    rf"(?P<np>[^,;:(){Q}]*?)\s(?:is|was|were|are|has|have|had|been|can be|being|to)?(?:\s(?:been|be))?\s?$", re.IGNORECASE
)
_LIFT_RIGHT = re.compile(
    rf"\s?(?P<pre>(?:[\w@/'’&+.$^\\-]+\s){{0,6}}?)(?P<lift>{NOUN})(?![\w-])(?!\s(?:{NOUN})\b)"
    r"(?:\s(?:over|relative to|compared (?:to|with)|versus|vs\.?|against)\s[^,;:()\ue000-\uf8ff]{1,60}?(?=\s(?:in|on)\s))?"
    rf"(?:\s?(?P<prep>in terms of|in|of|on|for|to|over|across|at)\s(?P<np>[^;:{Q}]*))?",
    re.IGNORECASE,
)
_MORE_RIGHT = re.compile(rf"\s?(?P<lift>{MORE})(?![\w-])(?P<np>[^;:{Q}]*)", re.IGNORECASE)
_IN_RIGHT = re.compile(rf"(?:\s(?:over|relative to|compared (?:to|with)|versus|vs\.?|against)\s[^,;:()]{{1,60}}?(?=\s(?:in|on)\s))?\s?(?P<prep>in terms of|in|on|for|of|at|across)\s(?P<np>[^;:{Q}]*)", re.IGNORECASE)
_LIFT_LEFT = re.compile(
    rf"(?P<pre>[^,;:(){Q}]*?)(?<![\w-])(?P<lift>{NOUN})(?:\s(?:in|of|on|for)\s(?P<np>[^;:{Q}]*?))?\s?(?:of|by|at|reaching|ranging from|:|to be|is|was|were|are)?"
    r"\s?(?:an? )?$",
    re.IGNORECASE,
)
_HEAD = re.compile(rf"(?P<pre>[^,;:(){Q}]*?)(?<![\w-])(?P<lift>{NOUN})(?![\w-])(?:\s(?:in|of|on|for)\s(?P<np>[^,;:(){Q}]*))?", re.IGNORECASE)
_LISTED = re.compile(r"(?:\s(?:in|on|for|at|of|across|over|by)\s[^,;:()]{1,70}?)?(?:,\s(?:the|our|a)\s[^,;:()]{1,40})?[\s,;.]*(?:and|as well as|plus|or|&|while|along with|followed by|to)?\s*(?:(?:an?|the|by)\s)?(?:by\s)?$", re.IGNORECASE)
_GENERIC = re.compile(
    r"^(?:performance|quality|metrics?|business(?: metrics?)?|key(?: \w+)* metrics?|online|offline|overall|average|production|total|multi-fold|the|an?"
    r"|both|its|our|their|end-to-end|real-world|practical|online business|online a/b|core(?: \w+)? metrics?|a/b test(?:ing)?|new|initial|final|similar"
    r"|of|to|in|model|result(?:s|ing)?|system|empirical|commercial|double-digit|global|headline|first|second|main|point)(?:\s|$)",
    re.IGNORECASE,
)
_ARTICLES = re.compile(r"(?:the|an?|its|our|their|both|all|each|these|those|of|in|on|by|key|core|standard|primary|and|its|as|to|with)\s", re.IGNORECASE)
_RIVAL = re.compile(r"^(?:outperform|surpass|exceed|beat)", re.IGNORECASE)
_GIVES = re.compile(r"\b(?:contribut|bring|brought|deliver|gain|obtain|yield|driv|generat|add|produc|achiev|improv|result)\w*(?:\s\w+){0,3}\s?$", re.IGNORECASE)
_TIMES_OF = re.compile(r"\s?(?:the|as|that|of|its|their|a|an)\b", re.IGNORECASE)
_RATIO_NAMES = re.compile(r"^(?:throughput|speedup|speed|QPS|acceleration|compression|training|inference)", re.IGNORECASE)
_SPLIT = re.compile(r"\s?(?:,\s?and\s|,\s?|\sand\s|\s&\s|/(?=[A-Z])|、|和|与|及|以及)\s?")
_FASTER = re.compile(r"faster|quicker|slower", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One figure of a sentence with the metric that it measures.

    `words` is the source's name of the metric, "" where the sentence gives none; `trigger` the word of change; `surface` the
    place named beside it; `place` the figure's index in the sentence; `unit` and `value` are those of the change
    (two percentages become their difference in "pp").
    """

    figure: Quantity
    words: str
    metric: str
    trigger: str
    value: float
    unit: str
    down: bool
    surface: str = ""
    high: float | None = None
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one run of figures was found to measure: stretches of the phrase, the word of change, and the pattern that fits the next."""

    spans: tuple[tuple[int, int], ...]
    trigger: str
    style: str
    surface: str = ""
    used: int = 0


def outcomes(sentence: str) -> list[Outcome]:
    """List the outcomes that an English sentence reports, in the order of their figures."""
    phrase = shorten(sentence)
    if phrase is None:
        return []
    found: list[Outcome] = []
    last: _Reading | None = None
    left = 0
    for start, end, kind in _runs(phrase.text):
        stop = _next_figure(phrase.text, end)
        reading = _read(phrase.text, left, start, end, stop, last, kind)
        if reading:
            found.extend(_outcomes(phrase, start, end, reading, kind))
            last = reading
        left = max(end, reading.used if reading else end)
    return _carry_bounds(found, phrase)


def _runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches of figures: pairs "from A to B", and lists of figures with nothing but commas between them."""
    place = 0
    while True:
        run = _RUN.search(text, place)
        if run is None:
            return
        pair = _FROM.search(text, max(0, run.start() - 6), len(text))
        if pair and pair.start("a") == run.start():
            yield pair.start("a"), pair.end("b"), "from"
            place = pair.end("b")
            continue
        yield from _split_run(text, run)
        place = run.end()


def _split_run(text: str, run: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """Take "by A, and B improvement in N" apart: the last figure of the run has a name of its own."""
    places = [run.start() + n for n, char in enumerate(run[0]) if re.match(_F, char)]
    own_name = _LIFT_RIGHT.match(text, run.end()) or _MORE_RIGHT.match(text, run.end())
    if len(places) == 2 and own_name and re.search(r"\bby\s$", text[: run.start()]):  # noqa: PLR2004  a pair
        yield places[0], places[0] + 1, "list"
        yield places[1], places[1] + 1, "list"
        return
    yield run.start(), run.end(), "list"


def _next_figure(text: str, end: int) -> int:
    following = re.compile(_F).search(text, end)
    return following.start() if following else len(text)


def _read(  # noqa: PLR0913, PLR0917  the run, its surroundings and what came before
    text: str, left: int, start: int, end: int, stop: int, last: _Reading | None, kind: str
) -> _Reading | None:
    before = text[left:start]
    if kind == "from":
        return _by(text, left, start, end, stop, last)
    if SHARE_AFTER.match(text, end, stop) or (is_factor(text[start]) and _TIMES_OF.match(text, end, stop)):
        return None
    inside = re.search(r"\(([^()]*)$", before)
    if inside:
        return _parenthesis(text, left, start, end, stop, last)
    if re.search(r"\bby\s(?:an? )?(?:factor of )?$", before) and not _names_itself(text, end, stop):
        return _by(text, left, start, end, stop, last)
    return _lift_right(text, left, start, end, stop, last) or _lift_left(text, left, start, end, stop, last) or _bare(text, left, start, end, stop, last)


def _names_itself(text: str, end: int, stop: int) -> bool:
    lift = _LIFT_RIGHT.match(text, end, stop)
    return bool(lift and not STOPS.search(lift["pre"]) and (lift["np"] or lift["pre"].strip()))


def _by(text: str, left: int, start: int, end: int, stop: int, last: _Reading | None) -> _Reading | None:  # noqa: PLR0913, PLR0917
    """Read "improves N by F", "N rose by F", "A by F, B by F", and the same with "from F to F"."""
    match = _BY.match(text, left, start)
    terms = re.match(r"\s?in terms of\s(?P<np>[^;:,]*)", text[end:stop], re.IGNORECASE)
    if match is None:
        return None
    verb = match["verb"] or ""
    if verb and _RIVAL.match(verb):
        return _rival(text, end, stop, verb)
    if terms:
        return _Reading(_names(text, end + terms.start("np"), end + terms.end("np")), verb, "by")
    spans = _names(text, match.start("np"), match.end("np"))
    if not verb:
        if last is None:
            return None
        if not spans or _LISTED.fullmatch(text[left : match.end("np")]):
            return replace(last, style="by", used=0)
        return _Reading(spans, last.trigger, "by")
    if not spans:
        spans = _subject(text, left, match.start("verb"))
    if not spans:
        spans = _right_names(text, end, stop)
    if not spans and last:
        spans = last.spans
    return _Reading(spans, verb, "by", _surface(text, end, stop))


def _rival(text: str, end: int, stop: int, verb: str) -> _Reading:
    """Read "outperforms B by F (accuracy | in N | on N)"; without a name the metric stays unnamed."""
    return _Reading(_right_names(text, end, stop), verb, "by", _surface(text, end, stop))


def _right_names(text: str, end: int, stop: int) -> tuple[tuple[int, int], ...]:
    after = _IN_RIGHT.match(text, end, stop)
    if after:
        spans = _names(text, after.start("np"), after.end("np"))
        return tuple(s for s in spans if _named(text, s, after["prep"]))
    direct = re.compile(rf"\s(?P<np>[^,;:.(){Q}]+)").match(text, end, stop)
    spans = _names(text, direct.start("np"), direct.end("np")) if direct else ()
    return tuple(s for s in spans if known_metric(text[s[0] : s[1]]))


def _named(text: str, span: tuple[int, int], prep: str) -> bool:
    words = text[span[0] : span[1]]
    if known_metric(words) or "@" in words:
        return True
    return prep.lower() in {"in", "of", "in terms of"} and looks_like_metric(words) and not words[0].isupper()


def _subject(text: str, left: int, verb: int) -> tuple[tuple[int, int], ...]:
    match = None
    for match in _SUBJECT.finditer(text, left, verb):
        if match.end() == verb:
            break
    if match is None:
        return ()
    start, end = match.span("np")
    cut = max((m.end() for m in STOPS.finditer(text, start, end)), default=start)
    return _names(text, cut, end)


def _lift_right(text: str, left: int, start: int, end: int, stop: int, last: _Reading | None) -> _Reading | None:  # noqa: PLR0913, PLR0917
    """Read "F lift in N", "F N lift", "F higher N", "F faster"."""
    more = _MORE_RIGHT.match(text, end, stop)
    if more:
        return _more(text, more, last)
    lift = _LIFT_RIGHT.match(text, end, stop)
    if lift is None or STOPS.search(lift["pre"]):
        return None
    pre = _names(text, lift.start("pre"), lift.end("pre"))
    pre = tuple(s for s in pre if not _GENERIC.fullmatch(text[s[0] : s[1]]))
    spans = _names(text, lift.start("np"), lift.end("np")) if lift["np"] else ()
    spans = tuple(s for s in spans if _wanted(text, s, lift["prep"], last))
    surface = _surface(text, max([lift.end("lift"), *(s[1] for s in spans)]), stop)
    used = lift.end("lift")
    if pre:
        return _Reading(pre, lift["lift"], "lift", surface, used)
    if spans:
        return _Reading(spans, lift["lift"], "lift", surface, spans[-1][1])
    spans = _left_metric(text, left, start)
    if not spans and last:
        spans = last.spans
    return _Reading(spans, lift["lift"], "lift", surface, used)


def _wanted(text: str, span: tuple[int, int], prep: str, last: _Reading | None) -> bool:
    words, prep = text[span[0] : span[1]], prep.lower()
    if known_metric(words) or "@" in words:
        return True
    if prep in {"over", "to", "across", "at"}:
        return False
    if prep in {"for", "on"} and (last is not None or words[0].isupper() or PLACE.search(words)):
        return False
    return looks_like_metric(words)


def _more(text: str, more: re.Match[str], last: _Reading | None) -> _Reading | None:
    spans = _names(text, more.start("np"), more.end("np"))
    if spans and spans[0][0] - more.start("np") > 6:  # noqa: PLR2004  a name stands right behind "higher", give or take an article
        spans = ()
    if _FASTER.fullmatch(more["lift"]):
        return _Reading(spans or ((more.start("lift"), more.end("lift")),), more["lift"], "more", used=more.end("lift"))
    if not spans:
        if last is None:
            return _Reading((), more["lift"], "more", used=more.end("lift"))
        return _Reading(last.spans, more["lift"], "more", used=more.end("lift"))
    return _Reading(spans[:1], more["lift"], "more", used=spans[0][1])


def _lift_left(text: str, left: int, start: int, end: int, stop: int, last: _Reading | None) -> _Reading | None:  # noqa: PLR0913, PLR0917
    """Read "lift of F in N", "N lift of F", "lift in N of F", "N gains, including F in PLACE"."""
    match = None
    for match in _LIFT_LEFT.finditer(text, left, start):
        if match.end() == start:
            break
    before = text[left:start]
    listing = re.search(r"\b(?:including|namely|with|specifically|i\.e\.,?|e\.g\.,?|such as|:|of which)\s?,?\s?(?:an? )?$|:\s?$", before)
    if match is None or match.end() != start:
        if not listing:
            return None
        match = next(reversed(list(_HEAD.finditer(text, left, start))), None)
        if match is None:
            return None
    pre = _names(text, _after_stop(text, match.start("pre"), match.end("pre")), match.end("pre"))
    pre = tuple(s for s in pre if not _GENERIC.fullmatch(text[s[0] : s[1]]))
    inner = _names(text, match.start("np"), match.end("np")) if match["np"] else ()
    after = _IN_RIGHT.match(text, end, stop)
    right = _names(text, after.start("np"), after.end("np")) if after else ()
    right = tuple(s for s in right if after and _wanted(text, s, after["prep"], None))
    if listing and not after:
        right = _names(text, end, _end_of_name(text, end, stop))
    known_right = tuple(s for s in right if known_metric(text[s[0] : s[1]]) or "@" in text[s[0] : s[1]])
    known_left = tuple(s for s in (*inner, *pre) if known_metric(text[s[0] : s[1]]))
    spans = known_right or known_left[:1] or right or inner or pre
    if listing and not right and not known_left:
        return None
    style = "in" if spans and spans[0][0] >= end else "lift-of"
    reach = max((s[1] for s in spans), default=0)
    return _Reading(spans, match["lift"], style, _surface(text, max(end, reach), stop), reach)


def _after_stop(text: str, start: int, end: int) -> int:
    return max((m.end() for m in STOPS.finditer(text, start, end)), default=start)


def _end_of_name(text: str, start: int, stop: int) -> int:
    match = STOPS.search(text, start, stop)
    return match.start() if match else stop


def _left_metric(text: str, left: int, start: int) -> tuple[tuple[int, int], ...]:
    """Find a known metric right before the figure: "CTR saw a F increase", "CTR: F lift"."""
    match = re.compile(rf"(?P<np>[^,;:(){Q}]{{2,60}}?)\s?(?::|\b(?:saw|sees|show\w*|achiev\w*|obtain\w*|with|had|has|experienc\w*))\s(?:an? )?$").search(
        text, left, start
    )
    if match is None:
        return ()
    spans = _names(text, _after_stop(text, match.start("np"), match.end("np")), match.end("np"))
    return tuple(s for s in spans if known_metric(text[s[0] : s[1]]))


def _parenthesis(text: str, left: int, start: int, end: int, stop: int, last: _Reading | None) -> _Reading | None:  # noqa: PLR0913, PLR0917
    """Read "N (F)" and "(F N)"; the figure must be signed, or a word of change must stand before it."""
    opening = text.rindex("(", left, start)
    label = text[opening + 1 : start].strip(" :")
    after = text[end:stop]
    trigger = next(reversed(re.findall(rf"(?<![\w-])(?:{VERB})(?![\w-])", text[:opening], re.IGNORECASE)), "")
    inside = re.match(r"\s(?P<np>[^(),;]+)", after)
    if label and not re.fullmatch(r"(?:by|an?|of|with|i\.e\.,?|e\.g\.,?|up|down|relative|p ?[<=])", label, re.IGNORECASE):
        return _Reading(_names(text, opening + 1, start), trigger, "paren", used=end)
    if inside and not STOPS.match(inside["np"]) and not re.match(rf"(?:{NOUN}|relative|absolute|{MORE})\b", inside["np"]):
        return _Reading(_names(text, end + inside.start("np"), end + inside.end("np")), trigger, "paren", used=end)
    begin = _after_stop(text, left, opening)
    spans = _names(text, begin, opening)
    lift = re.search(rf"(?<![\w-])({NOUN})\s?$", text[begin:opening], re.IGNORECASE)
    if lift:
        spans = _names(text, begin, begin + lift.start())
        trigger = lift[1]
    verb = re.match(rf"\s?(?:{VERB}|halving|doubling|tripling)\s", text[begin:opening], re.IGNORECASE)
    if verb:
        spans = _names(text, begin + verb.end(), opening)
    return _Reading(spans[-1:], trigger, "paren", used=end) if spans or trigger else None


def _bare(text: str, left: int, start: int, end: int, stop: int, last: _Reading | None) -> _Reading | None:  # noqa: PLR0913, PLR0917
    """Read "+F N", "N +F", and the next member of a list that began with a word of change."""
    listed = bool(_LISTED.fullmatch(text, left, start))
    if last and listed and last.style in {"lift-of", "lift", "in", "by"}:
        after = _IN_RIGHT.match(text, end, stop)
        if after:
            return _listed_in(text, after, last, end, stop)
    name_end = _end_of_name(text, end, stop)
    right = _names(text, end, name_end) if name_end > end else ()
    gives = last is not None and listed and last.style == "bare"
    signed = is_signed(text[start])
    if right and (signed or gives or _is_gain(text, left, start, right[0])):
        trigger = next(reversed(re.findall(rf"(?<![\w-])(?:{VERB})(?![\w-])", text[left:start], re.IGNORECASE)), last.trigger if last and listed else "")
        return _Reading(right[:1], trigger, "bare", _surface(text, right[0][1], stop), right[0][1])
    if signed or re.search(rf"(?<![\w-])(?:{VERB})\s$", text[left:start], re.IGNORECASE):
        return _named_before(text, left, start, end, stop)
    return None


def _listed_in(text: str, after: re.Match[str], last: _Reading, end: int, stop: int) -> _Reading:
    spans = _names(text, after.start("np"), after.end("np"))
    spans = tuple(s for s in spans if _wanted(text, s, after["prep"], None))
    same_place = last.style == "lift-of" and not any(known_metric(text[s[0] : s[1]]) for s in spans)
    if not spans or same_place:
        return replace(last, surface=_surface(text, end, stop), used=0)
    return _Reading(spans, last.trigger, last.style, _surface(text, spans[-1][1], stop), spans[-1][1])


def _named_before(text: str, left: int, start: int, end: int, stop: int) -> _Reading | None:
    trimmed = re.sub(rf"(?:\s|:|=|\bby\b|\b(?:{VERB})\b|\b(?:is|was|of|at|an?|to)\b)+$", "", text[left:start], flags=re.IGNORECASE)
    stops = [m.end() for m in STOPS.finditer(text, left, left + len(trimmed)) if m[0].lower() not in {"on", "per", "in"}]
    spans = _names(text, max(stops, default=left), left + len(trimmed), whole=True)
    verbs = re.findall(rf"(?<![\w-])(?:{VERB})(?![\w-])", text[left:start], re.IGNORECASE)
    return _Reading(spans[-1:], verbs[-1] if verbs else "", "before", _surface(text, end, stop), end) if spans else None


def _is_gain(text: str, left: int, start: int, span: tuple[int, int]) -> bool:
    """Whether an unsigned "F N" is a gain: a verb of giving before a live metric ("contributes F CTR"), not an absolute rate."""
    before, name = text[left:start], canonical(text[span[0] : span[1]])
    if _RATIO_NAMES.match(name):
        return True
    return bool(_GIVES.search(before)) and bool(ONLINE_METRIC.search(name)) and not ABSOLUTE_BEFORE.search(before)


def _names(text: str, start: int, end: int, *, whole: bool = False) -> tuple[tuple[int, int], ...]:
    """Split a stretch into the names it lists, each without articles and up to the next word that ends a name."""
    spans: list[tuple[int, int]] = []
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


def _name(text: str, start: int, end: int, *, whole: bool) -> tuple[int, int] | None:
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
    return (start, end) if end - start > 1 and re.search(r"[^\W\d]", text[start:end]) else None


def _cut(text: str, start: int, end: int) -> int:
    for match in STOPS.finditer(text, start, end):
        kept = KEEPS_ON.match(text, text.rfind(" ", start, max(start, match.start() - 1)) + 1 or start, end)
        if kept and known_metric(kept[0]):
            continue
        if match[0] == "." and match.end() < end and text[match.end()].isalnum():
            continue
        return match.start()
    return end


_SURFACE = re.compile(
    rf"\b(?:on|in|at|for|across|within)\s(?:the\s|an?\s)?(?P<np>(?:[A-Z][\w'’&+-]*(?:\s(?:[A-Z][\w'’&+-]*|feed|homepage|homefeed|search|ads?|page|tab|app|platform"
    rf"|scenario|surface|module|channel|recommendation))*)|[\w'’-]+(?:\s[\w'’-]+){{0,3}}\s(?:feed|homepage|homefeed|page|tab|scenario|surface|surfaces|slots?|ads?"
    rf"|module|channel|carousel|datasets?|platform|app|markets?))(?![\w-])"
)


def _surface(text: str, start: int, stop: int) -> str:
    for match in _SURFACE.finditer(text, start, min(stop, start + 140)):
        words = match["np"]
        if not known_metric(words) and "@" not in words:
            return words
    return ""


def _outcomes(phrase: Phrase, start: int, end: int, reading: _Reading, kind: str) -> Iterator[Outcome]:
    figures = [phrase.figure(n) for n in range(start, end) if re.match(_F, phrase.text[n])]
    if kind == "from":
        change = _change(figures[0], figures[-1])
        if change:
            value, unit = change
            yield _outcome(phrase, figures[-1], reading.spans[:1], reading, value=abs(value), unit=unit, down=value < 0)
        return
    spans = reading.spans
    bases = [f.basis for f in figures if f.basis]
    for n, figure in enumerate(figures):
        own = spans[n : n + 1] if len(spans) == len(figures) else spans[:1]
        down = figure.sign == "-" if figure.sign else is_down(reading.trigger)
        shared = replace(figure, basis=figure.basis or bases[0]) if bases else figure
        yield _outcome(phrase, shared, own, reading, value=figure.value, unit=figure.unit, down=down)


def _change(first: Quantity, second: Quantity) -> tuple[float, str] | None:
    if second.unit not in {"%", "ms", "s", "pp"} or (first.unit and first.unit != second.unit):
        return None
    return round(second.value - first.value, 6), "pp" if second.unit == "%" else second.unit


def _outcome(  # noqa: PLR0913  one figure and all that was read about it
    phrase: Phrase, figure: Quantity, span: tuple[tuple[int, int], ...], reading: _Reading, *, value: float, unit: str, down: bool
) -> Outcome:
    words = phrase.words(*span[0]) if span else ""
    shown = canonical(phrase.text[span[0][0] : span[0][1]]) if span else ""
    return Outcome(
        figure=figure,
        words=words,
        metric="speedup" if _FASTER.fullmatch(shown) else shown,
        trigger=reading.trigger,
        value=value,
        unit=unit,
        down=down,
        surface=reading.surface,
        high=figure.high,
        qualifier=" ".join(dict.fromkeys(q for q in (figure.qualifier, figure.basis) if q)),
    )


def _carry_bounds(found: list[Outcome], phrase: Phrase) -> list[Outcome]:
    """Let "up to F and F2 N2" bound both figures: what joins them is a bare list."""
    for n in range(1, len(found)):
        first, second = found[n - 1], found[n]
        between = phrase.source[first.figure.end : second.figure.start]
        if first.qualifier.startswith("up to") and not second.qualifier and first.trigger == second.trigger and not re.search(
            rf"[;:.]|\b(?:{VERB}|by|with|which|also)\b", between, re.IGNORECASE
        ):
            found[n] = replace(second, qualifier="up to")
    return found
