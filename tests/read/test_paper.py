import json

import pytest

from digest.read.document import Format, Paper, Section, Trouble
from digest.read.paper import affiliations, home_of, may_show, own_code, paper_of, venue, work
from digest.read.paper_tex import read_tex

PROSE = "We study ranking with one model, and it reads the whole history of a user before it answers. "
TEX = (
    "\\documentclass{article}\\begin{document}\\begin{abstract}"
    + PROSE
    + "\\end{abstract}\\section{Method}"
    + PROSE * 8
    + "\\end{document}"
).encode()


def test_a_worker_answers_in_plain_data() -> None:
    answer = work(TEX, format="tex")
    assert json.loads(json.dumps(answer))["format"] == "tex"
    found = paper_of(answer)
    assert isinstance(found, Paper)
    assert found == read_tex(TEX)
    assert found.text.startswith("Abstract\nWe study ranking")


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"<html></html>", "html", "the HTML holds no paper"),
        (b"\x1f\x8bjunk", "tex", "the source can't be unpacked"),
        (b"junk", "pdf", "the file is no PDF"),
    ],
)
def test_trouble_says_what_is_wrong_with_a_format(body: bytes, kind: Format, reason: str) -> None:
    found = paper_of(work(body, format=kind))
    assert isinstance(found, Trouble)
    assert reason in found.reason


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
        ("Accepted at the ICML 2026 Workshop on Soup", "ICML 2026 workshop"),
        ("Submitted to SOUPCONF 2026", ""),
        ("10 pages, under review at ICML 2026", ""),
        ("Copyright 2026 held by the authors", ""),
        ("Published in Soup Press, February 2025", ""),
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


@pytest.mark.parametrize(
    ("front", "home", "line"),
    [
        ("Ada One\nKuaishou Technology, Beijing\nBo Two", "Kuaishou", "Kuaishou Technology, Beijing"),
        ("Bo Two, Tsinghua University; Ada One, Pinterest", "Pinterest", "Ada One, Pinterest"),
        ("Bo Two\nDelft University of Technology", "TU Delft", "Delft University of Technology"),
        ("Figure Skaters, Nowhere", "", ""),
        ("", "", ""),
    ],
)
def test_a_company_before_the_abstract_comes_before_a_university(front: str, home: str, line: str) -> None:
    assert home_of(front) == (home, line)


def test_only_what_a_paper_offers_is_its_own_code() -> None:
    text = (
        "We compare with Foo (https://github.com/foo/foo). " + "It cooks. " * 30 + "Our code is available at "
        "https://github.com/soup/rank. " + "It cooks. " * 30 + "See https://gitlab.com/pan/cake for more."
    )
    links = ("https://github.com/foo/foo", "https://github.com/soup/rank", "https://gitlab.com/pan/cake")
    found = Paper(format="tex", sections=(Section(title="A", text=text),), code=links)
    assert own_code(found) == ("https://github.com/soup/rank",)
