"""What stayed the local engine's, and what was given up, in the language of an edition; English as it is noted."""

import re
from collections.abc import Mapping, Sequence

_PARTS: Mapping[str, str] = {
    "Scores": "评分",
    "Item notes": "条目文字",
    "Threads": "主线",
    "Thread grouping": "主线分组",
    "Opening": "导语",
    "Translations": "翻译",
    "Texts": "文本",
    "Pages": "网页",
}
_REASONS: Mapping[str, str] = {
    "the model could not be reached": "无法连接模型",
    "no key for a model's server is set": "未设置模型服务的密钥",
    "the model's server refused the key": "模型服务拒绝了密钥",
    "the server does not know the model": "服务中没有该模型",
    "the text is too long for the model": "文本超出模型的上下文",
    "the model's answer could not be used": "模型的回答不可用",
    "the model declined": "模型拒绝作答",
    "the model's server rejected the request": "模型服务拒绝了请求",
    "the budget is used up": "预算已用完",
    "model calls are switched off": "已禁止调用模型",
}
_GIVEN_UP: Mapping[str, str] = {
    "full texts": "全文",
    "the lower half of the items": "排名靠后的一半条目",
    "the better model": "较好的模型",
    "the model": "模型",
}
_LOCAL = re.compile(r"(?P<part>[\w ]+): (?P<n>\d+) by the local engine \((?P<why>.+)\)\.")
_SHORT = re.compile(r"(?P<part>[\w ]+): (?P<n>\d+) texts were read up to their first (?P<chars>[\d,]+) characters\.")
_CALM = re.compile(r"(?P<part>[\w ]+): (?P<n>\d+) texts were read without sentences that give orders to a model\.")
_SAVED = re.compile(r"given up to stay within the budget: (?P<what>.+)")


def worded(notes: Sequence[str], language: str) -> tuple[str, ...]:
    """Return notes in a language: Chinese for "zh", else as they are; a note of an unknown form stays as it is."""
    return tuple(_chinese(note) if language.startswith("zh") else note for note in notes)


def _chinese(note: str) -> str:
    if found := _LOCAL.fullmatch(note):
        return f"{_part(found)}：{found['n']} 处由本地引擎完成（{_REASONS.get(found['why'], found['why'])}）。"
    if found := _SHORT.fullmatch(note):
        return f"{_part(found)}：{found['n']} 篇文本只读了前 {found['chars']} 个字符。"
    if found := _CALM.fullmatch(note):
        return f"{_part(found)}：{found['n']} 篇文本去掉了向模型发指令的句子。"
    if found := _SAVED.fullmatch(note):
        return f"为不超出预算而放弃：{'、'.join(_GIVEN_UP.get(each, each) for each in found['what'].split(', '))}"
    return note


def _part(found: re.Match[str]) -> str:
    return _PARTS.get(found["part"], found["part"])
