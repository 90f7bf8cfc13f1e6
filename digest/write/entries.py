"""One story of an issue as an entry: its best sentences with their spans, its facts, its other voices."""

import re

from digest.domain.facts import Facts
from digest.domain.issue import Citation, Claim, Entry, Voice
from digest.domain.item import Item
from digest.domain.thread import Story
from digest.text import is_chinese, one_line, untexed
from digest.write.extract import best, linked, tells, unlinked, usable
from digest.write.naming import reported, short_title
from digest.write.plan import Material
from digest.write.telling import proposing, telling
from digest.write.theses import brief
from digest.write.voices import is_tweet, plain, titled, voice

_MOST_SENTENCES = 3
_SENTENCES = 2
_TWEET_LENGTH = 400
_ENDED = re.compile(r"[.!?。！？…][\"'”’」』)）]*$")
_HAN = re.compile("[\u3400-\u9fff]")
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
    title = titled(item)
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


def quoted(item: Item, quote: str) -> Claim:
    """Make a claim of a sentence of an item: verbatim in the citation, in the text without marks of TeX and links."""
    return _cited(item, quote, untexed(unlinked(quote)))


def strongest(story: Story, facts: Facts | None, language: str) -> Claim:
    """Return what says most of a story, to be read alone: a paper's result or proposal, else news or its headline.

    A paper speaks in the third person, after what it is called.
    """
    one = telling(story, {story.lead.lead.id: facts} if facts else {}, language)
    told = brief(one, language)
    if told:
        return told
    item = one.item
    if item.kind != "paper":
        return _reports(item) or headed(item)
    proposal = proposing(one)
    sentences = [
        *_telling(facts),
        *([proposal] if proposal else []),
        *(s.text for s in best(item.title, item.text, abstract=True)),
    ]
    if not sentences:
        return headed(item)
    colon = "：" if language == "zh" else ": "
    name = one.name or short_title(item.title)
    said = reported(untexed(sentences[0]))
    if one.name and language != "zh" and said.startswith(f"{one.bare} "):
        return _cited(item, sentences[0], f"{one.name}{said.removeprefix(one.bare)}")
    lead = f"{name}{colon}" if name else ""
    return _cited(item, sentences[0], f"{lead}{said}")


def headed(item: Item) -> Claim:
    """Make a sentence of a headline, or of what stands for one."""
    said = titled(item)
    title, quote = untexed(said), item.title if said == plain(item.title) else said.removesuffix("…")
    stop = "" if _ENDED.search(title) else "。" if _HAN.search(title[-1:]) or is_chinese(title) else "."
    return _cited(item, quote, f"{title}{stop}")


def _cited(item: Item, quote: str, text: str) -> Claim:
    return Claim(kind="quoted", text=one_line(text), citations=(Citation(item=item.id, quote=quote),))


def _reports(item: Item) -> Claim | None:
    """Return the sentence of a report that tells its news more fully than the headline does."""
    if item.kind != "post" or is_tweet(item):
        quotes = _lead_sentences(item) if item.kind != "episode" else []
    else:
        quotes = [span.text for span in best(item.title, item.text, 1) if tells(item.title, span.text)]
    return quoted(item, quotes[0]) if quotes and not quotes[0].startswith(item.title) else None


def _telling(facts: Facts | None) -> list[str]:
    if facts is None:
        return []
    online = [result.quote for result in facts.results if result.online]
    return [quote for quote in dict.fromkeys([*online, facts.deployed_quote]) if quote and usable(quote)]


def _lead_sentences(item: Item) -> list[str]:
    if is_tweet(item) and 0 < len(item.text) <= _TWEET_LENGTH:
        return [item.text] if unlinked(item.text) else []
    if item.kind == "repository" and not linked(item.text):
        return [item.text] if item.text else []
    found = [span.text for span in best(item.title, item.text, _SENTENCES, abstract=item.kind == "paper")]
    return [item.title if sentence.startswith(item.title) else sentence for sentence in found]


def voices_of(story: Story) -> list[Voice]:
    """Return all items of a story, each once."""
    items = {item.id: item for work in story.works for item in work.items}
    return [Voice(id=item.id, title=titled(item), url=item.url) for item in items.values()]


def _others(story: Story, lead: Item) -> tuple[str, ...]:
    urls = [item.url for work in story.works for item in work.items if item.id != lead.id]
    return tuple(url for url in dict.fromkeys(urls) if url != lead.url)
