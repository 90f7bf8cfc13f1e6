"""The phrases, and the sections of a newspaper, that several stories of an issue are about."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.cluster.phrases import HAN, NAME, Said, best_form, coined, phrases
from digest.cluster.rubrics import fields, rubrics
from digest.domain.item import Item
from digest.domain.thread import Story
from digest.text import is_chinese

PER_COMPANY = 3
_ABOUT = 0.5
_SMALLEST, _LARGEST = 2, 7
_EVERYWHERE, _FEW = 0.4, 5
_TERMS = 4
_ENOUGH = 3
_WEAK_COHESION = 0.12
_LENGTH = (0.0, 0.35, 1.0, 1.15, 1.1)
_RUBRIC, _JOINT = "!", "+"
_SECTION, _FIRM_SECTION, _FIRM_BROAD = 0.8, 1.2, 0.5
_BROAD_SECTION = "!new releases"
_SHARE = 2
_STANDING = 2.0
_GREAT = 2.0
_NEWS = frozenset({"post", "tweet", "episode"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A phrase, the places of the stories about it, their terms, how alike they are (0..1), and their worth.

    `titled` counts the stories whose titles say the phrase.
    """

    key: str
    members: tuple[int, ...]
    terms: tuple[str, ...]
    cohesion: float
    worth: float
    titled: int

    @property
    def weak(self) -> bool:
        """Whether it is a loose theme: of unlike stories, of two, or said by a single title.

        Two great stories make a section of the news.
        """
        few = len(self.members) < _ENOUGH and (_RUBRIC not in self.key or self.worth < _GREAT)
        return few or self.titled < _SMALLEST or self.cohesion < _WEAK_COHESION


def said_by(story: Story, *, fielded: bool = False) -> Said:
    """Return the phrases of a story, told by its lead and by its best voice of the other language.

    A story of the news is also about the sections that its headlines belong to, about each company of its headlines
    within them. `fielded` papers are about the fields of work that their titles name, too.
    """
    voices = _voices(story)
    said = [phrases(voice.title, voice.text) for voice in voices]
    weight: dict[str, float] = {}
    written: dict[str, str] = {}
    for one in said:
        for key, value in one.weight.items():
            weight[key] = max(weight.get(key, 0.0), value)
            if key not in written or HAN.search(written[key]):
                written[key] = one.written[key]
    keys = _sections(story, weight) if voices[0].kind in _NEWS else _fields(voices[0]) if fielded else ()
    for key in keys:
        weight[key] = 1.0
        written[key] = key.removeprefix(_RUBRIC)
    return Said(weight=weight, written=written)


def _voices(story: Story) -> list[Item]:
    lead = story.lead.lead
    items = [item for work in story.works for item in work.items]
    other = next((item for item in items if item.language[:2] != lead.language[:2] and item.kind in _NEWS), None)
    return [lead, other] if other else [lead]


def _sections(story: Story, weight: Mapping[str, float]) -> Iterator[str]:
    """Yield the sections of a story's first headline, and of half of all, then each with the firms that they name.

    A story told in both languages belongs to a section by headlines of both: else one of its editions tells something
    else there. To a firm's affair it belongs by half of all headlines too. What is posted of a reported story places
    it nowhere.
    """
    titles = _reported(story)
    found = Counter(name for title in titles for name in rubrics(title))
    told = set(rubrics(story.lead.lead.title))
    spoken = {is_chinese(title) for title in titles}
    both = {name for name in found if {is_chinese(title) for title in titles if name in rubrics(title)} == spoken}
    most = {name for name, n in found.items() if _SHARE * n >= len(titles)}
    firms = sorted(key for key, value in weight.items() if key.startswith(NAME) and value == 1.0)
    mine = sorted(both & (told | most))
    yield from (f"{_RUBRIC}{name}" for name in mine)
    yield from (_JOINT.join((firm, f"{_RUBRIC}{name}")) for firm in firms for name in sorted({*mine, *most}))


def _fields(lead: Item) -> list[str]:
    """Return the fields of work that a paper's title names."""
    return [f"{_RUBRIC}{name}" for name in fields(lead.title)] if lead.kind == "paper" else []


