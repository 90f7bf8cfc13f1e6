"""Which of a story's voices speaks in an edition: one in its language, with a headline that says what happened."""

import re
from collections.abc import Sequence
from textwrap import shorten

from digest.domain.item import Item
from digest.domain.thread import Story
from digest.text import sentences
from digest.write.extract import alike, usable

_CALM = 120
_TWEET_WORDS = 280
_POSTED = re.compile(r"@\w|https?://")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_ADDRESSES = re.compile(r"(?:\s+(?:https?://|www\.)\S+)+\s*$")
_READ = 1_000
_SAME_NEWS = 0.45
_HAN, _WORDS_HAN = re.compile("[\u3400-\u9fff]"), 4
_SIGNS = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]+")
_DATED = re.compile(r"[A-Z][a-z]{2,8} \d{1,2}, \d{4}(?=[A-Z])")
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]+ )")
_SHOUT = re.compile(
    r"[!！?？]|\d{4}[A-Z][a-z]|^v?\d[\d.]*$|\b[A-Z]{5,}\b.*\b[A-Z]{5,}\b|(?:\.\.\.|…)$|^\W*(?:EV|AI)?\S{0,4}(?:日报|早报|晚报|晨报|周报)"
)
_PITCH = re.compile(
    r"\b(?:you|your|I|my|here's|this is|these are|why|how|what|just|finally|insane|crazy|game.chang\w+|everything"
    r"|all the news|live updates)\b"
    r"|刚刚|重磅|炸裂|震惊|疯狂|爆火|竟然|居然|一文|终于|史诗|王炸|杀疯|硬刚|爆肝|你|拿下|赢麻|封神",
    re.IGNORECASE,
)


def voice(story: Story, language: str) -> Item:
    """Return the item that tells a story in an edition of that language.

    Papers, repositories and episodes speak for themselves. Of the others: a report in the language, else a short post
    of somebody in it, else the story's lead; of several the story's best one, unless its headline shouts, or it has
    nothing to quote and another one says the same in its headline and more below.
    """
    lead = story.lead.lead
    if lead.kind in {"paper", "repository", "episode"}:
        return lead
    items = [item for item in _items(story) if item.kind in {"post", "tweet"}]
    own = [item for item in items if _in(item, language)]
    reports = [item for item in own if not is_tweet(item)]
    notes = [item for item in own if is_tweet(item) and len(item.text or item.title) <= _TWEET_WORDS]
    for voices in (reports, notes):
        if voices:
            return _fuller(sorted(voices, key=lambda item: (loudness(item.title), items.index(item))))
    return lead


def _fuller(voices: Sequence[Item]) -> Item:
    """Return the first voice, or for one without a text to quote the next that has one under a headline like it."""
    first = voices[0]
    if _quotable(first):
        return first
    same = (v for v in voices[1:] if not loudness(v.title) and alike(first.title, v.title) >= _SAME_NEWS)
    return next((item for item in same if _quotable(item)), first)


def _quotable(item: Item) -> bool:
    """Whether an item's text has a sentence, near its beginning, that can stand alone and says more than the title."""
    return any(usable(one.text) and one.text not in item.title for one in sentences(item.text[:_READ]))


def speaks(story: Story, language: str) -> bool:
    """Whether an edition of that language can tell a story in its own language."""
    return _in(voice(story, language), language)


def reported(story: Story) -> bool:
    """Whether somebody reports a story, in whatever language, besides those who post of it."""
    return any(item.kind == "post" and not is_tweet(item) for item in _items(story))


def is_tweet(item: Item) -> bool:
    """Whether an item is what somebody posted, in the poster's words and no headline, by whatever source it came."""
    if item.kind != "post" or not any(key.startswith("x:") for key in item.keys):
        return item.kind == "tweet"
    own_words = item.text != item.title and item.text.startswith(item.title.rstrip(".…") or "\0")
    return own_words or len(item.title) > _CALM or bool(_POSTED.search(item.title))


def loudness(title: str) -> int:
    """Return how far a headline is from saying plainly what happened: pictures, shouts, pitches, excess length."""
    length = len(title) * (2 if re.search("[\u3400-\u9fff]", title) else 1)
    found = [
        _SIGNS.search(title), _SHOUT.search(title), _PITCH.search(title), _ADDRESS.fullmatch(title.strip()),
        length > _CALM, not title.strip(),
    ]  # fmt: skip
    return sum(map(bool, found))


def plain(title: str) -> str:
    """Return a title without pictures and addresses at its end, and apart from what a page glued on: date, section."""
    dated = _DATED.match(title)
    if dated:
        title = _GLUED.sub(": ", title[dated.end() :], count=1)
    return " ".join(_SIGNS.sub(" ", _ADDRESSES.sub("", title) or title).split()) or title


def headlines(story: Story) -> list[Item]:
    """Return the reports of a story in any language."""
    return [item for item in _items(story) if item.kind in {"post", "episode"} and not is_tweet(item)]


def own_headlines(story: Story, language: str) -> list[Item]:
    """Return the reports of a story in a language, the one that speaks in an edition first."""
    spoken = voice(story, language)
    own = [item for item in headlines(story) if _in(item, language)]
    return sorted(own, key=lambda item: item.id != spoken.id)


def plain_headlines(story: Story, language: str, longest: int) -> list[Item]:
    """Return the reports of a story in a language with a plain headline of at most `longest` characters."""
    own = own_headlines(story, language)
    return [item for item in own if len(item.title) <= longest and not loudness(item.title)]


def titled(item: Item) -> str:
    """Return what an item is headed by: its title without pictures, or for an address what the text begins with.

    A beginning longer than a headline is cut at a word.
    """
    title = plain(item.title)
    first = sentences(item.text[:_READ]) if _ADDRESS.fullmatch(title) else []
    return shorten(first[0].text, width=_CALM, placeholder="…") if first else title


def _in(item: Item, language: str) -> bool:
    """Whether an item is in a language, by its source's word and, where that is not Chinese, by its headline's."""
    return item.language[:2] == language[:2] and (language[:2] == "zh" or len(_HAN.findall(item.title)) < _WORDS_HAN)


def _items(story: Story) -> list[Item]:
    """Return all voices of a story, each once, the best first."""
    return list({item.id: item for work in story.works for item in work.items}.values())
