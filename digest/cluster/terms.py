"""What a headline or a text says, as concepts in which English and Chinese meet."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from digest.cluster import sounds
from digest.cluster.bilingual import concept, known_word, segments, word_list
from digest.names import known
from digest.text import HAN, clean

_SCALES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9, "t": 1e12,
    "tn": 1e12, "trillion": 1e12, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "十亿": 1e9, "百亿": 1e10,
    "千亿": 1e11, "万亿": 1e12,
}  # fmt: skip
_AMOUNT = re.compile(
    r"(?P<money>us\$|hk\$|[$€£¥])?\s?(?P<number>\d[\d,]*(?:\.\d+)?)\s?"
    r"(?:-?(?P<scale>thousand|million|billion|trillion|mn|bn|tn|[kmbt]|百万|千万|十亿|百亿|千亿|万亿|千|万|亿)(?![a-z]))?\s?"
    r"(?P<unit>%|percent|per cent|美元|元|欧元|英镑|日元|gw|吉瓦|gb|tb)?"
)
_UNITS = {"%": "%", "percent": "%", "per cent": "%", "gw": "gw", "吉瓦": "gw", "gb": "gb", "tb": "tb"}
_VERSION = re.compile(r"([a-z]{2,}(?:-[a-z]+)?)[- ]?v?(\d+(?:\.\d+)+|\d{1,2})(?![\d.]*[a-z%\d])")
_TOKEN = re.compile(r"[a-z][a-z0-9]*(?:[.'+-][a-z0-9]+)*|[\u3400-\u9fff]+|\d[\d,]*(?:\.\d+)*[a-z]*")
_RUBRIC = re.compile(r"^(?:\[[^\]]{1,14}\]|(?:show|ask|tell|launch) hn\s*[:：])\s*")
_FORUM = re.compile(r"\s*(?:show|ask|tell) hn\b")
_DATELINE = re.compile(r"^[\u3400-\u9fff]{2,6}\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?:电|讯|消息)?\s*[，,|丨:：]\s*")
_OUTLET = re.compile(r"\s+[-–—|]\s+[^-–—|]{2,40}$")
_LINK = re.compile(r"https?://\S+")
_PHRASES = re.compile(
    r"\b(open)[ -](source[ds]?|weights?)\b|\b(white) (house)\b|\b(chief) (executive)\b|\b(big) (tech)\b"
    r"|\b(spin)[ -](off)\b|\b(start)[ -](ups?)\b|\b(artificial) (intelligence)\b|\b(south) (korean?)\b"
)
_STOP = word_list("stop")
_FILLERS = frozenset(
    "的了是在和与及为被把将就也都还又而且吗呢吧这那其之以于从到对向让使等个一我你他它们有不没很最更会要能可该如何什么怎"
)
SOUND = "@"
_SLUG_WORDS = 3
_NAME_LETTERS, _SOUND_WEIGHT = 5, 0.7
_NAMED = 400
_ACTORS = frozenset({"company", "institution", "system", "person"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A text in terms that can be compared.

    `words` are its concepts with weights (English words of one meaning and the Chinese words for them are one concept);
    `surface` what the text itself writes (stems, pairs of Chinese characters); `latin` the concepts that stand in it in
    Latin letters, names above all; `amounts` its sums and shares to two digits, "60亿" and "6 billion" alike;
    `versions` its numbered names ("glm~5.2"); `names` the companies, systems and people it names, in their canonical
    form; `forum` whether it is a reader's own post ("Show HN: ...").
    """

    words: dict[str, float] = field(default_factory=dict)
    surface: dict[str, float] = field(default_factory=dict)
    latin: frozenset[str] = frozenset()
    amounts: frozenset[str] = frozenset()
    versions: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    forum: bool = False


def terms(text: str, url: str = "") -> Terms:
    """Return the terms of a text; the words in the address of its page count as said by it, a little less."""
    plain = _plain(text)
    without, amounts = _amounts(plain)
    versions = {f"{name}~{number}" for name, number in _VERSION.findall(without)}
    words: dict[str, float] = {}
    surface: dict[str, float] = {}
    latin: set[str] = set()
    for token in _TOKEN.findall(without):
        if HAN.match(token):
            _read_chinese(token, words, surface)
            _add_sounds(sounds.of_chinese(token), words, latin)
        else:
            for said in _read_latin(token):
                words[said] = surface[said] = 1.0
                latin.add(said)
            _add_sounds([sounds.of_latin(token.removesuffix("'s"))] if _may_be_name(token) else [], words, latin)
    head = text[:_NAMED]
    named = {
        name.canonical.lower()
        for name in known(_OUTLET.sub("", head) if HAN.search(head) else head)
        if name.kind in _ACTORS
    }
    for name in sorted(named):
        for said in _read_latin_words(name):
            words.setdefault(said, 1.0)
            latin.add(said)
    for said in slug_words(url):
        words.setdefault(said, 0.7)
        latin.add(said)
    words.update(dict.fromkeys(amounts, 1.2))
    words.update(dict.fromkeys(versions, 1.0))
    return Terms(
        words=words,
        surface=surface,
        latin=frozenset(latin),
        amounts=frozenset(amounts),
        versions=frozenset(versions),
        names=frozenset(named),
        forum=bool(_FORUM.match(head.lower())),
    )


