"""What a sentence compares with: the words after "than", "over", "compared with", "比", "优于", ... at their places."""

import re
from collections.abc import Iterator

_ENGLISH = re.compile(
    r"\b(?:(?<!rather )(?<!other )than|above|below|versus|v\.?s\.?|against"
    r"|(?<!every )(?<!control )over(?! (?:all|time|the course)\b)"
    r"|relative to"
    r"|as opposed to|in comparison (?:with|to)|compar(?:ed|able|ably|ing) (?:with|to|against)"
    r"|(?<=times )(?:that|those) of|(?<=half )that of|next to|alongside|on a? ?par with|competitive with"
    r"|ahead of|behind|superior to|inferior to|up on|down on|(?:measured|set|stacked up) against"
    r"|improv(?:es?|ed|ing|ements?) (?:up)?on|exceed(?:s|ed|ing)?|short of|(?:up|down) from"
    r"|(?<=% )from(?= (?:the|its) )|from(?= (?:the|its|a) (?:previous|prior|preceding|same|year|quarter|month))"
    r"|(?:out(?:perform|class|score|do|pace|rank|strip)|surpass|rival|overtak|eclips|undercut)"
    r"(?:s|es|ed|ing|e|took|did)?|match(?:es|ing)|trail(?:s|ed|ing)|beat(?:s|ing|en)?|top(?:s|ped|ping)"
    r"|lag(?:s|ged|ging)?(?: behind)?|rivals|higher than|lower than)\b(?: (?:that|those) of\b)?",
    re.IGNORECASE,
)
_ON_BASELINE = re.compile(
    r"\b(?:on|over|from|of|to|than|with|against) (?:the |its |a |an )?"
    r"((?:[\w.+/-]+ ){1,5}?(?:baselines?|counterparts?|alternatives?))\b"
)
_PART_OF = re.compile(
    r"\b(?:half|third|quarter|fifth|tenth|times|[\d.]+x|[\d.]+%)(?: of)? (?:the|its|what|that of)(?: [a-z]+){0,6}? of "
    r"([^,.;()]{2,40})"
)
_CHINESE = re.compile(
    r"相比(?:于|之下)?|相较(?:于|之下)?|相对于?(?=[^，。；\d]{2,})|对比|比起|较(?![高低多少快慢好差大小强弱长短为早晚])"
    r"|优于|胜过|超过|超越|超出|高于|低于|快于|慢于|多于|少于|强于|弱于|好于|不及|不如|逊于|落后于?|领先于?|击败|赶超|媲美"
    r"|持平于|打败|反超|(?<![对可占同环不相无成正好])比(?![例如赛率重特亚尔利值方较对分喻拟照萨勒])"
)
_BEHIND = re.compile(r"(?:与|和|同|跟)([^，。；：、]{1,30}?)(?:相比|相较|对比|相当|持平|媲美|比较)")
_MULTIPLE = re.compile(
    r"(?:[是为于占达需到有]|仅|约|只|达到|相当于|不到|不足|降至)([^，,;；。\d是为占达约仅只]{2,26}?)的\s?"
    r"(?=(?:约|近|大约|超过|不到|不足)?\s?(?:[\d一二两三四五六七八九十百.]+\s?[至到-]?\s?[\d.]*\s?(?:倍|%|成)"
    r"|[\d一二三四五六七八九十百]+分之|一半))"
)
_STOP = re.compile(
    r"[,，;；:：。()（）—–]|\.(?!\w)|\d+(?:\.\d+)?\s?(?:%|x\b|×|倍|个百分点|pp|percent)"
    r"|\b(?:by|while|and|at|whereas|but|with an?|to|in terms of|across|on|for|in|under|when|using|without|after|during"
    r"|(?<!such )as|from|it|its|the model|is|are|was|were|does|do|did|can|that|which)\b"
    r"|[而且]|分别|平均|相对|提升|提高|降低|下降|减少|增加|增长|改善|节省|缩短|高出|高达|更|还|也|都|约|达|最多|至多"
    r"|[高低多少快慢好差](?=[\d出了约近达\s至]|$)"
)
_LED = re.compile(r"\s*(?:its|their|our|the|a|an)\s", re.IGNORECASE)
_COUNTED = re.compile(
    r"\s*(?:(?:through|by|in|on|at|with|for|when|if|to|ever|before|expected|usual|not|just|once)\b"
    r"|(?:about |around |roughly |nearly |some |约|近)?(?:[$¥€+−-]?\d|half\b|a third|a quarter"
    r"|two|three|four|five|six|seven|eight|nine|ten|twenty|the (?:past|last|course|next)\b|time\b"
    r"|a (?:\w+ )?(?:year|month|week|day)|[一二两三四五六七八九十百]|半|预期|去年))"
)
_BEHIND_NUMBER = re.compile(
    r"\b(?:against|versus|v\.?s\.?|compared (?:with|to)|from|(?<!more )(?<!less )(?<!fewer )than) (?:the )?"
    r"[$¥€]?[\d.,]+[ -]?(?:%|[A-Za-z]{1,8}\b)? (?:for|from|by|with|of|in|on) "
    r"(?!those|that|the )((?:[\w+/-]+ ){0,5}[\w+/-]+)",
    re.IGNORECASE,
)
_AVERAGED = re.compile(r"\baverag(?:es?|ed|ing) [\d.]+\s?%? $")  # "averages 5% over three tasks" compares nothing
_GAINED = re.compile(
    r"gain|improv|increas|decreas|reduc|lift|boost|better|higher|lower|lead|advantage|edge|win|won|advance|prefer|favou?r"
    r"|superior|speed-?up|faster|slower|cheaper|uplift|rise|rose|raise|grow|up|down|cut|jump|drop|margin|chosen|chose|pick"
    r"|outperform|saving|benefit|progress|success|[\d.]+ ?(?:%|x\b|×|points?|percent|pp)",
    re.IGNORECASE,
)  # "zooms over a map" compares nothing
_NAMED = re.compile(
    r"(?:,? and |, |、|\s?[和与及]\s?)(?=[A-Z]|[a-z]+[A-Z\d])([\w.+/-]+(?: [A-Z\d][\w.+/-]*){0,3}?)"
    r"(?=[\s,.;:)、和与及，。]|$)"
)
_LONGEST = 6  # names of one list
_GAIN = 90
_FAR = 64


def comparands(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the bounds of each thing that the sentence between two offsets compares with, which may overlap."""
    for pattern in (_ENGLISH, _CHINESE):
        for match in pattern.finditer(text, start, end):
            if (
                match[0] == "Over"
                or (match[0] == "over" and not _GAINED.search(text, max(start, match.start() - _GAIN), match.start()))
                or _AVERAGED.search(text, start, match.start())
                or _COUNTED.match(text, match.end(), end)
            ):
                continue  # "Over all budgets" compares nothing, nor does "over 30"
            led = _LED.match(text, match.end(), end)
            stop = _STOP.search(text, led.end() if led else match.end(), min(end, match.end() + _FAR))
            last = stop.start() if stop else min(match.end() + _FAR, end)
            if text[match.end() : last].strip():
                yield match.end(), last
    for pattern in (_ON_BASELINE, _PART_OF, _BEHIND, _MULTIPLE, _BEHIND_NUMBER):
        yield from (match.span(1) for match in pattern.finditer(text, start, end))


def listed(text: str, place: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the names that go on from a comparand: "over A, B and C" compares with three."""
    end = place[1]
    for _ in range(_LONGEST):
        match = _NAMED.match(text, end - 1 if text[end - 1 : end] == " " else end)
        if match is None:
            return
        yield match.span(1)
        end = match.end()
