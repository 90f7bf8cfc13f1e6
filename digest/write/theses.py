"""What the works of a thread show together, said from their results, their terms and their headlines.

Offers come the most telling first; the first one that holds against its sources is printed.
"""

from collections.abc import Iterator, Sequence

from digest.domain.facts import Result
from digest.domain.issue import Citation, Claim
from digest.write.naming import gist
from digest.write.news import framing, head, news_theses
from digest.write.phrases import joined, phrase
from digest.write.subjects import overlaps
from digest.write.telling import Offer, Telling, facets, figure, measured
from digest.write.vocabulary import Term, is_section, word

_PAIR, _FEW = 2, 3
_NAMED = 4
_TITLE = {"en": 160, "zh": 80}


def theses(told: Sequence[Telling], subject: str, language: str, title: str, *, affair: bool) -> Iterator[Offer]:
    """Yield what a thread's works show together: results, deployment, sides of one theme, then what is news in it."""
    papers = [one for one in told if one.name]
    yield from _results(papers, subject, language)
    yield from _deployed(papers, subject, language)
    yield from _sides(papers, subject, language)
    yield from _offline(papers, subject, language)
    yield from _gists(papers, subject, language)
    yield from news_theses(told, subject, language, title, affair=affair)


def titles(told: Sequence[Telling], subject: str, language: str, heads: int) -> Iterator[Offer]:
    """Yield titles as claims on a thread's items: what it is about, then the evidence; at last the subject alone.

    News is titled by `heads` headlines at most.
    """
    papers = [one for one in told if one.name]
    yield from _tested(papers, subject, language)
    if len(papers) * 2 >= len(told):
        yield from _spanned(papers, subject, language)
    news = sorted((one for one in told if one.head and one.item.kind != "paper"), key=lambda one: not one.own)
    yield from _headed(news[:heads], subject, language)
    if len(papers) >= _PAIR:
        names = _names(papers[:_FEW], language)
        text = phrase(language, "title_news", subject=_opening(subject), heads=names)
        yield _offer("named", papers[:_FEW], _together(papers[:_FEW], text))
    for one in [one for one in told if one.item.kind == "paper"][:1]:
        text = phrase(language, "title_news", subject=_opening(subject), heads=head(one.item))
        cited = (Citation(item=one.item.id, quote=head(one.item)),)
        yield _offer("paper", [one], Claim(kind="quoted", text=text, citations=cited))
    yield _offer("subject", told, _together(told, _opening(subject)))


def _offer(form: str, told: Sequence[Telling], claim: Claim, *marks: str) -> Offer:
    return Offer(form=form, marks=(*(one.story.id for one in told), *marks), claim=claim)


def brief(one: Telling, language: str) -> Claim | None:
    """Say in the edition's language what a paper of another language is about and measured; None where it can't be."""
    lead = one.story.lead.lead
    if not one.name or lead.language[:2] == language[:2]:
        return None
    about = [word(term, language) for term in facets(one)[:_FEW]]
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


def live_results(papers: Sequence[Telling], language: str, subject: str = "") -> Iterator[Offer]:
    """Yield who measured what on live traffic, and for what: the figures of four papers, of three, of two."""
    live = [(one, found) for one in papers if (found := measured(one, online=True))]
    for count in (_NAMED, _FEW, _PAIR):
        for explained in (True, False) if len(live) >= count else ():
            figures = _figures(live[:count], language, subject, explained=explained)
            text = phrase(language, "thesis_live", figures=figures)
            yield _measured(f"live {explained}", live[:count], text)


def _results(papers: Sequence[Telling], subject: str, language: str) -> Iterator[Offer]:
    """Say who measured what, on live traffic first."""
    yield from live_results(papers, language, subject)
    live = [(one, found) for one in papers if (found := measured(one, online=True))]
    known = {one.name for one, _ in live}
    shelf = [(one, found) for one in papers if one.name not in known and (found := measured(one, online=False))]
    for explained in (True, False) if live and shelf else ():
        parts = {
            "live": _figures(live[:_PAIR], language, subject, explained=explained),
            "shelf": _figures(shelf[:1], language, subject, explained=explained),
        }
        yield _measured(f"both {explained}", [*live[:_PAIR], *shelf[:1]], phrase(language, "thesis_both", **parts))


def _offline(papers: Sequence[Telling], subject: str, language: str) -> Iterator[Offer]:
    """Say who measured what, where that is all there is to say."""
    shelf = [(one, found) for one in papers if (found := measured(one, online=False))]
    for count in (_FEW, _PAIR):
        for explained in (True, False) if len(shelf) >= count else ():
            figures = _figures(shelf[:count], language, subject, explained=explained)
            text = phrase(language, "thesis_measured", figures=figures)
            yield _measured(f"offline {explained}", shelf[:count], text)


