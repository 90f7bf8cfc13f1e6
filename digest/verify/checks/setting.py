"""Whether what a sentence tells is told in its setting: online, offline or simulated, and what narrows its measure."""

import re
from collections.abc import Iterable, Sequence

from digest.verify.alike.amounts import same_value
from digest.verify.checks.dates import months
from digest.verify.checks.fault import Fault
from digest.verify.sentences.figures import Figure
from digest.verify.sentences.reading import Reading, Sentence
from digest.verify.words.lexicon import Mention, groups

_SCOPES = ("online", "offline", "simulated")
_RATES = frozenset({"persecond", "perminute", "perhour", "daily", "weekly", "monthly", "annual", "quarterly"})
_NARROWING = frozenset({"serving", "prefill", "decode", "annualized"})
_LOOSE = frozenset({"offline", "离线"})  # also of what is computed ahead of time, which no test is
_WEAK = frozenset({"online", "live", "在线"})  # also of what learns or runs while it is used, which no test is
_NEIGHBOURS = 1
_RELATIVE = re.compile(r",\s(?:which|who|whose|where)\b[^,;]*,")
_NOT_THERE = re.compile(r"(?:\b(?:rather than|instead of|not|no)\b|而非|而不是|不是|并非)[^,;，；。]{0,24}$")
_NEXT = 16  # characters between a modifier and what it narrows
_BACK = 2
_NAMED = re.compile(r"-[A-Z]")
_ALIKE = 3  # ids that two sentences must share to tell of the same


def other_setting(figure: Figure, sentence: Sentence, other: Figure, part: Sentence, source: Reading) -> Fault | None:
    """Return the first fault of a figure's setting against that of the source's figure."""
    return (
        _dated(sentence, part)
        or _scoped(figure, sentence, other, part, source)
        or _narrowed(figure, sentence, other, part, source)
    )


def check_online(said: Reading, sources: Sequence[Reading]) -> Fault | None:
    """Return a setting on live traffic or in real use of which the sources say nothing, or where they say another."""
    told = any(_said(said, name) for name in ("online", "live"))
    if told and not any(_in_use(source, said) for source in sources):
        return Fault("online")
    return next((fault for part in said.sentences if (fault := _tried_elsewhere(part, sources))), None)


def _tried_elsewhere(part: Sentence, sources: Sequence[Reading]) -> Fault | None:
    """Find a sentence without figures that claims real use of what the source's nearest sentence tried in a model."""
    if part.figures or not _strong(part, "online", "live"):
        return None
    ids = frozenset(a.id for a in part.anchors)
    ranked = sorted(
        (
            (len(ids & frozenset(a.id for a in other.anchors)), -n, other)
            for s in sources
            for n, other in enumerate(s.sentences)
        ),
        key=lambda row: row[:2],
        reverse=True,
    )
    if not ranked or ranked[0][0] < _ALIKE:
        return None
    best = ranked[0][2]
    tried = any(m.of("class", "simulated", "offline") for m in best.mentions)
    used = any(m.of("class", "online", "live", "deployed") for m in best.mentions)
    return Fault("online", best.text) if tried and not used else None


def _strong(part: Sentence, *names: str) -> bool:
    return any(m.of("class", *names) and m.text.lower() not in _WEAK for m in part.mentions)


def _in_use(source: Reading, said: Reading) -> bool:
    """Whether a source tells of a test on live traffic, or of use beside a figure of the sentence."""
    if any(_strong(part, "online", "live") for part in source.sentences):
        return True
    mine = [f.quantity for p in said.sentences for f in p.figures]
    places = [
        other.sentence for other in source.figures if any(same_value(quantity, other.quantity) for quantity in mine)
    ]
    return any(
        m.of("class", "online", "live", "deployed")
        for n, part in enumerate(source.sentences)
        for m in _settings(part)
        if not places or min(abs(n - place) for place in places) <= _NEIGHBOURS
    )


def _dated(sentence: Sentence, part: Sentence) -> Fault | None:
    """Find a figure of one month told of another: the sentence's and the source's sentence name months, none shared."""
    mine, theirs = months(sentence.text), months(part.text)
    return Fault("date", part.text) if mine and theirs and not mine & theirs else None


def scope(figure: Figure, sentence: Sentence) -> frozenset[str]:
    """Where a figure was measured by its own part of the sentence, else by the last word before it that says so."""
    place = figure.quantity.start
    told = [m for m in sentence.mentions if m.of("class", *_SCOPES) and _same_segment(sentence, m.start, place)]
    told = [m for m in told if not _aside(sentence, m.start, place) and not _set_apart(sentence, m)]
    start, end = figure.clause
    for found in (
        [m for m in told if start <= m.start and m.end <= end],
        [m for m in told if m.end <= place][-1:],
        told if len(sentence.figures) == 1 else [],
    ):
        if found:
            return frozenset(s for m in found for s in _SCOPES if m.of("class", s))
    return frozenset()


def _set_apart(sentence: Sentence, mention: Mention) -> bool:
    """Whether a setting is named only to say that it is not the one: "offline rather than on live traffic"."""
    return bool(_NOT_THERE.search(sentence.text[: mention.start - sentence.start]))


def _aside(sentence: Sentence, one: int, other: int) -> bool:
    """Whether a place stands in a relative clause between commas that the other place is outside of."""
    spans = [(sentence.start + m.start(), sentence.start + m.end()) for m in _RELATIVE.finditer(sentence.text)]
    return any(left <= one < right and not left <= other < right for left, right in spans)


