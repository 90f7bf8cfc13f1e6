"""What bounds an amount and what it counts in: "up to", "at least", "约", kilohertz, a month."""

import re
from collections.abc import Sequence

from digest.quantity import Quantity
from digest.text import HAN
from digest.verify.words.lexicon import table

_BEFORE = (
    ("up to", re.compile(r"(?:\b(?:up to|as (?:much|many|high|large|low|few|short|little) as|a maximum of)\b"
                         r"(?:\s+[A-Za-z-]+){0,2}|"
                         r"\b(?:(?:peak|top|max|maxe)(?:s|ed|ped|ing|ping)?(?: out)? at|(?:an? |the )?ceiling of"
                         r"|maxim(?:um|al)(?:\s+[A-Za-z-]+){0,2}"
                         r"\s+(?:improvement|gain|increase|reduction|decrease|speed-?up|lift|boost|growth|drop"
                         r"|saving)s?(?: of)?)|"
                         r"(?:最多|最长|最低|最少|最短|至多|多达|高达|低至)[^，。；（(\d]{0,14}"
                         r"|最[高大快](?:可|能|达|比|提升|提高|下降|降低|减少|节省|缩短|"
                         r"增加|增长|加速|支持|为|或|约)?(?:[^，。；（(\d]{0,12}(?<=[快慢高低达升降少多省至为可增长])|"
                         r"))\s*$")),
    ("at most", re.compile(r"(?:\b(?:capped at|a cap of|limited to|no (?:more|greater|higher|larger|longer) than"
                           r"|never (?:more|above|over|exceed\w*)(?: than)?|an upper limit of)"
                           r"|(?:上限|封顶)(?:为|是|在|于|设[为在])?)\s*$")),
    ("at least", re.compile(r"(?:\b(?:a floor of|at a minimum)\s*$|"
                            r"\b(?:at least|no (?:less|fewer) than|a minimum of)\b(?:\s+[A-Za-z-]+){0,2}|"
                            r"(?:至少|不低于|不少于|下限(?:为|是)?)[^，。；（(\d]{0,12})\s*$")),
    ("about", re.compile(r"(?:\b(?:some|about|around|roughly|approximately|an estimated)|"
                         r"[≈~∼]|大约|约|大概)(?:[高低多少降升占为有需快慢合]|每[天月年日秒]|"
                         r"每小时|每分钟)?\s*(?:\$|[A-Z]{2,3}\s)?$|约[为占是][^，。；（(]{0,16}的\s*$"
                         r"|约[可能有需合占为达降升增减提高低][\u3400-\u9fff]{0,5}\s*$")),
    ("over", re.compile(r"(?:\b(?:(?<!no )(?<!not )more than|over|above|exceed(?:s|ed|ing)?|upwards of|"
                        r"surpass(?:es|ed|ing)?|north of|in excess of|beyond)|"
                        r"(?<!不)(?:超过|超出|超|逾|高于|突破|越过|大于|多于))\s*\$?$")),
    ("under", re.compile(r"\b(?:below|under|less than|fewer than)\s+an?\s(?:[\w-]+\s){1,4}of\s*$", re.IGNORECASE)),
    ("exact", re.compile(r"(?:\b(?:exactly|precisely)|恰好|正好|刚好|恰为|整整)\s*$")),
)  # fmt: skip
_PASSED = re.compile(r"\b(?:(?:pass|cross)(?:es|ed)?|clears|cleared|tops|topped|(?:all|both) (?:top|clear))\s*\$?$")
_OF_WHOLE = re.compile(r"\s*(?:of\b|的)")
_OF_PART = (
    ("over", re.compile(r"(?:超过|超|逾|\bmore than|\bover)[^，。；（(]{0,20}$")),
    ("under", re.compile(r"(?:不到|不足|低于|\bless than|\bunder)[^，。；（(]{0,20}$")),
)  # fmt: skip
_COUNTED = "[个页种项名位条篇台张类层家款人次门级轮步座所段帧]?"  # "50 页以上"
_AFTER = (
    (
        "over",
        re.compile(
            rf"\s*(?:or more\b|多(?!于|个模|[模语任轮头层步跳智视源方样元目级标域线])|{_COUNTED}以上|\+(?!/)|-plus\b)"
        ),
    ),
    ("about", re.compile(rf"\s*(?:or so\b|{_COUNTED}左右|上下(?!文|游|限|界|采|架|级|部))")),
    ("average", re.compile(r"\s*on average\b")),
    ("at most", re.compile(r"\s*(?:at (?:the )?most|tops|or (?:less|fewer))\b|" + f"{_COUNTED}(?:以内|以下|之内)")),
    ("at least", re.compile(r"\s*(?:at least|at minimum)\b")),
)
_SCALED = re.compile(r"[\s-]?([A-Za-zμÅ]+(?![A-Za-z])|[\u3400-\u9fff]{1,3})")
_RATE = re.compile(r"[^，。；,;\d]{0,14}?/\s?(月|天|日|年|秒|分钟|小时|month|day|year|second|sec|min|hour|s\b|h\b)")
_WORKED = re.compile(
    r"\s?-?(GPU|CPU|TPU|NPU|H100|H200|A100|person|man|labou?r|node|core|machine|engineer)[\s-]?"
    r"(seconds?|minutes?|hours?|days?|weeks?|months?|years?|秒|分钟|小时|时|天|日|周|个月|月|年)(?![A-Za-z])",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:\s(?:and|to|or)\s|[、和至到])[\d.,–-]++(?!\s?[KMBTkmbt](?![A-Za-z]))"
)  # "80-150 and 150-250 meters"
_SPANS = frozenset({"d", "week", "month", "year"})
_BEATEN = re.compile(r"\b(?:surpass|exceed|beat|outperform)(?:e?s|ed|ing)? (?:an?|the) $")  # "surpassing a 32B model"
_RIVALS = re.compile(
    r"\s?[个种款项类家]?[\u3400-\u9fff]{0,6}(?:基线|方法|模型|系统|对手|竞品|算法|方案|智能体)"
    r"|\s(?:[\w-]+\s){0,3}(?:baselines?|methods?|models?|systems?|rivals?|competitors?|approaches|alternatives|agents?)\b"
)
_OUTDONE = re.compile(r"(?:\b(?:surpass|exceed)(?:e?s|ed|ing)?|超过|超出|超越|高于)\s*$")
_WEAK = frozenset({"over", "under", "within", "above", "beyond", "below"})
_WEAK_BELOW = 1000
_COMPARED = re.compile(r"\b(?:over|above|beyond|than|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?) the $")
_REACHED = re.compile(
    r"(?:(?<!最高)(?<!最多)(?<!最大)可达到?|\breach(?:es|ed|ing)?"
    r"|\b(?:extend|scal|stretch|rang)(?:es?|s|ed|ing) to)\s*$"
)
_DENIED = re.compile(
    r"\b(?:no|not|never|none|neither|cannot|without|fails? to|failed to|short of)\b"
    r"(?! (?:more|less|fewer|later)\b)(?:(?!\b(?:and|but|while)\b)[^,.;:，。；]){0,40}$"
    r"|n['’]t\b[^,.;:]{0,40}$|(?:未|没有|没能|无法|不曾|无一)[^，。；]{0,10}$"
)
_CONVERSE = {"over": "at most", "at least": "under", "under": "at least", "at most": "over"}


