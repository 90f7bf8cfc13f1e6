"""What a thread is about, in a few words of the edition's language."""

from digest.domain.thread import Thread
from digest.names import Name, known
from digest.write.phrases import phrase
from digest.write.vocabulary import is_section, worded


def subject(thread: Thread, language: str) -> str:
    """Name what a thread is about: its term, or a section of the news and the firm that all its stories name."""
    terms = [word for term in thread.terms if (word := worded(_canonical(term), language))]
    if not terms:
        return thread.stories[0].lead.lead.title
    firm = _canonical(thread.terms[1]) if len(terms) > 1 and is_section(thread.terms[0]) else ""
    if firm in _named_by_all(thread):
        return phrase(language, "subject_around", section=terms[0], firm=terms[1])
    return terms[0]


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


def _canonical(term: str) -> str:
    """Return a firm's name as English texts write it; any other term as it is."""
    name = next(iter(known(term)), None)
    return name.canonical if name and name.text == term and name.kind != "system" else term