def _reported(story: Story) -> list[str]:
    """Return the different headlines of a story, those of posts on X only where nobody else has one."""
    items = [item for work in story.works for item in work.items]
    return list(dict.fromkeys(item.title for item in [i for i in items if i.kind != "tweet"] or items))


def themes(
    said: Sequence[Said],
    worth: Sequence[float],
    employer: Sequence[str],
    bounds: tuple[int, int],
    *,
    latin: bool = False,
) -> list[Theme]:
    """Take the phrase that says most about the stories still free, again and again; return the weightiest first.

    `latin` passes over phrases where they are said in Chinese alone: not every edition could name them.
    """
    table = _support(said, latin=latin)
    free = set(range(len(said)))
    vectors = _vectors(said)
    found: list[Theme] = []
    taken: set[str] = set()
    for weak, most in ((False, bounds[1]), (True, bounds[0])):  # loose themes only where firm ones are too few
        refused = set(taken)
        while len(found) < most:
            key = _best(table, said, worth, free, refused)
            if key is None:
                break
            members = _members(key, table, said, worth, employer, free)
            theme = _made(key, members, said, vectors, worth, latin=latin) if len(members) >= _SMALLEST else None
            if theme is None or (theme.weak and (not weak or _plain(key, theme.terms[0]))):
                refused.add(key)
                continue
            found.append(theme)
            taken |= {other for other in table if _words(other) & _words(key) and not _within(key, other)}
            refused |= taken
            free -= set(theme.members)
    return sorted(found, key=lambda theme: (theme.weak, -theme.worth, theme.key))


def _support(said: Sequence[Said], *, latin: bool) -> dict[str, list[int]]:
    table: dict[str, list[int]] = {}
    for n, one in enumerate(said):
        for key, form in one.written.items():
            if not (latin and HAN.search(form)):
                table.setdefault(key, []).append(n)
    most = max(_FEW, _EVERYWHERE * len(said))
    return {
        key: where
        for key, where in sorted(table.items())
        if len(where) >= _SMALLEST and (len(where) <= most or _RUBRIC in key)  # a phrase of all stories tells of none
    }


def _best(
    table: Mapping[str, list[int]], said: Sequence[Said], worth: Sequence[float], free: set[int], refused: set[str]
) -> str | None:
    best, best_gain = None, 0.0
    for key, where in table.items():
        if key in refused:
            continue
        about = [n for n in where if n in free and said[n].weight[key] >= _ABOUT]
        if len(about) < _SMALLEST or not _titled(key, about, said):
            continue
        gain = _gain(key, about, len(where), said, worth)
        if gain > best_gain:
            best, best_gain = key, gain
    return best


def _titled(key: str, about: Sequence[int], said: Sequence[Said]) -> bool:
    """Whether titles bear a phrase out: one for a phrase or a name, most for a plain word, which may be a verb."""
    titles = sum(1 for n in about if said[n].weight[key] == 1.0)
    return titles >= (max(_SMALLEST, 0.6 * len(about)) if _plain(key, said[about[0]].written[key]) else 1)


def _plain(key: str, form: str) -> bool:
    return " " not in key and not key.startswith((NAME, _RUBRIC)) and not coined(form)


def _gain(key: str, about: Sequence[int], spread: int, said: Sequence[Said], worth: Sequence[float]) -> float:
    """How much a phrase says about the free stories: their worth and its weight there, how rare it is, how exact."""
    total = sum(said[n].weight[key] * worth[n] for n in sorted(about, key=lambda n: -worth[n])[:_LARGEST])
    rarity = math.log(1.0 + len(said) / spread)
    if _RUBRIC in key:
        rarity = min(rarity, _STANDING)  # a section is no rarer for having little to tell
    return total * rarity * _exactness(key, said[about[0]].written[key])


def _exactness(key: str, form: str) -> float:
    """How much of a theme a key makes: a firm's name alone, or that it is new, makes none."""
    if key.startswith((NAME, _RUBRIC)):
        firm, _, section = key.rpartition(_JOINT)
        if section.startswith(NAME):
            return 0.0
        if section == _BROAD_SECTION:
            return _FIRM_BROAD if firm else 0.0
        return _FIRM_SECTION if firm else _SECTION
    words = len(key.split())
    return 0.8 if words == 1 and coined(form) else _LENGTH[min(words, len(_LENGTH) - 1)]


