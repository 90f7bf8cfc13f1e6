"""What stories of the news show together: sums, moves, an affair's course, from where to where a theme reaches."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from digest.domain.issue import Citation, Claim
from digest.domain.item import Item
from digest.names import Name, in_chinese, known
from digest.quantity import Quantity, quantities
from digest.text import is_chinese
from digest.write.naming import spelt
from digest.write.phrases import WITH_ARTICLE, joined, phrase
from digest.write.subjects import overlaps
from digest.write.telling import LONGEST_QUOTED, Offer, Telling, facets
from digest.write.vocabulary import Term, terms_in, word
from digest.write.voices import headlines, loudness, own_headlines, plain_headlines

_PAIR, _FEW, _NAMED = 2, 3, 4
_CURRENCIES = frozenset({"$", "€", "£", "¥", "HK$", "JPY"})
_COURSE = timedelta(hours=20)
_FIRMS = frozenset({"company", "institution"})
_MOVER = re.compile(
    r"(?P<who>[A-Z][\w.'’-]+ (?:[A-Z][\w.'’-]* )?[A-Z][\w'’-]+),? (?:has |is |will |to )?"
    r"(?P<verb>[Ll]eav\w+|[Qq]uits?|[Dd]epart\w*|[Ee]xits?|[Jj]oin\w*)\b(?P<where>.*)"
)
_MOVER_ZH = re.compile(
    "(?P<who>[\u4e00-\u9fff]+(?:·[\u4e00-\u9fff]+?)+|[A-Z][a-z]+ [A-Z][a-z]+)\\s?(?:将|宣布|正式|已|从|，)*"
    "(?P<verb>离开|离职|加入|加盟|转投|入职)(?P<where>.*)"
)
_OFFICE_ZH = re.compile(r"^.*[家者人员官师长授士裁监管](?=.{2,}·)")
_THING = r"(?:(?:the|a|an|its) )?(?P<what>(?:[A-Z][\w.+-]*|\d[\w.]*)(?: (?:[A-Z][\w.+-]*|\d[\w.]*)){0,4}(?: [a-z]+)?)"
_RELEASED: tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]] = (
    (
        re.compile(
            r"\b(?i:announc(?:es|ing)|introduc(?:es|ing)|launch(?:es|ing)|releas(?:es|ing)|unveil(?:s|ing)|debuts"
            rf"|open-sourc(?:es|ing)|ships|rolls out) {_THING}"
            r"(?=$|[,:;.–—]| (?:with|as|for|in|on|to|that|at|and)\b)"
        ),
        re.compile(rf"^{_THING} (?:launches|debuts|is now available|arrives|goes live|now supports)\b"),
    ),
    (
        re.compile("(?:发布|推出|开源|上线)\\s?(?P<what>[A-Z][^，。：；、！—]{1,24}?)(?=$|[，。：；、！—])"),
        re.compile("^(?P<what>[A-Z][\\w .+-]{1,24}?)\\s?(?:正式|现已|已|全面|宣布)?(?:发布|上线|开源|推出)"),
    ),
)
_ARRIVES = re.compile(r"[Jj]oin|加入|加盟|转投|入职")
_TOWARDS = re.compile(r"\bfor\b|\bto\b|\bjoin\w*|加入|加盟|转投|入职")


def news_theses(told: Sequence[Telling], subject: str, language: str, title: str, *, affair: bool) -> Iterator[Offer]:
    """Yield what stories of the news show together, the most telling first; what the title says is not said again."""
    news = [one for one in told if not one.name]
    yield from _listed([_sum(one, language) for one in news], "thesis_sums", language)
    yield from _listed([_move(one, language) for one in news], "thesis_moves", language)
    yield from _listed([_release(one, subject, language) for one in news], "thesis_releases", language)
    if affair:
        yield from _course(news, language, title, "thesis_course")
    else:
        yield from _centre(news, subject, language, title)
    yield from _reach(told, subject, language, title)
    if affair:
        yield from _course(news, language, title, "thesis_reports", timedelta())
    yield from _further(news, language, title)


_Found = tuple[Telling, Item, str, str] | None


def _listed(found: Sequence[_Found], name: str, language: str) -> Iterator[Offer]:
    """List what headlines say alike, four of them at most, each citing its headline.

    What is found of a story is the headline, what it says, and its mark: the figure, or how many ends a move has.
    """
    said = [one for one in found if one]
    for count in (_NAMED, _FEW, _PAIR):
        if len(said) >= count:
            few = said[:count]
            cited = tuple(Citation(item=item.id, quote=item.title) for _, item, *_ in few)
            text = phrase(language, name, listed=joined(language, [text for *_, text, _ in few]))
            marks = [mark for one, *_, mark in few for mark in (one.story.id, mark)]
            yield Offer(form=name, marks=tuple(marks), claim=Claim(kind="quoted", text=text, citations=cited))


def _sum(one: Telling, language: str) -> _Found:
    """Return the sum of money that most headlines of a story name, in any language, with its parties."""
    everywhere = Counter(amount for item in headlines(one.story) for amount in _amounts(item.title))
    found = [
        (-everywhere[said[0].value, said[0].unit], n, item, said[0])
        for n, item in enumerate(own_headlines(one.story, language))
        if len(said := _sums(item.title)) == 1 and _firms(item.title, language)
    ]
    if not found:
        return None
    *_, item, money = min(found, key=lambda row: row[:2])
    bound = f"{money.qualifier_text} " if money.qualifier_text else ""
    amount = money.text if bound.strip() in money.text else f"{bound}{money.text}"
    parties = joined(language, _firms(item.title, language)[:_PAIR])
    return one, item, phrase(language, "sum", amount=amount.strip(), parties=parties), f"{money.value:g} {money.unit}"


def _sums(title: str) -> list[Quantity]:
    return [q for q in quantities(title) if q.unit in _CURRENCIES and q.kind == "amount"]


def _amounts(title: str) -> set[tuple[float, str]]:
    return {(money.value, money.unit) for money in _sums(title)}


def _move(one: Telling, language: str) -> _Found:
    """Return who goes from which firm to which, as a headline says it."""
    pattern = _MOVER_ZH if language == "zh" else _MOVER
    for item in own_headlines(one.story, language):
        match = pattern.search(item.title)
        if not match or any(name.kind in _FIRMS for name in known(match["who"])):
            continue
        who = _OFFICE_ZH.sub("", match["who"]) if language == "zh" else " ".join(match["who"].split()[-_PAIR:])
        start, goal = _stations(match["verb"], match["where"], language)
        if start or goal:
            name = "move" if start and goal else "move_to" if goal else "move_from"
            return one, item, phrase(language, name, who=who, start=start, goal=goal), name
    return None


def _release(one: Telling, subject: str, language: str) -> _Found:
    """Return what a headline says came out, with the firm that it names, where the thread is not about that firm."""
    for item in own_headlines(one.story, language):
        match = next((m for pattern in _RELEASED[language == "zh"] if (m := pattern.search(item.title))), None)
        if match and not loudness(item.title):
            what = match["what"].strip(" ，、,")
            firms = [firm for firm in _firms(item.title, language)[:1] if firm not in subject and firm not in what]
            return one, item, phrase(language, "sum", amount=what, parties=firms[0]) if firms else what, ""
    return None


def _stations(verb: str, where: str, language: str) -> tuple[str, str]:
    """Return the firm that somebody leaves and the one where somebody goes, "" where it is not said."""
    if _ARRIVES.search(verb):
        return "", next(iter(_firms(where, language)), "")
    turn = _TOWARDS.search(where)
    left, right = (where[: turn.start()], where[turn.end() :]) if turn else (where, "")
    return next(iter(_firms(left, language)), ""), next(iter(_firms(right, language)), "")


def _course(
    news: Sequence[Telling], language: str, title: str, name: str, least: timedelta = _COURSE, **values: str
) -> Iterator[Offer]:
    """Say how an affair went on: from its first headline to its last one, else from one to a later one, `least` apart.

    One of the two may stand in the title, not both.
    """
    moments = sorted((one for one in news if one.said), key=lambda one: (_told_by(one).when, one.story.id))
    pairs = [(_told_by(one).when - _told_by(other).when, other, one) for other, one in combinations(moments, _PAIR)]
    for apart, first, last in sorted(pairs, key=lambda pair: -pair[0]):
        if apart >= least and not all(_in_title(one, title) for one in (first, last)):
            text = phrase(language, name, first=_quote(first), last=_quote(last), **values)
            yield Offer(form=name, marks=(first.story.id, last.story.id), claim=_quoting([first, last], text))


def _in_title(one: Telling, title: str) -> bool:
    return any(head(item) in title for item in headlines(one.story))


def _quote(one: Telling) -> str:
    return head(one.said) if one.said else ""


def _quoting(told: Sequence[Telling], text: str) -> Claim:
    """Make a sentence that cites a headline of each story: the quoted one, else that of the voice that speaks."""
    items = [one.said or one.item for one in told]
    return Claim(kind="quoted", text=text, citations=tuple(Citation(item=item.id, quote=head(item)) for item in items))


def head(item: Item) -> str:
    """Return a headline without its full stop."""
    return item.title.strip().rstrip(".。")


def framing(items: Sequence[Item], text: str) -> Claim:
    """Make a sentence about several items that quotes none of them."""
    return Claim(kind="framing", text=text, citations=tuple(Citation(item=item.id) for item in items))


def _centre(news: Sequence[Telling], subject: str, language: str, title: str) -> Iterator[Offer]:
    """Say how the affair of the firm went on that most of the stories turn on."""
    firms = [(one, [name.canonical for name in _acting(one) if spelt(name, language) not in subject]) for one in news]
    count = Counter(firm for _, named in firms for firm in named)
    centre = next(iter(sorted(count, key=lambda firm: (-count[firm], list(count).index(firm)))), "")
    inside = [one for one, named in firms if centre in named]
    if len(inside) >= _FEW:
        called = next(spelt(name, language) for name in _acting(inside[0]) if name.canonical == centre)
        yield from _course(inside, language, title, "thesis_centre_course", firm=_called(called, language))


def _further(news: Sequence[Telling], language: str, title: str) -> Iterator[Offer]:
    """Name two pieces of news that stand beside those of the title."""
    others = [one for one in news if not _in_title(one, title)]
    found = [one for one in others if one.said][:_PAIR]
    if len(found) == _PAIR and len(others) < len(news):
        text = phrase(language, "thesis_further", first=_quote(found[0]), last=_quote(found[1]))
        yield Offer(form="further", marks=tuple(one.story.id for one in found), claim=_quoting(found, text))


def _reach(told: Sequence[Telling], subject: str, language: str, title: str) -> Iterator[Offer]:
    """Say from where to where a theme reaches: the places of its headlines, what they are about, or who acts in them.

    The far end is told by its headline, where the title does not say that; who acts is told so alone.
    """
    plain: list[Offer] = []
    for kind, words in (("places", _places), ("topics", _topics), ("parties", _parties)):
        ends = _first_own([(one, words(one, language)) for one in told], subject)
        for start, goal in ((ends[0], end) for end in reversed(ends[1:])):
            one, other = start.told, goal.told
            values = {"first": _called(start.text, language), "last": _called(goal.text, language)}
            marks = (one.story.id, other.story.id, start.mark, goal.mark)
            if other.said and not _in_title(other, title):
                text = phrase(language, "thesis_reach_told", **values, head=_quote(other))
                yield Offer(form=f"{kind} told", marks=marks, claim=_quoting([one, other], text))
            elif kind != "parties":
                text = phrase(language, "thesis_reach", **values)
                plain.append(Offer(form=kind, marks=marks, claim=framing([one.item, other.item], text)))
    yield from plain


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """A word of a story's headline: what it stands for in any language, and how an edition writes it."""

    mark: str
    text: str
    told: Telling


