"""How the names of a list share the figures beside them: one figure of two names, two figures of "CTR/RPM"."""

import re
from itertools import pairwise, takewhile

from digest.names import known_metric
from digest.read.lexicon import SYSTEM_METRIC, Q
from digest.read.patterns import CHANGE
from digest.read.run import Run
from digest.read.spans import Stretch, is_metric

_TWO = 2
# What is counted, timed or paid for: "quality" or "robustness" beside a metric is no second one.
_COUNTED = re.compile(
    r"\b(?:accuracy|usage|size|rates?|ratio|scores?|time|costs?|latency|recall|precision|throughput|errors?|consumption"
    r"|utili[sz]ation|overhead|footprint|speed|memory|revenue|retention|coverage|correctness|requirements?)$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:,? (?:and|as well as) |, |、|和|与|及|以及)(?:the |its |their |in )?")
_AND = re.compile(r",? and |, and | as well as |和|与|及|以及")
_ENDED = re.compile(
    rf"\s?(?:$|[.;)]|,(?!\s(?:by|of|up|down|at)\b)|\s(?:over|compared|relative|versus|vs|against|on|across|when|while|without"
    rf"|under|during|after|than|at|within|per)\b[^{Q}]*(?:[.;,)]|$))"
)


def sharing(run: Run, spans: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """Return the names of "improves A and B by F" and "F lift in A and B", each of which F measures; () for one.

    All must be things that are counted, joined by "and", and the last must not be that of the next figure ("F lift in
    A and B of F").
    """
    text = run.text
    spans = tuple(takewhile(lambda span: _is_counted(text, span), spans))
    if run.count > 1 or len(spans) < _TWO:
        return ()
    gaps = [text[first[1] : second[0]] for first, second in pairwise(spans)]
    listed = all(_BETWEEN.fullmatch(gap) for gap in gaps) and bool(_AND.match(gaps[-1]))
    if not listed or (len(spans) == _TWO and gaps[0].startswith(",")):
        return ()
    behind = spans[0][0] >= run.end
    return spans if not behind or _ENDED.match(text, spans[-1][1], run.stop) else ()


def _is_counted(text: str, span: Stretch) -> bool:
    words = text[span[0] : span[1]]
    return (is_metric(text, span) or bool(SYSTEM_METRIC.search(words) or _COUNTED.search(words))) and not CHANGE.match(
        words
    )


def slashed(run: Run, spans: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """Take "CTR/RPM" beside two figures for two names, where both are metrics of the table."""
    if run.count == 1 or len(spans) != 1:
        return spans
    begin, end = spans[0]
    cuts = [begin - 1, *(match.start() for match in re.finditer("/", run.text[:end]) if match.start() > begin), end]
    parts = tuple((first + 1, second) for first, second in pairwise(cuts))
    return parts if len(parts) == run.count and all(known_metric(run.text[a:b]) for a, b in parts) else spans
