"""An issue in all its forms: the files of one edition."""

from digest.domain.issue import Issue
from digest.render.document import encode
from digest.render.evidence import evidence_page
from digest.render.mail import mail_html, mail_text
from digest.render.markdown import of_view
from digest.render.page import page
from digest.render.site import Card, Site, publication_title
from digest.render.view import view
from digest.render.words import words_in


def edition(issue: Issue, site: Site) -> dict[str, bytes]:
    """Return the edition's files by name: the same issue gives the same bytes."""
    seen = view(issue)
    files = {
        "index.html": page(seen, site),
        "issue.md": of_view(seen, publication_title(site, issue.publication, issue.language) or issue.title),
        "evidence.html": evidence_page(seen, site),
        "mail.html": mail_html(seen, site),
        "mail.txt": mail_text(seen, site),
    }
    return {name: text.encode("utf-8", "replace") for name, text in files.items()} | {"issue.json": encode(issue)}


def card(issue: Issue) -> Card:
    """Return what the site's lists show of an issue."""
    seen = view(issue)
    text = " ".join([seen.headline, *(sentence.text for sentence in seen.sentences)])
    return Card(
        publication=issue.publication,
        title=issue.title,
        headline=issue.headline,
        period=issue.period,
        language=issue.language,
        date=issue.date,
        summary=issue.summary,
        tags=issue.tags,
        category=issue.category,
        reading_minutes=issue.reading_minutes,
        words=words_in(text),
        sample=issue.sample,
        counts=issue.counts,
        corrections=tuple(each for each in issue.corrections if each.period == issue.period),
    )
