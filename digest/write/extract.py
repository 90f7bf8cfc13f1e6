"""The sentence that says most of a text: cue phrase, likeness to the title, LexRank and position.

The four cues together are the best of those measured on SciTLDR without a model (ROUGE-1 40.0 against 30.9 for the
first sentence); LexRank is that of Erkan and Radev, JAIR 22 (2004), on word overlap instead of TF-IDF.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence

from digest.names import is_named
from digest.text import Span, sentences
from digest.urls import addresses

_PROPOSED = (
    r"\b(?:we|this (?:paper|work|article|report)|the authors)\b[^.]{0,40}?\b(?:propos|introduc|present|show|"
    r"develop|describ|design|releas|demonstrat|report|built|build|investigat|study|find|address)"
)
_PROPOSAL = re.compile(_PROPOSED, re.IGNORECASE)
_CUE = re.compile(
    rf"{_PROPOSED}|\b(?:announc|launch|releas|unveil|introduc|open-sourc|rais|acquir)\w*\b"
    r"|发布|推出|宣布|开源|提出|上线|完成|收购",
    re.IGNORECASE,
)
_HOUSEKEEPING = re.compile(
    r"\b(?:codes?|data(?:sets?)?|models?|checkpoints?|weights|demos?|resources|implementation)\b[^.]{0,60}"
    r"\b(?:is|are|be|made) (?:\w+ ){0,2}(?:available|released|open-sourced|accessible|(?:found|hosted) (?:at|on))\b"
    r"|\breleas\w+ (?:the |our |all )?(?:\w+ ){0,3}(?:codes?|data|models?|weights) online\b"
    r"|\bthis https? URL\b"
    r"|\b(?:two|three|four|five|several) (?:\w+[ -]){0,2}"
    r"(?:components|modules|stages|parts|steps|aspects|contributions|challenges|limitations|designs)[.:]?$",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"\b(?:is|are) (?:an? |the |one of |among )?(?:\w+ )?(?:company|firm|platform|provider|startup|emerging"
    r"|increasingly|widely|essential|crucial|critical|becoming|fundamental|known|popular|challenging)\b"
    r"|\b(?:remains?|(?:has|have) (?:become|emerged|achieved|shown|demonstrated|attracted|made|been)|plays? an?"
    r"|undergoing|founded in|headquartered|existing|traditional|conventional|recent(?:ly)?|typically|often)\b"
    r"|^(?:For|Over|In|During) (?:the (?:past|last)|(?:many |several )?(?:days|weeks|months|years|decades)|recent"
    r"|an? decade)\b"
    r"|^(?:近年来|随着|当前|目前|长期以来|一直以来|多年来|过去)|是一家|成立于|总部",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9\-]+|[\u3400-\u9fff]")
_NOISE = re.compile(
    r"^(?:read more|click|subscribe|sign up|share this|continue reading|image|photo|source:|via |advertisement|"
    r"copyright|follow us|speaker \d|点击|关注|来源|原文|编辑|责任编辑|图源|作者)"
    r"|\[\+\d+ chars\]$|(?:…|\.\.\.)[\])）】]?$",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"\b(?:I|I['’]\w+|[Ww]e|[Ww]e['’]\w+|[Mm]y|[Oo]ur|[Mm]e|us|[Yy]ou|[Yy]ou['’]\w+|[Yy]our)\b|我|你|您|咱"
)
_LEANING = re.compile(
    r"^(?:(?:This|These|Such|Those)\b(?! (?:paper|work|article|report|study|post|survey|tutorial|week|month|release"
    r"|guide|research)\b)|(?:It|They|He|She|His|Her|Their|Its|That|There|Here)\b)|^(?:这|那|该|其|它|他|她|此)|[?？]$"
)
_NEAR = 0.25
_MIDWAY = re.compile(
    r"^(?:However|As such|Therefore|Thus|Hence|Moreover|Furthermore|In addition|Besides|For example|For instance|"
    r"First|Second|Third|Finally|Lastly|Notably|Concretely|Specifically|Additionally|"
    r"But|And|So|Then|Also|Instead|Meanwhile|By contrast|In contrast|As a result|Consequently)\b"
    r"|^(?:然而|但是|因此|此外|而且|同时)"
)
_COMMON_WORDS = (
    "the a an of to in for and or on with by is are was were be as at from that this it its we our their they has have "
    "which can not but than more such these those using used use based via new also into over between while"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_POINTS = re.compile(r"(?:^|[:：>→↓👇👉⬇\ufe0f])\s*$")
_MOST_SENTENCES = 40
_SHORTEST, _LONGEST = 25, 420
_SHORTEST_CHINESE = 12
_SETTLED = 12


def best(title: str, text: str, count: int = 1, *, abstract: bool = False) -> list[Span]:
    """Return up to `count` sentences of a text that say most of it, in the order of the text.

    Sentences that are cut off, calls to subscribe, and those under 25 or over 420 characters are passed over. What
    stands in an `abstract` before the sentence that proposes something is background, and what only says where the
    code is, or how many parts there are, tells nothing; either is taken where there is nothing else.
    """
    found = [s for s in sentences(text)[:_MOST_SENTENCES] if usable(s.text) and not _MIDWAY.match(s.text)]
    found = (_proposed(found) if abstract else []) or found
    bags = [_bag(s.text) for s in found]
    ranks = _lexrank(bags)
    head = _bag(title)
    marks = [
        (1.0 if _CUE.search(s.text) else -0.8 if _BACKGROUND.search(s.text) or _LEANING.search(s.text) else 0.0)
        + 1.5 * _likeness(bags[n], head)
        + 0.8 * ranks[n]
        + 0.4 / (1 + n)
        for n, s in enumerate(found)
    ]
    order = sorted(range(len(found)), key=lambda n: (-marks[n], n))[:count]
    return [found[n] for n in sorted(order)]


def _proposed(found: Sequence[Span]) -> list[Span]:
    start = next((n for n, one in enumerate(found) if _PROPOSAL.search(one.text)), 0)
    return [one for one in found[start:] if not _HOUSEKEEPING.search(one.text)]


def tells(title: str, sentence: str) -> bool:
    """Whether a sentence of a report says what its headline says, more fully: it is news, and can stand alone.

    Background, speech to the reader or of the speaker's own, questions, and what leans on the sentence before are not.
    """
    if _BACKGROUND.search(sentence) or _PERSONAL.search(sentence) or _LEANING.search(sentence):
        return False
    return bool(_CUE.search(sentence)) or _likeness(_bag(sentence), _bag(title)) >= _NEAR


def alike(one: str, other: str) -> float:
    """Return how much two headlines say in the same words, 0 to 1: the cosine of their words, Chinese ones by sign."""
    return _likeness(_bag(one), _bag(other))


def usable(sentence: str) -> bool:
    """Whether a sentence can stand alone in an issue."""
    least = _SHORTEST_CHINESE if re.search(r"[\u3400-\u9fff]", sentence) else _SHORTEST
    return least <= len(sentence) <= _LONGEST and not _NOISE.search(sentence) and not linked(sentence)


def linked(text: str) -> bool:
    """Whether a text holds an address; what only looks like one and is a name ("Booking.com") is none."""
    return any(not is_named(text[start:end], [text]) for start, end in addresses(text))


def unlinked(text: str) -> str:
    """Return a post without its addresses, and without the sentences that only send readers to one."""
    if not linked(text):
        return text
    return " ".join(filter(None, (_unlinked(span.text) for span in sentences(text))))


def _unlinked(sentence: str) -> str:
    """Return a sentence up to the addresses at its end; none where it leads to them, or goes on after one."""
    places = addresses(sentence)
    if not places:
        return sentence
    said, rest = sentence[: places[0][0]], sentence[places[0][0] :]
    for start, end in reversed(places):
        rest = rest[: start - len(said)] + rest[end - len(said) :]
    return "" if re.search(r"\w", rest) or _POINTS.search(said) else said.strip()


def _bag(text: str) -> Counter[str]:
    words = (w.lower() for w in _WORD.findall(text))
    return Counter(w for w in words if w not in _COMMON)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    shared = sum(min(one[w], other[w]) for w in one.keys() & other.keys())
    return shared / math.sqrt(one.total() * other.total()) if one and other else 0.0


def _lexrank(bags: Sequence[Counter[str]]) -> list[float]:
    """Rank each sentence by its likeness to the others, as a random walk; the highest gets 1."""
    size = len(bags)
    if size == 0:
        return []
    rows = [[_likeness(a, b) if a is not b else 0.0 for b in bags] for a in bags]
    sums = [sum(row) or 1.0 for row in rows]
    ranks = [1.0 / size] * size
    for _ in range(_SETTLED):
        ranks = [0.15 / size + 0.85 * sum(ranks[m] * rows[m][n] / sums[m] for m in range(size)) for n in range(size)]
    top = max(ranks)
    return [rank / top for rank in ranks]
