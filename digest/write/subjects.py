"""What a thread is about, in a few words of the edition's language."""

from digest.domain.thread import Story, Thread
from digest.names import known
from digest.write.phrases import phrase
from digest.write.vocabulary import is_section, worded

_READ = 300


def subject(thread: Thread, language: str) -> str:
    """Name what a thread is about: its term, or a section of the news and the firm that all its stories name."""
    terms = [word for term in thread.terms if (word := worded(_canonical(term), language))]
    if not terms:
        return thread.stories[0].lead.lead.title
    if len(terms) > 1 and is_section(thread.terms[0]) and affair(thread):
        return phrase(language, "subject_around", section=terms[0], firm=terms[1])
    return terms[0]


def affair(thread: Thread) -> bool:
    """Whether all stories of a thread are about one firm or system, besides what they are about as a section."""
    firms = thread.terms[1:2] if is_section(thread.terms[0]) else thread.terms[:1] if thread.terms else ()
    return any(all(_names(story, _canonical(firm)) for story in thread.stories) for firm in firms if _firm(firm))


def _firm(term: str) -> bool:
    return any(name.kind in {"company", "institution", "system"} for name in known(term))


def _canonical(term: str) -> str:
    """Return a firm's name as English texts write it; any other term as it is."""
    name = next(iter(known(term)), None)
    return name.canonical if name and name.text == term and name.kind != "system" else term


def _names(story: Story, firm: str) -> bool:
    texts = (f"{item.title} {item.text[:_READ]}" for work in story.works for item in work.items)
    return any(firm in {name.canonical for name in known(text)} for text in texts)
