"""What a word of rising or needing is said of: the noun phrase beside it, by the shape of its clause."""

import re

from digest.text import HAN
from digest.verify.sentences.reading import Sentence

_STOP = re.compile(
    r"[,;:()，。；：、（）]|\s[—–-]{1,2}\s"
    r"|\b(?:and|while|but|with|by|from|to|at|that|which|who|than|over|against|for|on|in|across|under|when|whenever|if"
    r"|per|is|are|was|were|has|have|does|did|using|without|after|before|as|of|because|so|yet|too|once|until)\b"
)
_OF = re.compile(r"(?:(?<!s)(?<!ed)(?<!fell)(?<!rose)(?<!grew)\s*(?:in|of|to|on)|\s*of) ")
_BACK = re.compile(
    r"[,;:()，。；：、（）]|\s[—–-]{1,2}\s|\b(?:and|while|but|(?:that|which|who)(?! (?:is|are|was|were)\b)"
    r"|than|when|if|because|so|yet|as|once|until|after|before)\b"
)
_SKIP = re.compile(r"(?:\s|\b(?:\w+ly|the|its|their|an?|both|all|some|any|each|this|these)\b)*")
_STOP_ZH = re.compile(r"[,;:()，。；：、（）]|(?<!反)而|但|且|时|后|却|在|比|对|于|和|与|则|并")
_FIRST_ZH = re.compile(_STOP_ZH.pattern + "|的")
_BACK_ZH = re.compile(r"[,;:()，。；：、（）]|(?<!反)而|但|且|时|后|却|则|并|使|让|把|将|令")
_SKIP_ZH = re.compile("[了的其着过]*")
_REACH, _REACH_BACK, _REACH_ZH = 30, 40, 14
_WORDY = re.compile(r"[A-Za-z]{2}|[\u3400-\u9fff]{2}")


def attached(
    sentence: Sentence, place: tuple[int, int], bounds: tuple[int, int], *, whole: bool = True
) -> tuple[int, int] | None:
    """Return the bounds of the noun phrase that a word of a clause is said of: its object, else its subject before.

    `whole` is whether a Chinese object goes on behind 的, as where something rises ("提升检索的召回率").
    """
    text, shift = sentence.text, sentence.start
    left, right, low, high = (offset - shift for offset in (*place, *bounds))
    if HAN.match(text, left):
        behind = _after(text, right, high, _SKIP_ZH, _STOP_ZH if whole else _FIRST_ZH, _REACH_ZH)
        span = behind or _before(text, low, left, _BACK_ZH, _REACH_ZH)
    else:
        of = _OF.match(text, right, high)
        behind = _after(text, of.end() if of else right, high, _SKIP, _STOP, _REACH)
        span = behind or _before(text, low, left, _BACK, _REACH_BACK)
    return (shift + span[0], shift + span[1]) if span else None


def _after(
    text: str, place: int, end: int, skip: re.Pattern[str], stop: re.Pattern[str], reach: int
) -> tuple[int, int] | None:
    skipped = skip.match(text, place, end)
    start = skipped.end() if skipped else place
    last = min(end, start + reach)
    cut = stop.search(text, start, last)
    span = (start, cut.start() if cut else last)
    return span if _WORDY.search(text, *span) else None


def _before(text: str, start: int, place: int, back: re.Pattern[str], reach: int) -> tuple[int, int] | None:
    first = max(start, place - reach)
    cuts = [m.end() for m in back.finditer(text, first, place)]
    span = (cuts[-1] if cuts else first, place)
    return span if _WORDY.search(text, *span) else None
