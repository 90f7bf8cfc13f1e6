"""Numbers in running text, with sign, unit, scale and qualifier, in English and Chinese."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Sign = Literal["+", "-", ""]
QuantityKind = Literal["amount", "date", "version", "rank", "vague"]

_MASK = "\x1f"  # white space to `re`, and in no cleaned text
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％＋－～，", "0123456789.%+-~,")
_LATEX = re.compile(
    r"\\(?:textbf|mathbf|textit|emph|text|mathrm|bm|boldsymbol|underline|textsc)\s*\{|\\[,;! ]"
    r"|\\(?=[%$&#@_])|\{(?!,\})|(?<!,)\}"
)
_LATEX_WORDS = (("\\approx", "≈"), ("\\times", "×"), ("\\geq", "≥"), ("\\leq", "≤"), ("\\sim", "~"), ("\\pm", "±"))
_MATH = re.compile(r"\$([^$\n]{1,80})\$(?!\d)")
_DOLLARS = re.compile(r"\d[\d,.]*\s?(?:[KMBTkmbt]\b|bn\b|[tmb]rillion|million|billion)?\s[a-z]")

_NUM = (
    r"(?:\d{1,3}(?:\.\d{3})+,\d+|[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?![\d,])(?:\.\d+)?"
    r"|\d{1,3}(?:(?:,|\{,\})\d{3})+(?!\d)(?:\.\d+)?|\d+,\d{1,2}(?=\s?%)|\d+(?:\.\d+)?|\.\d+)"
)
_TABLES = tomllib.loads((Path(__file__).parent / "quantity.toml").read_text(encoding="utf-8"))
_WORDS: dict[str, float] = _TABLES["words"]
_FOLDS: dict[str, float] = _TABLES["folds"]
_PARTS: dict[str, float] = _TABLES["parts"]
_SCALES: dict[str, float] = _TABLES["scales"]
_UNITS: dict[str, str] = {spelling: unit for unit, spellings in _TABLES["units"].items() for spelling in spellings}
_CURRENCY: dict[str, str] = _TABLES["currency"]
_ZH_DIGITS: dict[str, int] = _TABLES["chinese_digits"]
_ZH_PLACES: dict[str, int] = _TABLES["chinese_places"]

_QUALIFIERS: tuple[tuple[str, str], ...] = tuple(_TABLES["before"].items())
_AFTER: tuple[tuple[str, str], ...] = tuple(_TABLES["after"].items())
_BEFORE_RE = re.compile(
    "(?:" + "|".join(f"(?P<q{n}>(?<![A-Za-z])(?:{p}))" for n, (_, p) in enumerate(_QUALIFIERS)) + ")"
    r"(?:[\s\x1f]|a |an |the |by |of |another |additional |达到|达|为)*$",
    re.IGNORECASE,
)
_AFTER_RE = re.compile(
    r"[\s\x1f]*(?:" + "|".join(f"(?P<q{n}>{p})" for n, (_, p) in enumerate(_AFTER)) + ")", re.IGNORECASE
)
_BASIS = re.compile(r"\b(relative|absolute)(?:ly)?\b(?! to\b)|(相对|绝对)(?!于)", re.IGNORECASE)
_BASES = {"relative": "relative", "相对": "relative", "absolute": "absolute", "绝对": "absolute"}

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_COUNTED = (
    r"(?:users|queries|items|documents|examples|samples|hours|tokens|GPUs|papers|people|stars|images|videos|requests"
    r"|tasks|questions|employees|jobs|steps|dimensions)"
)
_DATE = (
    rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:[-–]\d{{1,2}})?(?:,? (?:19|20)\d\d)?(?![\d%.]*[\d%])"
    rf"|\b{_MONTH},? (?:19|20)\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?: (?:19|20)\d\d)?(?![A-Za-z])"
    r"|(?<!\d)(?:19|20)\d\d(?:-W\d\d|-\d\d(?:-\d\d)?)(?!\d)|(?<!\d)\d{1,2}/\d{1,2}/(?:19|20)\d\d(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d\s?年(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?)?|(?<!\d)\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?"
    r"|\bQ[1-4](?: (?:19|20)\d\d)?\b|(?<![\d:])\d{1,2}:\d\d(?::\d\d)?(?![\d:])"
    r"|(?<![\d.,$€¥£A-Za-z+-])(?:19[5-9]\d|20\d\d)s?(?:[-–/](?:(?:19|20)\d\d|\d\d))?"
    rf"(?![\d%×万亿元倍xKMB]|[.,]\d|\s?(?:%|percent|million|billion|times|{_COUNTED}\b))"
)
_RANK = (
    r"[A-Za-z]+@\{?\d+\}?|@\d+|\b[Tt]op[- ]?\d+\b(?!,\d)|\b\d+(?:st|nd|rd|th)\b|(?:No\.|#)\s?\d+\b"
    r"|第\s?(?:\d{1,3}(?:,\d{3})+|\d+|[一二三四五六七八九十]+)|\b[pP]\d\d(?:\.\d)?\b"
)
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
_UNIT = (
    r"(?:[\s\x1f-]?[\s\x1f]*(?:percentage[- ]points?|percent points|% points|per cent|percents?"
    r"|basis[- ]points?|p\.p\.|%pt?\b|%)"
    r"|[\s\x1f-]?(?:pps?|ppt|bps?|ms|milliseconds?|secs?|seconds?|mins?|minutes?|hrs?|hours?|days?"
    r"|weeks?|months?|years?|points?|pts|fold|times|dollars?|USD|yuan|RMB|euros?|EUR|yen|pounds|QPS|[KMGTP]B)(?![A-Za-z])"
    r"|[\s\x1f]*(?:×)(?![\s\x1f]*\d)|\s?[xX](?![A-Za-z\d]|\s?\d)|\s?[sh](?![A-Za-z’\'-])"
    r"|\s?(?:个百分点|個百分點|百分点|个基点|基点|倍|毫秒|秒钟?|分钟|小时|天|周|个月|年|美元|美金|人民币|元|欧元|英镑|日元|成(?!本|功|为|员|交)))"
)
_SCALE = (
    r"(?:[\s-]?(?i:hundred|thousand|million|billion|trillion)s?(?![A-Za-z])|\s?(?:bn|mn|tn"
    r"|[KMBT])(?![A-Za-z0-9])|k(?![A-Za-z])|\s?[多余]?(?:万亿|千亿|百亿|十亿|亿|億|千万|百万|十万|万|萬|千(?!米|克)|百))"
)
_MONEY = r"(?:US\$|HK\$|[$¥￥€£]|(?:USD|RMB|CNY|EUR|GBP)\s?)"
_JOIN = r"(?:\s?[-–—~～−]\s?|\s(?:to|and)\s|\s?[至到]\s?)"
_AMOUNT = (
    rf"(?P<sign>[+\-−–±]?)\x1f*+(?P<money>{_MONEY})?\x1f*+(?P<sign2>[+\-−]?)(?:(?<![A-Za-z\d_.])"
    rf"|(?=[\d.]+%))(?P<low>{_NUM})(?P<scale1>{_SCALE})?(?P<unit1>{_UNIT})?"
    rf"(?:(?P<join>{_JOIN})\x1f*(?:[+−-]?)\x1f*{_MONEY}?(?P<high>{_NUM})(?P<scale2>{_SCALE})?(?P<unit2>{_UNIT})?)?"
)
_WORD = (
    rf"\b(?:(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-)?(?P<word>one|a|{'|'.join(_WORDS)})"
    rf"(?:(?P<wscale>[\s-](?:hundred|thousand|million|billion|trillion))s?)?"
    rf"(?:[\s-](?P<part>half|thirds?|quarters?|fifths?|tenth))?(?P<wunit>(?![A-Za-z]){_UNIT}|fold)?\b"
    r"|\b(?P<half>half)\b|\b(?P<fold>twice|thrice|(?:doubl|tripl|quadrupl|quintupl|halv)(?:es?(?! as\b)|ed|ing))\b"
)
_ARTICLES = frozenset(["", *"个個款家种項项名位条篇台张类層层"])  # "一种方法" counts nothing
_ZH = (
    r"(?<![\d/.])1/(?P<inverse>[2-9]\d{0,2}|1\d{1,2})(?![\d/.%％])"
    r"|百分之(?P<zhpct>[零〇一二两三四五六七八九十百]+(?:点[零一二三四五六七八九]+)?|\d+(?:\.\d+)?)"
    r"|(?P<zhden>[二三四五六七八九十百千]+|\d+)分之(?P<zhnum>[一二两三四五六七八九十]+|\d+)|翻(?P<zhfold>倍|番"
    r"|一番|两番|了一番|了两番)|(?P<zhhalf>一半|减半)|(?P<zhword>[一二两兩三四五六七八九十][零〇一二三四五六七八九十百千]*)(?:(?P<zhscale>万亿|亿"
    r"|億|万(?!一)|萬)|(?=[^零一二三四五六七八九十百千万]))(?P<zhunit>个百分点|百分点|倍|成半|成(?!本"
    r"|功|为|员|交)|个月|[个個款家种項项名位条篇天周年台张类層层小秒](?![之般])|(?<=[十百千万亿])元|美元|小时|分钟|(?<=[亿億万萬]))"
)
_PLURAL = r"(?:tens|dozens|hundreds|thousands|millions|billions|trillions)"
_LARGE = r"(?:thousand|million|billion|trillion)"
_FEW = r"(?:[Ss]everal|[Aa] few|[Aa] couple(?: of)?)"
_TIMES = r"(?:seconds|minutes|hours|days|weeks|months|years)"
_SOME = r"(?:(?<![参指次人多少函系总分倍位整个对常变基点复级计维个岁])数|几)"  # not the end of "指数" or "参数"
_VAGUE = (
    rf"\b(?i:{_PLURAL})(?: (?:of|upon) (?:thousands|millions|billions|trillions)| of {_LARGE})?\b"
    rf"|\b{_FEW} (?:dozen|hundred|{_LARGE})s?\b|\b(?:a )?{_LARGE}-(?:scale|level|sized)\b"
    rf"|\b{_FEW} {_TIMES}\b|{_SOME}(?:十|百|千|万|亿)+|上(?:百|千|万|亿)+(?![升涨传])|(?:十|百|千)?[万亿]级"
    rf"|{_SOME}个?(?:分钟|小时|天|周|月|年|秒)"
)
_TOKEN = re.compile(
    rf"(?P<url>https?://[^\s，。]+)|(?P<vague>(?=[tTdDhHmMbBsSaA数几上十百千万亿])(?:{_VAGUE}))|(?P<date>{_DATE})|(?P<rank>{_RANK})|(?P<version>{_VERSION})"
    rf"|(?P<zh>{_ZH})|(?P<amount>{_AMOUNT})|(?P<words>{_WORD})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number as it stands in a text: `source[start:end] == text`.

    `value` is its size without the sign, the scale applied ("1.6T" is 1.6e12, "4亿" 4e8); `high` the upper end of a
    range, else None. `unit` is canonical: "%", "pp", "bps", "x", "ms", "s", "min", "h", "d", "week", "month", "year",
    "points", "KB".."PB", "QPS", a currency, or "". `sign` is the sign character before it, not a verb's direction.
    `qualifier` is the canonical bound ("up to", "at most", "at least", "over", "nearly", "under", "about",
    "average"), else the basis; `qualifier_text` the source's words. `basis` is "relative", "absolute" or "".
    Of kind "vague" ("tens of millions", "数千万", "several hours") `value` is the power of ten that it begins at, 1 for
    a few of a unit. Only `kind` "amount" is a measure, which tells it from dates, versions, model names and ranks.
    """

    start: int
    end: int
    text: str
    value: float
    high: float | None = None
    unit: str = ""
    sign: Sign = ""
    qualifier: str = ""
    qualifier_text: str = ""
    basis: str = ""
    kind: QuantityKind = "amount"


