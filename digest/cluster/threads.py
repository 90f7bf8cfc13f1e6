"""The two to five themes that run through the stories of an issue, and their continuation over issues."""

import hashlib
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from digest.cluster.phrases import Said, best_form, coined, phrases
from digest.domain.issue import Publication
from digest.domain.score import Score
from digest.domain.thread import Story, Thread

LOOKED_AT = 150
PER_COMPANY = 3
_ABOUT = 0.5
_SMALLEST, _LARGEST = 2, 7
_EVERYWHERE, _FEW = 0.4, 5
_TERMS = 4
_FIRM = 3
_WEAK_COHESION = 0.12
_SAME_THEME = 0.34
_LENGTH = (0.0, 0.6, 1.0, 1.15, 1.1)
_NO_LETTER = re.compile(r"[^a-z0-9\u3400-\u9fff]+")


class PastThread(Protocol):
    """A thread as earlier issues told it: its last terms, all its works, and the last `period` that had it."""

    @property
    def id(self) -> str:
        """The id that the thread keeps."""
        ...

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms of the last issue that had it."""
        ...

    @property
    def works(self) -> frozenset[str]:
        """The ids of all works that it ever held."""
        ...

    @property
    def first_seen(self) -> datetime:
        """The instant of its first item."""
        ...

    @property
    def last_seen(self) -> datetime:
        """The instant of its last item."""
        ...

    @property
    def period(self) -> str:
        """The last period that had it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Theme:
    key: str
    members: tuple[int, ...]
    terms: tuple[str, ...]
    cohesion: float


def threads(
    stories: Sequence[Story],
    scores: Mapping[str, Score],
    publication: Publication,
    past: Sequence[PastThread] = (),
    *,
    companies: Mapping[str, str] | None = None,
) -> list[Thread]:
    """Find the themes of an issue, the strongest first: at most `publication.threads[1]`, none of them forced.

    A theme is a phrase that at least two stories are about; each story is told in one thread at most, and stories that
    share none stay out. `weak` marks a theme of two stories or of low cohesion; below the publication's least number
    weak themes are taken too, above it only firm ones. `companies` maps work ids to institutions, of which a thread
    holds at most three works each. A theme that an earlier issue had keeps its id and names the period that it
    continues.
    """
    chosen = sorted(stories, key=lambda story: (-_value(story, scores), story.id))[:LOOKED_AT]
    said = [_said(story) for story in chosen]
    worth = [max(0.2, (_value(story, scores) - 1.0) / 4.0) for story in chosen]
    employer = [(companies or {}).get(story.lead.id, "") for story in chosen]
    themes = _themes(said, worth, employer, publication.threads)
    return _continued([_thread(theme, chosen, publication.slug) for theme in themes], past)


def _value(story: Story, scores: Mapping[str, Score]) -> float:
    return max((scores[work.id].value for work in story.works if work.id in scores), default=1.0)


def _said(story: Story) -> Said:
    lead = story.lead.lead
    return phrases(lead.title, lead.text)


def _themes(
    said: Sequence[Said], worth: Sequence[float], employer: Sequence[str], bounds: tuple[int, int]
) -> list[_Theme]:
    """Take the phrase that says most about the stories still free, again and again."""
    table = _support(said)
    free = set(range(len(said)))
    vectors = _vectors(said)
    found: list[_Theme] = []
    refused: set[str] = set()
    while len(found) < bounds[1]:
        key = _best(table, said, worth, free, refused)
        if key is None:
            break
        members = _members(key, table, said, worth, employer, free)
        theme = _theme(key, members, said, vectors) if len(members) >= _SMALLEST else None
        if theme is None or (_is_weak(theme) and len(found) >= bounds[0]):
            refused.add(key)
            continue
        found.append(theme)
        refused |= {other for other in table if set(other.split()) & set(key.split())}
        free -= set(theme.members)
    return found


def _support(said: Sequence[Said]) -> dict[str, list[int]]:
    table: dict[str, list[int]] = {}
    for n, one in enumerate(said):
        for key in one.weight:
            table.setdefault(key, []).append(n)
    most = max(_FEW, _EVERYWHERE * len(said))
    return {key: where for key, where in sorted(table.items()) if _SMALLEST <= len(where) <= most}


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
    """Whether titles bear a phrase out: one for a phrase or a name, two for a plain word, which may be a verb."""
    titles = sum(1 for n in about if said[n].weight[key] == 1.0)
    return titles >= (_SMALLEST if _plain(key, said[about[0]].written[key]) else 1)


def _plain(key: str, form: str) -> bool:
    return " " not in key and not key.startswith("=") and not coined(form)


