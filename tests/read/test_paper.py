import pytest

from digest.read.document import Paper, Trouble
from digest.read.paper import affiliations, may_show, paper_of, read_paper, venue, work

PROSE = "We study ranking with one model, and it reads the whole history of a user before it answers. "
TEX = (
    "\\documentclass{article}\\begin{document}\\begin{abstract}"
    + PROSE
    + "\\end{abstract}\\section{Method}"
    + PROSE * 8
    + "\\end{document}"
).encode()


def test_the_first_format_with_a_text_is_taken() -> None:
    found = read_paper({"html": b"<html></html>", "tex": TEX, "pdf": b"junk"})
    assert isinstance(found, Paper)
    assert found.format == "tex"
    assert found.text.startswith("Abstract\nWe study ranking")


def test_trouble_names_what_was_wrong_with_each() -> None:
    found = read_paper({"html": b"<html></html>", "pdf": b"junk"})
    assert found == Trouble(reason="html: the HTML holds no paper; pdf: the file is no PDF")
    assert read_paper({}) == Trouble(reason="the paper has no full text at hand")


def test_a_worker_answers_in_plain_data() -> None:
    assert paper_of(work(TEX, format="tex")) == read_paper({"tex": TEX})
    assert paper_of(work(b"junk", format="pdf")) == Trouble(reason="the file is no PDF")


@pytest.mark.parametrize(
    ("license_url", "shown"),
    [
        ("http://creativecommons.org/licenses/by/4.0/", True),
        ("https://creativecommons.org/licenses/by-sa/4.0/", True),
        ("http://creativecommons.org/publicdomain/zero/1.0/", True),
        ("CC BY 4.0", True),
        ("http://creativecommons.org/licenses/by-nc-sa/4.0/", False),
        ("http://creativecommons.org/licenses/by-nc-nd/4.0/", False),
        ("http://arxiv.org/licenses/nonexclusive-distrib/1.0/", False),
        ("", False),
    ],
)
def test_only_free_licences_allow_showing_a_figure(license_url: str, shown: bool) -> None:
    assert may_show(license_url) == shown


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("12 pages, accepted at KDD 2026", "KDD 2026"),
        ("Accepted by the SIGIR'26 Industry Track, 8 pages", "SIGIR'26"),
        ("To appear in RecSys 2026.", "RecSys 2026"),
        ("9 pages, 3 figures, WWW 2026", "WWW 2026"),
        ("9 pages, 3 figures", ""),
        ("", ""),
    ],
)
def test_the_comment_tells_the_venue(comment: str, expected: str) -> None:
    assert venue(comment) == expected


def test_affiliations_come_from_what_stands_before_the_abstract() -> None:
    assert affiliations("Ada One, Bo Two. Kuaishou Technology, Beijing; Tsinghua University; 快手") == (
        "Kuaishou",
        "Tsinghua University",
    )