def _members(
    key: str,
    table: Mapping[str, list[int]],
    said: Sequence[Said],
    worth: Sequence[float],
    employer: Sequence[str],
    free: set[int],
) -> list[int]:
    """Return the stories about a phrase, the fullest first, at most three of one institution and seven in all."""
    about = [n for n in table[key] if n in free and said[n].weight[key] >= _ABOUT]
    taken: list[int] = []
    count: Counter[str] = Counter()
    for n in sorted(about, key=lambda n: (-said[n].weight[key] * worth[n], n)):
        if len(taken) < _LARGEST and (not employer[n] or count[employer[n]] < PER_COMPANY):
            taken.append(n)
            count[employer[n]] += 1
    return sorted(taken)


def _made(
    key: str,
    members: Sequence[int],
    said: Sequence[Said],
    vectors: Sequence[Mapping[str, float]],
    worth: Sequence[float],
    *,
    latin: bool,
) -> Theme:
    pairs = [(i, j) for n, i in enumerate(members) for j in members[n + 1 :]]
    cohesion = sum(_cosine(vectors[i], vectors[j]) for i, j in pairs) / len(pairs)
    return Theme(
        key=key,
        members=tuple(members),
        terms=_terms(key, members, said, latin=latin),
        cohesion=round(cohesion, 4),
        worth=sum(worth[n] for n in members),
        titled=sum(said[n].weight[key] == 1.0 for n in members),
    )


def _terms(key: str, members: Sequence[int], said: Sequence[Said], *, latin: bool) -> tuple[str, ...]:
    """Return the theme's own terms, a section before a firm, then others that its stories share; no word twice."""
    inside = [said[n] for n in members]
    everywhere = Counter(other for one in said for other in one.weight)
    scored: dict[str, float] = {}
    for other in sorted({other for one in inside for other in one.weight if _JOINT not in other}):
        holding = [n for n in members if other in said[n].weight]
        if len(holding) >= _SMALLEST and not other.startswith(_RUBRIC) and _titled(other, holding, said):
            rarity = math.log(1 + len(said) / everywhere[other]) * max(0.5, _exactness(other, best_form(other, inside)))
            scored[other] = rarity * sum(said[n].weight[other] for n in holding)
    own = sorted(key.split(_JOINT))
    own += _centre(inside) if len(own) == 1 and key.startswith(_RUBRIC) else []
    terms, used = [best_form(part, inside) for part in own], _words(_JOINT.join(own))
    for other in sorted(scored, key=lambda other: (-scored[other], other)):
        words = _words(other)
        longer = any(words < _words(more) and scored[more] >= scored[other] / 2 for more in scored)
        form = best_form(other, inside)
        if len(terms) < _TERMS and not words & used and not longer and not (latin and HAN.search(form)):
            terms.append(form)
            used |= words
    return tuple({term.lower(): term for term in terms}.values())


def _centre(inside: Sequence[Said]) -> list[str]:
    """Return the firm that most titles in a section name, two at least: by it the section's affair goes on."""
    named = Counter(other for one in inside for other, value in one.weight.items() if value == 1.0)
    firms = sorted((-n, other) for other, n in named.items() if other.startswith(NAME) and _JOINT not in other)
    return [firm for n, firm in firms[:1] if -n >= _SMALLEST]


def _within(affair: str, section: str) -> bool:
    """Whether a key is the section of a firm's affair: what else happens there is another theme."""
    return section.startswith(_RUBRIC) and affair.endswith(f"{_JOINT}{section}")


def _words(key: str) -> set[str]:
    """Return what two keys must not have in common: the words of a phrase, a firm or a section as a whole."""
    parts = key.split(_JOINT)
    return {word for part in parts for word in ([part] if part[:1] in {NAME, _RUBRIC} else part.lower().split())}


def _vectors(said: Sequence[Said]) -> list[dict[str, float]]:
    spread = Counter(key for one in said for key in one.weight)
    rows = []
    for one in said:
        row = {
            key: weight * math.log((1 + len(said)) / spread[key])
            for key, weight in one.weight.items()
            if spread[key] > 1
        }
        length = math.sqrt(sum(value * value for value in row.values())) or 1.0
        rows.append({key: value / length for key, value in row.items()})
    return rows


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(value * other[key] for key, value in sorted(one.items()) if key in other)
