"""Whether a foreign name stands in a Chinese text by its sound: "Sanders" is 桑德斯."""

import re

from digest.verify.words.lexicon import consonant_table, sound_table

_RUN = re.compile("[\u3400-\u9fff]{2,}")
_SHORTEST = 2


def sounds_in(word: str, text: str) -> bool:
    """Whether some characters of a text spell the consonants of a word in their order, one or two of them left out."""
    wanted = consonants(word)
    if not wanted:
        return False
    return any(_spells(wanted, run, start) for run in _RUN.findall(text) for start in range(len(run)))


def consonants(word: str) -> str:
    """Fold a Latin name to the consonants that a transcription keeps: "Sanders" to "sndrs"."""
    low = word.lower()
    for old, new in (
        ("sch", "s"),
        ("tch", "q"),
        ("sh", "s"),
        ("ch", "c"),
        ("ph", "f"),
        ("th", "t"),
        ("ck", "k"),
        ("wh", "w"),
        ("kn", "n"),
        ("gh", ""),
    ):
        low = low.replace(old, new)
    low = re.sub(r"(?<=[aeiou])w(?![aeiou])", "", re.sub(r"(.)\1", r"\1", low))
    first = low[:1] if low[:1] in "yj" else ""
    return first + "".join(c for c in low[len(first) :] if c.isalpha() and c not in "aeiouy")


def _spells(wanted: str, run: str, start: int) -> bool:
    """Walk both at once; a nasal may be part of the character before it, and silent characters are free."""
    place, used = 0, 0
    for character in run[start : start + len(wanted) + 3]:
        sounds = sound_table().get(character)
        if sounds is None:
            break
        if place < len(wanted) and any(s and s in consonant_table().get(wanted[place], wanted[place]) for s in sounds):
            place += 1
            used += 1
        elif (
            place + 1 < len(wanted)
            and wanted[place] in "nrmlh"
            and any(s and s in consonant_table().get(wanted[place + 1], "") for s in sounds)
        ):
            place += 2
            used += 1
        elif "" in sounds:
            used += 1
        else:
            break
        if (
            used >= _SHORTEST
            and (place >= len(wanted) or not wanted[place:].strip("nrmhstl"))
            and place * 2 > len(wanted)
        ):
            return True
    return False
