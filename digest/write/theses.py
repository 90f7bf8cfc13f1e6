"""What the works of a thread show together, said from their results, their terms and their headlines.

Candidates come the most telling first; the first one that holds against its sources is printed.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from digest.domain.facts import Result
from digest.domain.issue import Citation, Claim
from digest.domain.item import Item
from digest.names import known
from digest.quantity import quantities
from digest.write.phrases import WITH_ARTICLE, joined, phrase
from digest.write.telling import Telling, facets, figure, measured
from digest.write.vocabulary import Term
from digest.write.voices import calmest

_PAIR, _FEW = 2, 3
_NAMED = 4
_HEADLINE = {"en": 80, "zh": 40}
_TITLE = {"en": 150, "zh": 75}
_QUOTES = frozenset('"“”「」『』‘')
_CURRENCIES = frozenset({"$", "€", "£", "¥", "HK$", "JPY"})
_COURSE = timedelta(hours=20)


def theses(told: Sequence[Telling], subject: str, language: str, *, affair: bool) -> Iterator[Claim]:
    """Yield what a thread's works show together: results, deployment, sides of one theme, the course of an affair."""
    papers = [one for one in told if one.name]
    yield from _results(papers, language)
    yield from _deployed(papers, subject, language)
    yield from _sides(papers, subject, language)
    yield from _sums(told, language)
    if affair:
        yield from _course(told, language)
    yield from _parties(told, subject, language)


def titles(told: Sequence[Telling], subject: str, language: str) -> Iterator[Claim]:
    """Yield titles as claims on a thread's items: what it is about, then the evidence; at last the subject alone."""
    papers = [one for one in told if one.name]
    yield from _tested(papers, subject, language)
    if len(papers) * 2 >= len(told):
        yield from _spanned(papers, subject, language)
    yield from _headed(calmest([one.story for one in told], language, _HEADLINE[language]), subject, language)
    if len(papers) >= _PAIR:
        heads = _names(papers[:_FEW], language)
        yield _framing(papers[:_FEW], phrase(language, "title_news", subject=_opening(subject), heads=heads))
    yield _framing(told, _opening(subject))


def brief(one: Telling, language: str) -> Claim | None:
    """Say in the edition's language what a paper of another language is about and measured; None where it can't be."""
    lead = one.story.lead.lead
    if not one.name or lead.language[:2] == language[:2]:
        return None
    about = [_word(term, language) for term in facets(one)[:_FEW]]
    results = [r for r in (measured(one, online=True), measured(one, online=False)) if r][:1]
    parts = [phrase(language, "brief_about", terms=joined(language, about))] if about else []
    for result in results:
        setting = "brief_online" if result.online else "brief_offline"
        parts.append(phrase(language, setting, figure=figure(result, language)))
    if not parts:
        return None
    text = phrase(language, "brief", who=one.name, parts=phrase(language, "semicolon").join(parts))
    cited = [Citation(item=lead.id, quote=lead.title), *(Citation(item=lead.id, quote=r.quote) for r in results)]
    return Claim(kind="quoted", text=text, citations=tuple(cited))


def live_results(papers: Sequence[Telling], language: str) -> Iterator[Claim]:
    """Yield who measured what on live traffic: the figures of four papers, of three, of two."""
    live = [(one, found) for one in papers if (found := measured(one, online=True))]
    for count in (_NAMED, _FEW, _PAIR):
        if len(live) >= count:
            yield _measured(live[:count], phrase(language, "thesis_live", figures=_figures(live[:count], language)))


def _results(papers: Sequence[Telling], language: str) -> Iterator[Claim]:
    """Say who measured what, on live traffic first."""
    yield from live_results(papers, language)
    live = [(one, found) for one in papers if (found := measured(one, online=True))]
    known = {one.name for one, _ in live}
    shelf = [(one, found) for one in papers if one.name not in known and (found := measured(one, online=False))]
    if live and shelf:
        parts = {"live": _figures(live[:_PAIR], language), "shelf": _figures(shelf[:1], language)}
        yield _measured([*live[:_PAIR], *shelf[:1]], phrase(language, "thesis_both", **parts))


def _figures(found: Sequence[tuple[Telling, Result]], language: str) -> str:
    parts = [
        phrase(language, "measured" if n == 0 else "measured_too", who=one.name, figure=figure(result, language))
        for n, (one, result) in enumerate(found)
    ]
    return _clauses(parts, language)


def _measured(found: Sequence[tuple[Telling, Result]], text: str) -> Claim:
    cited = tuple(Citation(item=one.story.lead.lead.id, quote=result.quote) for one, result in found)
    return Claim(kind="quoted", text=text, citations=cited)


def _deployed(papers: Sequence[Telling], subject: str, language: str) -> Iterator[Claim]:
    having = [one for one in papers if one.facts and one.facts.deployed][:_NAMED]
    if len(having) >= _PAIR:
        names = _names(having, language)
        yield _framing(having, phrase(language, "thesis_production", subject=subject, names=names))


def _sides(papers: Sequence[Telling], subject: str, language: str) -> Iterator[Claim]:
    """Say what each of a few papers does within the theme."""
    sides = _facets(papers, subject)
    for count in (_NAMED, _FEW, _PAIR):
        if len(sides) >= count:
            parts = [
                phrase(language, "side" if n == 0 else "side_too", who=one.name, term=_word(term, language))
                for n, (one, term) in enumerate(sides[:count])
            ]
            text = phrase(language, "thesis_sides", subject=subject, sides=_clauses(parts, language))
            yield _framing([one for one, _ in sides[:count]], text)