def quantities(text: str) -> list[Quantity]:
    """List the numbers of a text in the order in which they stand; pieces of LaTeX around them are read through."""
    masked = mask(text)
    found: list[Quantity] = []
    for match in _TOKEN.finditer(masked):
        found.extend(_read(match, text, masked))
    return found


def mask(text: str) -> str:
    """Blank LaTeX wrapping and fold full-width digits at one length: spans must be the source's, unlike `untexed`'s."""
    if not text.isascii():
        text = text.translate(_FULL_WIDTH)
    if "\\" not in text and "$" not in text and "{" not in text:
        return text
    text = _MATH.sub(_open_math, text)
    for command, sign in _LATEX_WORDS:
        text = text.replace(command, sign.ljust(len(command), _MASK))
    return _LATEX.sub(lambda m: _MASK * len(m[0]), text)


def _open_math(match: re.Match[str]) -> str:
    inner = match[1]
    if _DOLLARS.match(inner):  # two sums of money, not a formula between two dollar signs
        return match[0]
    return f"{_MASK}{inner}{_MASK}"


def _read(match: re.Match[str], text: str, masked: str) -> list[Quantity]:
    kind = _kind(match)
    if kind == "url" or (match["zhword"] == "一" and match[0][1:] in _ARTICLES):
        return []
    if kind == "amount":
        return _amounts(match, text, masked)
    if kind == "zh":
        return _one(match.start(), match.end(), text, masked, *_zh_value(match))
    if kind == "words":
        value = _word_value(match)
        return _one(match.start(), match.end(), text, masked, *value) if value else []
    start, end = match.span()
    if kind == "vague":
        return [_vague(start, text[start:end])]
    digits = re.search(r"\d+(?:\.\d+)?", match[0].replace(",", ""))
    named: QuantityKind = "date" if kind == "date" else "rank" if kind == "rank" else "version"
    return [Quantity(start=start, end=end, text=text[start:end], value=float(digits[0]) if digits else 0.0, kind=named)]


