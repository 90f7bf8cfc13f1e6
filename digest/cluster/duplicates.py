"""Which items are about the same paper, repository, post or announcement: items become works."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import combinations, pairwise

from digest.cluster.groups import Groups
from digest.cluster.shingles import same_text, shortened
from digest.domain.item import Item, Work
from digest.text import HAN, clean, one_line
from digest.urls import keys_of

WINDOW = timedelta(days=10)
_STRONG = ("arxiv:", "doi:", "github:")
_TITLE_CHARS, _TITLE_WORDS, _TITLE_HAN = 20, 4, 10
_SHORT = 600
_HUB = 3
_KINDS = {"paper": 0, "repository": 1, "episode": 2, "post": 3, "tweet": 4}
_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")
_UNIT = re.compile("[\u3400-\u9fff]|[^\\W\\d_\u3400-\u9fff]+")
_LINK = re.compile(r"https?://\S+")
_PREFIX = re.compile(r"^(?:\[[^\]]{1,14}\]|(?:show|ask|tell|launch) hn\s*[:：])\s*", re.IGNORECASE)
_OUTLET = re.compile(r"(?:(?:\s+[-–—|]|\s*--)\s+[^-–—|]{2,40}){1,2}$")


def works(items: Sequence[Item]) -> list[Work]:
    """Join the items of one work; the works in the order of their ids, in each the best voice first.

    In this order: a shared identity key, a link to a work that the item is about, an equal or contained title, the same
    text. Two items with different arXiv ids, DOIs or repositories never meet. The result does not depend on the order
    of the items; an id that comes twice counts once.
    """
    ordered = sorted({item.id: item for item in items}.values(), key=lambda item: item.id)
    groups = Groups([_identities(item) for item in ordered])
    for left, right in _pairs(ordered):
        groups.join(left, right)
    made = [_work([ordered[n] for n in members]) for members in groups.members()]
    return sorted(made, key=lambda work: work.id)


def normal_title(title: str) -> str:
    """Return a title as it is compared: lower case, words only, without outlet, rubric or link."""
    plain = _LINK.sub(" ", _PREFIX.sub("", one_line(title)))
    plain = _OUTLET.sub("", plain) if len(plain) > 2 * _TITLE_CHARS else plain
    return " ".join(_WORD.findall(plain.lower()))


def says_enough(normal: str) -> bool:
    """Whether a normalised title can name one thing: 20 characters and 4 words, or 10 Chinese characters."""
    if len(HAN.findall(normal)) >= _TITLE_HAN:
        return True
    return len(normal) >= _TITLE_CHARS and len(normal.split()) >= _TITLE_WORDS


def _pairs(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    yield from _by_key(items)
    yield from _by_link(items)
    yield from _by_title(items)
    for left, right in same_text(items, WINDOW):
        if _titles_agree(normal_title(items[left].title), normal_title(items[right].title)):
            yield left, right


def _titles_agree(one: str, other: str) -> bool:
    """Whether two titles may head one text: not where their numbers differ, nor where they share less than half.

    Copies of one text under other titles are boilerplate, or a story of its own. A title without a word says nothing.
    """
    mine, theirs = set(_UNIT.findall(one)), set(_UNIT.findall(other))
    least = min(len(mine), len(theirs))
    return not least or (2 * len(mine & theirs) >= least and not _numbers_differ({one, other}))


def _identities(item: Item) -> frozenset[str]:
    return frozenset(key for key in item.keys if key.startswith(_STRONG))


def _by_key(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    first: dict[str, int] = {}
    hubs = _hubs(items)
    for n, item in enumerate(items):
        for key in item.keys:
            if _names_one_thing(key) and key not in hubs:
                yield first.setdefault(key, n), n


def _names_one_thing(key: str) -> bool:
    """Whether a key is more than a site's front page, which is the address of everything on it."""
    if not key.startswith("url:"):
        return True
    return key.count("/") > 2 or "?" in key  # noqa: PLR2004  url:https://host has two


