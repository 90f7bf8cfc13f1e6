"""A stranger's text in a prompt: marked off, stripped, and looked at for orders to the model."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from digest.names import known
from digest.text import clean, is_chinese, one_line

_LINK = re.compile(r"(?:https?|ftp|mailto|javascript|data):|\bwww\.|\]\(|</?[a-z][^>]*>", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|org|net|io|ai|dev|cn|edu|gov|co|app|xyz|info|me|uk|de|jp|ru|example|test|invalid)\b"
    r"(?:/\S*)?",
    re.IGNORECASE,
)
_CHINESE = re.compile("[\u3400-\u9fff]")
# Words that address the reader's machine rather than the reader. Only used to keep an item apart from others: a wrong
# hit costs that item its part in a thread's framing, nothing else.
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,60}\b(?:instructions?|prompts?|rules?|rubric|above|previous|prior|context)\b"
    r"|\b(?:system|developer)\s+(?:prompt|message|note|override|instruction)s?\b"
    r"|\b(?:as|you\s+are)\s+(?:an?\s+)?(?:ai|assistant|language\s+model|llm|chatbot|reviewer|grader|judge)\b[^.\n]{0,80}\b(?:must|should|will|please)\b"
    r"|\b(?:assign|give|rate|score|rank|mark)\b[^.\n]{0,60}\b(?:all|every|each|other|this|these)\b[^.\n]{0,40}\b(?:items?|papers?|entries|stories|articles?)\b[^.\n]{0,60}\b(?:[1-5]|one|five|highest|lowest|maximum|minimum|first|last)\b"
    r"|\b(?:to|attention|note\s+(?:to|for))\s*:?\s+(?:the\s+)?(?:ai|llms?|language\s+models?|assistants?|agents?|summari[sz]ers?)\b"
    r"|<\|?(?:im_start|im_end|system|assistant|endoftext)\|?>|\[/?INST\]|^\s*(?:system|assistant|user)\s*:"
    r"|(?:忽略|无视|忘记)[^。\n]{0,20}(?:指令|提示|规则|要求|以上|之前)|系统提示|你(?:是|现在是)[^。\n]{0,12}(?:助手|模型|人工智能)",
    re.IGNORECASE | re.MULTILINE,
)


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


def has_link(text: str) -> bool:
    """Whether prose holds a URL, a bare domain, a Markdown link or markup: a model writes ids, never addresses.

    Companies that are called by their domain ("Booking.com") are no addresses.
    """
    if _LINK.search(text):
        return True
    domains = [match[0] for match in _DOMAIN.finditer(text)]
    return bool(domains) and not set(domains) <= {name.text for name in known(text)}


def orders(text: str) -> bool:
    """Whether a text seems to give orders to a model."""
    return _ORDER.search(clean(text)) is not None


def speaks(text: str, language: str) -> bool:
    """Whether a text is in the language asked for, as far as its script tells Chinese from others."""
    return _CHINESE.search(text) is not None if language == "zh" else not is_chinese(text)


def _walk(value: Any, change: Any) -> Any:  # noqa: ANN401  the same
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {str(key): _walk(inner, change) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_walk(inner, change) for inner in value]
    return value