def _kind(match: re.Match[str]) -> str:
    return next(
        name for name in ("url", "vague", "version", "date", "rank", "amount", "zh", "words") if match[name] is not None
    )


def _amounts(match: re.Match[str], text: str, masked: str) -> list[Quantity]:
    start, high = match.start(), match["high"]
    scale, unit = _scale(match["scale1"]), _unit(match["unit1"])
    money = _CURRENCY.get((match["money"] or "").strip().lower(), "")
    sign = _sign(match["sign"] or match["sign2"], masked, start)
    if match["sign"] and not sign:
        start += 1
    if high is None:
        return _one(start, match.end(), text, masked, _number(match["low"]) * scale, None, money or unit, sign)
    scale2, unit2 = _scale(match["scale2"]), _unit(match["unit2"])
    if _is_range(match, masked, unit, unit2):
        low, top = _number(match["low"]) * (scale if match["scale1"] else scale2), _number(high) * scale2
        return _one(start, match.end(), text, masked, low, top, money or unit2 or unit, sign)
    shared = not (match["scale1"] or unit) and _number(match["low"]) < _number(high)  # "from 3 to 30B"
    low = _number(match["low"]) * (scale2 if shared else scale)
    first = _one(start, match.start("join"), text, masked, low, None, money or unit, sign)
    return first + quantities_at(text, masked, match.start("join"), match.end())


