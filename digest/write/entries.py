"""One story of an issue as an entry: its best sentences with their spans, its facts, its other voices."""

import re

from digest.domain.facts import Facts
from digest.domain.issue import Citation, Claim, Entry
from digest.domain.item import Item
from digest.domain.thread import Story
from digest.write.extract import best, usable
from digest.write.naming import reported
from digest.write.plan import Material
from digest.write.telling import telling
from digest.write.theses import brief
from digest.write.voices import is_tweet, plain, voice

_MOST_SENTENCES = 3
_SENTENCES = 2
_TWEET_LENGTH = 400
_VERSION = re.compile(r"v?\d+(?:\.\d+)+\S*")


def entry(story: Story, material: Material, language: str) -> Entry:
    """Build the entry of a story from the voice that speaks in an edition; its other items are in `also_seen`."""
    work, item = story.lead, voice(story, language)
    facts = material.facts.get(work.lead.id)
    score = material.scores[work.id]
    return Entry(
        id=item.id,
        kind="tweet" if is_tweet(item) else item.kind,
        title=_title(item, material),
        url=item.url,
        source=item.source,
        source_title=material.source_titles.get(item.source, item.source),
        published=item.when,
        language=item.language,
        authors=item.authors,
        stars=score.stars,
        value=round(score.value, 3),
        reason=score.reason,
        summary=summary(story, facts, language),
        facts=facts,
        also_seen=_others(story, item),
        signals=dict(item.signals),
        flags=item.flags,
    )


def _title(item: Item, material: Material) -> str:
    """Return an item's title; a bare version number says nothing without its source's name."""
    title = plain(item.title)
    source = material.source_titles.get(item.source, "")
    return f"{source}: {title}" if source and _VERSION.fullmatch(title) else title


def summary(story: Story, facts: Facts | None, language: str) -> tuple[Claim, ...]:
    """Quote the one sentence that says most, then the sentences of online results and of deployment, three in all.

    A paper of another language is first told in a line of the edition's own.
    """
    item = voice(story, language)
    told = brief(telling(story, {story.lead.lead.id: facts} if facts else {}, language), language)
    quotes = list(dict.fromkeys([*_lead_sentences(item), *_telling(facts)]))
    claims = [*([told] if told else []), *(quoted(item, quote) for quote in quotes)]
    return tuple(claims[:_MOST_SENTENCES])


def quoted(item: Item, quote: str, lead: str = "") -> Claim:
    """Make a claim of a sentence of an item: verbatim in the citation, in the third person in the text."""
    text = reported(quote) if lead else quote
    return Claim(kind="quoted", text=f"{lead}{text}", citations=(Citation(item=item.id, quote=quote),))


def strongest(story: Story, facts: Facts | None, language: str) -> Claim:
    """Return a story's strongest sentence, with what it is called before it: results first, then what it is about."""
    one = telling(story, {story.lead.lead.id: facts} if facts else {}, language)
    told = brief(one, language)
    if told:
        return told
    item = one.item
    sentences = [*_telling(facts), *_lead_sentences(item)] or [item.title]
    colon = "：" if language == "zh" else ": "
    return quoted(item, sentences[0], f"{one.name}{colon}" if one.name and sentences[0] != item.title else "")


def _telling(facts: Facts | None) -> list[str]:
    if facts is None:
        return []
    online = [result.quote for result in facts.results if result.online]
    return [quote for quote in dict.fromkeys([*online, facts.deployed_quote]) if quote and usable(quote)]


def _lead_sentences(item: Item) -> list[str]:
    if is_tweet(item) and 0 < len(item.text) <= _TWEET_LENGTH:
        return [item.text]
    if item.kind == "repository":
        return [item.text] if item.text else []
    found = [span.text for span in best(item.title, item.text, _SENTENCES)]
    return [item.title if sentence.startswith(item.title) else sentence for sentence in found]


def _others(story: Story, lead: Item) -> tuple[str, ...]:
    urls = [item.url for work in story.works for item in work.items if item.id != lead.id]
    return tuple(url for url in dict.fromkeys(urls) if url != lead.url)