def _facets(papers: Sequence[Telling], subject: str) -> list[tuple[Telling, Term]]:
    """Give each paper a term of its own, where it has one."""
    found: list[tuple[Telling, Term]] = []
    for one in papers:
        taken = {term.chinese for _, term in found}
        own = [term for term in facets(one) if term.chinese not in taken and not _within(term, subject)]
        found += [(one, own[0])] if own else []
    return found


def _within(term: Term, subject: str) -> bool:
    return term.english.lower() in subject.lower() or term.chinese in subject


def _sums(told: Sequence[Telling], language: str) -> Iterator[Claim]:
    """List the sums of money that headlines name, each with its parties."""
    found = [said for one in told if not one.name and (said := _sum(one, language))]
    for count in (_NAMED, _FEW, _PAIR):
        if len(found) >= count:
            parts = [phrase(language, "sum", amount=amount, parties=parties) for _, amount, parties in found[:count]]
            cited = tuple(Citation(item=item.id, quote=item.title) for item, _, _ in found[:count])
            text = phrase(language, "thesis_sums", sums=joined(language, parts))
            yield Claim(kind="quoted", text=text, citations=cited)


def _sum(one: Telling, language: str) -> tuple[Item, str, str] | None:
    for item in (one.item, *calmest([one.story], language, 2 * _HEADLINE[language])):
        money = [q for q in quantities(item.title) if q.unit in _CURRENCIES and q.kind == "amount"]
        parties = list(dict.fromkeys(name.text for name in known(item.title) if name.kind == "company"))
        if item.language[:2] == language[:2] and len(money) == 1 and parties:
            bound = f"{money[0].qualifier_text} " if money[0].qualifier_text else ""
            amount = money[0].text if bound.strip() in money[0].text else f"{bound}{money[0].text}"
            return item, amount.strip(), joined(language, parties[:_PAIR])
    return None


def _parties(told: Sequence[Telling], subject: str, language: str) -> Iterator[Claim]:
    """Name whom the stories are about, besides what all are about."""
    news = [
        (one.item, [name for name in _firms(one.item.title, language) if name not in subject][:_PAIR])
        for one in told
        if not one.name
    ]
    names = list(dict.fromkeys(name for _, firms in news for name in firms))[:_NAMED]
    having = [item for item, firms in news if set(firms) & set(names)]
    if min(len(names), len(having)) >= _PAIR:
        called = names if language == "zh" else [f"the {name}" if name in WITH_ARTICLE else name for name in names]
        yield _framing_of(having, phrase(language, "thesis_parties", names=joined(language, called)))


def _firms(title: str, language: str) -> list[str]:
    """Return the firms that a headline names, as an edition in that language writes them."""
    firms = [name for name in known(title) if name.kind in {"company", "institution"}]
    return list(
        dict.fromkeys(name.text if language == "zh" or name.text.isascii() else name.canonical for name in firms)
    )


def _course(told: Sequence[Telling], language: str) -> Iterator[Claim]:
    """Say how an affair went on: from its first headline to its last one, a day apart at least."""
    news = calmest([one.story for one in told], language, 2 * _HEADLINE[language])
    moments = sorted((item for item in news if not _QUOTES & set(item.title)), key=lambda item: (item.when, item.id))
    if len(moments) >= _PAIR and moments[-1].when - moments[0].when >= _COURSE:
        first, last = _head(moments[0]), _head(moments[-1])
        cited = (Citation(item=moments[0].id, quote=first), Citation(item=moments[-1].id, quote=last))
        yield Claim(kind="quoted", text=phrase(language, "thesis_course", first=first, last=last), citations=cited)


def _tested(papers: Sequence[Telling], subject: str, language: str) -> Iterator[Claim]:
    online = [one for one in papers if one.facts and any(result.online for result in one.facts.results)]
    deployed = [one for one in papers if one.facts and one.facts.deployed]
    for name, having in (("title_live", online), ("title_production", deployed)):
        few = having[:_FEW]
        if len(few) >= _PAIR:
            text = phrase(language, name, subject=_opening(subject), names=_names(few, language))
            yield _framing(few, text)


def _spanned(papers: Sequence[Telling], subject: str, language: str) -> Iterator[Claim]:
    sides = _facets(papers, subject)[:_FEW]
    if len(sides) >= _PAIR:
        few = [one for one, _ in sides]
        ends = {"first": _word(sides[0][1], language), "last": _word(sides[-1][1], language)}
        names = _names(few, language)
        yield _framing(few, phrase(language, "title_sides", subject=_opening(subject), names=names, **ends))


def _headed(news: Sequence[Item], subject: str, language: str) -> Iterator[Claim]:
    for count in (_PAIR, 1):
        heads = phrase(language, "semicolon").join(map(_head, news[:count]))
        text = phrase(language, "title_news", subject=_opening(subject), heads=heads)
        if len(news) >= count and (count == 1 or len(text) <= _TITLE[language]):
            cited = tuple(Citation(item=item.id, quote=_head(item)) for item in news[:count])
            yield Claim(kind="quoted", text=text, citations=cited)


def _head(item: Item) -> str:
    return item.title.strip().rstrip(".。")


def _clauses(parts: list[str], language: str) -> str:
    return "，".join(parts) if language == "zh" else joined(language, parts)


def _names(papers: Sequence[Telling], language: str) -> str:
    return joined(language, list(dict.fromkeys(one.name for one in papers)))


def _framing(told: Sequence[Telling], text: str) -> Claim:
    return _framing_of([one.item for one in told], text)


def _framing_of(items: Sequence[Item], text: str) -> Claim:
    return Claim(kind="framing", text=text, citations=tuple(Citation(item=item.id) for item in items))


def _opening(subject: str) -> str:
    return subject[:1].upper() + subject[1:]


def _word(term: Term, language: str) -> str:
    return term.chinese if language == "zh" else term.english