def quantities_at(text: str, masked: str, start: int, end: int) -> list[Quantity]:
    """Read what stands between two offsets of a text that `mask` has already blanked."""
    found: list[Quantity] = []
    for match in _TOKEN.finditer(masked, start, end):
        found.extend(_read(match, text, masked))
    return found


def _is_range(match: re.Match[str], masked: str, unit: str, unit2: str) -> bool:
    join = match["join"].strip().lower()
    before = masked[max(0, match.start() - 14) : match.start()].lower()
    if unit and unit != unit2:
        return False
    if join == "and":
        return "between" in before
    if join in {"to", "至", "到"}:
        return _number(match["high"]) >= _number(match["low"]) and not re.search(
            r"(?:(?<!ranging )(?<!range )from|从|由)[\s\x1f$]*$", before
        )
    return _number(match["high"]) >= _number(match["low"]) or bool(unit2)


def _one(  # noqa: PLR0913, PLR0917  a quantity has that many sides; one caller each
    start: int,
    end: int,
    text: str,
    masked: str,
    value: float,
    high: float | None = None,
    unit: str = "",
    sign: Sign = "",
) -> list[Quantity]:
    while start < end and masked[start] in f" {_MASK}":
        start += 1
    while end > start and masked[end - 1] in f" {_MASK}":
        end -= 1
    bound, words = _qualifier(masked, text, start, end)
    basis, basis_words = _basis(masked, start, end)
    return [
        Quantity(
            start=start,
            end=end,
            text=text[start:end],
            value=value,
            high=high,
            unit=unit,
            sign=sign,
            qualifier=bound or basis,
            qualifier_text=words or basis_words,
            basis=basis,
        )
    ]


def _qualifier(masked: str, text: str, start: int, end: int) -> tuple[str, str]:
    left = max(0, start - 40)
    before = _BEFORE_RE.search(masked[left:start])
    if before:
        group = before.lastgroup or ""
        place, stop = before.span(group)
        return _QUALIFIERS[int(group[1:])][0], masked[left + place : left + stop]
    after = _AFTER_RE.match(masked, end)
    if after:
        group = after.lastgroup or ""
        return _AFTER[int(group[1:])][0], text[after.start(group) : after.end(group)]
    return "", ""


