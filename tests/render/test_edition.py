"""The files of an edition."""

import json
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import pytest

from digest.domain.issue import Figure, Issue
from digest.packed import packed
from digest.render.edition import card, edition
from digest.render.site import Site
from tests.render import samples
from tests.render.pages import handlers, hrefs, is_safe, loads, scripts, texts, tree

ISSUES = {"en": samples.english(), "zh": samples.chinese(), "hostile": samples.hostile()}


@pytest.fixture(params=list(ISSUES), scope="module")
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    return edition(ISSUES[request.param], samples.SITE)


def test_all_forms_are_there(files: dict[str, bytes]) -> None:
    assert sorted(files) == ["evidence.html", "index.html", "issue.json", "issue.md", "mail.html", "mail.txt"]


def test_the_same_issue_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib; from tests.render import samples; from digest.render.edition import edition;"
        "files = edition(samples.english(), samples.SITE);"
        "print([hashlib.sha256(content).hexdigest() for _, content in sorted(files.items())])"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_no_script_no_handler_and_no_request(files: dict[str, bytes]) -> None:
    for name in ("index.html", "evidence.html", "mail.html"):
        assert scripts(files[name]) == []
        assert handlers(files[name]) == []
        assert loads(files[name]) == []
        assert b"url(" not in files[name]
        assert b"@import" not in files[name]


def test_every_link_is_safe(files: dict[str, bytes]) -> None:
    for name in ("index.html", "evidence.html", "mail.html"):
        assert [href for href in hrefs(files[name]) if not is_safe(href)] == []


def test_links_within_the_page_lead_somewhere(files: dict[str, bytes]) -> None:
    page = tree(files["index.html"])
    anchors = {node.attributes["id"] for node in page.css("[id]")}
    assert [href for href in hrefs(files["index.html"]) if href.startswith("#") and href[1:] not in anchors] == []
    assert len(anchors) == len(page.css("[id]"))


def test_hostile_text_stays_text() -> None:
    files = edition(samples.hostile(), samples.SITE)
    page = tree(files["index.html"])
    assert texts(files["index.html"], "h1") == ["</script></style><script>alert(1)</script>"]
    assert len(page.css("main")) == len(page.css("footer")) == 1
    assert page.css("footer")[0].parent.tag == "body"  # type: ignore[union-attr]  # it is there
    for name, content in files.items():
        if name != "issue.json":
            text = content.decode()
            assert "\u202e" not in text, name
            assert "\u2066" not in text, name
            assert "49" not in "".join(texts(content, "h3")), name
    assert "+2.28%" in files["index.html"].decode()
    assert "+2.28%" in files["mail.html"].decode()
    assert json.loads(files["issue.json"])["items"][2]["title"] == "A" * 5000
    assert all(len(title) <= 300 for title in texts(files["index.html"], "h3"))


def test_every_sentence_leads_to_its_source() -> None:
    for name in ("index.html", "mail.html"):
        page = edition(samples.english(), samples.SITE)[name].decode()
        for quote in (samples.SURVEY, samples.GRAPH, samples.REPO, samples.TALK):
            start = quote.split()[0]
            assert f"#:~:text={start}" in page, (name, quote)


