"""The site round the issues: front page, archives, tags, feeds, essays, and the page for what is not there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from digest.domain.issue import Correction
from digest.domain.item import Language
from digest.render.environment import environment
from digest.render.essays import Essay, essay_html
from digest.render.links import safe_url
from digest.render.readable import readable
from digest.render.tags import slugs, tag_address
from digest.render.view import shown
from digest.render.wording import by_kind, category, count, day, html_language, period, phrase

PER_PAGE = 40
SITE_NAME = "Frontier Digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where the issues appear.

    `url` is the public address, used in mails and feeds only; pages link relatively. `publications` maps a slug
    to its title in each language, in the order of the front page. `theme` is a folder whose templates and theme.css
    take precedence, or "". `name` stands at the head of each page. `subscribe` is the address of the sign-up page, ""
    where there is none; `ledger` says that results/index.html exists; `postal_address` stands at the foot of mails.
    `unpublished` are the editions (publication/period/language) that exist and are not to be linked to.
    """

    url: str
    publications: Mapping[str, Mapping[Language, str]]
    theme: str = ""
    name: str = SITE_NAME
    subscribe: str = ""
    ledger: bool = False
    postal_address: str = ""
    unpublished: frozenset[str] = frozenset()

    def address(self, path: str = "") -> str:
        """Return the absolute address of a path below the site."""
        return f"{self.url.rstrip('/')}/{quote(path)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An edition as lists show it. `words` counts words, in Chinese characters; `counts` are those of the issue.

    `corrections` are its own, the oldest first.
    """

    publication: str
    title: str
    headline: str
    period: str
    language: Language
    date: datetime
    summary: str
    tags: tuple[str, ...] = ()
    category: str = ""
    reading_minutes: int = 1
    words: int = 0
    sample: bool = False
    counts: Mapping[str, object] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()

    @property
    def path(self) -> str:
        """The edition's folder below the site, without a slash at the end."""
        return f"{self.publication}/{self.period}/{self.language}"