def _hubs(items: Sequence[Item]) -> frozenset[str]:
    """Return the addresses under which one source published several things: changelogs, live blogs, broken links."""
    titles: dict[tuple[str, str], set[str]] = defaultdict(set)
    for item in items:
        for key in item.keys:
            if key.startswith("url:"):
                titles[item.source, key].add(normal_title(item.title))
    return frozenset(key for (_, key), told in titles.items() if len(told) >= _HUB or _numbers_differ(told))


def _numbers_differ(titles: set[str]) -> bool:
    """Whether two titles carry numbers of which neither holds the other's: releases of one thing are not one thing."""
    numbers = [frozenset(re.findall(r"\d[\d.]*", title)) for title in sorted(titles)]
    return any(a - b and b - a for a, b in combinations(numbers, 2))


def _by_link(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Join a tweet or post to the one work that it links to; with links to several it is a round-up of its own."""
    known = {key: n for n, item in reversed(list(enumerate(items))) for key in item.keys if _names_one_thing(key)}
    for n, item in enumerate(items):
        if item.kind not in {"tweet", "post"}:
            continue
        found = sorted({known[key] for link in item.links for key in keys_of(link) if key in known} - {n})
        if len(found) == 1 and _about(item, items[found[0]]):
            yield found[0], n


def _about(item: Item, target: Item) -> bool:
    """Whether the linking item is about its target: every tweet, and a post that shares half of the title's words."""
    if item.kind == "tweet":
        return True
    said, named = set(normal_title(item.title).split()), set(normal_title(target.title).split())
    shared = len(said & named)
    return shared >= _TITLE_WORDS and shared * 2 >= min(len(said), len(named))


def _by_title(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    by_title: dict[str, list[int]] = defaultdict(list)
    for n, item in enumerate(items):
        title = normal_title(item.title)
        if says_enough(title):
            by_title[title].append(n)
    for same in by_title.values():
        yield from _near(items, same)
    yield from _contained(items, by_title)
    for shorter, longer in shortened(sorted(by_title)):
        yield from _near(items, [by_title[shorter][0], by_title[longer][0]])


def _near(items: Sequence[Item], same: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbours in time among items of one title: a series that repeats its title each month stays apart."""
    ordered = sorted(same, key=lambda n: (items[n].when, items[n].id))
    for left, right in pairwise(ordered):
        if items[right].when - items[left].when <= WINDOW:
            yield left, right


def _contained(items: Sequence[Item], by_title: Mapping[str, list[int]]) -> Iterator[tuple[int, int]]:
    """Join short texts, tweets above all, that quote a whole title."""
    heads: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for title in sorted(by_title):
        heads[tuple(title.split()[:_TITLE_WORDS])].append(title)
    for n, item in enumerate(items):
        if item.kind != "tweet" or len(item.text) > _SHORT:
            continue
        said = " ".join(_WORD.findall(_LINK.sub(" ", clean(item.text or item.title)).lower()))
        for title in _quoted(said, heads):
            for other in by_title[title][:1]:
                if other != n and abs(items[other].when - item.when) <= WINDOW:
                    yield other, n


def _quoted(said: str, heads: Mapping[tuple[str, ...], list[str]]) -> Iterator[str]:
    words = said.split()
    for start in range(len(words)):
        for title in heads.get(tuple(words[start : start + _TITLE_WORDS]), ()):
            size = len(title.split())
            if " ".join(words[start : start + size]) == title:
                yield title


def _work(items: Iterable[Item]) -> Work:
    voices = tuple(sorted(items, key=_rank))
    return Work(id=_work_id(voices), items=voices)


def _rank(item: Item) -> tuple[object, ...]:
    """Order of the voices: kind, then the origin before who repeats it, then the most text, then the earliest."""
    origin = 0 if item.id.startswith(("arxiv:", "github:")) else 1
    return (_KINDS.get(item.kind, 3), origin, -min(len(item.text), 20_000), item.when, item.id)


def _work_id(voices: Sequence[Item]) -> str:
    strong = sorted({key for item in voices for key in item.keys if key.startswith(_STRONG)}, key=_strength)
    return strong[0] if strong else voices[0].id


def _strength(key: str) -> tuple[int, str]:
    return (next(n for n, prefix in enumerate(_STRONG) if key.startswith(prefix)), key)
