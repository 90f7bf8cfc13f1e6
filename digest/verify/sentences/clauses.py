"""A sentence in clauses, each with the opposites that it takes a side in and how far its denials reach."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from digest.text import HAN
from digest.verify.sentences.attaching import attached
from digest.verify.sentences.denying import UNLESS, Denial, denials
from digest.verify.sentences.direction import SPENT
from digest.verify.sentences.reading import Sentence
from digest.verify.words.lexicon import Mention, Sense

_CLAUSE = re.compile(
    r"[;；。，:：()（）]|,(?!\d{3})|\s[—–-]{1,2}\s|——|\b(?:but|while|"
    r"whereas|although|though|yet|however|because|since|so that)\b|"
    r"但是?|而且?|却|然而|因为|不过"
)
_AND = re.compile(r"\s(?:and|but|yet) (?:still |even |also |then )?|[并且](?:且|仍|还|能|可)?")
_SCOPE_WORDS, _SCOPE_CHARACTERS, _BARE_CHARACTERS = 6, 8, 4
_LIST = re.compile(
    r"(?: [\w-]+){1,4},(?: (?!and |but )[\w-]+){1,4}(?:,(?: [\w-]+){1,4})*,? (?:n?or)(?: [\w-]+){1,4}"
)  # "no A, B, or C"
_FREE = re.compile(r"\w+(?=-(?:free|less)\b)")  # "conflict-free" denies the conflict
_CONDITION = re.compile(
    r"\b(?:when|whenever|if|unless|as|after|before|once|until|which|who|where|than"
    r"|with (?=(?:an? |the )?(?:longer|larger|bigger|greater|higher|more|fewer|smaller|lower|shorter|\w+ing)\b))\b"
)
_WITH = re.compile("随[^，。；]{1,20}$|反$")
_ALONG = re.compile("随着?[^，。；]{1,20}?而")  # "does not grow with": what it does not grow with is not denied
_JOINED = re.compile(r"\s(?:(?:is|are|was|were|has|have|had|will|can|may|also|then) )*")
_NO = re.compile(r"no|none|neither|nothing|little|nobody", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:^|[,;:，。；：])\s*没有$")  # "没有评审者……" denies the whole clause
_ALMOST = re.compile(r"\s+(?:(?:almost|virtually|practically|essentially|with|to|of|on|in) )?")
_LESS = re.compile(r"\b(?:less|least) (\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stance:
    """One side of a pair of opposites as a text takes it; `sign` counts the negation in, `settled` where two cancel."""

    pair: str
    sign: int
    denied: bool
    start: int
    end: int
    text: str
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with the ids in it and the stances that it takes."""

    sentence: Sentence
    start: int
    end: int
    ids: frozenset[str]
    stances: tuple[Stance, ...]
    classes: frozenset[str]


def clauses(sentence: Sentence) -> list[Clause]:
    """Part a sentence at commas and conjunctions; pieces without content join the next one."""
    cuts = [sentence.start, *(sentence.start + m.start() for m in _cuts(sentence.text)), sentence.end]
    found: list[Clause] = []
    start = cuts[0]
    for end in cuts[1:]:
        if end > start and (len(sentence.inside(start, end)) > 1 or end == sentence.end):
            found.append(_clause(sentence, start, end))
            start = end
    return found


def _cuts(text: str) -> Iterable[re.Match[str]]:
    """Yield where clauses part, which is not at the 而 of "随着……而"."""
    return (m for m in _CLAUSE.finditer(text) if m[0] != "而" or not _WITH.search(text, 0, m.start()))


def clause_bounds(sentence: Sentence, place: int) -> tuple[int, int]:
    """Return where the clause around an offset begins and ends."""
    start, end = sentence.start, sentence.end
    for match in _cuts(sentence.text):
        cut = sentence.start + match.start()
        if cut >= place:
            return start, min(end, max(cut, place))
        start = sentence.start + match.end()
    return start, end


def same_predicate(sentence: Sentence, start: int, end: int) -> int:
    """Return where "and" goes on with another verb of a known side, else `end`: "needs no labels and beats X"."""
    sided = {m.start for m in sentence.mentions if any(s.table == "pair" for s in m.senses)}
    for match in _AND.finditer(sentence.text, start - sentence.start, end - sentence.start):
        if sentence.start + match.end() in sided:
            return sentence.start + match.start()
    return end


def _clause(sentence: Sentence, start: int, end: int) -> Clause:
    inside = [m for m in sentence.mentions if start <= m.start and m.end <= end]
    scopes = _scopes(sentence, start, end, inside)
    figures = [f for f in sentence.figures if start <= f.quantity.start and f.quantity.end <= end]
    told = {"bound": bool(figures), "direction": any(f.direction for f in figures)}
    needed = [m for m in _needed(sentence) if start <= m.start < end]
    stances = [
        _stance(m, sense, scopes)
        for m in inside
        for sense in m.senses
        if sense.table == "pair"
        and not told.get(sense.name)
        and not (sense.name == "direction" and _measured(m, inside, sentence))
        and not (sense.name == "need" and any(n.start == m.start for n in needed))
    ]
    if not told["direction"]:
        stances += _moved(tuple(stances), sentence, (start, end))
    classes = frozenset(
        ("not " if _covered(m, scopes) else "") + sense.name
        for m in inside
        for sense in m.senses
        if sense.table == "class"
    )
    return Clause(
        sentence, start, end, sentence.inside(start, end), (*stances, *needed, *_spared(sentence, start, end)), classes
    )