def publication_title(site: Site, publication: str, language: Language) -> str:
    """Return a publication's title in a language, else in the first it has, else ""."""
    titles = site.publications.get(publication, {})
    return titles.get(language) or next(iter(titles.values()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A card, worded, with links relative to the page that lists it."""

    href: str
    publication: str
    archive: str
    period: str
    headline: str
    lang: str
    day: str
    summary: str
    counts: str
    length: str
    category: str
    tags: tuple[tuple[str, str], ...]
    sample: bool
    language: Language
    others: tuple[tuple[str, str, str], ...]


def pages(issues: Sequence[Card], site: Site, essays: Sequence[Essay] = ()) -> dict[str, bytes]:
    """Return the site's pages by path: all but the issues themselves.

    `issues` are taken newest first whatever their order; front page, archives and tags hold 40 numbers a page, the
    feeds the newest 40. An archive exists for each publication and language of the site, also before its first issue.
    """
    cards = newest_first(issues)
    made: dict[str, str] = {}
    made |= _lists(site, "", "en", site.name, cards, {"front": True, "essays": _essay_links(essays)})
    for publication, language in _archives(site, cards):
        own = [card for card in cards if (card.publication, card.language) == (publication, language)]
        made |= _archive(site, publication, language, own)
    made |= _tags(site, cards)
    made |= {f"essays/{essay.slug}/index.html": _essay(site, essay) for essay in essays}
    made["404.html"] = _render(
        site, "missing.html", language="en", root=site.address(), title=phrase("en", "not_found")
    )
    return {path: text.encode("utf-8", "replace") for path, text in sorted(made.items())}


def newest_first(cards: Iterable[Card]) -> list[Card]:
    """Order cards by date, newest first; the same day by publication, period and language."""
    ordered = sorted(cards, key=lambda card: (card.publication, card.period, card.language))
    return sorted(ordered, key=lambda card: card.date, reverse=True)


def _archives(site: Site, cards: Sequence[Card]) -> list[tuple[str, Language]]:
    known = {(slug, language): None for slug, titles in site.publications.items() for language in titles}
    return list(known | {(card.publication, card.language): None for card in cards})


def _archive(site: Site, publication: str, language: Language, cards: Sequence[Card]) -> dict[str, str]:
    folder = f"{publication}/{language}/"
    title = publication_title(site, publication, language) or (cards[0].title if cards else publication)
    made = _lists(site, folder, language, readable(title, 120), cards, {"feed": "feed.xml"})
    made[f"{folder}feed.xml"] = _feed(site, folder, language, title, cards[:PER_PAGE])
    return made


def _feed(site: Site, folder: str, language: Language, title: str, cards: Sequence[Card]) -> str:
    entries = [
        {
            "title": readable(card.headline, 300),
            "summary": " ".join([*_corrected(card), readable(card.summary, 2000)]),
            "link": site.address(f"{card.path}/"),
            "updated": max([card.date, *(each.date for each in card.corrections)]).isoformat(),
            "categories": [readable(tag, 60) for tag in card.tags],
        }
        for card in cards
    ]
    return _render(
        site,
        "feed.xml",
        language=html_language(language),
        title=readable(title, 120),
        entries=entries,
        itself=site.address(f"{folder}feed.xml"),
        home=site.address(folder),
        updated=max((str(entry["updated"]) for entry in entries), default="1970-01-01T00:00:00+00:00"),
    )


def _corrected(card: Card) -> list[str]:
    """Say the corrections of an issue, so that those who read it in a feed see them too."""
    return [
        phrase(card.language, "correction", day=day(card.language, each.date), note=readable(each.note))
        for each in card.corrections
    ]


def _tags(site: Site, cards: Sequence[Card]) -> dict[str, str]:
    named = slugs(tag for card in cards for tag in card.tags)
    tagged: dict[str, list[Card]] = {slug: [] for slug in named}
    for card in cards:
        for slug in slugs(card.tags):
            tagged[slug].append(card)
    made: dict[str, str] = {}
    for slug, tag in named.items():
        made |= _lists(site, f"tags/{slug}/", "en", f"#{readable(tag, 60)}", tagged[slug], {})
    rows = [(readable(tag, 60), f"{quote(slug)}/index.html") for slug, tag in sorted(named.items())]
    made["tags/index.html"] = _render(
        site, "tags.html", language="en", root="../", title=phrase("en", "tags"), tags=rows
    )
    return made


def _essay(site: Site, essay: Essay) -> str:
    return _render(
        site,
        "essay.html",
        language=essay.language,
        root="../../",
        title=readable(essay.title, 200),
        essay=essay,
        body=essay_html(essay),
    )


def _essay_links(essays: Sequence[Essay]) -> list[dict[str, str]]:
    return [
        {
            "href": f"essays/{quote(essay.slug)}/index.html",
            "title": readable(essay.title, 200),
            "summary": readable(essay.summary, 300),
            "lang": html_language(essay.language),
            "length": _length(essay.language, essay.reading_minutes, essay.words),
        }
        for essay in essays
    ]


def _lists(
    site: Site, folder: str, language: Language, title: str, cards: Sequence[Card], more: Mapping[str, object]
) -> dict[str, str]:
    numbers = _numbers(site, cards)
    chunks = [numbers[start : start + PER_PAGE] for start in range(0, len(numbers), PER_PAGE)] or [[]]
    made: dict[str, str] = {}
    for number, chunk in enumerate(chunks, 1):
        path = folder if number == 1 else f"{folder}page/{number}/"
        root = "../" * path.count("/")
        made[f"{path}index.html"] = _render(
            site,
            "list.html",
            language=language,
            root=root,
            title=title,
            rows=[_row(site, root, *editions) for editions in chunk],
            number=number,
            total=len(chunks),
            newer=_page_link(root, folder, number - 1),
            older=_page_link(root, folder, number + 1) if number < len(chunks) else "",
            publications=_menu(site, root),
            subscribe=safe_url(site.subscribe),
            ledger=f"{root}results/index.html" if site.ledger else "",
            **({"front": False, "essays": [], "feed": ""} | dict(more)),
        )
    return made


def _page_link(root: str, folder: str, number: int) -> str:
    if number < 1:
        return ""
    return f"{root}{folder}index.html" if number == 1 else f"{root}{folder}page/{number}/index.html"


def _menu(site: Site, root: str) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    return [
        (
            readable(next(iter(titles.values())), 120),
            slug,
            [
                (language, readable(title, 120), f"{root}{quote(f'{slug}/{language}')}/index.html")
                for language, title in titles.items()
            ],
        )
        for slug, titles in site.publications.items()
    ]


def _numbers(site: Site, cards: Sequence[Card]) -> list[list[Card]]:
    """Put the editions of one number together, the languages in the site's order, where the first of them stood."""
    numbers: dict[tuple[str, str], list[Card]] = {}
    for card in cards:
        numbers.setdefault((card.publication, card.period), []).append(card)
    return [sorted(editions, key=lambda card: _place(site, card)) for editions in numbers.values()]


def _place(site: Site, card: Card) -> tuple[int, str]:
    languages = list(site.publications.get(card.publication, {}))
    return (languages.index(card.language) if card.language in languages else len(languages), card.language)


def _row(site: Site, root: str, card: Card, *others: Card) -> Row:
    headline, lang = shown(card.language, card.headline or card.title)
    title = publication_title(site, card.publication, card.language) or card.title
    return Row(
        href=f"{root}{quote(card.path)}/index.html",
        publication=readable(title, 120),
        archive=f"{root}{quote(f'{card.publication}/{card.language}')}/index.html",
        period=period(card.language, card.period),
        headline=headline,
        lang=lang or html_language(card.language),
        day=day(card.language, card.date),
        summary=readable(card.summary, 420),
        counts=_counts(card),
        length=_length(card.language, card.reading_minutes, card.words),
        category=readable(category(card.language, card.category), 60),
        tags=tuple((readable(tag, 60), root + tag_address(tag)) for tag in card.tags),
        sample=card.sample,
        language=card.language,
        others=tuple(
            (html_language(other.language), f"{root}{quote(other.path)}/index.html", shown("", other.headline)[0])
            for other in others
        ),
    )


def _counts(card: Card) -> str:
    words = by_kind(card.language, card.counts)
    listed = phrase(card.language, "enumeration").join(words)
    return phrase(card.language, "counts_read", counts=listed) if words else ""


def _length(language: Language, minutes: int, words: int) -> str:
    spoken = count(language, "minute", minutes)
    return phrase(language, "minutes_words", minutes=spoken, words=count(language, "word", words)) if words else spoken


def _render(site: Site, name: str, **values: object) -> str:
    return environment(site.theme).get_template(name).render(site_name=site.name, **values)
