"""Names that stand in the clause before a figure: "improves N, yielding F gains", "N is F lower", "saves F of N"."""

import re
from dataclasses import replace
from itertools import takewhile

from digest.read.lexicon import MORE, NOUN, VERB, Q, is_down
from digest.read.patterns import APPOSED, CHANGE, FIGURE, LEVEL, LIFT_RIGHT, OVER, REACHED, RIVAL, SAW, SUBJECT
from digest.read.run import Reading, Run
from digest.read.shared import sharing
from digest.read.spans import Stretch, after_stop, is_metric, names_in, surface_of, wanted

_GIVING = (
    r"(?:yielding|giving|achieving|obtaining|delivering|providing|bringing|producing|offering|showing|reaching"
    rf"|resulting in|leading to|with [^,;:(){Q}]{{1,40}}? (?:achieving|yielding|giving|delivering|showing)|with|for)"
)
_PROMISED = re.compile(
    rf".*(?<![\w-])(?P<verb>{VERB})\s(?P<np>[^,;:(){{}}{Q}]+?)(?:\s(?:on|across|in|over|under|for)\s[^,;:(){Q}]*)?,"
    rf"\s?(?:thereby |thus |hence )?{_GIVING}\s(?:an? |the )?(?:mean |average |overall |peak |performance )?$",
    re.IGNORECASE,
)
# What can be measured is named by what it is ("coherence", "rate"), not by what is done ("training") or made ("model").
_MEASURABLE = re.compile(
    r"(?:(?!ability)\w{2,}(?:ity|ness|ence|ancy|ency|acy|cy)|accuracy|coverage|usage|quality|size|rates?|ratio|scores?"
    r"|time|costs?|latency|recall|precision|throughput|errors?|alarms?|complaints|hallucinations?|satisfaction|retention"
    r"|engagement|consumption|utili[sz]ation|overhead|footprint|length|speed|memory|length|revenue|relevance)$",
    re.IGNORECASE,
)
_THAN = re.compile(rf"\sthan\s[^,;:(){Q}]{{1,60}}?\s(?:in terms of|in|on)\s(?P<np>[^;:(){Q}]*)", re.IGNORECASE)
_PLACE = r"(?:on|in|for|at|with|without|under|during|after|before|compared|relative|across|when|by|using|over|from)\b"
_PAIR = 2
_LIST = re.compile(
    r"(?:^|[;:.]\s?|,\s(?:while|where|and|with|but)\s|\b(?:that|while|where|which|as|shows?|showed|saw)\s)"
    rf"(?:{_PLACE}[^,;:]*,\s)?(?P<np>(?!{_PLACE})[^;:(){Q}]*?(?:,|\sand\s)[^;:(){Q}]*?)"
    r"\s(?:both |each |all )?(?:is|was|were|are|has|have|had)?(?:\s(?:been|both|all|each))?\s?$",
    re.IGNORECASE,
)
_WENT = re.compile(
    rf"(?P<np>[^,;:(){Q}]*?)\s(?:went|goes|moved|moves|changed|changes|shifted|shifts)(?: up| down)?\sfrom\s$",
    re.IGNORECASE,
)
_GAIN = re.compile(rf"(?<![\w-])(?!loss|growth|compression){NOUN}$", re.IGNORECASE)
_IS = re.compile(r"\b(?:is|was|are|were|be|been|becomes?|became|stays|stayed|remains) $", re.IGNORECASE)
_BEHIND = re.compile(rf"\)\s(?:in|of)\s(?P<np>[^,;:(){Q}]*)", re.IGNORECASE)
_SAVED = re.compile(
    r"(?<![\w-])(?P<verb>sav(?:es|ed|ing)|cut(?:s|ting)?|reduc(?:es|ed|ing)|eliminat(?:es|ed|ing)"
    r"|shav(?:es|ed|ing) off)\s(?:an? )?$",
    re.IGNORECASE,
)
_LESSENS = re.compile(
    r".*(?<![\w-])(?:reduc\w+|lower(?:s|ed|ing)|decreas\w+|cut(?:s|ting)?|mitigat\w+|minimi[sz]\w+|alleviat\w+|limit\w*"
    rf"|shrink\w*|narrow\w*|curb\w*)\s(?:the |its |their )?(?P<np>(?:(?!{_PLACE}|and\b|of\b)[\w@/-]+\s){{1,3}})$",
    re.IGNORECASE,
)
_LOSS = re.compile(r"(?:degradations?|drops?|declines?|loss(?:es)?|slowdowns?)(?=\s(?:from|by)\b)", re.IGNORECASE)
_OF = re.compile(rf"\sof\s(?:the |its |their |all )?(?P<np>[^,;:(){Q}]*)", re.IGNORECASE)
_AND = re.compile(r"[\s,]*(?:and|as well as|plus)?\s?$", re.IGNORECASE)
_NEXT_OF = re.compile(rf",?\s?(?:and\s|as well as\s)?(?:an? |the )?(?P<np>[^,;:(){Q}]{{2,40}}?)\sof\s$", re.IGNORECASE)
_SIZED = re.compile(r"\b(?:the|than) $|\b(?:with|using|on|from) (?:a )?$", re.IGNORECASE)
_SIZE = re.compile(r"larger|smaller|longer|shorter", re.IGNORECASE)
_BUILD = re.compile(r"\b(?:batch(?:es)?|batch sizes?|models?|backbones?|teachers?|networks?)$", re.IGNORECASE)
_INPUT = re.compile(
    rf"{_BUILD.pattern}|\b(?:data|samples|examples|demonstrations|images|epochs|iterations|steps|documents|compute)$",
    re.IGNORECASE,
)
_FROM_PAREN = re.compile(rf"(?P<np>[^,;:(){Q}]+?)\s?\((?:e\.g\.,?|i\.e\.,?)?\s?from\s$", re.IGNORECASE)
_WORD_OF_CHANGE = re.compile(rf"(?<![\w-])(?:{VERB}|{NOUN}|{MORE})(?![\w-])", re.IGNORECASE)


