"""What a work is called in a sentence: its system, its company, or a short form of its title."""

import re
from dataclasses import dataclass

from digest.domain.facts import Facts
from digest.domain.item import Work
from digest.names import Name, in_chinese, names
from digest.text import untexed
from digest.write.vocabulary import is_term

_SYSTEM = re.compile(r"^([A-Z][\w.+\-]*(?: [A-Z0-9][\w.+\-]*){0,2})\s*[:：—–]\s")
_CUE = (
    r"\b(?:propose|introduce|present|develop|design|describe|release|build|built|call|called|named|dubbed|introducing"
    r"|presenting)s?\b"
)
_COINED = re.compile(
    rf"{_CUE}(?: (?:it|this|the|an?|our|novel|new|framework|system|method|benchmark|model|approach|[a-z]+-[a-z]+))"
    r"{0,4} "
    r"[{\"“]?([A-Z][\w\-+]*(?:\.\d+)?)(?=[}\"”,.:;) (])"
)
_SHORTENED = re.compile(rf"{_CUE}[^.,;:()]{{8,120}}\(([A-Z][\w\-+]*)\)")
_COMMON = re.compile(r"[A-Z][a-z]+(?:-[A-Z]?[a-z]+)*")
_MARKED = re.compile(r"(?<!-)[A-Z0-9]")
_PREPOSITION = re.compile(
    r"(?:^|[ :,])(?:for|in|via|with|on|of|under|using|through|towards?|from|by|at|to|against|is|are|can)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:An?|The)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[?\\$]|\b(?:why|how|what|when|who|whose|where|do|does|did|not|no|never|without|beyond|cannot|rethinking|revisiting"
    r"|must|should|can|could|will|would|may|is|are|was|were|be|has|have|needs?|matters?|fails?)\b",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"\b(?:stud(?:y|ies)|survey|report|analysis|overview|perspective|review|guide|tutorial|position|evidence|limits"
    r"|promises?|risks?|case)$"
    r"|^(?:\S+ )?(?:benchmark|framework|approach|method|data ?set|system|model|paper|evaluation)$",
    re.IGNORECASE,
)
_FEWEST, _SHORT_GIST = 2, 60
_SURE = 2
_LONGEST_TERM = 5
_APART = ',.:;}"”'
_FIRST_PERSON = (
    (re.compile(r"^(?:In this (?:paper|work|report|study|article)|Here|Therefore|Thus|Hence),?\s+we\b"), "The authors"),
    (
        re.compile(
            r"^(?:(?:To|In|Motivated|Building|Based|Inspired|Guided|Following|Given)\b[^,.;]{0,90}"
            r"\b(?:this|these|that|those|such|end|gaps?)\b[^,.;]{0,60}),\s+we\b"
        ),
        "The authors",
    ),
    (
        re.compile(
            r"^(?:To|Motivated|Building|Based|Inspired|Guided|Following|Given)\b[^.;]{0,120}"
            r"\b(?:this|these|that|those|such|end|gaps?)\b[^.;]{0,90}, this (paper|work|study|article|report)\b"
        ),
        r"The \1",
    ),
    (re.compile(r"^([^,.;]{3,90}), we\b"), r"\1, the authors"),
    (re.compile(r"^We\b"), "The authors"),
    (re.compile(r"^Our\b"), "The authors'"),
    (re.compile(r"\b[Ww]e\b(?!')"), "they"),
    (re.compile(r"\bour\b"), "their"),
    (re.compile(r"\bours\b"), "theirs"),
    (re.compile(r"\bus\b"), "them"),
)
_SHORT = 100
_OPENER = re.compile(
    r"(?:Finally|Lastly|Notably|Specifically|Concretely|Moreover|Furthermore|Additionally|In addition|First|Second), "
)
_QUOTED = re.compile(r"[\"“「『]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a paper is called: `full` is "RankGraph-2 (Meta)", the system alone or the company alone, "" for nothing.

    `bare` is the same without the company that stands beside a system.
    """

    full: str = ""
    bare: str = ""


def system(title: str) -> str:
    """Return the system's name that stands before the colon of a title ("RankGraph-2: ..."), or ""."""
    match = _SYSTEM.match(title)
    words = match[1].split() if match else []
    marked = any(_MARKED.search(word[1:]) for word in words)
    return " ".join(words) if len(words) == 1 or marked else ""


def gist(title: str) -> str:
    """Return what a title calls a system, in its own words up to the first preposition, or "".

    "SoupRank: A Hybrid Ladle Mixture for Canteens" is "Hybrid Ladle Mixture". A question, a clause, a denial, what the
    system does ("Stirring Soups") and the kind of a text ("An Empirical Study") call it nothing.
    """
    name = system(title)
    if not any(_MARKED.search(word[1:]) for word in name.split()) or _CLAUSE.search(title):
        return ""
    match = _SYSTEM.match(title)
    said = _PREPOSITION.split(title[match.end() :], maxsplit=1)[0] if match else ""
    said = _ARTICLE.sub("", said).strip(" :,")
    words = said.split()
    fits = len(words) >= _FEWEST and len(said) <= _SHORT_GIST and not _QUOTED.search(said)
    return said if fits and not words[0].lower().endswith("ing") and not _KIND.search(said) else ""


def introduced(title: str, text: str) -> str:
    """Return the coined name under which a paper's text introduces its system, one of the title first, or "".

    "We propose G2Rec, a ..." and "we present Adaptive Pre-ranking (HAP)". The name is neither an ordinary word nor one
    of the field's abbreviations, and stands twice at least, or is set apart where it is introduced.
    """
    plain = untexed(text)
    found = [
        (match[1] not in title, match.start(1), match[1])
        for pattern in (_COINED, _SHORTENED)
        for match in pattern.finditer(plain)
        if not _COMMON.fullmatch(match[1])
        and (plain.count(match[1]) >= _SURE or (pattern is _COINED and plain[match.end()] in _APART))
        and _names(match[1])
        and not _shortens_a_term(match[1], plain[: match.start(1)])
    ]
    return min(found)[2] if found else ""


def _shortens_a_term(short: str, before: str) -> bool:
    """Whether a word in brackets has the initials of a term of the field right before it ("(SLMs)")."""
    words = before.removesuffix("(").split()[-_LONGEST_TERM:] if before.endswith("(") else []
    letters = short.removesuffix("s").lower()
    ends = (words[n:] for n in range(len(words)))
    return any(is_term(" ".join(end)) and _initials(end) == letters for end in ends)


def _initials(words: list[str]) -> str:
    return "".join(part[0] for part in "-".join(words).lower().split("-") if part)


def _names(word: str) -> bool:
    """Whether a word names something at all; "LLM" and "GNN" do not."""
    return any(name.text == word and name.kind == "unknown" for name in names(f"{word} is"))


def label(work: Work, facts: Facts | None, language: str) -> Label:
    """Return what a paper is called; nothing for other kinds. A Chinese edition calls a company as Chinese texts do."""
    if work.lead.kind != "paper":
        return Label()
    name = system(work.lead.title) or introduced(work.lead.title, work.lead.text)
    company = facts.company if facts else ""
    if company.lower() in name.lower():
        company = "" if name else company
    if language == "zh":
        company = in_chinese(company)
    bound = f"{name}（{company}）" if language == "zh" else f"{name} ({company})"
    return Label(full=bound if name and company else name or company, bare=name or company)


def spelt(name: Name, language: str) -> str:
    """Return a headline's name as an edition writes it: as it stands there, in English never in characters.

    A Chinese edition keeps even a Latin spelling, so that what it says of a headline stands in the headline.
    """
    return name.text if language == "zh" or name.text.isascii() else name.canonical


def short_title(title: str) -> str:
    """Return what a paper without a system may be called: its title up to the colon, in quotation marks, if short."""
    before = title.split(": ", maxsplit=1)[0].strip()
    return f"“{before}”" if len(before) <= _SHORT and not _QUOTED.search(before) else ""


def reported(sentence: str) -> str:
    """Turn a source's first person into the third: "Finally, we propose X" becomes "The authors propose X".

    A sentence that quotes somebody is left as it is: the first person in it may be the quoted one's.
    """
    opener = _OPENER.match(sentence)
    if opener:
        sentence = sentence[opener.end() :]
        sentence = sentence[:1].upper() + sentence[1:]
    if _QUOTED.search(sentence):
        return sentence
    for pattern, words in _FIRST_PERSON:
        sentence = pattern.sub(words, sentence)
    return sentence
