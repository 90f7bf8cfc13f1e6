"""The site round the issues."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from defusedxml import ElementTree
from selectolax.lexbor import LexborHTMLParser

from digest.render.edition import card, edition
from digest.render.essays import essay
from digest.render.ledger import ledger
from digest.render.site import Card, newest_first, pages, publication_title
from digest.render.tags import tag_slug
from tests.render import samples
from tests.render.pages import dangling, handlers, hrefs, is_safe, loads, scripts, texts, tree

ATOM = "{http://www.w3.org/2005/Atom}"
FIRST = card(samples.english())


def cards(number: int) -> list[Card]:
    return [replace(FIRST, period=f"{2000 + n}-W01", date=FIRST.date + timedelta(days=n)) for n in range(number)]


def whole() -> Mapping[str, bytes]:
    """Return a site with its issues, an essay and the ledger."""
    issues = [samples.english(), samples.chinese(), replace(samples.hostile(), publication="ai-weekly")]
    earlier = [replace(issue, period="2026-W24") for issue in issues]
    files: dict[str, bytes] = {}
    for issue in (*issues, *earlier):
        told = replace(issue, threads=tuple(replace(thread, continues=None) for thread in issue.threads))
        files |= {f"{issue.slug}/{name}": content for name, content in edition(told, samples.SITE).items()}
    files["ai-weekly/2026-W25/zh/index.html"] = files["ai-weekly/2026-W24/zh/index.html"] = b"<p id=main>"
    site = replace(samples.SITE, ledger=True)
    essays = [essay("on-receipts", "# On receipts\n\nText.")]
    return files | pages([card(issue) for issue in (*issues, *earlier)], site, essays) | ledger([], site)


def test_every_relative_link_of_the_site_leads_to_a_file() -> None:
    assert dangling({path: html for path, html in whole().items() if path != "404.html"} | {"404.html": b""}) == []


def test_nothing_is_asked_of_another_host_and_no_text_becomes_code() -> None:
    for path, content in whole().items():
        if path.endswith(".html") and not path.startswith("results/"):
            assert [*loads(content), *scripts(content), *handlers(content)] == [], path
            assert [href for href in hrefs(content) if not is_safe(href)] == [], path


def test_the_front_page_lists_all_newest_first() -> None:
    made = pages(
        [FIRST, replace(FIRST, period="2026-W26", headline="Newer", date=FIRST.date + timedelta(days=7))], samples.SITE
    )
    assert texts(made["index.html"], ".row h3") == ["Newer", samples.english().headline]
    assert texts(made["index.html"], ".publications a") == [
        "RecSys Weekly",
        "推荐周报",
        "AI Weekly",
        "AI 周报",
        "AI Tech Daily",
        "AI 技术日报",
    ]
    meta = texts(made["index.html"], ".row .meta")[1]
    assert meta.startswith("22 June 2026 · 6 minutes, ")
    assert "Recommender systems · read: 3 papers, 1 article, 1 tweet, 1 project, 1 podcast episode" in meta


def test_the_editions_of_a_number_share_a_row() -> None:
    made = pages([card(samples.chinese()), FIRST, replace(FIRST, publication="gone", language="fr")], samples.SITE)
    page = made["index.html"]
    assert len(texts(page, ".row")) == 2
    assert texts(page, ".row h3") == [samples.english().headline] * 2
    assert texts(page, ".other") == ["中文 长序列上线，图按小时刷新"]
    assert [node.attributes["lang"] for node in tree(page).css(".other")] == ["zh-CN"]


def test_rows_are_marked_with_their_language() -> None:
    made = pages([card(samples.chinese())], samples.SITE)
    assert [node.attributes["lang"] for node in tree(made["index.html"]).css(".row")] == ["zh-CN"]


def test_each_publication_and_language_has_an_archive_and_a_feed_before_its_first_issue() -> None:
    made = pages([], samples.SITE)
    for publication, titles in samples.SITE.publications.items():
        for language in titles:
            assert f"{publication}/{language}/feed.xml" in made
            page = made[f"{publication}/{language}/index.html"]
            assert texts(page, "h1") == [titles[language]]
            assert texts(page, "section p")[0] in {"No issue has been published yet.", "尚未发布任何一期。"}


def test_an_archive_holds_only_its_own() -> None:
    made = pages([FIRST, card(samples.chinese())], samples.SITE)
    assert texts(made["recsys-weekly/zh/index.html"], ".row h3") == ["长序列上线，图按小时刷新"]
    assert texts(made["ai-weekly/en/index.html"], ".row h3") == []


def test_a_publication_that_is_no_longer_configured_keeps_its_archive() -> None:
    made = pages([replace(FIRST, publication="gone", title="Gone Weekly")], samples.SITE)
    assert texts(made["gone/en/index.html"], "h1") == ["Gone Weekly"]


def test_many_issues_take_several_pages() -> None:
    made = pages(cards(95), samples.SITE)
    for folder in ("", "recsys-weekly/en/"):
        assert len(texts(made[f"{folder}index.html"], ".row")) == 40
        assert len(texts(made[f"{folder}page/3/index.html"], ".row")) == 15
    assert dangling({path: page for path, page in made.items() if "page/" in path}) != []  # the issues are not there
    pager = [node.attributes["href"] for node in tree(made["page/2/index.html"]).css(".pager a")]
    assert pager == ["../../index.html", "../../page/3/index.html"]
    assert "Page 2 of 3" in texts(made["page/2/index.html"], "title")[0]


def test_the_feed_is_atom_with_absolute_links() -> None:
    hostile = replace(card(samples.hostile()), date=FIRST.date + timedelta(days=1))
    made = pages([*cards(50), hostile], samples.SITE)
    feed = ElementTree.fromstring(made["recsys-weekly/en/feed.xml"])
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 40
    assert entries[0].findtext(f"{ATOM}updated") == (FIRST.date + timedelta(days=49)).isoformat()
    assert feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")
    assert entries[0].find(f"{ATOM}link").attrib["href"] == (  # type: ignore[union-attr]  # it is there
        "https://digest.example.org/news/recsys-weekly/2049-W01/en/"
    )
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 40
    titles = [
        entry.findtext(f"{ATOM}title")
        for entry in ElementTree.fromstring(pages([hostile], samples.SITE)["recsys-weekly/en/feed.xml"]).findall(
            f"{ATOM}entry"
        )
    ]
    assert titles == ["</script></style><script>alert(1)</script>"]


def test_tags_have_pages_of_their_own() -> None:
    made = pages([FIRST, card(samples.chinese()), card(samples.hostile())], samples.SITE)
    assert texts(made["tags/a-b-tests/index.html"], ".row h3") == [samples.english().headline]
    assert texts(made["tags/召回/index.html"], "h1") == ["#召回"]
    assert "#retrieval" in texts(made["tags/index.html"], ".taglist a")
    assert all(".." not in path and "<" not in path for path in made)


def test_tag_names_are_folders() -> None:
    assert tag_slug("A/B tests") == "a-b-tests"
    assert tag_slug("../../etc") == "etc"
    assert tag_slug("C++") == "c++"
    assert tag_slug("!!!").startswith("tag-")
    assert tag_slug("!!!") != tag_slug("???")
    assert len(tag_slug("x" * 500)) <= 60
    assert tag_slug("x" * 500) != tag_slug("x" * 501)


def test_tags_that_differ_in_case_share_a_page() -> None:
    made = pages([replace(FIRST, tags=("LLM",)), replace(FIRST, period="2026-W26", tags=("llm",))], samples.SITE)
    assert len(texts(made["tags/llm/index.html"], ".row")) == 2


def test_essays_stand_on_top() -> None:
    essays = [essay("one", "# One\n\nIt **says** little."), essay("two", "---\ntitle: 二\nlanguage: zh\n---\n正文。")]
    made = pages([FIRST], samples.SITE, essays)
    assert texts(made["index.html"], ".essays h3") == ["One", "二"]
    assert texts(made["essays/one/index.html"], ".body strong") == ["says"]
    assert tree(made["essays/two/index.html"]).css_first("html").attributes["lang"] == "zh-CN"
    assert texts(pages(cards(41), samples.SITE, essays)["page/2/index.html"], ".essays") == []


def test_the_missing_page_leads_home_from_anywhere() -> None:
    made = pages([], samples.SITE)
    assert "https://digest.example.org/news/index.html" in hrefs(made["404.html"])


def test_sign_up_and_ledger_are_linked_where_they_exist() -> None:
    bare = pages([], samples.SITE)["index.html"]
    full = pages([], replace(samples.SITE, ledger=True, subscribe="https://digest.example.org/subscribe"))["index.html"]
    assert "Subscribe" not in texts(bare, ".menu a")
    assert texts(full, ".menu a") == ["Results ledger", "Tags", "Subscribe"]
    assert texts(pages([], replace(samples.SITE, subscribe="javascript:x"))["index.html"], ".menu a") == ["Tags"]


def test_order_does_not_depend_on_the_order_given() -> None:
    some = cards(5)
    assert newest_first(some) == newest_first(reversed(some))
    assert pages(some, samples.SITE) == pages(some[::-1], samples.SITE)


def test_titles_fall_back() -> None:
    assert publication_title(samples.SITE, "ai-weekly", "de") == "AI Weekly"
    assert publication_title(samples.SITE, "none", "en") == ""


def test_the_sample_says_so_in_the_list() -> None:
    page = LexborHTMLParser(pages([replace(FIRST, sample=True)], samples.SITE)["index.html"].decode())
    assert page.css_first(".tagged").text() == "SAMPLE"


def test_every_page_that_a_search_may_show_has_a_title_and_a_description() -> None:
    pages = {path: tree(html) for path, html in whole().items() if path.endswith("index.html") and b"<html" in html}
    told = {path: (page.css_first("title"), page.css_first('meta[name="description"]')) for path, page in pages.items()}
    assert len(told) > 20
    bare = [
        path for path, (title, text) in told.items() if not title.text() or not (text and text.attributes["content"])
    ]
    assert bare == []
