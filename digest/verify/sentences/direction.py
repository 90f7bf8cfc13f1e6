"""Whether an amount tells a rise or a fall."""

import re
from collections.abc import Sequence

from digest.quantity import Quantity
from digest.verify.words.lexicon import Mention, Sense

_RIGHT_WEIGHT = 1.5
SPENT = re.compile(
    r"error|loss|latenc|cost|(?<!watch )(?<!dwell )(?<!listening )(?<!viewing )(?<!usage )(?<!stay )(?<!session )"
    r"(?<!app )(?<!play )(?<!reading )(?<!screen )(?<!engagement )(?<!online )time\b(?! spent)|delay|"
    r"overhead|memory|perplex|risk|(?:power|energy|resource|fuel|data|token|water) consum|hallucin|bias|emission|energy"
    r"|footprint"
    r"|violation|误|延迟|时延|成本|耗|时间|损失|幻觉|开销|内存|显存|困惑|违规"
)


_BY = re.compile(
    r"\b(?:increas|improv|rais|lift|boost|grow|grew|rose|ris|climb|reduc|cut|lower|decreas|drop|fall|fell|shorten|shrink|compress"
    r"|surpass|outperform|exceed|beat|enhanc)\w*\b(?:(?!\b(?:while|whereas|but|by)\b)[^;])*\bby (?:[a-z]+ ){0,3}$"
)
_OTHER = re.compile(r"\b(?:while|whereas|but)\b|；|;|，(?:而|但|同时)")
_SHARE = re.compile(r"\s*of\b")


def direction_of(
    text: str,
    quantity: Quantity,
    tight: tuple[int, int],
    said: Sequence[Mention],
    partner: float | None,
    *,
    second: bool,
) -> int:
    """Tell rise from fall: by the sign, by the ends of "from A to B", or by the nearest word that says so."""
    if quantity.sign:
        return 1 if quantity.sign == "+" else -1
    if partner is not None and partner != quantity.value:
        return 1 if (quantity.value > partner) == second else -1
    governed = _BY.search(text[tight[0] : quantity.start])  # "improves A by 5% under B while reducing C"
    best, nearest = 0, 1e9
    for mention in said:
        sense = mention.sense("pair", "direction") or _beyond(text, quantity, mention)
        if sense is None or mention.start < tight[0] or mention.end > tight[1] or _bounding(text, quantity, mention):
            continue
        if _owned(text, quantity, mention) or _of_another(text, quantity, mention):
            continue
        if governed and mention.start >= quantity.end:
            continue
        if quantity.start <= mention.start and mention.end <= quantity.end:
            return sense.sign
        after = mention.start >= quantity.end
        gap = mention.start - quantity.end if after else quantity.start - mention.end
        weight = gap * _RIGHT_WEIGHT + 4 if after and _turned(text, quantity, mention) else gap
        if weight < nearest:
            best, nearest = sense.sign, weight
    return best


def carries(text: str, left: Quantity, right: Quantity) -> bool:
    """Whether a list goes on from one amount to the next, so that the verb before the first holds for both."""
    between = text[left.end : right.start]
    return (
        left.unit == right.unit
        and bool(re.search(r"\band\b|[,/、，]|和|与|及", between))
        and not re.search(r"[;；]|\bwhile\b|\bbut\b|而|但", between)
    )


def _beyond(text: str, quantity: Quantity, mention: Mention) -> Sense | None:
    """Read "2.1 points below chance": a bound right after an amount tells its direction."""
    gap = text[quantity.end : mention.start]
    told = mention.start >= quantity.end and not gap.strip() and mention.text.lower() != "over"
    return mention.sense("pair", "bound") if told else None


def verb(quantity: Quantity, clause: tuple[int, int], said: Sequence[Mention]) -> int:
    """Return the direction that the last verb before "from A to B" claims."""
    before = [m for m in said if clause[0] <= m.start and m.end <= quantity.start and m.sense("pair", "direction")]
    sense = before[-1].sense("pair", "direction") if before and not before[-1].of("pair", "bound") else None
    return sense.sign if sense and len(before[-1].text) > 1 else 0


def _bounding(text: str, quantity: Quantity, mention: Mention) -> bool:
    """Whether a word such as "more than" or "多" bounds the amount and tells no rise or fall."""
    if mention.start == quantity.end and mention.text == "多":
        return True
    return (
        mention.of("pair", "bound")
        and mention.end <= quantity.start
        and not text[mention.end : quantity.start].strip(" $")
    )


def _owned(text: str, quantity: Quantity, mention: Mention) -> bool:
    """Whether the word only names what an amount is a part of: "95% of losses", "损失的 95%"."""
    if mention.start >= quantity.end:
        return bool(_SHARE.match(text, quantity.end, mention.start))
    return text[mention.end : quantity.start].strip() == "的"


def _of_another(text: str, quantity: Quantity, mention: Mention) -> bool:
    """Whether a conjunction that opens another clause stands between an amount and the word after it."""
    return mention.start >= quantity.end and bool(_OTHER.search(text, quantity.end, mention.start))


def _turned(text: str, quantity: Quantity, mention: Mention) -> bool:
    """Whether a preposition or comma stands between an amount and the word after it."""
    return bool(re.search(r"[,，(（]|\b(?:for|at|in|on|to)\b", text[quantity.end : mention.start]))


def improved(text: str, quantity: Quantity, clause: tuple[int, int], said: Sequence[Mention]) -> int:
    """Return the direction that "improves X by 3%" claims: a rise, or a fall where less of X is better."""
    told = any(m.of("class", "better") and clause[0] <= m.start and m.end <= clause[1] for m in said)
    if not told or quantity.unit not in {"%", "pp", "x", "points"}:
        return 0
    return -1 if SPENT.search(text[clause[0] : clause[1]].lower()) else 1