def _gists(papers: Sequence[Telling], subject: str, language: str) -> Iterator[Offer]:
    """Say in the words of its own title what each of a few papers brings."""
    found = [(one, said) for one in papers if (said := gist(one.item.title)) and not overlaps(said, subject)]
    for count in (_FEW, _PAIR):
        if len(found) >= count:
            parts = [
                phrase(language, "gist" if n == 0 else "gist_too", who=one.name, gist=said)
                for n, (one, said) in enumerate(found[:count])
            ]
            text = phrase(language, "thesis_sides", subject=subject, sides=_clauses(parts, language))
            few = [one for one, _ in found[:count]]
            cited = tuple(Citation(item=one.item.id, quote=one.item.title) for one in few)
            yield _offer("gists", few, Claim(kind="quoted", text=text, citations=cited))


def _figures(found: Sequence[tuple[Telling, Result]], language: str, subject: str, *, explained: bool) -> str:
    said = []
    for n, (one, result) in enumerate(found):
        name = "measured" if n == 0 else "measured_too"
        text = phrase(language, name, who=one.name, figure=figure(result, language))
        own = [term for term in facets(one) if not _within(term, subject)]
        if explained and own:
            text = phrase(language, "measured_for", measured=text, term=word(own[0], language))
        said.append(text)
    return _clauses(said, language)


def _measured(form: str, found: Sequence[tuple[Telling, Result]], text: str) -> Offer:
    cited = tuple(Citation(item=one.story.lead.lead.id, quote=result.quote) for one, result in found)
    return _offer(form, [one for one, _ in found], Claim(kind="quoted", text=text, citations=cited))


def _deployed(papers: Sequence[Telling], subject: str, language: str) -> Iterator[Offer]:
    having = [one for one in papers if one.facts and one.facts.deployed][:_NAMED]
    if len(having) >= _PAIR:
        names = _names(having, language)
        text = phrase(language, "thesis_production", subject=subject, names=names)
        yield _offer("production", having, _together(having, text))


def _sides(papers: Sequence[Telling], subject: str, language: str) -> Iterator[Offer]:
    """Say what each of a few papers does within the theme."""
    sides = _facets(papers, subject)
    for count in (_NAMED, _FEW, _PAIR):
        if len(sides) >= count:
            parts = [
                phrase(language, "side" if n == 0 else "side_too", who=one.name, term=word(term, language))
                for n, (one, term) in enumerate(sides[:count])
            ]
            text = phrase(language, "thesis_sides", subject=subject, sides=_clauses(parts, language))
            few = [one for one, _ in sides[:count]]
            yield _offer("sides", few, _together(few, text), *(term.chinese for _, term in sides[:count]))


def _facets(papers: Sequence[Telling], subject: str) -> list[tuple[Telling, Term]]:
    """Give each paper a term of its own, where it has one."""
    found: list[tuple[Telling, Term]] = []
    for one in papers:
        taken = {term.chinese for _, term in found}
        own = [term for term in facets(one) if term.chinese not in taken and not _within(term, subject)]
        found += [(one, own[0])] if own else []
    return found


def _within(term: Term, subject: str) -> bool:
    return overlaps(term.english, subject) or overlaps(term.chinese, subject)


def _tested(papers: Sequence[Telling], subject: str, language: str) -> Iterator[Offer]:
    online = [one for one in papers if one.facts and any(result.online for result in one.facts.results)]
    deployed = [one for one in papers if one.facts and one.facts.deployed]
    for name, having in (("title_live", online), ("title_production", deployed)):
        few = having[:_FEW]
        if len(few) >= _PAIR:
            text = phrase(language, name, subject=_opening(subject), names=_names(few, language))
            yield _offer(name, few, _together(few, text))


def _spanned(papers: Sequence[Telling], subject: str, language: str) -> Iterator[Offer]:
    sides = _facets(papers, subject)[:_FEW]
    if len(sides) >= _PAIR:
        few = [one for one, _ in sides]
        ends = {"first": word(sides[0][1], language), "last": word(sides[-1][1], language)}
        names = _names(few, language)
        text = phrase(language, "title_sides", subject=_opening(subject), names=names, **ends)
        yield _offer("spanned", few, _together(few, text), *(term.chinese for _, term in sides))


def _headed(news: Sequence[Telling], subject: str, language: str) -> Iterator[Offer]:
    """Put plain headlines after the subject; alone where they say it themselves."""
    for count in (_PAIR, 1):
        items = [one.head for one in news[:count] if one.head]
        heads = phrase(language, "semicolon").join(map(head, items))
        said = subject.lower() in heads.lower() and not is_section(subject)
        text = heads if said else phrase(language, "title_news", subject=_opening(subject), heads=heads)
        if len(news) >= count and (count == 1 or len(text) <= _TITLE[language]):
            cited = tuple(Citation(item=item.id, quote=head(item)) for item in items)
            yield _offer("headed", news[:count], Claim(kind="quoted", text=text, citations=cited))


def _clauses(parts: list[str], language: str) -> str:
    return "，".join(parts) if language == "zh" else joined(language, parts)


def _names(papers: Sequence[Telling], language: str) -> str:
    return joined(language, list(dict.fromkeys(one.name for one in papers)))


def _together(told: Sequence[Telling], text: str) -> Claim:
    return framing([one.item for one in told], text)


def _opening(subject: str) -> str:
    return subject[:1].upper() + subject[1:]
