"""Words that checking reads alike: synonyms, opposites and word classes, in English and Chinese."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from digest.text import HAN

Table = Literal["pair", "class", "modifier", "same"]

_WORD = re.compile(r"[A-Za-z]+(?:/[A-Za-z]+)*(?:['’]t\b)?|\d+(?:\.\d+)?|[\u3400-\u9fff]")
_LONGEST = 5  # words of the longest English form
_LONGEST_ZH = 8  # characters of the longest Chinese form
_SHORTEST_STEM = 3
_PLURALS = (("sses", "ss"), ("ies", "y"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("s", ""))
_ENDINGS = (("ingly", ""), ("edly", ""), ("ied", "y"), ("ing", ""), ("ed", ""), ("ly", ""))


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word stands for: `sign` is 1 or -1 in a pair of opposites, else 0."""

    table: Table
    name: str
    sign: int = 0


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text with its stem; `text[start:end]` is the word, one character where it is Chinese."""

    start: int
    end: int
    stem: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text where a form of the lexicon stands, with everything that it may stand for."""

    start: int
    end: int
    text: str
    senses: tuple[Sense, ...]

    def sense(self, table: Table, name: str) -> Sense | None:
        """Return its sense of that table and name, if it has one."""
        return next((sense for sense in self.senses if sense.table == table and sense.name == name), None)

    def of(self, table: Table, *names: str) -> bool:
        """Whether it stands for one of the names of a table."""
        return any(sense.table == table and sense.name in names for sense in self.senses)


def words(text: str) -> list[Word]:
    """List the words of a text, in order; hyphens part words, each Chinese character is one."""
    return [Word(m.start(), m.end(), stem(m[0])) for m in _WORD.finditer(text)]


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """Fold a word's case and its commonest endings, so that "raises", "raised" and "raising" are one."""
    low = word.lower().replace("’", "'")
    if not low.isalpha() or not low.isascii() or len(low) <= _SHORTEST_STEM:
        return low
    if low in word_list("whole"):
        return low.removesuffix("s") if low == "ratings" else low
    if low in word_list("double"):
        low = low.removesuffix("d")
    low = _without(_without(low, _PLURALS), _ENDINGS)
    if len(low) > _SHORTEST_STEM and low.endswith("e"):
        low = low[:-1]
    if len(low) > _SHORTEST_STEM and low[-1] == low[-2] and low[-1] != "s":
        low = low[:-1]
    return low


def _without(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for ending, instead in endings:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= _SHORTEST_STEM and re.search("[aeiouy]", rest) and not word.endswith("ss"):
            return rest + instead
    return word


def is_stop(word: str) -> bool:
    """Whether an English word carries no content of its own."""
    return word.lower() in word_list("stop")


def mentions(text: str, found: Iterable[Word] | None = None) -> list[Mention]:
    """List the lexicon's forms in a text, in order; at each place the longest form counts, and none overlap."""
    tokens = list(found) if found is not None else words(text)
    result: list[Mention] = []
    position = 0
    while position < len(tokens):
        match = _longest(text, tokens, position)
        if match is None:
            position += 1
            continue
        length, senses = match
        start, end = tokens[position].start, tokens[position + length - 1].end
        result.append(Mention(start, end, text[start:end], senses))
        position += length
    return result


def _longest(text: str, tokens: list[Word], position: int) -> tuple[int, tuple[Sense, ...]] | None:
    table = _table()
    if tokens[position].stem not in _openings():
        return None
    limit = _LONGEST_ZH if HAN.match(tokens[position].stem) else _LONGEST
    best: tuple[int, tuple[Sense, ...]] | None = None
    key = ""
    for length in range(1, min(limit, len(tokens) - position) + 1):
        token = tokens[position + length - 1]
        if length > 1 and not _touch(text, tokens[position + length - 2].end, token.start):
            break
        key = f"{key} {token.stem}" if key else token.stem
        senses = table.get(key)
        if senses:
            best = (length, senses)
    return best


def _touch(text: str, end: int, start: int) -> bool:
    """Whether only a space, a hyphen or nothing stands between two words."""
    return start - end <= 1 and text[end:start] in {"", " ", "-", "\n"}


@cache
def measures() -> frozenset[str]:
    """Return the ids of those synonyms that name something measured."""
    return frozenset(f"s:{name}" for name in _data()["measures"]["names"])


@cache
def word_list(name: str) -> frozenset[str]:
    """Return one of the plain lists of words that the section "words" names."""
    return frozenset(_data()["words"][name].split())


@cache
def table(name: str) -> dict[str, str]:
    """Return one of the tables of spellings ("scales", "rates"), from each spelling to what it stands for."""
    return {form: key for key, forms in _data()[name].items() for form in forms.split()}


@cache
def groups(section: str, name: str = "groups", mark: str = " ") -> tuple[frozenset[str], ...]:
    """Return sets of words that belong together, in the order of the file."""
    return tuple(frozenset(group.split(mark)) for group in _data()[section][name])


@lru_cache(maxsize=4096)
def sides(text: str) -> frozenset[tuple[int, int]]:
    """Return on which side of which opposites of systems a text stands ("frozen", "fine-tuned"), by their numbers."""
    return frozenset(
        (family, side)
        for family, pattern in enumerate(_sides())
        for match in pattern.finditer(text)
        for side in [match.lastindex or 0]
    )


@cache
def _sides() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile("|".join(f"({_any_of(side.split('|'))})" for side in family), re.IGNORECASE)
        for family in _data()["sides"]["families"]
    )


def _any_of(forms: list[str]) -> str:
    """Compile whole English words, with blanks that a hyphen may stand for, or Chinese ones."""
    return "|".join(
        rf"(?<![\w-]){re.escape(form).replace(chr(92) + ' ', '[ -]')}(?!\w)" if form.isascii() else re.escape(form)
        for form in sorted(forms, key=len, reverse=True)
    )


@cache
def consonant_table() -> dict[str, str]:
    """Return for each consonant those that a transcription may write for it."""
    return dict(_data()["consonants"])


@cache
def sound_table() -> dict[str, frozenset[str]]:
    """Return for each character of transcriptions the consonants that it may begin with, "" for none."""
    found: dict[str, frozenset[str]] = {}
    for sound, characters in _data()["sounds"].items():
        for character in characters:
            found[character] = found.get(character, frozenset()) | {"" if sound == "vowel" else sound}
    return found


@cache
def _data() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))


@cache
def _table() -> dict[str, tuple[Sense, ...]]:
    table: dict[str, list[Sense]] = {}
    for form, sense in _rows(_data()):
        key = " ".join(word.stem for word in words(form))
        senses = table.setdefault(key, [])
        if sense not in senses:
            senses.append(sense)
    return {key: tuple(senses) for key, senses in table.items()}


@cache
def _openings() -> frozenset[str]:
    """Return the stems that a form begins with: most words begin none."""
    return frozenset(key.split(" ", maxsplit=1)[0] for key in _table())


def _rows(data: dict[str, dict[str, Any]]) -> Iterator[tuple[str, Sense]]:
    for name, signs in data["pair"].items():
        for side, sign in (("plus", 1), ("minus", -1)):
            yield from ((form, Sense("pair", name, sign)) for form in signs[side])
    tables: tuple[Table, ...] = ("class", "modifier", "same")
    for table in tables:
        for name, forms in data[table].items():
            yield from ((form, Sense(table, name)) for form in forms)
