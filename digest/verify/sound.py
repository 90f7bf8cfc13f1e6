"""Whether a foreign name stands in a Chinese text by its sound: "Sanders" is 桑德斯."""

import re

# The characters that transcriptions are written with, by the consonant that each begins with (after the usual tables of
# name transcription); characters that begin with a vowel or are silent in a name carry none.
_BY_CONSONANT = {
    "b": "巴芭贝本伯博布鲍班邦比彼别宾柏勃拜保波毕碧", "p": "帕派潘庞佩彭皮珀平普蓬泼蒲", "m": "马玛麦曼芒梅门蒙米密明莫默姆穆迈美茂缪摩慕孟毛墨", "f": "法凡范方费芬弗福富丰夫菲芙", "v": "瓦韦维沃武伏",
    "d": "达戴丹德邓迪丁东杜多道顿敦黛蒂登", "t": "塔泰坦特腾蒂廷通图托陶汀提滕", "n": "纳奈南内能尼宁农努诺娜妮恩", "l": "拉莱兰朗雷勒伦里林龙卢罗劳洛莉丽琳露利列隆路鲁",
    "r": "拉赖兰雷勒伦里林龙鲁罗劳洛莉丽琳露瑞若荣利列隆路", "g": "加盖甘冈格根戈古贡高哥圭吉杰", "k": "卡凯坎康克肯科库昆考可寇奎基", "h": "哈海汉杭赫亨洪胡霍豪惠休黑希华何",
    "j": "杰贾詹吉金朱乔简姬珍约", "q": "奇切琼乔查柴钱昌丘", "x": "希西谢辛肖休香夏雪", "z": "扎泽曾齐津宗祖佐兹", "c": "查柴钱昌切琴奇金丘琼蔡", "s": "萨赛桑斯森塞西辛松苏索思丝史沙尚谢希肖修施舍莎山申瑟士",
    "y": "亚扬耶延伊因永尤约雅尤于扬", "w": "沃瓦怀万韦文维伍温威华旺王翁", "": "尤阿艾安昂奥埃恩厄欧乌英伊尔",
}  # fmt: skip
_SOUNDS: dict[str, frozenset[str]] = {}
for _sound, _characters in _BY_CONSONANT.items():
    for _character in _characters:
        _SOUNDS[_character] = _SOUNDS.get(_character, frozenset()) | {_sound}
_ALIKE = {
    "b": "bp", "p": "pb", "d": "dt", "t": "td", "g": "gkj", "k": "kgcq", "c": "kcsqx", "q": "kq", "v": "vwf", "w": "wvh", "f": "fvh", "j": "jqyzh", "z": "zsjc", "s": "szx",
    "x": "xksz", "r": "rl", "l": "lr", "h": "h", "m": "m", "n": "n", "y": "yj",
}  # fmt: skip
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
    """Walk both at once; a nasal or a final r may be part of the character before it, and silent characters are free."""
    place, used = 0, 0
    for character in run[start : start + len(wanted) + 3]:
        sounds = _SOUNDS.get(character)
        if sounds is None:
            break
        if place < len(wanted) and any(s and s in _ALIKE.get(wanted[place], wanted[place]) for s in sounds):
            place += 1
            used += 1
        elif (
            place + 1 < len(wanted)
            and wanted[place] in "nrmlh"
            and any(s and s in _ALIKE.get(wanted[place + 1], "") for s in sounds)
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
