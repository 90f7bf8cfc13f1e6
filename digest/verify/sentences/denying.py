"""Words that deny what follows them, and words that may."""

import re
from dataclasses import dataclass
from functools import lru_cache

from digest.verify.sentences.reading import Sentence

_DENYING = re.compile(
    r"\b(?:avoid(?:s|ed|ing)?|prevents?|prevented|lack(?:s|ed|ing)?|fail(?:s|ed|ing)? (?:to|at|in)|"
    r"refus(?:es?|ed|ing)(?: to)?|reject(?:s|ed|ing)?|eliminat(?:es?|ed|ing)|abandon(?:s|ed|ing)?|"
    r"discard(?:s|ed|ing)?|exclud(?:es?|ed|ing)|bypass(?:es|ed|ing)?|free (?:of|from)|do(?:es|ing)? away with|"
    r"dispens(?:es?|ed|ing) with|get(?:s|ting)? rid of|unable to|rules? out|ruled out|halt(?:s|ed)?|rarely|seldom|"
    r"hardly|barely|scarcely|(?:stay|keep|shy|turn)(?:s|ed|ing)? away from|"
    r"(?:stay|keep)(?:s|ed|ing)? (?:out|clear) of|kept (?:away "
    r"from|out of|clear of)|steer(?:s|ed|ing)? clear of|shun(?:s|ned|ning)?|refrain(?:s|ed|ing)? from|"
    r"abstain(?:s|ed|ing)? from|"
    r"hold(?:s|ing)? off|held off|stop(?:s|ped)? short of|fall(?:s)? short of|fell short of|"
    r"turn(?:s|ed|ing)? down|thr[eo]w(?:s)? out|"
    r"dismiss(?:es|ed|ing)?|quash(?:es|ed)?|overturn(?:s|ed)?|scrap(?:s|ped|ping)?|ditch(?:es|ed|ing)?|"
    r"forgo(?:es)?|ceas(?:es|ed) to|prohibit(?:s|ed)?|forbids?|denie[sd])(?![a-z])"
    r"|(?<!被)(?:避免|防止|缺乏|缺少|拒绝|取消|消除|去除|摆脱|放弃|抛弃|舍弃|停止|禁止|绕过|跳过|无需|无须|不必|不用|不靠|"
    r"不依赖|难以|很难|未能|并未|尚未|从未|未见|没有|没能|并非|不是|不会|不能|无法|不再|不可|毫无|并不|并无|不存在|免去|省去|免除|"
    r"排除|规避|否认|驳回|推翻|叫停|回避|避开|远离|杜绝|谢绝|婉拒|尚无|毫不|未经|不够|取代|不再|暂未|仍未|未)(?!的)",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"no|none|never|without|nor|neither|not a|nothing|hardly|rarely|seldom|非|无|不|没", re.IGNORECASE)
