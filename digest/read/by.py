"""The template "improves N by F" and its kin: the rival that is beaten, the list that goes on, the loss that is cut."""

import re
from dataclasses import replace

from digest.read.clause import carried_on, joined, lessened, measurable, reached, subjects
from digest.read.patterns import AGAIN, BY, LISTED, OVER, RIVAL, SUBJECT, TERMS, THAT_OF
from digest.read.run import Reading, Run
from digest.read.spans import IN_RIGHT, Stretch, after_stop, direct_names, is_metric, names_in, right_names, surface_of


def by(run: Run) -> Reading | None:
    """Read "improves N by F", "N rose by F", "A by F, B by F", and the same with "from F to F"."""
    match = BY.match(run.text, run.left, run.start)
    if match is None:
        return None
    verb = match["verb"] or ""
    if RIVAL.match(verb) or (verb and OVER.match(run.text, match.start("np"))):
        return _over_rival(run, match)
    behind = _told_behind(run, verb)
    if behind:
        return behind
    spans = joined(run, names_in(run.text, *match.span("np"))) or lessened(run, match.start("verb"))
    direct = () if any(is_metric(run.text, span) for span in spans) else direct_names(run.text, run.end, run.stop)
    if direct and (verb or run.last):
        return _direct(run, direct, verb or (run.last.trigger if run.last else ""))
    if not verb:
        return _by_again(run, spans, match.end("np"))
    spans = (
        spans
        or subjects(run, match.start("verb"))
        or _subject(run, match.start("verb"))
        or right_names(run.text, run.end, run.stop)
        or carried_on(run, verb)
    )
    return Reading(spans, verb, "by", surface_of(run.text, run.end, run.stop))


def _over_rival(run: Run, match: re.Match[str]) -> Reading:
    """Read "beats the rival by F N", "by F in N", "N exceeds that of the rival by F"."""
    direct = direct_names(run.text, run.end, run.stop)
    if direct:
        return _direct(run, direct, match["verb"])
    spans = right_names(run.text, run.end, run.stop) or _exceeds(run, match) or reached(run)
    return Reading(spans, match["verb"], "by", surface_of(run.text, run.end, run.stop))


def _direct(run: Run, names: tuple[Stretch, ...], verb: str) -> Reading:
    """Read "by F N": the next of a list, "F M", has its name behind it as well."""
    return Reading(names, verb, "bare", surface_of(run.text, names[0][1], run.stop), names[0][1])


def _told_behind(run: Run, verb: str) -> Reading | None:
    """Read "improves the model by F in terms of N" and "by F in N"."""
    terms = TERMS.match(run.text, run.end, run.stop)
    if terms:
        return Reading(names_in(run.text, *terms.span("np")), verb, "by")
    inside = _measured_in(run) if verb else ()
    if not inside:
        return None
    return Reading(inside, verb, "by", surface_of(run.text, inside[-1][1], run.stop), inside[-1][1])


def _measured_in(run: Run) -> tuple[Stretch, ...]:
    """Find the metric of "improves the quality by F in N": it says more than what stands before the figure."""
    after = IN_RIGHT.match(run.text, run.end, run.stop)
    if after is None or after["prep"].lower() != "in":
        return ()
    return tuple(span for span in names_in(run.text, *after.span("np")) if is_metric(run.text, span))


def _by_again(run: Run, spans: tuple[Stretch, ...], end: int) -> Reading | None:
    """Read the next member of "improves A by F, B by F" and of "improves A by F on X and by F on Y"."""
    if run.last is None:
        return None
    rival = RIVAL.match(run.last.trigger) and spans and not is_metric(run.text, spans[0])
    again = AGAIN.fullmatch(run.text, run.left, end) and not any(is_metric(run.text, span) for span in spans)
    if not spans or rival or again or LISTED.fullmatch(run.text[run.left : end]):
        return replace(run.last, style="by", used=0)
    return Reading(spans, run.last.trigger, "by")


def _exceeds(run: Run, by: re.Match[str]) -> tuple[Stretch, ...]:
    """Find N of "N exceeds that of the rival by F"."""
    spans = _subject(run, by.start("verb")) if THAT_OF.match(run.text, by.end("verb")) else ()
    return tuple(span for span in spans[-1:] if measurable(run.text, span))


def _subject(run: Run, verb: int) -> tuple[Stretch, ...]:
    """Find what rose or fell: the name right before the verb."""
    match = SUBJECT.search(run.text, run.left, verb)
    return names_in(run.text, after_stop(run.text, *match.span("np")), match.end("np")) if match else ()
