"""The evidence of an edition, as page and Markdown: each sentence, its kind, its words in the source, its verdict."""

from dataclasses import dataclass

from digest.render.environment import environment, template_for
from digest.render.markdown import escaped, link
from digest.render.page import ROOT
from digest.render.readable import readable
from digest.render.site import Site, publication_title
from digest.render.view import Mark, Sentence, View
from digest.render.wording import phrase


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


def evidence_markdown(view: View) -> str:
    """Return the same as Markdown: each sentence by its number, what checking found, and the words it rests on."""
    blocks = [f"## {phrase(view.language, 'evidence')}"]
    for sentence in view.sentences:
        names = [phrase(view.language, f"kind_{sentence.kind}"), phrase(view.language, f"verdict_{sentence.verdict}")]
        said = f"~~{escaped(sentence.text)}~~" if sentence.struck else escaped(sentence.text)
        blocks.append(
            f"**{sentence.number}** {' · '.join([*names, *filter(None, [escaped(sentence.fault)])])}\n\n{said}"
        )
        if sentence.marks:
            blocks.append("\n".join(_basis(view, sentence, mark) for mark in sentence.marks))
    return "\n\n".join(blocks) + "\n"


def _basis(view: View, sentence: Sentence, mark: Mark) -> str:
    if not mark.number:
        figures = "".join(f", {escaped(name)} = {escaped(value)}" for name, value in sentence.figures)
        return f"- {phrase(view.language, 'receipt_source')}{figures}"
    quote = f"{phrase(view.language, 'colon')}“{escaped(mark.quote)}”" if mark.quote else ""
    return f"- {link(mark.label, mark.url)}{quote}"


def tally(sentences: tuple[Sentence, ...]) -> Tally:
    """Count sentences by kind and by verdict."""
    return Tally(
        kinds=_counted([sentence.kind for sentence in sentences]),
        verdicts=_counted([sentence.verdict for sentence in sentences]),
    )


def _counted(names: list[str]) -> tuple[tuple[str, int], ...]:
    numbers = {name: names.count(name) for name in sorted(set(names))}
    return tuple(sorted(numbers.items(), key=lambda pair: -pair[1]))