def _same_segment(sentence: Sentence, one: int, other: int) -> bool:
    """Whether no semicolon stands between two places of a sentence."""
    left, right = sorted((one - sentence.start, other - sentence.start))
    return not any(mark in sentence.text[left:right] for mark in ";；")


def _scope_there(figure: Figure, part: Sentence, source: Reading, *, nearest: bool) -> frozenset[str]:
    """Return where the source measured a figure; with `nearest` by the last word that says so, else by all of them."""
    start, end = figure.clause
    told = [m for m in part.mentions if m.of("class", *_SCOPES)]
    inside = [m for m in told if start <= m.start and m.end <= end] or [
        m for m in told if m.end <= figure.quantity.start
    ]
    inside = inside or told[:1]
    found = frozenset(s for m in (inside[-1:] if nearest else inside) for s in _SCOPES if m.of("class", s))
    if any(m.of("class", "deployed", "live") and m.start < figure.quantity.start for m in part.mentions):
        found |= {"online"}
    index = figure.sentence
    for back in range(1, _BACK + 1):
        if found or index - back < 1:
            break
        said = [m for m in source.sentences[index - back].mentions if m.of("class", *_SCOPES)]
        found = frozenset(s for s in _SCOPES if said and said[-1].of("class", s))
    return found


def _scoped(figure: Figure, sentence: Sentence, other: Figure, part: Sentence, source: Reading) -> Fault | None:
    mine = scope(figure, sentence)
    if len(mine) != 1:
        return None
    (here,) = mine
    measured = any(m.of("class", here) and m.text.lower() not in _LOOSE for m in sentence.mentions)
    there = _scope_there(other, part, source, nearest=here != "online" and measured)
    if there:
        apart = here not in there and (here == "online" or there == {"online"})
        return Fault("online", part.text) if apart else None
    if here == "online" and not (_said(source, "online") or _said(source, "deployed")):
        return Fault("online", part.text)
    if here == "online" and _tested_later(other, source):
        return Fault("online", part.text)
    if here != "online" and _said(source, "online") and not _said(source, here):
        return Fault("online", part.text)
    return None


def _tested_later(figure: Figure, source: Reading) -> bool:
    """Whether a source comes to live traffic only after a figure, and then with figures of its own."""
    told = [
        n for n, part in enumerate(source.sentences) if any(m.of("class", "online", "deployed") for m in part.mentions)
    ]
    return bool(told) and told[0] > figure.sentence and any(f.quantity.unit for f in source.sentences[told[0]].figures)


def _said(source: Reading, name: str) -> bool:
    return any(m.of("class", name) for part in source.sentences for m in _settings(part))


def _settings(part: Sentence) -> list[Mention]:
    """Return the mentions of a sentence but those that begin a name: the "Online" of "Online-Maze3D"."""
    return [m for m in part.mentions if not _NAMED.match(part.text, m.end - part.start)]


def _narrowed(figure: Figure, sentence: Sentence, other: Figure, part: Sentence, source: Reading) -> Fault | None:
    """Find a modifier that the source does not have there, or one that it has and the sentence dropped."""
    there = _all_modifiers([part])
    near = _all_modifiers(_around(other, source))
    for name in sorted(figure.modifiers - other.modifiers):
        family = next((family for family in groups("kin", "families") if name in family), frozenset[str]())
        if family & other.modifiers and not family & other.modifiers & figure.modifiers:
            return Fault("qualifier", part.text)
    for name in sorted((figure.modifiers & _beside(figure, sentence)) - near - _RATES):
        family = next((family for family in groups("kin", "families") if name in family), frozenset[str]())
        if family & (other.modifiers or there) or name not in _all_modifiers(source.sentences):
            return Fault("qualifier", part.text)
    for name in sorted(other.modifiers & _NARROWING & _beside(other, part)):
        family = next(family for family in groups("kin", "families") if name in family)
        if not family & _all_modifiers([sentence]) and not _online_said(sentence, name):
            return Fault("qualifier", part.text)
    return None


def _beside(figure: Figure, sentence: Sentence) -> frozenset[str]:
    """Return the modifiers that touch the figure or its measure ("serving computational cost")."""
    quantity = figure.quantity
    places = [(a.start, a.end) for a in sentence.anchors if a.id in figure.metric] + [(quantity.start, quantity.end)]
    return frozenset(
        sense.name
        for mention in sentence.mentions
        for sense in mention.senses
        if sense.table == "modifier"
        and any(0 <= start - mention.end <= _NEXT or 0 <= mention.start - end <= _NEXT for start, end in places)
    )


def _online_said(sentence: Sentence, name: str) -> bool:
    return name == "serving" and any(
        m.of("class", "online", "deployed") or m.of("same", "inference") for m in sentence.mentions
    )


def _all_modifiers(parts: Iterable[Sentence]) -> frozenset[str]:
    return frozenset(s.name for part in parts for m in part.mentions for s in m.senses if s.table == "modifier")


def _around(figure: Figure, source: Reading) -> list[Sentence]:
    first = max(0, figure.sentence - _NEIGHBOURS)
    return [source.sentences[0], *source.sentences[first : figure.sentence + _NEIGHBOURS + 1]]
