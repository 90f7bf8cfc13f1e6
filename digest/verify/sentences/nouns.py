"""The noun that an amount measures, by the shapes of sentences: "5% more X", "a gain in X of 5%", "X 提升 5%"."""

import re
from collections.abc import Sequence

from digest.quantity import Quantity
from digest.verify.sentences.parts import Anchor

_NOUN = r"((?:[\w@+/-]+ ){0,3}[\w@+/-]+)"
_GAINS = (
    r"(?:gain|lift|increase|rise|drop|reduction|improvement|cut|boost|uplift|decrease|decline|growth|fall|jump"
    r"|saving)s?"
)
_MORE = re.compile(
    r"\s*(?:more|higher|lower|fewer|less|greater|larger|smaller|better|extra|additional|worse) "
    rf"(?!than\b|often\b){_NOUN}"
)
_GAIN = re.compile(rf"\s*(?:relative |absolute |average )?{_GAINS} (?:in|of) (?:the |its )?{_NOUN}")
_OF_GAIN = re.compile(
    rf"\b(?:{_GAINS}|margins?|advantages?|edges?) of (?:about |up to |over |nearly |roughly )?[+−-]?$"
)
_IN = re.compile(rf"\s*(?:points? )?in (?:the |its )?{_NOUN}")
_OF = re.compile(rf"\s*of (?:the |its |all |their )*{_NOUN}")
_GAIN_IN = re.compile(
    rf"\b{_GAINS} (?:in|of) (?:the |its )?((?:[\w@+./-]+ ){{0,3}}?[\w@+/-]+?) (?:of|at|is|was|by|to|from|reach\w*)\s*$"
)
_MOVED = re.compile(
    r"\b(?:rais|lift|increas|improv|boost|cut|reduc|lower|trim|slash|shorten|enhanc|grow|expand)\w* (?:the |its |an? )?"
    r"((?:(?!on |in |for |across |at )[\w@+./-]+ ){0,3}[\w@+/-]+?)"
    r"(?: (?:on|in|for|across|at) [^,;:.]{2,40}?)? (?:by|from)\s+"
    r"(?:about |around |roughly |nearly |over |as much as |up to |at least |another |a further )?$"
)
_STOP = re.compile(
    r"[,;:()]|\b(?:and|while|but|with|by|from|to|at|that|which|who|than|over|against|for|on|in|across|under|when|per|is|are"
    r"|was|were|has|have|does|comes?|using|without|after|as)\b"
)
_CHINESE = re.compile(
    r"([\u3400-\u9fffA-Za-z@]{0,10}(?:[率量数额度值]|时长|成本|得分|分数|次数|收入|利润|销售|体验|指数|满意|开销|占用))"
    r"(?:相对|平均|因此|分别|最多|最高|累计|整体|同比|环比|约|大约|额外|进一步|大幅|显著|略|小幅|也|则|还|又|再|都|均|已)*"
    r"(?:提升|提高|增长|增加|上升|上涨|下降|降低|减少|缩短|下滑|改善|升|降|涨|跌|增|减)(?:了|至|到|约|近|超过|逾|\s)*$"
)


_FAR = 120


def noun(text: str, quantity: Quantity, bounds: tuple[int, int]) -> tuple[int, int] | None:
    """Return the bounds of the noun that a sentence's amount measures, or None where its shape does not show it."""
    start, end = bounds
    for pattern in (_MORE, _GAIN, *([_OF] if quantity.unit == "%" else [])):
        match = pattern.match(text, quantity.end, end)
        if match:
            stop = _STOP.search(text, *match.span(1))
            return _filled(match.start(1), stop.start() if stop else match.end(1))
    gain = _OF_GAIN.search(text[max(start, quantity.start - _FAR) : quantity.start])
    match = _IN.match(text, quantity.end, end) if gain else None
    if match:
        stop = _STOP.search(text, *match.span(1))
        return _filled(match.start(1), stop.start() if stop else match.end(1))
    for pattern in (_GAIN_IN, _MOVED, _CHINESE):
        match = pattern.search(text[max(start, quantity.start - _FAR) : quantity.start])
        if match:
            return max(start, quantity.start - _FAR) + match.start(1), max(start, quantity.start - _FAR) + match.end(1)
    return None


def _filled(start: int, end: int) -> tuple[int, int] | None:
    return (start, end) if start < end else None


def words_in(anchors: Sequence[Anchor], bounds: tuple[int, int] | None) -> list[frozenset[str]]:
    """List the words between two offsets, each by all ids that its characters have."""
    if bounds is None:
        return []
    found: list[tuple[int, frozenset[str]]] = []
    for anchor in sorted(anchors, key=lambda a: (a.start, a.end)):
        if not (bounds[0] <= anchor.start and anchor.end <= bounds[1]):
            continue
        if found and anchor.start < found[-1][0]:
            found[-1] = (max(found[-1][0], anchor.end), found[-1][1] | {anchor.id})
        else:
            found.append((anchor.end, frozenset({anchor.id})))
    return [ids for _, ids in found]