def test_the_page_has_landmarks_and_languages() -> None:
    page = tree(edition(samples.chinese(), samples.SITE)["index.html"])
    assert page.css_first("html").attributes["lang"] == "zh-CN"
    for selector in ("header.top", "nav.toc", "main", "footer", "h1", "a.skip"):
        assert len(page.css(selector)) == 1, selector
    quotes = page.css("q[lang=en]")
    assert quotes
    assert all(node.attributes["cite"].startswith("https://") for node in quotes)  # type: ignore[union-attr]  # set above
    levels = [int(node.tag[1]) for node in page.css("h1, h2, h3")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_failures_stand_above_the_fold_of_the_receipt() -> None:
    page = tree(edition(samples.english(), samples.SITE)["index.html"])
    assert [" ".join(node.text().split()) for node in page.css(".problems b")] == ["Example Lab blog", "Quiet Journal"]
    assert len(page.css("details tbody tr")) == 7
    assert page.css("details .problems") == []


def test_stars_can_be_heard() -> None:
    page = tree(edition(samples.english(), samples.SITE)["index.html"])
    stars = page.css_first(".stars")
    assert (stars.attributes["aria-label"], stars.text().strip()) == ("5 of 5", "★★★★★")


def test_an_entry_bears_the_number_of_its_marks() -> None:
    page = tree(edition(samples.english(), samples.SITE)["index.html"])
    marked = [(article.css_first(".ref").text(), article.css("a.mark")) for article in page.css("article.entry")]
    assert sum(bool(marks) for _, marks in marked) > 1
    assert [number for number, marks in marked if {mark.text() for mark in marks} - {number}] == []


def test_a_figure_is_shown_only_where_it_may_be() -> None:
    issue = samples.english()
    page = edition(issue, samples.SITE)["index.html"]
    assert b"<img" not in page
    assert b"https://arxiv.org/html/2606.00001v2#S3.F1" in page
    figure = Figure(page="https://a.example/p", caption="Figure 2", url="https://a.example/f.png", license="CC BY 4.0")
    entries = (replace(issue.entries[0], figure=figure), *issue.entries[1:])
    page = edition(replace(issue, entries=entries), samples.SITE)["index.html"]
    assert [node.attributes["src"] for node in loads(page)] == ["https://a.example/f.png"]
    assert b"Licence: CC BY 4.0" in page


def test_the_sample_week_says_so_everywhere() -> None:
    for name, content in edition(replace(samples.english(), sample=True), samples.SITE).items():
        assert (b"SAMPLE" in content) == (name != "issue.json"), name


def test_an_issue_with_next_to_nothing_is_whole() -> None:
    bare = replace(
        samples.english(),
        overview=(),
        threads=(),
        sections=(),
        entries=(),
        counts={},
        tags=(),
        category="",
        headline="",
    )
    files = edition(bare, replace(samples.SITE, publications={}))
    assert texts(files["index.html"], "h1") == ["RecSys Weekly"]
    assert b"Overview" not in files["index.html"]
    assert all(files.values())


def test_counts_by_score_are_drawn() -> None:
    page = edition(samples.english(), samples.SITE)["index.html"]
    assert texts(page, ".receipt svg .strong") == ["2", "1", "3", "1", "0"]
    none = replace(samples.english(), counts={"by_score": {"5": 0}})
    assert b"<svg" not in edition(none, samples.SITE)["index.html"]


def test_the_other_language_is_linked() -> None:
    page = tree(edition(samples.english(), samples.SITE)["index.html"])
    assert [node.attributes["href"] for node in page.css(".menu a[hreflang]")] == ["../zh/index.html"]


def test_a_card_tells_of_the_issue() -> None:
    made = card(samples.english())
    assert (made.publication, made.period, made.language, made.path) == (
        "recsys-weekly",
        "2026-W25",
        "en",
        "recsys-weekly/2026-W25/en",
    )
    assert 150 < made.words < 400
    assert card(samples.chinese()).words > 100


def test_a_theme_and_a_publication_have_their_own_templates(tmp_path: object) -> None:
    from pathlib import Path  # noqa: PLC0415  only here

    theme = Path(str(tmp_path))
    theme.joinpath("theme.css").write_text("h1{color:teal}</style>", "utf-8")
    own = theme / "recsys-weekly"
    own.mkdir()
    own.joinpath("issue.html").write_text(
        '{% extends "issue.html" %}{% block footer %}<p>our own foot</p>{% endblock %}', "utf-8"
    )
    page = edition(samples.english(), replace(samples.SITE, theme=str(theme)))["index.html"]
    assert b"our own foot" in page
    assert b"h1{color:teal}" in page
    assert len(tree(page).css("style")) == 1
    other: Issue = replace(samples.english(), publication="ai-weekly")
    assert b"our own foot" not in edition(other, replace(samples.SITE, theme=str(theme)))["index.html"]


def test_the_templates_are_packed() -> None:
    assert packed("templates").joinpath("base.html").is_file()


def test_the_sign_up_page_is_linked_where_there_is_one() -> None:
    def menu(site: Site) -> list[str]:
        return texts(edition(samples.english(), site)["index.html"], ".menu a")

    assert menu(samples.SITE) == ["Archive", "中文", "Feed"]
    assert menu(replace(samples.SITE, subscribe="https://e.org/subscribe")) == ["Archive", "中文", "Feed", "Subscribe"]
