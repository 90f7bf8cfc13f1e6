"""What the stories of a piece of news show together: sums, moves, the course of an affair, who is at its centre."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from digest.domain.issue import Citation, Claim
from digest.domain.item import Item
from digest.names import known
from digest.quantity import Quantity, quantities
from digest.write.naming import spelt
from digest.write.phrases import WITH_ARTICLE, joined, phrase
from digest.write.telling import Telling, facets
from digest.write.vocabulary import Term, terms_in, word
from digest.write.voices import headlines, loudness, own_headlines, plain_headlines

_PAIR, _FEW, _NAMED = 2, 3, 4
_LONGEST = {"en": 160, "zh": 80}
_QUOTES = frozenset('"“”「」『』‘')
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


def news_theses(told: Sequence[Telling], subject: str, language: str, title: str, *, affair: bool) -> Iterator[Claim]:
    """Yield what stories of the news show together, the most telling first; what the title says is not said again."""
    news = [one for one in told if not one.name]
    yield from _listed([_sum(one, language) for one in news], "thesis_sums", language)
    yield from _listed([_move(one, language) for one in news], "thesis_moves", language)
    yield from _listed([_release(one, subject, language) for one in news], "thesis_releases", language)
    if affair:
        yield from _course(news, language, title, "thesis_course")
    else:
        yield from _centre(news, subject, language, title)
    yield from _further(news, language, title)
    yield from _reach(told, subject, language)
    yield from _parties(news, subject, language)


_Found = tuple[Item, str] | None


def _listed(found: Sequence[_Found], name: str, language: str) -> Iterator[Claim]:
    """List what headlines say alike, four of them at most, each citing its headline."""
    said = [one for one in found if one]
    for count in (_NAMED, _FEW, _PAIR):
        if len(said) >= count:
            cited = tuple(Citation(item=item.id, quote=item.title) for item, _ in said[:count])
            text = phrase(language, name, listed=joined(language, [text for _, text in said[:count]]))
            yield Claim(kind="quoted", text=text, citations=cited)


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
    return item, phrase(language, "sum", amount=amount.strip(), parties=parties)


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
            return item, phrase(language, name, who=who, start=start, goal=goal)
    return None


def _release(one: Telling, subject: str, language: str) -> _Found:
    """Return what a headline says came out, with the firm that it names, where the thread is not about that firm."""
    for item in own_headlines(one.story, language):
        match = next((m for pattern in _RELEASED[language == "zh"] if (m := pattern.search(item.title))), None)
        if match and not loudness(item.title):
            what = match["what"].strip(" ，、,")
            firms = [firm for firm in _firms(item.title, language)[:1] if firm not in subject and firm not in what]
            return item, phrase(language, "sum", amount=what, parties=firms[0]) if firms else what
    return None


def _stations(verb: str, where: str, language: str) -> tuple[str, str]:
    """Return the firm that somebody leaves and the one where somebody goes, "" where it is not said."""
    if _ARRIVES.search(verb):
        return "", next(iter(_firms(where, language)), "")
    turn = _TOWARDS.search(where)
    left, right = (where[: turn.start()], where[turn.end() :]) if turn else (where, "")
    return next(iter(_firms(left, language)), ""), next(iter(_firms(right, language)), "")


def _course(
    news: Sequence[Telling], language: str, title: str, name: str, besides: Sequence[Telling] = (), **values: str
) -> Iterator[Claim]:
    """Say how an affair went on: from its first headline to its last one, a day apart at least.

    One of the two may stand in the title, not both.
    """
    fit = [_sayable(one, language, title) for one in news]
    moments = sorted((item for item in fit if item), key=lambda item: (item.when, item.id))
    if len(moments) < _PAIR or moments[-1].when - moments[0].when < _COURSE:
        return
    first, last = head(moments[0]), head(moments[-1])
    if first in title and last in title:
        return
    cited = (Citation(item=moments[0].id, quote=first), Citation(item=moments[-1].id, quote=last))
    more = tuple(Citation(item=one.item.id, quote=one.item.title) for one in besides)
    text = phrase(language, name, first=first, last=last, **values)
    yield Claim(kind="quoted", text=text, citations=(*cited, *more))


def _sayable(one: Telling, language: str, title: str) -> Item | None:
    """Return a plain headline of a story that holds no quotation, one that the title does not say before others."""
    fit = [item for item in plain_headlines(one.story, language, _LONGEST[language]) if not _QUOTES & set(item.title)]
    return min(fit, key=lambda item: head(item) in title, default=None)


def head(item: Item) -> str:
    """Return a headline without its full stop."""
    return item.title.strip().rstrip(".。")


def framing(items: Sequence[Item], text: str) -> Claim:
    """Make a sentence about several items that quotes none of them."""
    return Claim(kind="framing", text=text, citations=tuple(Citation(item=item.id) for item in items))


def _centre(news: Sequence[Telling], subject: str, language: str, title: str) -> Iterator[Claim]:
    """Say which firm most of the stories turn on, how its affair went on, and who stands beside it."""
    firms = [(one, [firm for firm in _firms(one.item.title, language) if firm not in subject]) for one in news]
    count = Counter(firm for _, named in firms for firm in named)
    centre = next(iter(sorted(count, key=lambda firm: (-count[firm], list(count).index(firm)))), "")
    inside = [one for one, named in firms if centre in named]
    outside = [(one, named[0]) for one, named in firms if named and centre not in named]
    others = list(dict.fromkeys(firm for _, firm in outside))[:_FEW]
    beside = [one for one, firm in outside if firm in others]
    if len(inside) < _PAIR:
        return
    values = {"firm": _called(centre, language), "others": joined(language, [_called(o, language) for o in others])}
    suffix = "_beside" if others else ""
    yield from _course(inside, language, title, f"thesis_centre_course{suffix}", beside, **values)
    if others:
        yield framing([one.item for one in (*inside, *beside)], phrase(language, "thesis_centre_beside", **values))


def _further(news: Sequence[Telling], language: str, title: str) -> Iterator[Claim]:
    """Name two pieces of news that stand beside those of the title."""
    others = [one for one in news if not any(head(item) in title for item in headlines(one.story))]
    found = [item for one in others if (item := _sayable(one, language, title))][:_PAIR]
    if len(found) == _PAIR and len(others) < len(news):
        cited = tuple(Citation(item=item.id, quote=head(item)) for item in found)
        text = phrase(language, "thesis_further", first=head(found[0]), last=head(found[1]))
        yield Claim(kind="quoted", text=text, citations=cited)


def _reach(told: Sequence[Telling], subject: str, language: str) -> Iterator[Claim]:
    """Say from where to where a theme reaches: the countries of its headlines, else what they are about."""
    places = _first_own([(one, _places(one.item.title, language)) for one in told], subject)
    topics = _first_own([(one, [word(term, language) for term in _topics(one)]) for one in told], subject)
    for found in (places, topics):
        if len(found) >= _PAIR:
            (first, one), (last, other) = found[0], found[-1]
            ends = {"first": _called(first, language), "last": _called(last, language)}
            yield framing([one.item, other.item], phrase(language, "thesis_reach", **ends))


def _first_own(said: Sequence[tuple[Telling, list[str]]], subject: str) -> list[tuple[str, Telling]]:
    """Give each story a word of its own, where it has one that the thread's subject does not say."""
    found: dict[str, Telling] = {}
    for one, words in said:
        own = [text for text in words if text not in found and text.lower() not in subject.lower()]
        if own:
            found[own[0]] = one
    return list(found.items())


def _places(title: str, language: str) -> list[str]:
    return [spelt(name, language) for name in known(title) if name.kind == "place"]


def _topics(one: Telling) -> list[Term]:
    if one.name:
        return facets(one)
    return [term for item in own_headlines(one.story, "en") for term in terms_in(item.title)]


def _parties(news: Sequence[Telling], subject: str, language: str) -> Iterator[Claim]:
    """Name whom the stories are about, besides what all are about."""
    firms = [
        (one.item, [name for name in _firms(one.item.title, language) if name not in subject][:_PAIR]) for one in news
    ]
    names = list(dict.fromkeys(name for _, named in firms for name in named))[:_NAMED]
    having = [item for item, named in firms if set(named) & set(names)]
    if min(len(names), len(having)) >= _PAIR:
        called = [_called(name, language) for name in names]
        yield framing(having, phrase(language, "thesis_parties", names=joined(language, called)))


def _called(firm: str, language: str) -> str:
    return f"the {firm}" if language != "zh" and firm in WITH_ARTICLE else firm


def _firms(title: str, language: str) -> list[str]:
    """Return the firms that a headline names, as an edition in that language writes them."""
    return list(dict.fromkeys(spelt(name, language) for name in known(title) if name.kind in _FIRMS))
