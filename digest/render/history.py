"""The threads of a publication over its issues: a chart, and each thread with the issues that told it."""

from collections.abc import Sequence
from dataclasses import dataclass

from digest.render.charts import timeline
from digest.render.environment import environment
from digest.render.readable import readable
from digest.render.site import Site, publication_title
from digest.render.wording import phrase, short_period

_COLUMNS = 16
_ROWS = 40
_LABEL = 44


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A thread as one issue told it: under which title, with how many works."""

    thread: str
    title: str
    period: str
    works: int
    weak: bool = False


def history(publication: str, chapters: Sequence[Told], site: Site) -> dict[str, bytes]:
    """Return <publication>/threads/index.html for chapters from old to new.

    The chart holds the last 16 issues and the 40 threads told last; the list below it all threads, those told last
    first, then those that were told most often.
    """
    threads: dict[str, list[Told]] = {}
    for chapter in chapters:
        threads.setdefault(chapter.thread, []).append(chapter)
    order = sorted(threads.values(), key=lambda told: (told[-1].period, len(told), told[-1].thread), reverse=True)
    periods = sorted({chapter.period for chapter in chapters})[-_COLUMNS:]
    recent = [told for told in order if told[-1].period in periods][:_ROWS]
    language = next(iter(site.publications.get(publication, {})), "en")
    text = (
        environment(site.theme)
        .get_template("threads.html")
        .render(
            language="en",
            root="../../",
            site_name=site.name,
            title=f"{publication_title(site, publication, 'en') or publication}: {phrase('en', 'threads')}",
            chart=timeline([_row(told) for told in recent], periods, phrase("en", "thread_chart")) if recent else "",
            threads=[_listed(told, language) for told in order],
        )
    )
    return {f"{publication}/threads/index.html": text.encode("utf-8", "replace")}


def _row(told: Sequence[Told]) -> tuple[str, dict[str, int]]:
    return readable(told[-1].title or told[-1].thread, _LABEL), {one.period: one.works for one in told}


def _listed(told: Sequence[Told], language: str) -> dict[str, object]:
    return {
        "title": readable(told[-1].title or told[-1].thread, 300),
        "weak": told[-1].weak,
        "issues": [(short_period(one.period), f"../{one.period}/{language}/index.html") for one in told],
        "works": sum(one.works for one in told),
    }