def promised(run: Run, end: int, trigger: str) -> tuple[Stretch, ...]:
    """Find N of "improves N, yielding F gains": what can be measured, and moved the way that the figure tells."""
    match = _PROMISED.match(run.text, run.left, end)
    if match is None or RIVAL.match(match["verb"]) or is_down(match["verb"]) != is_down(trigger):
        return ()
    spans = names_in(run.text, *match.span("np"))
    if len(spans) != 1:
        return ()
    begin, end = spans[0]
    of = run.text.find(" of ", begin, end)
    heads = ((begin, end), (begin, of if of > 0 else end))
    return next(((head,) for head in heads if measurable(run.text, head)), ())


def measurable(text: str, span: Stretch) -> bool:
    """Whether a name is one of the table, or its last word that of a quality or a quantity."""
    return is_metric(text, span) or bool(_MEASURABLE.search(text[span[0] : span[1]]))


def reached(run: Run) -> tuple[Stretch, ...]:
    """Find the metric of the level told before: "reaches F N, beating the best by F", "F N--a F improvement"."""
    match = REACHED.search(run.text, 0, run.start) if run.count == 1 else None
    spans = names_in(run.text, *match.span("np")) if match else ()
    return tuple(span for span in spans[:1] if is_metric(run.text, span))


def left_metric(run: Run) -> tuple[Stretch, ...]:
    """Find a known metric right before the figure: "CTR saw a F increase", "CTR: F lift"."""
    match = SAW.search(run.text, run.left, run.start)
    if match is None:
        return ()
    spans = names_in(run.text, after_stop(run.text, *match.span("np")), match.end("np"))
    return tuple(span for span in spans if is_metric(run.text, span))


