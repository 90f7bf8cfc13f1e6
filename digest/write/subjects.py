"""What a thread is about, in a few words of the edition's language."""

import re

from digest.domain.thread import Thread
from digest.names import Name, known
from digest.write.phrases import phrase
from digest.write.vocabulary import is_adjective, is_section, is_term, worded

_NOUN = re.compile(r" research$|研究$")  # what an adjective of the field is given (phrases: subject_research)
_DANGLING = re.compile(
    r"-(?:aware|augmented|based|centric|driven|enabled|enhanced|guided|oriented|powered)$", re.IGNORECASE
)
_TITLE_CASE = re.compile(r"\b[A-Z](?=[a-z]+\b)")
_PLURAL = re.compile(r"(?<=[a-z]{2}[a-rt-z])s\b")
_EMPTY = re.compile(
    r"\b(?:ai|llm|large|based|model|system|method|research|learning)\b|大|模型|系统|方法|研究|学习"  # say no more
)
_LETTERS = re.compile("[a-z]{2}|[\u3400-\u9fff]")
_ORDINARY = re.compile(r"[A-Za-z][a-z]+(?:-[A-Za-z][a-z]+)*")


def subject(thread: Thread, language: str) -> str:
    """Name what a thread is about: its term, or a section of the news and the firm that all its stories name."""
    terms = [word for term in thread.terms if (word := worded(_running(_canonical(term), thread), language))]
    if not terms:
        return thread.stories[0].lead.lead.title
    if is_adjective(thread.terms[0]):
        return phrase(language, "subject_research", term=terms[0])
    firm = _canonical(thread.terms[1]) if len(terms) > 1 and is_section(thread.terms[0]) else ""
    if firm in _named_by_all(thread):
        return phrase(language, "subject_around", section=terms[0], firm=terms[1])
    return terms[0]


def nameable(thread: Thread) -> bool:
    """Whether what a thread is about says something by itself in every edition: no ordinary word alone ("Exploration").

    A term of the field, a name, and words that stand together do, unless they wait for a noun ("Model-based").
    """
    term = thread.terms[0] if thread.terms else ""
    return bool(term) and not _DANGLING.search(term) and (not _ORDINARY.fullmatch(term) or is_term(term))


def overlaps(word: str, subject: str) -> bool:
    """Whether a word says no more than a subject does: "agent memory" says more than "agents", "AI agents" does not."""
    one, other = _bare(word), _bare(subject)
    more = _EMPTY.sub("", one.replace(other, "", 1)) if other else ""
    return bool(other) and (one in other or (other in one and not _LETTERS.search(more)))


def _bare(words: str) -> str:
    return _PLURAL.sub("", _NOUN.sub("", words.lower()))


def affair(thread: Thread) -> bool:
    """Whether all stories of a thread are about one firm, by their headlines."""
    return bool(_named_by_all(thread))


def _named_by_all(thread: Thread) -> set[str]:
    """Return the firms that headlines of every story of a thread name."""
    named = [
        {name.canonical for work in story.works for item in work.items for name in known(item.title) if _acts(name)}
        for story in thread.stories
    ]
    return set.intersection(*named)


def _acts(name: Name) -> bool:
    return name.kind in {"company", "institution"}


def _running(term: str, thread: Thread) -> str:
    """Return a term as it stands within a sentence: small where the thread's texts write it so; names as they are."""
    small = _TITLE_CASE.sub(lambda first: first[0].lower(), term)
    kept = is_term(term) or any(known(term))
    return term if kept or not any(small in story.lead.lead.text for story in thread.stories) else small


def _canonical(term: str) -> str:
    """Return a firm's name as English texts write it; any other term as it is."""
    name = next(iter(known(term)), None)
    return name.canonical if name and name.text == term and name.kind != "system" else term