def _gain(key: str, about: Sequence[int], spread: int, said: Sequence[Said], worth: Sequence[float]) -> float:
    """How much a phrase says about the free stories: their worth and its weight there, how rare it is, how exact."""
    total = sum(said[n].weight[key] * worth[n] for n in sorted(about, key=lambda n: -worth[n])[:_LARGEST])
    rarity = math.log(1.0 + len(said) / spread)
    return total * rarity * _exactness(key, said[about[0]].written[key])


def _exactness(key: str, form: str) -> float:
    if key.startswith("="):
        return 0.55
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


def _theme(key: str, members: Sequence[int], said: Sequence[Said], vectors: Sequence[Mapping[str, float]]) -> _Theme:
    pairs = [(i, j) for n, i in enumerate(members) for j in members[n + 1 :]]
    cohesion = sum(_cosine(vectors[i], vectors[j]) for i, j in pairs) / len(pairs)
    return _Theme(key=key, members=tuple(members), terms=_terms(key, members, said), cohesion=round(cohesion, 4))


def _terms(key: str, members: Sequence[int], said: Sequence[Said]) -> tuple[str, ...]:
    """Return the theme's phrase, then others that its stories share; none that repeats a word."""
    inside = [said[n] for n in members]
    everywhere = Counter(other for one in said for other in one.weight)
    scored: dict[str, float] = {}
    for other in sorted({other for one in inside for other in one.weight}):
        holding = [n for n in members if other in said[n].weight]
        if other != key and len(holding) >= _SMALLEST and _titled(other, holding, said):
            rarity = math.log(1 + len(said) / everywhere[other]) * _exactness(other, best_form(other, inside))
            scored[other] = rarity * sum(said[n].weight[other] for n in holding)
    terms, used = [best_form(key, inside)], set(key.lstrip("=").lower().split())
    for other in sorted(scored, key=lambda other: (-scored[other], other)):
        words = set(other.lstrip("=").lower().split())
        longer = any(words < set(more.split()) and scored[more] >= scored[other] / 2 for more in scored)
        if len(terms) < _TERMS and not words & used and not longer:
            terms.append(best_form(other, inside))
            used |= words
    return tuple(terms)


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


def _is_weak(theme: _Theme) -> bool:
    return len(theme.members) < _FIRM or theme.cohesion < _WEAK_COHESION


def _thread(theme: _Theme, stories: Sequence[Story], slug: str) -> Thread:
    told = tuple(stories[n] for n in theme.members)
    moments = [item.when for story in told for work in story.works for item in work.items]
    return Thread(
        id=_identity(theme.terms, told, slug),
        stories=told,
        terms=theme.terms,
        cohesion=theme.cohesion,
        weak=_is_weak(theme),
        first_seen=min(moments),
        last_seen=max(moments),
    )


def _identity(terms: Sequence[str], stories: Sequence[Story], slug: str) -> str:
    words = "-".join(_NO_LETTER.sub("-", unicodedata.normalize("NFKC", term).lower()).strip("-") for term in terms[:2])
    seed = "\n".join((slug, *terms[:2], *sorted(story.lead.id for story in stories)))
    return f"{words[:48].strip('-')}-{hashlib.sha256(seed.encode()).hexdigest()[:6]}"


def _continued(found: Sequence[Thread], past: Sequence[PastThread]) -> list[Thread]:
    """Give each thread the id of the earlier one that it resembles most, each earlier one to one thread."""
    pairs = sorted(
        ((-_resemblance(thread, old), n, old.id, m) for n, thread in enumerate(found) for m, old in enumerate(past)),
    )
    known: dict[int, PastThread] = {}
    for likeness, n, _, m in pairs:
        if -likeness >= _SAME_THEME and n not in known and past[m] not in known.values():
            known[n] = past[m]
    return [_again(thread, known[n]) if n in known else thread for n, thread in enumerate(found)]


def _again(thread: Thread, old: PastThread) -> Thread:
    first = min(old.first_seen, thread.first_seen or old.first_seen)
    last = max(old.last_seen, thread.last_seen or old.last_seen)
    return Thread(
        id=old.id, stories=thread.stories, terms=thread.terms, cohesion=thread.cohesion, weak=thread.weak,
        continues=old.period, first_seen=first, last_seen=last,
    )  # fmt: skip


def _resemblance(thread: Thread, old: PastThread) -> float:
    """Share of terms in common, the first counting double, and half for a work in common."""
    mine, theirs = [_folded(term) for term in thread.terms], [_folded(term) for term in old.terms]
    if not mine or not theirs:
        return 0.0
    shared = len(set(mine) & set(theirs)) / min(len(set(mine)), len(set(theirs)))
    head = 0.5 if mine[0] == theirs[0] else 0.25 if mine[0] in theirs or theirs[0] in mine else 0.0
    works = 0.5 if any(work.id in old.works for story in thread.stories for work in story.works) else 0.0
    return shared / 2 + head + works


def _folded(term: str) -> str:
    said = phrases(term, "")
    return next(iter(sorted(said.weight, key=lambda key: (-len(key), key))), term.lower())