def _basis(masked: str, start: int, end: int) -> tuple[str, str]:
    tail = re.match(
        r"[\s\x1f(]*(?:relative|absolute)(?:ly)?\b(?! to\b)|[\s的]*(?:相对|绝对)(?!于)",
        masked[end : end + 20],
        re.IGNORECASE,
    )
    clause = re.split(r"[,;:。，；]|\d", masked[max(0, start - 45) : start])[-1]
    found = _BASIS.search(tail[0]) if tail else None
    found = found or next(reversed(list(_BASIS.finditer(clause))), None)
    if found is None:
        return "", ""
    words = found[1] or found[2]
    return _BASES[words.lower()], words


def _sign(sign: str, masked: str, start: int) -> Sign:
    """Read a sign character; a hyphen after a letter or digit joins words and is none."""
    if sign == "+":
        return "+"
    if sign in {"-", "−", "–"} and not (start and (masked[start - 1].isalnum() or masked[start - 1] in ")]")):
        return "-"
    return ""


def _number(digits: str) -> float:
    digits = re.sub(r"[ \u00a0\u202f]", "", digits.replace("{,}", ","))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+", digits) or re.fullmatch(r"\d+,\d{1,2}", digits):
        digits = digits.replace(".", "").replace(",", ".")
    return float(digits.replace(",", ""))


def _scale(words: str | None) -> float:
    return _SCALES.get((words or "").strip(" -\x1f多余").lower().removesuffix("s"), 1.0) if words else 1.0


def _unit(words: str | None) -> str:
    return _UNITS.get((words or "").strip(" -\x1f\t\n").lower(), "")


def _word_value(match: re.Match[str]) -> tuple[float, None, str] | None:
    if match["half"]:
        return 0.5, None, ""
    if match["fold"]:
        stem = match["fold"].lower()
        return next(value for key, value in _FOLDS.items() if stem.startswith(key)), None, "x"
    return _counted_value(match)


def _counted_value(match: re.Match[str]) -> tuple[float, None, str] | None:
    word, part = match["word"], match["part"]
    unit = _UNITS.get((match["wunit"] or "").strip(" -").lower(), "")
    if word in {"one", "a"} and not (match["wscale"] or part or unit in {"%", "pp", "bps"}):
        return None
    value = float(_WORDS.get(word, 1))
    if match["tens"]:
        value += _WORDS[match["tens"]]
    if part:
        value /= _PARTS[part]
    return value * _scale(match["wscale"]), None, unit


def _vague(start: int, words: str) -> Quantity:
    """Read the power of ten that "tens of millions" or "数千万" begins at, and the unit of "several hours"."""
    size, unit = 1.0, ""
    for word in re.findall(r"[a-z]+", words.lower()):
        size *= {"ten": 10.0, "dozen": 10.0}.get(word.removesuffix("s"), _SCALES.get(word.removesuffix("s"), 1.0))
        unit = unit or _UNITS.get(word, "")
    for char in re.findall(r"[十百千万亿]", words):
        size *= {"十": 10.0}.get(char, _SCALES.get(char, 1.0))
    spoken = re.search(r"分钟|小时|天|周|月|年|秒", words)
    unit = _UNITS.get("个月" if spoken[0] == "月" else spoken[0], "") if spoken else unit
    return Quantity(start=start, end=start + len(words), text=words, value=size, unit=unit, kind="vague")


def _zh_value(match: re.Match[str]) -> tuple[float, None, str]:
    if match["zhpct"]:
        return _zh_number(match["zhpct"]), None, "%"
    if below := match["zhden"] or match["inverse"]:
        whole = _zh_number(below)
        return (_zh_number(match["zhnum"] or "1") / whole if whole else 0.0), None, ""
    if match["zhfold"]:
        return (4.0 if "两" in match["zhfold"] else 2.0), None, "x"
    if match["zhhalf"]:
        return 0.5, None, ""
    value = _zh_number(match["zhword"]) * _SCALES.get(match["zhscale"] or "", 1.0)
    if (match["zhunit"] or "")[:1] == "成":
        return value * 10 + 5 * ("半" in match["zhunit"]), None, "%"
    return value, None, _UNITS.get(match["zhunit"], "")


def _zh_number(digits: str) -> float:
    if digits[0].isdigit():
        return float(digits)
    whole, _, rest = digits.partition("点")
    total, last = 0, 0
    for char in whole:
        if char in _ZH_PLACES:
            total += (last or 1) * _ZH_PLACES[char]
            last = 0
        else:
            last = _ZH_DIGITS[char]
    return float(f"{total + last}.{''.join(str(_ZH_DIGITS[c]) for c in rest) or 0}")
