"""What differs between two issues about the same material: items, threads, sentences, figures."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.domain.issue import Claim, Issue
from digest.quantity import quantities


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What one issue has and the other lacks. In the order of the issue it comes from; empty where nothing differs.

    `rescored` are (id, value before, value after); `moved` the ids that changed places among those that both have;
    `renamed` are (thread id, title before, title after); figures stand as their sentences write them.
    """

    items_gone: tuple[str, ...] = ()
    items_new: tuple[str, ...] = ()
    rescored: tuple[tuple[str, float, float], ...] = ()
    moved: tuple[str, ...] = ()
    threads_gone: tuple[str, ...] = ()
    threads_new: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str, str], ...] = ()
    sentences_gone: tuple[str, ...] = ()
    sentences_new: tuple[str, ...] = ()
    figures_gone: tuple[str, ...] = ()
    figures_new: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Difference()


def compare(before: Issue, after: Issue) -> Difference:
    """Return what differs between two issues."""
    old, new = ({entry.id: entry for entry in issue.entries} for issue in (before, after))
    old_threads, new_threads = ({t.id: t.title for t in issue.threads} for issue in (before, after))
    old_texts, new_texts = ([claim.text for claim in claims(issue)] for issue in (before, after))
    old_figures, new_figures = (_figures(texts) for texts in (old_texts, new_texts))
    return Difference(
        items_gone=_without(old, new),
        items_new=_without(new, old),
        rescored=tuple((i, e.value, new[i].value) for i, e in old.items() if i in new and new[i].value != e.value),
        moved=_moved([i for i in old if i in new], [i for i in new if i in old]),
        threads_gone=_without(old_threads, new_threads),
        threads_new=_without(new_threads, old_threads),
        renamed=tuple((i, t, new_threads[i]) for i, t in old_threads.items() if new_threads.get(i, t) != t),
        sentences_gone=_without(old_texts, new_texts),
        sentences_new=_without(new_texts, old_texts),
        figures_gone=_fewer(old_figures, new_figures),
        figures_new=_fewer(new_figures, old_figures),
    )


def claims(issue: Issue) -> list[Claim]:
    """List the claims of an issue in its order: overview, threads, sections, entries."""
    threads = [c for t in issue.threads for c in (*([t.thesis] if t.thesis else []), *t.claims)]
    sections = [c for s in issue.sections for c in s.claims]
    return [*issue.overview, *threads, *sections, *(c for e in issue.entries for c in e.summary)]


def _without(these: Iterable[str], those: Iterable[str]) -> tuple[str, ...]:
    known = set(those)
    return tuple(dict.fromkeys(each for each in these if each not in known))


def _moved(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one, other in zip(before, after, strict=True) if one != other)


def _figures(texts: Sequence[str]) -> Counter[str]:
    return Counter(figure.text for text in dict.fromkeys(texts) for figure in quantities(text))


def _fewer(these: Counter[str], those: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted((these - those).elements()))