def _first_own(said: Sequence[tuple[Telling, list[tuple[str, str]]]], subject: str) -> list[_End]:
    """Give each story a word of its own, where it has one that the thread's subject does not say."""
    found: dict[str, _End] = {}
    for one, words in said:
        own = [(mark, text) for mark, text in words if mark not in found and not overlaps(text, subject)]
        if own:
            found[own[0][0]] = _End(mark=own[0][0], text=own[0][1], told=one)
    return list(found.values())


def _places(one: Telling, language: str) -> list[tuple[str, str]]:
    places = [name for name in known(_told_by(one).title) if name.kind == "place"]
    return [(name.canonical, _written(name, one, language)) for name in places]


def _parties(one: Telling, language: str) -> list[tuple[str, str]]:
    return [(name.canonical, _written(name, one, language)) for name in _acting(one)]


def _written(name: Name, one: Telling, language: str) -> str:
    """Return a name as an edition writes it; a Chinese one calls who is named in English as Chinese texts do."""
    foreign = language == "zh" and not is_chinese(_told_by(one).title)
    return in_chinese(name.canonical) if foreign else spelt(name, language)


def _topics(one: Telling, language: str) -> list[tuple[str, str]]:
    return [(term.chinese, word(term, language)) for term in _terms(one)]


def _terms(one: Telling) -> list[Term]:
    """Return what a paper is about, or what the English headline of a piece of news names."""
    if one.name:
        return facets(one)
    own = [*plain_headlines(one.story, "en", LONGEST_QUOTED["en"]), *own_headlines(one.story, "en")]
    return [term for item in own[:1] for term in terms_in(item.title)]


def _told_by(one: Telling) -> Item:
    return one.said or one.item


def _acting(one: Telling) -> list[Name]:
    """Return the firms that the headline of a story names."""
    return [name for name in known(_told_by(one).title) if name.kind in _FIRMS]


def _called(firm: str, language: str) -> str:
    return f"the {firm}" if language != "zh" and firm in WITH_ARTICLE else firm


def _firms(title: str, language: str) -> list[str]:
    """Return the firms that a headline names, as an edition in that language writes them."""
    return list(dict.fromkeys(spelt(name, language) for name in known(title) if name.kind in _FIRMS))
