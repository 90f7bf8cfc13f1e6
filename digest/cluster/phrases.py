"""The noun phrases that may name a theme: what several stories say in the same words."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from digest.cluster.bilingual import chinese, stem, word_list
from digest.names import known
from digest.text import clean, is_chinese

READ = 1_500
NAME = "="
"""What the key of a company begins with, or of a whole line of products ("Gemini")."""
_LEAD = 350
_LONGEST, _LETTERS = 4, 3
_TITLE, _EARLY, _ONCE = 1.0, 0.5, 0.2
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*|\d+[A-Za-z]+")
_BREAK = re.compile(r"[.,;:!?()\[\]{}\"“”‘|/—–…$%=<>+*#@~]|\s-+\s|\d+(?:\.\d+)*(?![A-Za-z\d])")
HAN = re.compile("[\u3400-\u9fff]+")
_LINK = re.compile(r"https?://\S+")
_NAMED = frozenset({"company", "institution", "system"})
_COINED = re.compile(r"[a-z0-9].*[A-Z]|^[A-Z]{2,}[a-z0-9]?$")
_HYPHENED = re.compile(r"[A-Za-z]{1,2}-[a-z]{4,}")
_PLURAL = re.compile(r"\b([A-Z]{2,})s$")
_NOUN = re.compile(r"(?:ing|[ts]ion|ment|ity|ness|ics|ism|ware|ance|ence|ship)s?$")
_FOLDED = re.compile(r"ization$|izing$|ized$|ize$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One story's phrases: for each key how much the story is about it (0..1), and how it writes it."""

    weight: dict[str, float]
    written: dict[str, str]


def phrases(title: str, text: str) -> Said:
    """Return the phrases of a story: 1 in the title, 0.5 early or said twice, else 0.2; keys fold plural and hyphen."""
    weight: dict[str, float] = {}
    written: dict[str, str] = {}
    body = clean(_LINK.sub(" ", text[:READ]))
    counts: Counter[str] = Counter()
    places = ((_TITLE, clean(_LINK.sub(" ", title))), (_EARLY, body[:_LEAD]), (_ONCE, body[_LEAD:]))
    for value, part in places:
        for key, form in _found(part):
            counts[key] += 1
            weight[key] = max(weight.get(key, 0.0), value)
            written.setdefault(key, form)
    for key, count in counts.items():
        if count > 1:
            weight[key] = max(weight[key], _EARLY)
    for key in [key for key in weight if f"{NAME}{key}" in weight]:
        del weight[key], written[key]  # a firm's name is no phrase besides
    return Said(weight=weight, written=written)


def best_form(key: str, stories: Sequence[Said]) -> str:
    """Return the commonest Latin way in which stories write a phrase; of two as common the shorter, lower-case one."""
    forms = Counter(said.written[key] for said in stories if key in said.written)
    return min(forms, key=lambda f: (bool(HAN.search(f)), -forms[f], len(f), -sum(map(str.islower, f)), f))


def generic(word: str) -> bool:
    """Whether a word (lower case) is one of those that stand in any title of the field."""
    return word in _generic() or stem(word) in _generic_stems()


def _found(text: str) -> Iterator[tuple[str, str]]:
    plain = unicodedata.normalize("NFKC", text)
    for name in known(plain):
        if name.kind in _NAMED and not generic(name.canonical.lower()):
            key = _key(_WORD.findall(name.canonical)) or name.canonical.lower()
            own = name.kind == "system" and (" " in key or any(c.isdigit() for c in key))
            yield key if own else f"{NAME}{key}", name.text
    for piece in _BREAK.split(HAN.sub(".", plain)):
        yield from _english(_WORD.findall(piece))
    if is_chinese(plain):
        for run in HAN.findall(plain):
            yield from _chinese(run)


def _english(words: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the phrases of a run of words; none cuts a phrase of the field in two ("evaluating large language")."""
    whole = [
        (start, start + size)
        for start in range(len(words))
        for size in range(2, _LONGEST + 1)
        if start + size <= len(words) and _of_the_field([word.lower() for word in words[start : start + size]])
    ]
    for start in range(len(words)):
        for size in range(1, _LONGEST + 1):
            end = start + size
            cut = any(left < end < right or left < start < right for left, right in whole)
            if end <= len(words) and not cut and _may_name(words[start:end]):
                yield _key(words[start:end]), " ".join(words[start:end])


def _may_name(words: list[str]) -> bool:
    """Whether words can stand as a title: no function word inside, no generic one at the end, something distinctive."""
    low = [word.lower() for word in words]
    if any(word in _function_words() for word in low) or low[0] in _openers() or low[-1].endswith("ly"):
        return False
    if len(words) == 1:
        return len(low[0]) >= _LETTERS and not generic(low[0]) and (coined(words[0]) or bool(_NOUN.search(low[0])))
    return not all(map(generic, low)) and len("".join(words)) >= 2 * _LETTERS and not _of_the_field(low)


def _of_the_field(low: list[str]) -> bool:
    return " ".join(low) in _blocked() or " ".join(stem(word) for word in low) in _blocked()


def _key(words: list[str]) -> str:
    if len(words) == 1 and words[0].isupper():
        return words[0]
    folded = [part for word in words for part in _PLURAL.sub(r"\1", word).lower().split("-") if part]
    return " ".join(_FOLDED.sub("is", stem(part)) for part in folded)


def _chinese(run: str) -> Iterator[tuple[str, str]]:
    """Known words alone and in pairs: without a dictionary of everything, other cuts would name half words."""
    table, start, before = chinese(), 0, ""
    while start < len(run):
        size = next((n for n in range(8, 1, -1) if run[start : start + n] in table and start + n <= len(run)), 0)
        word = run[start : start + size]
        if size and not all(generic(concept) for concept in table[word]):
            yield " ".join(table[word]), word
            if before:
                yield f"{before}{word}", f"{before}{word}"
        before = word
        start += size or 1


def coined(form: str) -> bool:
    """Whether a single word is a name by its letters: "CamelCase", an acronym, "E-commerce", a letter with a digit."""
    return bool(_COINED.search(form)) or any(c.isdigit() for c in form) or bool(_HYPHENED.fullmatch(form))


def _generic() -> frozenset[str]:
    return word_list("generic")


@cache
def _generic_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in word_list("generic"))


def _function_words() -> frozenset[str]:
    return word_list("function")


def _openers() -> frozenset[str]:
    return word_list("openers")


@cache
def _blocked() -> frozenset[str]:
    return frozenset({*word_list("phrases"), *(" ".join(stem(w) for w in p.split()) for p in word_list("phrases"))})