def apposed(run: Run) -> tuple[Stretch, ...]:
    """Find the name in "N of F, a F improvement": the first figure is a level, the second the change."""
    match = LEVEL.search(run.text, 0, run.left) if APPOSED.fullmatch(run.text, run.left, run.start) else None
    return names_in(run.text, after_stop(run.text, *match.span("np")), match.end("np")) if match else ()


def joined(run: Run, spans: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """Take "search and ranking latency" for one name beside one figure: its first half is nothing that is measured."""
    if run.count > 1 or len(spans) != _PAIR or measurable(run.text, spans[0]) or not measurable(run.text, spans[1]):
        return spans
    halves = run.text[spans[0][0] : spans[0][1]], run.text[spans[1][0] : spans[1][1]]
    one = halves[0].count(" ") == 0 and halves[1].count(" ") == 1 and run.text[spans[0][1] : spans[1][0]] == " and "
    return ((spans[0][0], spans[1][1]),) if one else spans


def carried_on(run: Run, word: str) -> tuple[Stretch, ...]:
    """Take the name of the reading before where both moved the same way: what fell there did not gain here."""
    return run.last.spans if run.last and is_down(run.last.trigger) == is_down(word) else ()


def unchanged(text: str, spans: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """Leave out of the names in a list those that are another change ("in recall, with a peak gain of")."""
    return tuple(takewhile(lambda span: not (CHANGE.match(text, span[0]) or _GAIN.search(text, *span)), spans))


def moved(run: Run) -> Reading | None:
    """Read "N went from F to F"."""
    match = _WENT.search(run.text, run.left, run.start)
    spans = names_in(run.text, after_stop(run.text, *match.span("np")), match.end("np")) if match else ()
    return Reading(spans[-1:], "", "by") if spans and measurable(run.text, spans[-1]) else None


def subject_metric(run: Run) -> tuple[Stretch, ...]:
    """Find the metric N of "N is F higher"."""
    match = SUBJECT.search(run.text, run.left, run.start)
    if match is None:
        return ()
    fits = measurable if _IS.search(run.before) else is_metric
    spans = names_in(run.text, after_stop(run.text, *match.span("np")), match.end("np"))
    return tuple(span for span in spans[-1:] if fits(run.text, span))


def behind_than(run: Run, start: int) -> tuple[Stretch, ...]:
    """Find the metric N of "F better than the rival in N"; `start` is where "than" is looked for."""
    match = _THAN.match(run.text, start, run.stop)
    spans = names_in(run.text, *match.span("np")) if match else ()
    return tuple(span for span in spans if is_metric(run.text, span))


def subjects(run: Run, verb: int) -> tuple[Stretch, ...]:
    """Find the names of "A, B and C rose by F, F and F": as many as there are figures, else none."""
    match = _LIST.search(run.text, run.left, verb) if run.count > 1 and not run.pair else None
    spans = names_in(run.text, *match.span("np")) if match else ()
    whole = spans and match is not None and not run.text[spans[-1][1] : match.end("np")].strip()
    return spans if whole and len(spans) == run.count and not any(_changes(run.text, span) for span in spans) else ()


def lessened(run: Run, noun: int) -> tuple[Stretch, ...]:
    """Find N of "reduces N by F" where N ends in a word of loss ("performance degradation"); `noun` begins it."""
    match = _LESSENS.match(run.text, run.left, noun)
    word = _LOSS.match(run.text, noun) if match else None
    return ((match.start("np"), word.end()),) if match and word else ()


def saved(run: Run) -> Reading | None:
    """Read "saves F of N, and F of M"."""
    verb, of = _SAVED.search(run.before), _OF.match(run.text, run.end, run.stop)
    again = run.last is not None and run.last.style == "saved" and _AND.fullmatch(run.before)
    spans = names_in(run.text, *of.span("np")) if of and (verb or again) else ()
    if not spans:
        return None
    trigger = verb["verb"] if verb else run.last.trigger if run.last else ""
    return Reading(spans[:1], trigger, "saved", used=spans[0][1])


def next_level(run: Run) -> Reading | None:
    """Read "M of F" in "a lift in N of F, M of F", where M is a metric of the table."""
    match = _NEXT_OF.fullmatch(run.before) if run.last and run.last.style == "lift-of" else None
    if match is None or run.last is None:
        return None
    spans = names_in(run.text, run.left + match.start("np"), run.left + match.end("np"))
    known = tuple(span for span in spans[:1] if is_metric(run.text, span))
    return Reading(known, run.last.trigger, "lift-of", used=run.end) if known else None


def aside(run: Run) -> Reading | None:
    """Read "(a F drop in N)": a change with a metric of its own inside a bracket."""
    lift = LIFT_RIGHT.match(run.text, run.end, run.stop)
    spans = names_in(run.text, *lift.span("np")) if lift and lift["np"] and lift["prep"].lower() in {"in", "of"} else ()
    spans = tuple(span for span in spans[:1] if measurable(run.text, span))
    return Reading(spans, lift["lift"], "lift", used=spans[0][1]) if lift and spans else None


def made_of(run: Run, word: str, name: str) -> bool:
    """Whether it is what the system is compared with ("the F larger model") or made of ("with F more data")."""
    before = _SIZED.search(run.before)
    if before is None:
        return False
    if before[0].startswith("th") or (_SIZE.fullmatch(word) and before[0].rstrip().endswith("a")):
        return True
    return bool(_INPUT.search(name)) and (not is_down(word) or bool(_BUILD.search(name)))


def relisted(run: Run, last: Reading, after: re.Match[str] | None) -> Reading | None:
    """Read the next figure of "lifts of F in N, F in M" and of "by F over X, and F over Y"."""
    if after and last.style in {"lift-of", "lift", "in", "by"}:
        return _listed_in(run, last, after)
    if last.style == "by" and OVER.match(run.text, run.end, run.stop):
        return replace(last, surface=surface_of(run.text, run.end, run.stop), used=0)
    return None


def _listed_in(run: Run, last: Reading, after: re.Match[str]) -> Reading:
    text = run.text
    listed = names_in(text, *after.span("np"))
    spans = sharing(run, listed) or listed[: run.count]
    spans = tuple(span for span in spans if wanted(text, span, after["prep"], first=True))
    behind = last.spans and not FIGURE.search(text, last.spans[0][0], run.start)  # "F in N and F in M"
    told = behind and after["prep"].lower() == "in"
    if last.style in {"by", "lift-of"} and not told and not any(is_metric(text, span) for span in spans):
        spans = ()
    if not spans:
        return replace(last, spans=() if told else last.spans, surface=surface_of(text, run.end, run.stop), used=0)
    return Reading(spans, last.trigger, last.style, surface_of(text, spans[-1][1], run.stop), spans[-1][1])


def behind_bracket(run: Run) -> tuple[Stretch, ...]:
    """Find N of "a reduction (F) in N"."""
    match = _BEHIND.match(run.text, run.end, run.stop)
    return names_in(run.text, *match.span("np"))[:1] if match else ()


def before_pair(run: Run) -> tuple[Stretch, ...]:
    """Find N of "N (from F to F)": the name right before the bracket, behind the last word that ends a name."""
    match = _FROM_PAREN.search(run.text, run.left, run.start)
    if match is None:
        return ()
    begin = max((m.end() for m in _WORD_OF_CHANGE.finditer(run.text, *match.span("np"))), default=match.start("np"))
    return names_in(run.text, after_stop(run.text, begin, match.end("np")), match.end("np"))[-1:]


def _changes(text: str, span: Stretch) -> bool:
    return bool(_WORD_OF_CHANGE.search(text, *span) or FIGURE.search(text, *span))