def _scopes(sentence: Sentence, start: int, end: int, inside: Sequence[Mention]) -> list[tuple[int, int]]:
    """List the stretches of a clause that something in it, or a list that goes on from before it, denies."""
    denying = [d for d in denials(sentence) if d.end <= end]
    scopes = [_scope(d, sentence, end) for d in denying if d.start >= start]
    scopes += [(d.end, reach) for d in denying if d.start < start and (reach := _listed(d, sentence)) > start]
    scopes += [verb for d in denying if (verb := _verb_of(d, sentence, inside))]
    text, low, high = sentence.text, start - sentence.start, end - sentence.start
    turned = [m.span() for m in _FREE.finditer(text, low, high)] + [m.span(1) for m in _LESS.finditer(text, low, high)]
    return scopes + [(sentence.start + left, sentence.start + right) for left, right in turned]


def _scope(denial: Denial, sentence: Sentence, end: int) -> tuple[int, int]:
    """How far a denial reaches: some words on, to the end of its clause or to a condition."""
    listed = _listed(denial, sentence)
    if listed:
        return denial.end, listed
    stop = _CONDITION.search(sentence.text, denial.end - sentence.start)
    end = same_predicate(sentence, denial.end, min(end, sentence.start + stop.start()) if stop else end)
    along = _ALONG.match(sentence.text, denial.end - sentence.start)
    begin = sentence.start + along.end() if along else denial.end
    after = [w for w in sentence.words if w.start >= begin and w.end <= end]
    chinese = HAN.search(sentence.text, denial.start - sentence.start, denial.end - sentence.start)
    reach = _SCOPE_CHARACTERS if chinese else _SCOPE_WORDS
    if sentence.text[denial.start - sentence.start : denial.end - sentence.start] == "无":
        reach = _BARE_CHARACTERS
    if _SUBJECT.search(sentence.text, 0, denial.end - sentence.start):
        reach = len(after)
    return begin, (after[min(reach, len(after)) - 1].end if after else denial.end)


def _verb_of(denial: Denial, sentence: Sentence, inside: Iterable[Mention]) -> tuple[int, int] | None:
    """Return the verb that the "no" of its object denies: "needs no labels", "brings almost no gain"."""
    for mention in inside:
        between = sentence.text[mention.end - sentence.start : max(denial.start, mention.end) - sentence.start]
        if (
            mention.end < denial.start
            and _NO.fullmatch(sentence.text[denial.start - sentence.start : denial.end - sentence.start])
            and _ALMOST.fullmatch(between)
        ):
            return mention.start, mention.end
    return None


def _listed(denial: Denial, sentence: Sentence) -> int:
    """Return where a list after a denial ends, which denies each of its parts ("no A, B, or C"); 0 without one."""
    match = _LIST.match(sentence.text, denial.end - sentence.start)
    return sentence.start + match.end() if match else 0


def _covered(mention: Mention, scopes: Iterable[tuple[int, int]]) -> bool:
    return any(left <= mention.start < right for left, right in scopes)


def _stance(mention: Mention, sense: Sense, scopes: Iterable[tuple[int, int]]) -> Stance:
    denied = _covered(mention, scopes) and not mention.of("class", "negation")
    return Stance(sense.name, -sense.sign if denied else sense.sign, denied, mention.start, mention.end, mention.text)


def _moved(stances: Iterable[Stance], sentence: Sentence, bounds: tuple[int, int]) -> Iterable[Stance]:
    """Yield what improves as what rises, or falls where less of it is better."""
    moved = {s.start for s in stances if s.pair == "direction"}
    for stance in stances:
        if stance.pair == "impact" and stance.start not in moved:
            noun = attached(sentence, (stance.start, stance.end), bounds)
            if noun:
                spent = SPENT.search(sentence.text[noun[0] - sentence.start : noun[1] - sentence.start].lower())
                yield replace(stance, pair="direction", sign=-stance.sign if spent else stance.sign)


def _needed(sentence: Sentence) -> Iterable[Stance]:
    """Yield what is needed by two denials: "cannot work without it"."""
    for match in UNLESS.finditer(sentence.text):
        group = 1 if match[1] else 2
        start, end = sentence.start + match.start(group), sentence.start + match.end(group)
        yield Stance("need", sign=1, denied=False, start=start, end=end, text=match[group], settled=True)


def _spared(sentence: Sentence, start: int, end: int) -> Iterable[Stance]:
    """Yield what a list before the clause goes on to do without: "without labels, teachers, or rewards"."""
    first = next((w for w in sentence.words if start <= w.start < end), None)
    for mention in sentence.mentions:
        sense = mention.sense("pair", "need")
        if first and sense and sense.sign < 0 and mention.end <= start:
            match = _LIST.match(sentence.text, mention.end - sentence.start)
            if match and sentence.start + match.end() > first.start:
                yield Stance("need", sign=-1, denied=False, start=first.start, end=first.start, text=mention.text)


def _measured(mention: Mention, inside: Iterable[Mention], sentence: Sentence) -> bool:
    """Whether a word such as "losses" only names what the next word says to rise or fall."""
    return any(
        m.start >= mention.end
        and m.of("pair", "direction")
        and _JOINED.fullmatch(sentence.text, mention.end - sentence.start, m.start - sentence.start)
        for m in inside
    )


def asks(part: Sentence) -> bool:
    """Whether a sentence is a question, which affirms nothing."""
    return part.text.rstrip().endswith(("?", "？"))
