"""issue.md: the page's content, and no sign of a stranger's text that means anything."""

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from digest.domain.issue import Receipt
from digest.render.markdown import escaped, link, markdown
from tests.render import samples
from tests.render.pages import hrefs, is_safe, texts

RENDER = MarkdownIt("gfm-like", {"linkify": False}).render


def html(text: str) -> bytes:
    return RENDER(text).encode()


def test_the_issue_reads_in_order() -> None:
    page = html(markdown(samples.english(), samples.SITE))
    assert texts(page, "h2") == [
        "Overview",
        "Thread 1: From nightly batches to fresh state",
        "Thread 2: Cheaper training, in the open",
        "What practitioners say",
        "Trending projects",
        "Podcast",
        "Also in this issue",
        "Receipt",
    ]
    assert texts(page, "h3")[0] == "LanternRank: Ranking Feeds with One Long Sequence"
    assert len(texts(page, "tbody tr")) == 7
    assert "up to +1.20% CTR (online · homepage feed · fourteen-day)" in texts(page, "li")


def test_without_a_site_the_issues_title_stands() -> None:
    assert "**推荐周报**" in markdown(samples.chinese())


def test_the_chinese_edition_is_framed_in_chinese() -> None:
    page = markdown(samples.chinese(), samples.SITE)
    assert "## 主线 1：从夜间批处理到实时状态" in page
    assert "## 回执" in page


def test_hostile_text_makes_no_markup() -> None:
    page = html(markdown(samples.hostile(), samples.SITE))
    assert texts(page, "script, style, img, code, b, hr") == []
    assert [href for href in hrefs(page) if not is_safe(href)] == []
    assert len(texts(page, "h1")) == 1
    assert len(texts(page, "tbody tr")) == len(samples.HOSTILE)


@example("## two marks")
@given(st.text(alphabet="#*_`[]()<>!|~$&;+-=.1a \\\n>:\"'", max_size=40))
def test_escaped_text_comes_out_as_it_went_in(text: str) -> None:
    page = html(escaped(text))
    wanted = " ".join(text.split())
    assert "".join(texts(page, "body")) == wanted
    assert texts(page, "em, strong, code, a, img, h1, h2, li, blockquote, hr, table, del") == []


def test_a_link_without_address_is_text() -> None:
    assert link("a*b", "") == r"a\*b"
    assert link("a", "https://x.example/(b)") == "[a](https://x.example/%28b%29)"


def test_a_bare_issue_has_neither_table_nor_lists() -> None:
    bare = replace(samples.english(), entries=(), threads=(), sections=(), overview=(), receipt=Receipt())
    page = html(markdown(bare))
    assert texts(page, "h2") == ["Receipt"]
    assert texts(page, "table, li") == []
