"""What a work is called in a sentence: its system, its company, or a short form of its title."""

import re

from digest.domain.facts import Facts
from digest.domain.item import Work

_SYSTEM = re.compile(r"^([A-Z][\w.+\-]*(?: [A-Z0-9][\w.+\-]*){0,2})\s*[:：—–]\s")
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


def label(work: Work, facts: Facts | None) -> str:
    """Return what a paper is called: "RankGraph-2 (Meta)", the system alone, the company alone; "" for other kinds."""
    if work.lead.kind != "paper":
        return ""
    name, company = system(work.lead.title), facts.company if facts else ""
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