@lru_cache(maxsize=4096)
def slug_words(url: str) -> tuple[str, ...]:
    """Return the concepts that the path of an address spells ("/2026/one-firm-buys-another"); few words are none."""
    pieces = _path(url).lower().split("/")
    best = max(pieces, key=lambda piece: piece.count("-") + piece.count("_"), default="")
    words = [word for word in re.split(r"[-_.]", best) if word]
    spoken = [word for word in words if word.isascii() and word.isalpha()]
    if len(spoken) < _SLUG_WORDS or len(spoken) * 5 < len(words) * 3:
        return ()
    kept = [concept(word) for word in spoken if word not in _STOP and word not in {"html", "htm"} and len(word) > 1]
    return tuple(dict.fromkeys(kept))


def _path(url: str) -> str:
    try:
        return unquote(urlsplit(url).path) if url.startswith(("http://", "https://")) else ""
    except ValueError:
        return ""


def stems(text: str) -> Iterator[str]:
    """Yield the words of a running text as concepts, in order and with repetitions; Chinese as concepts and pairs."""
    for token in _TOKEN.findall(unicodedata.normalize("NFKC", clean(text)).lower().replace("’", "'")):
        if HAN.match(token):
            for segment, concepts in segments(token):
                yield from concepts or [pair for pair in _pairs(segment) if not _FILLERS.intersection(pair)]
        else:
            yield from _read_latin(token)


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", clean(text)).lower().replace("’", "'")
    plain = _DATELINE.sub("", _RUBRIC.sub("", _LINK.sub(" ", plain).strip()))
    plain = _OUTLET.sub("", plain) if HAN.search(plain) else plain
    return _PHRASES.sub(lambda m: "-".join(part for part in m.groups() if part), plain)


def _amounts(plain: str) -> tuple[str, set[str]]:
    found: set[str] = set()

    def take(match: re.Match[str]) -> str:
        if not (match["scale"] or match["money"] or match["unit"]):
            return match[0]
        value = float(match["number"].replace(",", "")) * _SCALES.get(match["scale"] or "", 1.0)
        if value:
            found.add(f"#{value:.2g}{_UNITS.get(match['unit'] or '', '')}")
        return " "

    return _AMOUNT.sub(take, plain), found


def _read_latin(token: str) -> Iterator[str]:
    word = token.removesuffix("'s")
    for part in [word] if known_word(word) else re.split(r"[-'+]", word):
        if part and part not in _STOP and (len(part) > 1 or part.isdigit()):
            yield concept(part)


def _add_sounds(heard: list[str], words: dict[str, float], latin: set[str]) -> None:
    for sound in heard:
        if sound:
            words[f"{SOUND}{sound}"] = _SOUND_WEIGHT
            latin.add(f"{SOUND}{sound}")


def _may_be_name(token: str) -> bool:
    """Whether a Latin token may be a person's name: letters only, five and more, and no word of a known meaning."""
    return (
        len(token) >= _NAME_LETTERS
        and token.removesuffix("'s").isalpha()
        and not known_word(token)
        and token not in _STOP
    )


def _read_latin_words(text: str) -> Iterator[str]:
    for token in _TOKEN.findall(text):
        if not HAN.match(token):
            yield from _read_latin(token)


def _read_chinese(run: str, words: dict[str, float], surface: dict[str, float]) -> None:
    for pair in _pairs(run):
        surface[pair] = 1.0
    for segment, concepts in segments(run):
        for said in concepts:
            words[said] = max(words.get(said, 0.0), 1.0)
        if not concepts:
            for pair in _pairs(segment):
                if not _FILLERS.intersection(pair):
                    words.setdefault(pair, 1.0)


def _pairs(run: str) -> list[str]:
    return [run[n : n + 2] for n in range(len(run) - 1)]