def rates(text: str, quantity: Quantity) -> frozenset[str]:
    """Return the period that an amount is for ("/月", "/s"), as the name of a modifier."""
    match = _RATE.match(text, quantity.end)
    return frozenset({table("rates")[match[1]]}) if match else frozenset()


def bounds_of(text: str, bounds: tuple[int, int], measures: Sequence[Quantity], n: int) -> frozenset[str]:
    """All qualifiers of an amount, also those that a verb parts from it ("最多提升 5%").

    "reach" is a bound that may be told as "up to" or not at all; with "denied" the others are turned round by a denial.
    """
    quantity = measures[n]
    left = max(bounds[0], measures[n - 1].end if n else 0, quantity.start - 48)
    before = text[left : quantity.start]
    if re.search(r"\bp(?:-values?)?\s*[<＜≤]?\s*$", before):
        return frozenset()  # "p < 0.05" tells a level, no bound of what was measured
    found = _without_places(_told(text, before, quantity), text, before, quantity)
    if _REACHED.search(before):
        found = (found - {"up to"}) | {"reach"}
    if _DENIED.search(before):
        return frozenset(_CONVERSE.get(name, name) for name in found) | {"denied"}
    return found


def _told(text: str, before: str, quantity: Quantity) -> frozenset[str]:
    """Return every bound that the words around an amount may be read as."""
    found = {name for name, pattern in _BEFORE if pattern.search(before)}
    found |= {name for name, pattern in _AFTER if pattern.match(text, quantity.end)}
    passed = _PASSED.search(before) and not _OF_WHOLE.match(text, quantity.end)  # "passes 70% of its tests" is none
    if passed or re.search("[多余]", quantity.text):  # "100 多亿"
        found.add("over")
    if quantity.value < 1 and not re.search(r"\d", quantity.text):
        found |= {name for name, pattern in _OF_PART if pattern.search(before)}
    if quantity.qualifier and quantity.qualifier != quantity.basis:
        found.add(quantity.qualifier)
    return frozenset(found)


def _without_places(found: frozenset[str], text: str, before: str, quantity: Quantity) -> frozenset[str]:
    """Drop the bounds that are but places and spans: "over 23 tasks", "over 90 days", "surpassing a 32B model"."""
    if quantity.qualifier_text.lower() == "within" and quantity.unit:
        found = (found - {"under"}) | {"within"}
    place = quantity.qualifier_text.lower() in _WEAK or re.search(r"\b(?:over|above)\s*$", before)
    if place and not quantity.unit and quantity.value < _WEAK_BELOW and quantity.value % 1 == 0:
        found = (found - {"over", "under"}) | ({"within"} if "within" in quantity.qualifier_text.lower() else set())
    if _COMPARED.search(before):  # "91%, over the 88% of the old one"
        found -= {"over", "under"}
    if quantity.unit in _SPANS and re.search(r"\b[Oo]ver (?:the (?:past|last|next) )?$", before):
        found = (found - {"over"}) | {"spanning"}  # "over 90 days" says in them, or in more of them
    counted = not quantity.unit and _RIVALS.match(text, quantity.end)  # "beyond five baselines" beats them
    beaten = _BEATEN.search(before) or (counted and _OUTDONE.search(before))
    return found - {"over"} if beaten else found


def scale(text: str, quantity: Quantity) -> str:
    """Return the unit after an amount that quantities do not know, folded ("kHz", "千赫"), or ""."""
    worked = _WORKED.match(text, quantity.end)
    if worked and not quantity.unit:
        return f"{worked[1].lower()}-{table('worked')[worked[2].lower().removesuffix('s')]}"
    listed = _LISTED.match(text, quantity.end)
    match = _SCALED.match(text, listed.end() if listed else quantity.end)
    if match is None or quantity.unit:
        return ""
    word = match[1].lower()
    return next(
        (
            table("scales")[word[:n]]
            for n in range(len(word), 0, -1)
            if word[:n] in table("scales") and (n == len(word) or HAN.match(word))
        ),
        "",
    )
