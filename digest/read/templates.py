"""The templates by which English reports an outcome: "improves N by F", "F lift in N", "N (+F)", "lift of F in N"."""

import re
from dataclasses import replace

from digest.read.by import by
from digest.read.clause import (
    apposed,
    aside,
    before_pair,
    behind_bracket,
    behind_than,
    carried_on,
    left_metric,
    made_of,
    moved,
    next_level,
    promised,
    reached,
    relisted,
    saved,
    subject_metric,
    unchanged,
)
from digest.read.lexicon import (
    ABSOLUTE_BEFORE,
    ONLINE_METRIC,
    SHARE_AFTER,
    STOPS,
    canonical,
    looks_like_metric,
)
from digest.read.patterns import (
    APPOSITION,
    ASIDE,
    BY_END,
    CHANGE,
    CHANGE_NOUN,
    FASTER,
    FIGURE,
    GENERIC,
    GIVES,
    HEAD,
    HEAD_METRIC,
    INSIDE,
    LAST_VERB,
    LIFT_END,
    LIFT_LEFT,
    LIFT_RIGHT,
    LISTED,
    LISTING,
    LOOSE,
    MORE_RIGHT,
    NEAR,
    NEW_CLAUSE,
    NEXT,
    NO_LABEL,
    OPEN,
    OVER,
    PASSED,
    RATIO_NAMES,
    RESTATED,
    RIVAL,
    SET_AT,
    SPEED,
    TIMES_OF,
    TRAILING,
    VERB_END,
    VERBS,
    WITHIN,
)
from digest.read.phrase import is_factor
from digest.read.run import Reading, Run
from digest.read.spans import (
    IN_RIGHT,
    Stretch,
    after_stop,
    end_of_name,
    is_metric,
    names_in,
    surface_of,
    wanted,
)


def read_run(run: Run) -> Reading | None:
    """Try the templates, the most telling first; None where the figure is no reported outcome."""
    if run.pair:
        return _pair(run)
    kept = saved(run)
    if kept or _is_share(run):
        return kept
    if OPEN.search(run.before):
        return aside(run) or _parenthesis(run)
    if BY_END.search(run.before) and not _names_itself(run):
        return by(run)
    return _right(run) or _lift_left(run) or _bare(run)


def _is_share(run: Run) -> bool:
    """Whether it is a part of something ("5% of traffic"), or "three times the size"."""
    times = is_factor(run.text[run.start]) and TIMES_OF.match(run.text, run.end, run.stop)
    return bool(times or SHARE_AFTER.match(run.text, run.end, run.stop) or WITHIN.search(run.before))


def names_itself(text: str, end: int) -> bool:
    """Whether what follows a figure gives it a name of its own ("F improvement in N", "F higher N")."""
    return bool(LIFT_RIGHT.match(text, end) or MORE_RIGHT.match(text, end))


def _names_itself(run: Run) -> bool:
    lift = LIFT_RIGHT.match(run.text, run.end, run.stop)
    return bool(lift and not STOPS.search(lift["pre"]) and (lift["np"] or lift["pre"].strip()))


def _pair(run: Run) -> Reading | None:
    """Read "N from F to F" and "from F to F N"."""
    if run.last and RESTATED.match(run.before):
        return None  # "by F points (from F to F)"
    direct = names_in(run.text, run.end, end_of_name(run.text, run.end, run.stop))
    bracketed = before_pair(run)
    reading = by(run) or moved(run)
    return replace(reading, spans=direct or bracketed) if reading and (direct or bracketed) else reading


def _right(run: Run) -> Reading | None:
    """Read "F lift in N", "F N lift", "F higher N", "F faster"."""
    more = MORE_RIGHT.match(run.text, run.end, run.stop)
    if more:
        return _more(run, more)
    lift = LIFT_RIGHT.match(run.text, run.end, run.stop)
    if lift is None or STOPS.search(lift["pre"].replace(" and ", " ")):
        return None
    text, word, end = run.text, lift["lift"], lift.end("lift")
    pre = _telling(text, names_in(text, *lift.span("pre")))
    spans = unchanged(text, names_in(text, *lift.span("np"))) if lift["np"] else ()
    spans = spans if spans and wanted(text, spans[0], lift["prep"], first=run.last is None) else ()
    surface = surface_of(text, max([end, *(span[1] for span in spans)]), run.stop)
    if SPEED.fullmatch(word):
        return Reading(((pre[0][0] if pre else lift.start("lift"), end),), word, "lift", surface, end)
    if pre:
        return Reading(pre if len(pre) == run.count else pre[:1], word, "lift", surface, end)
    if spans:
        return Reading(spans, word, "lift", surface, spans[-1][1])
    return Reading(_inherited(run, lift), word, "lift", surface, end)


