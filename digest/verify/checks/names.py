"""Whether the names of a sentence stand in its sources, and who is said to act."""

import re
from collections.abc import Sequence

from digest.names import Name, names, owner
from digest.verify.checks.fault import Fault
from digest.verify.checks.versions import stands
from digest.verify.sentences.reading import Reading, squeeze
from digest.verify.words.lexicon import groups, is_stop, mentions, stem, table
from digest.verify.words.sound import sounds_in


def check_names(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return the first name that no source holds under any of its spellings."""
    for name in said.names:
        if _ordinary(said.text, name):
            continue
        if not any(
            _holds(source, name) or (re.search(r"\d", name.text) and stands(name.text, source)) for source in sources
        ):
            return Fault(_WORDS.get(name.kind, "name"), contradicts=False)
    return None


def _ordinary(text: str, name: Name) -> bool:
    """Whether a "name" is an ordinary word there ("1 字节", "最快的"), or one with the day of a date after it."""
    before, after = text[: name.start], text[name.end :]
    known = _ORDINARY.get(name.text)
    if known:
        return bool(re.search(known[0], before) or re.match(known[1], after))
    if name.text.lower() in table("scales") and re.search(r"\d\s?$", before):
        return True
    return bool(re.search(r" \d[\d.]*$", name.text) and re.match(r"\s?(?:[月年日%％]|[个款家次项]\b)", after))


def check_actor(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return a sentence's first word where it acts ("Netlify released ...") and stands in no source."""
    actor = _ACTOR_ZH.search(said.text)
    if (
        actor
        and all(source.chinese for source in sources)
        and not any(actor[1][-3:] in source.text for source in sources)
    ):
        return Fault("name", contradicts=False)
    match = _ACTOR.match(said.text)
    if match is None or is_stop(match[1]) or mentions(match[1]):
        return None
    word = match[1]
    for source in sources:
        if stem(word) in source.text.lower() or _holds_word(word, source):
            return None
    return Fault("name", contradicts=False)


def _holds_word(word: str, source: Reading) -> bool:
    return source.chinese and (
        sounds_in(word, source.text)
        or any(n.text.lower() == word.lower() for n in source.names)
        or bool(_known(word, source))
    )


def _known(word: str, source: Reading) -> frozenset[str]:
    mine = {n.canonical for n in names(word) if n.kind != "unknown"}
    return frozenset(n.canonical for n in source.names if n.canonical in mine or owner(n.canonical) in mine)


_ACTOR = re.compile(
    r"([A-Z][a-z]{2,}[a-z])(?:['’]s)? (?:has |have |had |will |is |"
    r"was |plans to |wants to )?(?:released?s?|launche[sd]|announce[sd]|"
    r"unveil(?:s|ed)|introduce[sd]|raise[sd]|acquire[sd]|buys|bought|"
    r"open-source[sd]|"
    r"say[s]?|said|propose[sd]|warn(?:s|ed)|report(?:s|ed)|tested|deploy(?:s|"
    r"ed)|sue[sd]|ban(?:s|ned)|order(?:s|ed)|expects?|expected|told|"
    r"cuts?|hired|joins|joined|publishe[sd]|finds|found)\b"
)
_ACTOR_ZH = re.compile(
    r"(?:^|[，。；：])([\u3400-\u9fff]{2,6}?(?:部|局|委|署|大学|医院|"
    r"法院|银行|协会|研究院|研究所)|[\u3400-\u9fff]{2,4}?)(?:没有|并未|尚未|未|已经|已|将|今日|昨日|近日|日前|正式|再次|首次|率先|随后|也|还)*(?=称|表示|"
    r"宣布|发布|推出|上线|开源|收购|就|指出|透露|警告)"
)
_ORDINARY = {  # names of companies that are words too, each with what stands before or after it as a word
    "字节": (r"[\d几每个一两多]\s?$", r"[级数码流序长]"),
    "快的": (r"[最更较很越加飞极超]$", r"(?!)"),
    "美的": (r"[最更优精唯完华]$", r"(?!)"),
    "理想": (r"[不很较更最非]$", r"[的化状情地结]"),
    "平安": (r"[保]$", r"[地无]"),
    "得到": (r"[可能而会中才]$", r"[的了]"),
    "苹果": (r"[个斤吃种]$", r"[树汁园派]"),
    "去哪儿": (r"[想要该能推荐不]$", r"[玩吃住了]"),
    "小米": (r"[斤吃种]$", r"[粥]"),
}
_WORDS = {"person": "person", "place": "place"}


def _holds(source: Reading, name: Name) -> bool:
    if squeeze(name.text) in source.plain or squeeze(name.canonical) in source.plain:
        return True
    if _termed(name.text, source):
        return True
    mine = name.canonical
    for other in source.names:
        if other.canonical == mine or owner(other.canonical) == mine:
            return True
    if name.kind == "place" or (name.kind == "unknown" and _spellings(name.text) != frozenset({name.text})):
        return any(form in source.text for form in _spellings(mine))
    if name.kind in {"unknown", "person", "institution"}:
        return _parts(source, name.text) or (source.chinese and _translated(name.text, source))
    return False


def _termed(text: str, source: Reading) -> bool:
    """Whether a "name" is a term of the field that the source spells otherwise: "MoE", "mixture of experts"."""
    return any(
        m.start == 0
        and m.end == len(text)
        and any(f"s:{s.name}" in source.anchors for s in m.senses if s.table == "same")
        for m in mentions(text)
    )


def _spellings(place: str) -> frozenset[str]:
    """All words for a country and its people, by any of them."""
    return next((group for group in _countries() if place in group), frozenset({place}))


def _countries() -> tuple[frozenset[str], ...]:
    return groups("peoples", mark="|")


def _translated(text: str, source: Reading) -> bool:
    """Whether a name in Latin letters can stand in a Chinese text in Chinese: by its words, or by its sound."""
    if _latin_token(text):
        return False
    found = re.findall(r"[A-Za-z]{2,}", text)
    return bool(found) and all(_word_there(word, source) for word in found)


def _word_there(word: str, source: Reading) -> bool:
    found = [f"s:{s.name}" for m in mentions(word) for s in m.senses if s.table == "same"]
    if found:
        return any(i in source.anchors for i in found)
    return is_stop(word) or word.lower() in source.text.lower() or sounds_in(word, source.text)


def _parts(source: Reading, text: str) -> bool:
    """Whether every word of a run stands in the source by itself, as "Meta's Threads" does in two places."""
    words = [w for w in re.findall(r"[A-Za-z0-9]+", text) if len(w) > 1 and not is_stop(w)]
    low = source.text.lower()
    return bool(words) and all(
        re.search(rf"(?<![a-z0-9]){re.escape(stem(w))}{'(?![a-z0-9])' if w.isupper() else ''}", low) for w in words
    )


def _latin_token(text: str) -> bool:
    """Whether a name would stay in Latin letters in a Chinese text: a coined word, an acronym, a name with a digit."""
    return bool(re.search(r"[a-z][A-Z]|[A-Z]{2}|\d", text))
