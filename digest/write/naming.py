"""What a work is called in a sentence: its system, its company, or a short form of its title."""

import re

from digest.domain.facts import Facts
from digest.domain.item import Work

_SYSTEM = re.compile(r"^([A-Z][\w.+\-]*(?: [A-Z0-9][\w.+\-]*){0,2})\s*[:：—–]\s")
_COINED = re.compile(
    r"\b(?:propose|introduce|present|develop|design|describe|release|build|built|call|called|named|dubbed|introducing|presenting)s?"
    r"(?: (?:it|this|the|an?|our|novel|new|framework|system|method|benchmark|model|approach|[a-z]+-[a-z]+)){0,4} "
    r"(?=[\w\-+.]*[a-z])(?=[\w\-+.]*[A-Z0-9])([A-Z][\w\-+]*(?:\.\d+)?)(?=[,.:;) (])"
)
_ACRONYM = re.compile(r"[A-Z]+s?|[A-Z][a-z]+(?:-[A-Z]?[a-z]+)*")
_SURE = 2
_FIRST_PERSON = (
    (
        re.compile(r"^(?:In this (?:paper|work|report|study|article)|Here|To this end|Therefore|Thus|Hence),?\s+we\b"),
        "The authors",
    ),
    (re.compile(r"^We\b"), "The authors"),
    (re.compile(r"^Our\b"), "Their"),
    (re.compile(r"\b[Ww]e\b(?!')"), "they"),
    (re.compile(r"\bour\b"), "their"),
    (re.compile(r"\bours\b"), "theirs"),
    (re.compile(r"\bus\b"), "them"),
)
_QUOTED = re.compile(r"[\"“「『]")


def system(title: str) -> str:
    """Return the system's name that stands before the colon of a title ("RankGraph-2: ..."), or ""."""
    match = _SYSTEM.match(title)
    words = match[1].split() if match else []
    marked = any(any(c.isupper() or c.isdigit() for c in word[1:]) for word in words)
    return " ".join(words) if len(words) == 1 or marked else ""


def introduced(text: str) -> str:
    """Return the coined name under which a paper's text introduces its system ("we propose G2Rec, a ..."), or ""."""
    for match in _COINED.finditer(text):
        if not _ACRONYM.fullmatch(match[1]) and text.count(match[1]) >= _SURE:
            return match[1]
    return ""


def label(work: Work, facts: Facts | None) -> str:
    """Return what a paper is called: "RankGraph-2 (Meta)", the system alone, the company alone; "" for other kinds."""
    if work.lead.kind != "paper":
        return ""
    name, company = system(work.lead.title) or introduced(work.lead.text), facts.company if facts else ""
    if name and company and company.lower() not in name.lower():
        return f"{name} ({company})"
    return name or company


def reported(sentence: str) -> str:
    """Turn a source's first person into the third: "We propose X" becomes "The authors propose X".

    A sentence that quotes somebody is left as it is: the first person in it may be the quoted one's.
    """
    if _QUOTED.search(sentence):
        return sentence
    for pattern, words in _FIRST_PERSON:
        sentence = pattern.sub(words, sentence)
    return sentence
