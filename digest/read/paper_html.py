"""The full text of a paper from arXiv's HTML (LaTeXML): sections, figures with captions, front matter."""

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from digest.read.document import Paper, Picture, Section, Trouble
from digest.read.paper_text import best_picture, bounded, code_links

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST_BYTES = 20_000_000
_MOST_TAGS = 600_000
_NOISE = (
    "script, style, nav, header.ds-header, footer, .ltx_bibliography, .ltx_page_footer, .ltx_page_header, "
    ".ltx_note_outer, .ltx_tag_bibitem, annotation"
)
_NUMBER = re.compile(r"^\s*(?:\d+|[A-Z]|[IVX]+)(?:\.\d+)*\.?\s+(?=\S)")
_SPACES = re.compile(r"\s+")
_LEAST = 400


def read_html(body: bytes) -> Paper | Trouble:
    """Read arXiv's HTML rendering; a page without LaTeXML's sections is refused."""
    if len(body) > MOST_BYTES or body.count(b"<") > _MOST_TAGS:
        return Trouble(reason=f"the HTML is too large ({len(body):,} bytes)")
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415  only readers of papers pay for it

    tree = LexborHTMLParser(body.decode("utf-8", "replace"))
    license_, base = tree.css_first("#license-tr"), tree.css_first("base[href]")
    granted = _plain(license_)[:80].removeprefix("License: ") if license_ else ""
    for node in tree.css(_NOISE):
        node.decompose()
    _write_formulas(tree)
    root = (base.attributes.get("href") or "") if base else ""
    pictures = [picture for figure in tree.css("figure.ltx_figure") if (picture := _picture(figure, root))]
    code = code_links(
        " ".join(node.attributes.get("href") or "" for node in tree.css("a[href]")) + " " + _body_text(tree)
    )
    _write_links(tree)
    sections, flags = bounded(_sections(tree))
    if sum(len(section.text) for section in sections) < _LEAST:
        return Trouble(reason="the HTML holds no paper")
    front = " ".join(_plain(node) for node in tree.css(".ltx_authors"))
    return Paper(
        format="html",
        sections=sections,
        front=front[:5000],
        picture=best_picture(pictures),
        code=code,
        license=granted,
        flags=flags,
    )


def _write_formulas(tree: "LexborHTMLParser") -> None:
    """Put a formula's TeX where its markup stands: MathML read as text repeats every sign."""
    for node in tree.css("math[alttext]"):
        node.replace_with(node.attributes.get("alttext") or "")


def _sections(tree: "LexborHTMLParser") -> list[Section]:
    found = [Section(title="Abstract", text=_plain(node)) for node in tree.css(".ltx_abstract")[:1]]
    for node in tree.css("section.ltx_section, section.ltx_appendix"):
        heading = node.css_first("h2, h3, .ltx_title")
        title = _NUMBER.sub("", _plain(heading)) if heading else ""
        if heading:
            heading.decompose()
        found.append(Section(title=title, text=_plain(node)))
    return found


def _write_links(tree: "LexborHTMLParser") -> None:
    """Put a repository's address behind the word that links to it: which sentence names it can then be read."""
    for node in tree.css("a[href]"):
        for link in code_links(node.attributes.get("href") or ""):
            node.insert_after(f" ({link})")


def _picture(figure: "LexborNode", root: str) -> Picture | None:
    caption, image = figure.css_first("figcaption"), figure.css_first("img[src]")
    if caption is None or image is None:
        return None
    return Picture(caption=_plain(caption)[:1000], image=urljoin(root, image.attributes.get("src") or ""))


def _plain(node: "LexborNode") -> str:
    return _SPACES.sub(" ", node.text(separator=" ")).replace(" ,", ",").replace(" .", ".").strip()


def _body_text(tree: "LexborHTMLParser") -> str:
    return tree.body.text(separator=" ") if tree.body else ""
