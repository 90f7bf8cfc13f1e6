"""A stranger's text in a prompt: marked off, stripped, and looked at for orders to the model."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from digest.names import is_named
from digest.text import HAN, clean, is_chinese, one_line, sentences
from digest.urls import addresses

_LINK = re.compile(r"\b(?:https?|ftp|mailto|javascript|data):(?=\S)|\bwww\.\w|\]\(|</?[a-z][^>]*>", re.IGNORECASE)
# Words that address the reader's machine rather than the reader, at places where an order begins: talk about prompts
# and instructions is the field's daily bread. A wrong hit costs one sentence of what a model is shown, or an item its
# part in a thread's framing.
_BEGIN = (
    r"(?:^|[.!?:;,\n\"“”'‘(\[>*#-]\s*|\b(?:please|kindly|now|you\s+must|you\s+should|you\s+will|you\s+have\s+to)\s+"
    r"|(?<=\s)(?-i:(?=[A-Z])))"  # a text without a full stop, and an order behind it
)
_MACHINE = (
    r"(?:ai|llms?|language\s+models?|(?:ai\s+)?assistants?|chatbots?|robots?|bots?|summari[sz]ers?|reviewers?|graders?|"
    r"models?|editors?)"
)
_WORK = (
    r"(?:items?|papers?|entries|entry|articles?|stories|works?|others?|everything|scores?|ratings?|stars?|submissions?)"
)
_MARK = (
    r"(?:\b[0-5]\b|\bone\b|\bfive\b|\bzero\b|highest|lowest|maximum|minimum|\btop\b|\bfirst\b|\blast\b|\bfull\b|"
    r"\bperfect\b)"
)
_ORDERS = (
    (
        rf"{_BEGIN}(?:ignore|disregard|forget|override|bypass|discard)\b[^.\n]{{0,50}}\b(?:instructions?|prompts?|rules|rubric"
        rf"|guidelines|directives?|constraints|the\s+above|everything\s+(?:above|before)|the\s+other\s+{_WORK})\b"
    ),
    r"\b(?:new|updated|real|actual|following|secret|hidden)\s+(?:system\s+)?(?:instructions?|prompt|orders?)\s*[:：]",
    r"^\W*(?:system|assistant|developer|user)(?:\s+(?:prompt|message|note|override|instructions?))?\s*[:：]",
    r"\bsystem\s+(?:override|prompt|message|note)\s*[:：]",
    rf"{_BEGIN}(?:assign|give|rate|score|rank|mark|grade|set|put|place|list)\b[^.\n]{{0,60}}{_WORK}[^.\n]{{0,60}}{_MARK}",
    (
        rf"{_BEGIN}(?:assign|give|rate|score|rank|mark|grade|output|return|answer)\b[^.\n]{{0,40}}{_MARK}[^.\n]{{0,40}}"
        rf"\b(?:to|for)\b[^.\n]{{0,30}}{_WORK}"
    ),
    (
        rf"\b(?:dear|hey|hello|hi|attention|note\s+(?:to|for)|message\s+(?:to|for)|instructions?\s+(?:to|for))\s*,?\s+"
        rf"(?:the\s+|any\s+|all\s+)?{_MACHINE}\b(?:\s+\w+){{0,3}}\s*[:,!，：]"
    ),
    (
        rf"\b(?:you\s+are|you're|as)\s+(?:an?|the)\s+(?:\w+\s+)?{_MACHINE}\b[^.\n]{{0,80}}"
        r"\b(?:you\s+(?:must|should|will|have\s+to|need)|please)\b"
    ),
    (
        rf"{_BEGIN}(?:do\s+not|don't|never|stop)\s+(?:mention|include|report|cite|rank|list|follow|obey|recommend|score)\w*\b"
        r"[^.\n]{0,30}\b(?:other|others|previous|above|rest|competing|instructions?)\b"
    ),
    rf"{_BEGIN}(?:obey|follow|execute)\s+(?:this|these|my|the\s+following)\s+(?:new\s+)?(?:instructions?|commands?|orders?)",
    r"<\|?/?(?:im_start|im_end|system|assistant|endoftext|eot_id)\|?>|\[/?INST\]|<</?SYS>>",
    r"请?(?:忽略|无视|忘记|忘掉|不要理会)[^。\n]{0,12}(?:之前|以上|先前|上述|所有|一切|前面)[^。\n]{0,8}(?:指令|提示|规则|要求|内容|说明)",
    r"(?:给|将|把|为)[^。\n]{0,20}(?:所有|每|其他|其它|本文|这篇|该)[^。\n]{0,12}(?:打|评|设|改)[^。\n]{0,8}分",
    r"你(?:是|现在是)[^。\n]{0,12}(?:助手|模型|人工智能|机器人|AI)[^。\n]{0,40}(?:必须|应当|请|不要|不得)",
    r"(?:^|[。！？：:\n])\s*(?:系统|新的?)(?:提示|指令|消息)\s*[：:]",
)
_END = re.compile(r"[.!?][\"”']?\s|[。！？][”」]?|\n")
_ORDER = re.compile("|".join(_ORDERS), re.IGNORECASE | re.MULTILINE)


def cleaned(value: Any) -> Any:  # noqa: ANN401  walks any JSON value
    """Return a JSON value with invisible, tag and control characters stripped from all its strings."""
    return _walk(value, clean)


def flattened(value: Any) -> Any:  # noqa: ANN401  walks any JSON value
    """Return a JSON value with all its strings cleaned and on one line."""
    return _walk(value, one_line)


def marked(fields: Mapping[str, Any]) -> str:
    """Return a source as a marked-off block: JSON between two marks that its own text can't contain.

    The mark is made of the content's SHA-256, so that a text which would close its own block had to know its own hash.
    """
    body = json.dumps(dict(fields), ensure_ascii=False)
    mark = hashlib.sha256(body.encode()).hexdigest()[:12]
    return f"<<<source {mark}>>>\n{body}\n<<<end {mark}>>>"


def has_link(text: str, source: str | None = None) -> bool:
    """Whether prose holds a URL, a bare domain, a Markdown link or markup: a model writes ids, never addresses.

    A name that looks like a domain ("Booking.com") is no address: where it stands so in the source, or, with none
    given, where it is a known company's.
    """
    sources = None if source is None else (source,)
    return bool(_LINK.search(text)) or not all(is_named(text[a:b], sources) for a, b in addresses(text))


def orders(text: str) -> bool:
    """Whether a text seems to give orders to a model."""
    return _ORDER.search(clean(text)) is not None


def disarmed(text: str) -> str:
    """Return a text without the sentences that give orders; the very text where there are none.

    What stands before the order stays where it ends a sentence, or where the order only is glued to it.
    """
    if not orders(text):
        return text
    kept, end = "", 0
    for span in sentences(text):
        calm = _calm(span.text)
        kept += text[end : span.start] + calm if calm else ""
        end = span.end
    return kept.strip()


def _calm(sentence: str) -> str:
    found = _ORDER.search(clean(sentence))
    if found is None:
        return sentence
    order = found[0].lstrip('.!?。！？"”\n ')
    before = clean(sentence)[: found.end() - len(order)]
    ends = [end.end() for end in _END.finditer(before)]
    if ends:
        return before[: ends[-1]].rstrip()
    glued = not order[:1].islower() if order[:1].isascii() else before.isascii()
    return before.rstrip() if glued else ""


def speaks(text: str, language: str) -> bool:
    """Whether a text is in the language asked for, as far as its script tells Chinese from others."""
    return HAN.search(text) is not None if language == "zh" else not is_chinese(text)


def _walk(value: Any, change: Any) -> Any:  # noqa: ANN401  the same
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {str(key): _walk(inner, change) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_walk(inner, change) for inner in value]
    return value