def _inherited(run: Run, lift: re.Match[str]) -> tuple[Stretch, ...]:
    """Find a name for "F improvement" that has none beside it: before it, in the reading before, or "performance"."""
    spans = (
        left_metric(run)
        or apposed(run)
        or promised(run, run.start, lift["lift"])
        or (carried_on(run, lift["lift"]) if run.last else reached(run))
    )
    if not spans and LOOSE.fullmatch(lift["pre"].strip()):
        return names_in(run.text, *lift.span("pre"))
    return spans


def _telling(text: str, spans: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    return tuple(span for span in spans if not GENERIC.fullmatch(text[span[0] : span[1]]))


def _more(run: Run, more: re.Match[str]) -> Reading | None:
    spans = names_in(run.text, *more.span("np"))
    if made_of(run, more["lift"], run.text[spans[0][0] : spans[0][1]] if spans else ""):
        return None
    spans = tuple(span for span in spans if looks_like_metric(run.text[span[0] : span[1]]))
    if spans and (spans[0][0] - more.start("np") > NEAR or NEXT.match(more["np"])):
        spans = ()
    spans = spans or behind_than(run, more.end("lift")) or subject_metric(run)
    word, end = more["lift"], more.end("lift")
    if FASTER.fullmatch(word):
        return Reading(spans or (more.span("lift"),), word, "more", used=end)
    if spans:
        return Reading(spans[:1], word, "more", used=spans[0][1])
    return Reading(run.last.spans, word, "more", used=end) if run.last else None


def _lift_left(run: Run) -> Reading | None:
    """Read "lift of F in N", "N lift of F", "lift in N of F", "N gains, including F in PLACE"."""
    text, listing = run.text, LISTING.search(run.before)
    match = LIFT_LEFT.search(text, run.left, run.start)
    if match is None and listing:
        match = next(reversed(list(HEAD.finditer(text, run.left, run.start))), None)
    if match is None:
        return None
    pre = _telling(text, names_in(text, after_stop(text, *match.span("pre")), match.end("pre")))
    clause = NEW_CLAUSE.search(text, *match.span("np")) if match["np"] else None
    if clause and not LIFT_LEFT.search(text, clause.end(), run.start):
        return None  # "gains in N, but also cuts the time, with pictures made in F"
    inner = names_in(text, *match.span("np")) if match["np"] else ()
    right = _lift_of(run, listed=bool(listing))
    if SPEED.fullmatch(match["lift"]) and not inner:
        pre = ((pre[0][0] if pre else match.start("lift"), match.end("lift")),)
    known_left = tuple(span for span in (*inner, *pre) if is_metric(text, span))
    if listing and not right and not known_left:
        return None
    sure = right if any(is_metric(text, span) for span in right) else ()
    spans = sure or known_left[:1] or right or inner or pre or promised(run, match.start("lift"), match["lift"])
    spans = spans or (run.last.spans if run.last else ()) or _loose(text, match)
    style = "in" if spans and spans[0][0] >= run.end else "lift-of"
    reach = max((span[1] for span in spans), default=0)
    return Reading(spans, match["lift"], style, surface_of(text, max(run.end, reach), run.stop), reach)


def _loose(text: str, lift: re.Match[str]) -> tuple[Stretch, ...]:
    """Find "performance" of "performance gains of F", which says little and is better than nothing."""
    spans = names_in(text, after_stop(text, *lift.span("pre")), lift.end("pre"))
    return tuple(span for span in spans[-1:] if LOOSE.fullmatch(text[span[0] : span[1]]))


def _lift_of(run: Run, *, listed: bool) -> tuple[Stretch, ...]:
    """Find the names behind "lift of F": "in N", or in a list the bare name."""
    after = IN_RIGHT.match(run.text, run.end, run.stop)
    if after:
        spans = names_in(run.text, *after.span("np"))
        return tuple(span for span in spans if wanted(run.text, span, after["prep"], first=True))
    spans = names_in(run.text, run.end, end_of_name(run.text, run.end, run.stop))
    return spans if listed else tuple(span for span in spans if is_metric(run.text, span))


def _parenthesis(run: Run) -> Reading | None:
    """Read "N (F)" and "(F N)"; the figure must be signed, or a word of change must stand before it."""
    text, opening = run.text, run.text.rindex("(", run.left, run.start)
    trigger = _last_verb(text[:opening])
    label = text[opening + 1 : run.start].strip(" :")
    if CHANGE.search(label):
        return by(run) if BY_END.search(run.before) else _right(run) or _lift_left(run)
    inside = INSIDE.match(text, run.end, run.stop)
    change = CHANGE_NOUN.match(inside["np"]) if inside else None
    trigger = trigger or (change[0] if change else "")
    if FIGURE.search(label) or (not run.signed and (not trigger or "to" in run.after[:4] or RIVAL.match(trigger))):
        return None
    if label and not NO_LABEL.fullmatch(label):
        return Reading(names_in(text, opening + 1, run.start), trigger, "paren", used=run.end)
    fresh = run.signed or VERBS.search(text, run.left, opening) or (inside and CHANGE.match(inside["np"]))
    if run.last and run.last.style != "paren" and not fresh:
        return None  # "a F loss (F win rate)": the change has its figure, and this is a level
    if inside and not STOPS.match(inside["np"]) and not CHANGE.match(inside["np"]):
        return Reading(names_in(text, *inside.span("np")), trigger, "paren", used=run.end)
    return _before_parenthesis(run, opening, trigger, changed=change is not None)


def _before_parenthesis(run: Run, opening: int, trigger: str, *, changed: bool) -> Reading | None:
    text, begin = run.text, after_stop(run.text, run.left, opening)
    spans = names_in(text, begin, opening)
    lift, verb = LIFT_END.search(text, begin, opening), LAST_VERB.match(text, begin, opening)
    if lift:
        spans = behind_bracket(run) or names_in(text, begin, lift.start("lift"))
        trigger = lift["lift"]
    elif verb:
        spans = names_in(text, verb.end(), opening)
    if not run.signed and RIVAL.match(trigger):
        return None
    level = _level(run, opening)
    if level:
        return Reading(level, trigger, "paren", used=run.end)
    if changed and not any(is_metric(text, span) for span in spans):
        return None
    head = _head_metric(text, opening) if spans and not is_metric(text, spans[-1]) else ()
    if head:
        return Reading(head, trigger, "paren", text[spans[-1][0] : spans[-1][1]], run.end)
    return Reading(spans[-1:], trigger, "paren", used=run.end) if spans or trigger else None


def _level(run: Run, opening: int) -> tuple[Stretch, ...]:
    """Find the name in "a level of F N (F improvement)": the first figure, just before, was no outcome."""
    if not (run.left and FIGURE.match(run.text, run.left - 1)):
        return ()
    spans = names_in(run.text, run.left, opening)
    return tuple(span for span in spans[:1] if is_metric(run.text, span))


def _head_metric(text: str, opening: int) -> tuple[Stretch, ...]:
    """Find the metric M of "M gains in A (F) and B (F)": what stands before the figures are places."""
    match = HEAD_METRIC.search(text, 0, opening)
    if match is None:
        return ()
    spans = names_in(text, after_stop(text, *match.span("pre")), match.end("pre"))
    return tuple(span for span in spans[-1:] if is_metric(text, span))


def _last_verb(text: str) -> str:
    return next(reversed(VERBS.findall(text)), "")


def _bare(run: Run) -> Reading | None:
    """Read "+F N", "N +F", and the next member of a list that began with a word of change."""
    text, last = run.text, run.last
    listed = last is not None and bool(LISTED.fullmatch(APPOSITION.sub("", run.before)))
    after = IN_RIGHT.match(text, run.end, run.stop)
    following = next_level(run) or (relisted(run, last, after) if last and listed else None)
    if following:
        return following
    if run.signed and after and ASIDE.search(run.before):
        spans = names_in(text, *after.span("np"))
        if spans and wanted(text, spans[0], after["prep"], first=True):
            trigger = _last_verb(run.before)
            return Reading(spans[:1], trigger, "in", surface_of(text, spans[0][1], run.stop), spans[0][1])
    right = names_in(text, run.end, end_of_name(text, run.end, run.stop))
    again = last is not None and listed and last.style == "bare"
    if right and (run.signed or again or _is_gain(run, right[0])):
        trigger = _last_verb(run.before) or (last.trigger if last and listed else "")
        return Reading(right[:1], trigger, "bare", surface_of(text, right[0][1], run.stop), right[0][1])
    if run.signed and OVER.match(text, run.end, run.stop) and ASIDE.search(run.before):
        return Reading(last.spans if last and listed else (), _last_verb(run.before), "bare", used=run.end)
    if run.signed or (VERB_END.search(run.before) and not PASSED.search(run.before)):
        return _named_before(run)
    return None


def _named_before(run: Run) -> Reading | None:
    end = run.left + len(TRAILING.sub("", run.before))
    stops = [m.end() for m in STOPS.finditer(run.text, run.left, end) if m[0].lower() not in {"on", "per", "in"}]
    spans = names_in(run.text, max(stops, default=run.left), end, whole=True)
    if not spans:
        return None
    return Reading(spans[-1:], _last_verb(run.before), "before", surface_of(run.text, run.end, run.stop), run.end)


def _is_gain(run: Run, span: Stretch) -> bool:
    """Whether an unsigned "F N" is a gain ("contributes F CTR": a verb of giving, a live metric) and no level."""
    name = canonical(run.text[span[0] : span[1]])
    if RATIO_NAMES.match(name):
        return not (name.startswith("compression") and SET_AT.search(run.before))
    return bool(GIVES.search(run.before) and ONLINE_METRIC.search(name) and not ABSOLUTE_BEFORE.search(run.before))
