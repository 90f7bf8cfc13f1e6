"""An issue as a page: index.html, whole in itself, with relative links only."""

from collections.abc import Mapping

from markupsafe import Markup

from digest.domain.issue import Issue
from digest.domain.item import Language
from digest.render.charts import bars
from digest.render.corrected import earlier_notices, own_notices
from digest.render.environment import environment, template_for
from digest.render.links import safe_url
from digest.render.readable import readable
from digest.render.receipt import receipt_view
from digest.render.site import Site, publication_title
from digest.render.tags import tag_address
from digest.render.view import View
from digest.render.wording import category, count, html_language, language_name, phrase

ROOT = "../../../"
"""From an edition's folder to the site's."""


def page(view: View, site: Site) -> str:
    """Return the issue's page."""
    issue = view.issue
    template = environment(site.theme).get_template(template_for(site.theme, issue.publication, "issue.html"))
    return template.render(
        view=view,
        language=issue.language,
        publication_title=readable(publication_title(site, issue.publication, issue.language) or issue.title, 120),
        corrections=own_notices(issue),
        earlier=earlier_notices(issue),
        absent=site.unpublished,
        receipt=receipt_view(issue, score_chart(issue)),
        minutes=count(issue.language, "minute", issue.reading_minutes),
        summary=readable(issue.summary, 300),
        category=readable(category(issue.language, issue.category), 60),
        editions=editions(site, issue),
        tags=[(readable(tag, 60), tag_address(tag)) for tag in issue.tags],
        root=ROOT,
        subscribe=safe_url(site.subscribe),
        site_name=site.name,
    )


def editions(site: Site, issue: Issue) -> list[tuple[Language, str]]:
    """Return the languages of the issue's other editions that readers may see, each with its own name."""
    languages = site.publications.get(issue.publication, {})
    there = [
        other for other in sorted(languages) if f"{issue.publication}/{issue.period}/{other}" not in site.unpublished
    ]
    return [(other, language_name(other)) for other in there if other != issue.language]


def score_chart(issue: Issue) -> Markup:
    """Draw how many items got how many stars, from the counts of the issue; empty where they are not counted."""
    scores = issue.counts.get("by_score")
    if not isinstance(scores, Mapping):
        return Markup()
    rows = [(f"{'★' * n}", int(scores.get(str(n), scores.get(n, 0)))) for n in range(5, 0, -1)]
    return (
        bars(rows, phrase(issue.language, "score_chart"), html_language(issue.language))
        if any(number for _, number in rows)
        else Markup()
    )