_UNTOLD = re.compile(r"zero|零|instead of|rather than|而非|stop\w*|unlike", re.IGNORECASE)
_ADJECTIVES = (
    r"in(?:consisten|sufficien|adequa|capab|accura|correct|feasib|valid|varian|significan|complet|effectiv|efficien|"
    r"ferior|dependen|appropria|sensitiv|visib|secur|stab|accessib|ability)|im(?:possib|percep|perfect|practical|"
    r"prob|balanc)|ir(?:relevan|regular|revers)|il(?:legal|licit)|mis(?:align|match|lead|s)|"
    r"de(?:grad|clin|ni|ny|activ|coupl|preca)|agnostic"
)
_VERBS = (
    "avoid|prevent|lack|fail|refus|declin|reject|remov|eliminat|abandon|discard|exclud|omit|skip|bypass|disabl|cancel|"
    "suspend|stop|forgo|foregon|ceas|deni|deny|prohibit|forbid|ban|block|ignor|neglect|overlook|disregard|withh|"
    "withdr|revok|obviat|replac|supplant|miss|drop|rul(?:es?|ed|ing) out|dispens|hold(?:s|ing)? off|held off|halt|"
    r"away from|(?:keep|kept|stay)\w* (?:out|clear) of|steer\w* clear|stay(?:s|ed|ing)? within|shun|shy|"
    r"refrain|abstain|turn(?:s|ed|ing)? down|thr[eo]w|dismiss|quash|overturn|scrap|ditch|gone|"
    r"vanish|disappear|resist|reserv|nobody but|escap|evad|overc[oa]m|constant|unchang|quit|end(?:s|ed)|"
    r"shut|clos|lose|lost|loss|separat|collaps|break|broke|struggl"
)
_OTHERS = (
    r"without|unable|in place of|in lieu of|in favou?r of|switch|swap|impossible|absent|absence|"
    r"instead of|rather than|free of|free from|void|does away|do away|get rid|"
    "rid of|far from|hardly|scarcely|barely|seldom|rarely|little|few|no longer|cannot|can['’]t|not?|nor|neither|never|"
    "none|nothing|nobody|nowhere|zero|false|wrong|unlike|except|but for|despite|less|weak|poor|subpar|worse|limited|"
    r"short of|beyond|hard|difficult|only|below|under\b"
)
_PERHAPS = re.compile(
    rf"\b(?:un(?!der|i[a-z]|til|it)|dis(?!t|c[uro]|p[el]|k)|non-?)[a-z]{{4,}}|\b(?:{_ADJECTIVES}|{_VERBS}|{_OTHERS})\w*"
    r"|n['’]t\b|[不无没未非免拒停禁避防否难缺失除弃脱勿莫绝休省取替代离反误错仅只驳推叫退远消灭恒]|而是|少",
    re.IGNORECASE,
)
UNLESS = re.compile(
    r"\b(?:cannot|can['’]t|could not|unable|never|not?|fails? to|stops?)\b(?:(?!\bthan\b)[^,.;]){0,40}?\b(without)\b"
    r"|(没有?|缺少?|离开|无)(?=[^。；]{1,16}?(?:就|便|则)?(?:无法|不能|不行|难以|没法))",
    re.IGNORECASE,
)  # "cannot work without it" needs it
_COMPOUND = re.compile(r"\w-free\b|\wless\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Denial:
    """A place that denies what follows; a `loose` one may deny another word than the first after it."""

    start: int
    end: int
    loose: bool


@lru_cache(maxsize=4096)
def denials(sentence: Sentence) -> tuple[Denial, ...]:
    """List the words of a sentence that deny what follows them, in order, idioms such as "not only" aside."""
    neutral = [(m.start, m.end) for m in sentence.mentions if m.of("class", "neutral")]
    neutral += [(sentence.start + m.start(), sentence.start + m.end()) for m in UNLESS.finditer(sentence.text)]
    found = {
        (m.start, m.end): m.text
        for m in sentence.mentions
        if m.of("class", "negation")
        and not _UNTOLD.fullmatch(m.text)
        and not any(left < m.end and m.start < right for left, right in neutral)
    }
    for match in _DENYING.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if not any(left < end and start < right for left, right in [*found, *neutral]):
            found[start, end] = match[0]
    return tuple(Denial(*span, bool(_LOOSE.fullmatch(text))) for span, text in sorted(found.items()))


def may_deny(sentence: Sentence, start: int, end: int, known: frozenset[str]) -> bool:
    """Whether a part of a sentence holds a word that may deny something, other than words that are `known` anyway."""
    low, high = start - sentence.start, end - sentence.start
    if _COMPOUND.search(sentence.text, low, high):
        return True
    for match in _PERHAPS.finditer(sentence.text, low, high):
        left, right = sentence.start + match.start(), sentence.start + match.end()
        ids = {a.id for a in sentence.anchors if a.start < right and left < a.end}
        if not ids & known or match[0].lower().startswith("non"):
            return True
    return False
