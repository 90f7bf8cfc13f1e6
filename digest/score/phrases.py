"""The reasons of a score as short phrases, said in English and sayable in Chinese."""

import re
from collections.abc import Callable, Iterable

_SAID: dict[str, tuple[str, str]] = {
    "results-at": ("online test at {company}, {results}", "{company} 线上实验：{results}"),
    "results": ("online test, {results}", "线上实验：{results}"),
    "deployed-at": ("deployed at {company}", "已在 {company} 上线"),
    "deployed": ("deployed in production", "已上线"),
    "industry-at": ("from {company}", "来自 {company}"),
    "industrial": ("industrial setting", "工业场景"),
    "topic": ("{topics}, your topic", "{topics}：关注的主题"),
    "topics": ("{topics}, your topics", "{topics}：关注的主题"),
    "unwanted": ("about {topics}, not wanted", "涉及 {topics}：不关注的主题"),
    "field-core": ("core of the field", "领域核心"),
    "field-near": ("close to the field", "与领域相关"),
    "field-far": ("outside the field", "与领域关系不大"),
    "category": ("listed in {categories}", "分类 {categories}"),
    "new": ("something new is released", "有新发布"),
    "voices": ("{count} voices", "{count} 个来源提及"),
    "several": ("more than one voice", "不止一个来源提及"),
    "upvotes": ("{count} upvotes", "{count} 次点赞"),
    "likes": ("{count} likes", "{count} 次喜欢"),
    "stars_today": ("{count} stars today", "今日 {count} 星"),
    "trusted": ("a source with high weight", "高权重来源"),
    "taste-0": ("akin to what the editor rated up", "与编辑好评的内容相近"),
    "taste-1": ("the editor rated an item like this one up", "编辑好评过 1 篇同类内容"),
    "taste-2": ("the editor rated {count} items like this one up", "编辑好评过 {count} 篇同类内容"),
    "distaste-0": ("akin to what the editor rated down", "与编辑差评的内容相近"),
    "distaste-1": ("the editor rated an item like this one down", "编辑差评过 1 篇同类内容"),
    "distaste-2": ("the editor rated {count} items like this one down", "编辑差评过 {count} 篇同类内容"),
    "empty": ("no text to judge by", "没有可供判断的正文"),
    "plain": ("nothing stands out", "无突出之处"),
}
_HOLE = re.compile(r"\\\{(\w+)\\\}")
_HEARD = tuple(
    (name, re.compile(_HOLE.sub(r"(?P<\1>.+?)", re.escape(english)))) for name, (english, _) in _SAID.items()
)
_QUALIFIERS = {
    "up to": "最高", "at least": "至少", "at most": "至多", "about": "约", "around": "约", "approximately": "约",
    "roughly": "约", "nearly": "近", "almost": "近", "over": "超过", "more than": "超过", "relative": "相对",
    "average": "平均", "on average": "平均",
}  # fmt: skip
_QUALIFIED = re.compile(rf"(?:(?<=^)|(?<=, ))({'|'.join(_QUALIFIERS)}) (?=[+-]?\d)")
_COUNT = re.compile(r"\d{1,3}(?:,\d{3})*")
_FULL = 10_000  # below it a count has all its digits
_HUNDRED = 99.95  # from it on, rounded, a count has no decimal
_UNITS: dict[str, tuple[tuple[float, str], ...]] = {
    "en": ((1e3, "k"), (1e6, "M"), (1e9, "B"), (1e12, "T")),
    "zh": ((1e4, " 万"), (1e8, " 亿"), (1e12, " 万亿")),
}
_MOST = {"en": ("over ", 999), "zh": ("超过 ", 9999)}
Word = Callable[[str, str], str]
_JOIN = {"en": "; ", "zh": "；"}


def as_it_is(topic: str, language: str) -> str:  # noqa: ARG001  the shape of Word
    """Say a topic in the words that the configuration has for it."""
    return topic


def phrase(name: str, **values: object) -> str:
    """Say a phrase in English. A semicolon inside a value would end the phrase and becomes a comma."""
    return _SAID[name][0].format(**{k: str(v).replace(";", ",") for k, v in values.items()})


def joined(phrases: Iterable[str]) -> str:
    """Join phrases to a reason."""
    return _JOIN["en"].join(phrases)


def translated(reason: str, language: str, word: Word = as_it_is, *, listed: bool = False) -> str:
    """Say a reason to readers of a language; "zh" is known, any other is told in English.

    `word` says a topic's name in a language, or "" where it has none for it; a phrase without a topic left goes too.
    Great counts are rounded: 12.3k, 1.2M, or 1.2 万, 123 万. Where the voices are `listed` beside the reason, it leaves
    their number to the list, which holds those of the whole story.
    """
    language = language.split("-", maxsplit=1)[0]
    said = (_said(part, language, word, listed=listed) for part in reason.split(_JOIN["en"]))
    return _JOIN["zh" if language == "zh" else "en"].join(part for part in said if part)


def _said(english: str, language: str, word: Word, *, listed: bool) -> str:
    for name, pattern in _HEARD:
        match = pattern.fullmatch(english)
        if match:
            values = {hole: _in(hole, said, language, word) for hole, said in match.groupdict().items()}
            how = _SAID[_as(name, values, listed=listed)][language == "zh"]
            how = how.replace("{count} ", "{count}") if values.get("count", "").endswith(("万", "亿")) else how
            return how.format(**values) if all(values.values()) else ""
    return english


def _as(name: str, values: dict[str, str], *, listed: bool) -> str:
    """Name the phrase that is said for one that is kept."""
    if name == "topics" and len(re.split("[,、]", values["topics"])) == 1:
        return "topic"
    return "several" if name == "voices" and listed else name


def _short(count: str, language: str) -> str:
    """Write a count as people do: in full below ten thousand, then with a unit, and one decimal below a hundred."""
    number, kind = float(count.replace(",", "")), "zh" if language == "zh" else "en"
    if number < _FULL:
        return count
    over, most = _MOST[kind]
    unit = ""
    for size, unit in _UNITS[kind]:
        scaled = number / size
        said = f"{scaled:.1f}" if scaled < _HUNDRED else f"{scaled:.0f}"
        if float(said) <= most:
            return f"{said.removesuffix('.0')}{unit}"
    return f"{over}{most}{unit}"


def _in(hole: str, said: str, language: str, word: Word) -> str:
    if hole == "count":
        return _short(said, language) if _COUNT.fullmatch(said) else said
    if hole == "topics":
        return ("、" if language == "zh" else ", ").join(filter(None, (word(t, language) for t in said.split(", "))))
    return _QUALIFIED.sub(_qualifier, said) if language == "zh" else said


def _qualifier(match: re.Match[str]) -> str:
    return f"{_QUALIFIERS[match[1]]} "
