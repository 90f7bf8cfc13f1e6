"""What counts as a number in English and Chinese texts, and as a date, version or rank that only looks like one."""

import re

from digest.quantity.values import WORDS

# digits with their thousands marks and decimal point
_NUM = (
    r"(?:\d{1,3}(?:\.\d{3})+,\d+|[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?![\d,])(?:\.\d+)?"
    r"|\d{1,3}(?:(?:,|\{,\})\d{3})+(?!\d)(?:\.\d+)?|\d+,\d{1,2}(?=\s?%)|\d+(?:\.\d+)?|\.\d+)"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
# what is counted after a number that a year would look like
_COUNTED = (
    r"(?:users|queries|items|documents|examples|samples|hours|tokens|GPUs|papers|people|stars|images|videos|requests"
    r"|tasks|questions|employees|jobs|steps|dimensions)"
)
# dates, years and times of day
_DATE = (
    rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:[-–]\d{{1,2}})?(?:,? (?:19|20)\d\d)?(?![\d%.]*[\d%])"
    rf"|\b{_MONTH},? (?:19|20)\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?: (?:19|20)\d\d)?(?![A-Za-z])"
    r"|(?<!\d)(?:19|20)\d\d(?:-W\d\d|-\d\d(?:-\d\d)?)(?!\d)|(?<!\d)\d{1,2}/\d{1,2}/(?:19|20)\d\d(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d\s?年(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?)?|(?<!\d)\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?"
    r"|\bQ[1-4](?: (?:19|20)\d\d)?\b|(?<![\d:])\d{1,2}:\d\d(?::\d\d)?(?![\d:])"
    r"|(?<![\d.,$€¥£A-Za-z+-])(?:19[5-9]\d|20\d\d)s?(?:[-–/](?:(?:19|20)\d\d|\d\d))?"
    rf"(?![\d%×万亿元倍xKMB]|[.,]\d|\s?(?:%|percent|million|billion|times|{_COUNTED}\b))"
)
# ranks and cut-offs: "NDCG@10", "top-5", "3rd"
_RANK = (
    r"[A-Za-z]+@\{?\d+\}?|@\d+|\b[Tt]op[- ]?\d+\b(?!,\d)|\b\d+(?:st|nd|rd|th)\b|(?:No\.|#)\s?\d+\b"
    r"|第\s?(?:\d{1,3}(?:,\d{3})+|\d+|[一二三四五六七八九十]+)|\b[pP]\d\d(?:\.\d)?\b"
)
# versions and names with a number: "v2.1", "GPT-5.5", "Figure 3"
_VERSION = (
    r"\b\d{4}\.\d{4,5}(?:v\d+)?\b(?!\s?%)|(?<![A-Za-z\d_.])v?\d+\.\d+\.\d+(?:\.\d+)*(?![A-Za-z\d_])"
    r"|(?<![A-Za-z\d_])v\d+(?:\.\d+)*(?![A-Za-z\d_])"
    r"|(?<![A-Za-z])(?!(?:RMB|USD|EUR|CNY|GBP)[\d ])[A-Za-z]+(?:[-_/][A-Za-z]+)*[-_.]?\d(?![\d.,]*\s?%)[A-Za-z0-9_]*"
    r"(?:[.\-/][A-Za-z0-9_]+)*"
    r"|\b(?:GPT|Claude|Gemini|Llama|LLaMA|Qwen|Grok|DeepSeek|Mistral|Gemma|Phi|Kimi|GLM|Sora|Veo"
    r"|iOS|Android|Windows|Python|CUDA|Opus|Sonnet|Haiku|Fable|RTX|GTX|Radeon|iPhone|iPad|Pixel|Galaxy|Snapdragon|Ryzen|Xeon|version|Version|Fig\.|Figure|Table|Section|Sec\."
    r"|Chapter|Eq\.|Equation|Phase|Stage|Appendix|Step|RQ)"
    r"[ ~]\d+(?:\.\d+)*(?![\d%]|\s?%|\.\d)|(?<![A-Za-z\d_])[1-9]D(?![A-Za-z\d_])"
    r"|(?<![A-Za-z\d_.,])\d{1,2}(?!(?:[KMGTP]B|QPS|USD|RMB|EUR|CNY|GPUs?|CPUs?)(?![A-Za-z]))"
    r"(?:[A-Z]{2,}|[A-Z][a-z]+[A-Z])[A-Za-z0-9]*(?:-[A-Za-z0-9]+)*"
)
# units; their spellings stand in values.toml too
_UNIT = (
    r"(?:[\s\x1f-]?[\s\x1f]*(?:percentage[- ]points?|percent points|% points|per cent|percents?"
    r"|basis[- ]points?|p\.p\.|%pt?\b|%)"
    r"|[\s\x1f-]?(?:pps?|ppt|bps?|ms|milliseconds?|secs?|seconds?|mins?|minutes?|hrs?|hours?|days?"
    r"|weeks?|months?|years?|points?|pts|fold|times|dollars?|USD|yuan|RMB|euros?|EUR|yen|pounds|QPS|[KMGTP]B)(?![A-Za-z])"
    r"|[\s\x1f]*(?:×)(?![\s\x1f]*\d)|\s?[xX](?![A-Za-z\d]|\s?\d)|\s?[sh](?![A-Za-z’\'-])"
    r"|\s?(?:个百分点|個百分點|百分点|个基点|基点|倍|毫秒|秒钟?|分钟|小时|天|周|个月|年|美元|美金|人民币|元|欧元|英镑|日元|成(?!本|功|为|员|交)))"
)
# what multiplies a number
_SCALE = (
    r"(?:[\s-]?(?i:hundred|thousand|million|billion|trillion)s?(?![A-Za-z])|\s?(?:bn|mn|tn"
    r"|[KMBT])(?![A-Za-z0-9])|k(?![A-Za-z])|\s?[多余]?(?:万亿|千亿|百亿|十亿|亿|億|千万|百万|十万|万|萬|千(?!米|克)|百(?!分[点點])))"
)
_MONEY = r"(?:US\$|HK\$|[$¥￥€£]|(?:USD|RMB|CNY|EUR|GBP)\s?)"
_JOIN = r"(?:\s?[-–—~～−]\s?|\s(?:to|and)\s|\s?[至到]\s?)"
# an amount in digits, or two with what joins them
_AMOUNT = (
    rf"(?P<sign>[+\-−–±]?)\x1f*+(?P<money>{_MONEY})?\x1f*+(?P<sign2>[+\-−]?)(?:(?<![A-Za-z\d_.])"
    rf"|(?<=USD|RMB|CNY|EUR|GBP)|(?=[\d.]+%))(?P<low>{_NUM})(?P<scale1>{_SCALE})?(?P<unit1>{_UNIT})?"
    rf"(?:(?P<join>{_JOIN})\x1f*(?:[+−-]?)\x1f*{_MONEY}?(?P<high>{_NUM})(?P<scale2>{_SCALE})?(?P<unit2>{_UNIT})?)?"
)
# an amount in English words
_WORD = (
    rf"\b(?:(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-)?(?P<word>one|a|{'|'.join(WORDS)})"
    rf"(?:(?P<wscale>[\s-](?:hundred|thousand|million|billion|trillion))s?)?"
    rf"(?:[\s-](?P<part>half|thirds?|quarters?|fifths?|tenth))?(?P<wunit>(?![A-Za-z]){_UNIT}|fold)?\b"
    r"|\b(?P<half>half)\b|\b(?P<fold>twice|thrice|(?:doubl|tripl|quadrupl|quintupl|halv)(?:es?(?! as\b)|ed|ing))\b"
)
ARTICLES = frozenset(["", *"个個款家种項项名位条篇台张类層层"])  # "一种方法" counts nothing
# an amount in Chinese words
_ZH = (
    r"(?<![\d/.])1/(?P<inverse>[2-9]\d{0,2}|1\d{1,2})(?![\d/.%％])"
    r"|百分之(?P<zhpct>[零〇一二两三四五六七八九十百]+(?:点[零一二三四五六七八九]+)?|\d+(?:\.\d+)?)"
    r"|(?P<zhden>[二三四五六七八九十百千]+|\d+)分之(?P<zhnum>[一二两三四五六七八九十]+|\d+)|翻(?P<zhfold>倍|番"
    r"|一番|两番|了一番|了两番)|(?P<zhhalf>一半|减半)|(?P<zhword>[一二两兩三四五六七八九十][零〇一二三四五六七八九十百千]*)(?:(?P<zhscale>万亿|亿"
    r"|億|万(?!一)|萬)|(?=[^零一二三四五六七八九十百千万]|百分点))(?P<zhunit>个百分点|百分点|倍|成半|成(?!本"
    r"|功|为|员|交)|个月|[个個款家种項项名位条篇天周年台张类層层小秒](?![之般])|(?<=[十百千万亿])元|美元|小时|分钟|(?<=[亿億万萬]))"
)
_PLURAL = r"(?:tens|dozens|hundreds|thousands|millions|billions|trillions)"
_LARGE = r"(?:thousand|million|billion|trillion)"
_FEW = r"(?:[Ss]everal|[Aa] few|[Aa] couple(?: of)?)"
_TIMES = r"(?:seconds|minutes|hours|days|weeks|months|years)"
_SOME = r"(?:(?<![参指次人多少函系总分倍位整个对常变基点复级计维个岁])数|几)"  # not the end of "指数" or "参数"
# magnitudes without a number
_VAGUE = (
    rf"\b(?i:{_PLURAL})(?: (?:of|upon) (?:thousands|millions|billions|trillions)| of {_LARGE})?\b"
    rf"|\b{_FEW} (?:dozen|hundred|{_LARGE})s?\b|\b(?:a )?{_LARGE}-(?:scale|level|sized)\b"
    rf"|\b{_FEW} {_TIMES}\b|{_SOME}(?:十|百|千|万|亿)+|上(?:百|千|万|亿)+(?![升涨传])|(?:十|百|千)?[万亿]级"
    rf"|{_SOME}个?(?:分钟|小时|天|周|月|年|秒)"
)
TOKEN = re.compile(
    rf"(?P<url>https?://[^\s，。]+)|(?P<vague>(?=[tTdDhHmMbBsSaA数几上十百千万亿])(?:{_VAGUE}))|(?P<date>{_DATE})|(?P<rank>{_RANK})|(?P<version>{_VERSION})"
    rf"|(?P<zh>{_ZH})|(?P<amount>{_AMOUNT})|(?P<words>{_WORD})"
)
