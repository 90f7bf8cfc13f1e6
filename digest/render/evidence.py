"""The evidence page of an edition: each sentence, its kind, the words it rests on, and what checking found."""

from dataclasses import dataclass

from digest.render.environment import environment, template_for
from digest.render.page import ROOT
from digest.render.readable import readable
from digest.render.site import Site, publication_title
from digest.render.view import Sentence, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many sentences there are of each kind and verdict, most frequent first; equal ones by name."""

    kinds: tuple[tuple[str, int], ...]
    verdicts: tuple[tuple[str, int], ...]


def evidence_page(view: View, site: Site) -> str:
    """Return the page; its sentences bear the order and the source numbers of the issue's page."""
    issue = view.issue
    template = environment(site.theme).get_template(template_for(site.theme, issue.publication, "evidence.html"))
    title = publication_title(site, issue.publication, issue.language) or issue.title
    return template.render(
        view=view,
        language=issue.language,
        publication_title=readable(title, 120),
        tally=tally(view.sentences),
        root=ROOT,
        site_name=site.name,
    )


def tally(sentences: tuple[Sentence, ...]) -> Tally:
    """Count sentences by kind and by verdict."""
    return Tally(
        kinds=_counted([sentence.kind for sentence in sentences]),
        verdicts=_counted([sentence.verdict for sentence in sentences]),
    )


def _counted(names: list[str]) -> tuple[tuple[str, int], ...]:
    numbers = {name: names.count(name) for name in sorted(set(names))}
    return tuple(sorted(numbers.items(), key=lambda pair: -pair[1]))
