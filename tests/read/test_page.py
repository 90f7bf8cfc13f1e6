import pytest

from digest.read.document import Page, Trouble
from digest.read.page import MOST_BYTES, page_of, read_page, work

PROSE = (
    "The team rebuilt its ranking stack around one model. It now reads the whole history of a listener, and it "
    "answers in a few milliseconds. "
    "Listeners stayed longer, skipped less and came back more often, says the lead engineer. "
)


def html(main: str, head: str = "", lang: str = ' lang="en-GB"') -> bytes:
    top = f"<!doctype html><html{lang}><head><title>One model</title>{head}</head><body><nav>Home About</nav>"
    return f"{top}{main}</body></html>".encode()


def article(paragraphs: int = 6) -> str:
    return "<article><h1>One model</h1>" + "".join(f"<p>{n}. {PROSE}</p>" for n in range(paragraphs)) + "</article>"


def page(body: bytes) -> Page:
    found = read_page(body, "https://example.org/2026/one-model")
    assert isinstance(found, Page), found
    return found


def trouble(body: bytes) -> str:
    found = read_page(body)
    assert isinstance(found, Trouble), found
    return found.reason


def test_reads_text_title_author_date_and_language() -> None:
    head = '<meta name="author" content="Ada Writer">'
    head += '<meta property="article:published_time" content="2026-06-18T09:00:00Z">'
    found = page(html(article(), head))
    assert "rebuilt its ranking stack" in found.text
    assert "Home About" not in found.text
    assert (found.title, found.author) == ("One model", "Ada Writer")
    assert (found.published, found.language) == ("2026-06-18", "en")
    assert found.wall == ""
    assert len(found.sha256) == 64
    assert page(html(article(), head)) == found


def test_chinese_pages_are_known_by_their_letters() -> None:
    text = "".join(
        f"<p>{n}。团队围绕一个模型重建了排序系统，它读取用户的全部历史，并在几毫秒内作答，用户停留更久。</p>"
        for n in range(8)
    )
    assert page(html(f"<article>{text}</article>", lang="")).language == "zh"


def test_a_paywall_after_an_excerpt_is_said() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    assert page(html(article(2), head)).wall == "paywall"
    assert (
        page(html(article(8).replace("</article>", "<p>Subscribe to continue reading this story.</p></article>"))).wall
        == "paywall"
    )
    assert (
        page(html(article(8).replace("</article>", "<p>Please sign in to read the rest.</p></article>"))).wall
        == "login"
    )


def test_an_article_about_cookies_is_no_wall() -> None:
    assert page(html(article(8).replace("</article>", "<p>They accept cookies, too.</p></article>"))).wall == ""


@pytest.mark.parametrize(
    ("words", "wall"),
    [
        ("Before you continue to the site: we and our 812 partners store cookies here. Accept them.", "consent"),
        ("Just a moment... Checking your browser before you enter. Verify you are human.", "robot check"),
        ("Create a free account to read this. Sign in to continue to the story that you asked for, please.", "login"),
        ("This story is only available to our subscribers. Subscribe to continue, it costs little a month.", "paywall"),
        ("环境异常，当前环境异常，完成验证后即可继续访问。", "robot check"),
    ],
)  # fmt: skip
def test_a_wall_without_an_article_is_trouble(words: str, wall: str) -> None:
    assert trouble(html(f"<main><p>{words}</p></main>")) == f"{wall} instead of an article"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "the page is empty"),
        (b"   \n", "the page is empty"),
        (b"%PDF-1.7 binary", "the page is no HTML"),
        (b"<html>" + b"x" * MOST_BYTES, "the page has 5,000,006 bytes, more than 5,000,000"),
        (b"<html><body>" + b"<b>" * 200_001, "the page has more than 200,000 tags"),
        (b"<html><body><p>Hi.</p></body></html>", "the page has no article text"),
        (b"<html><body><table><tr><td>\x00\xff\xfe</body>", "the page has no article text"),
    ],
)
def test_what_is_no_article_is_refused_in_one_line(body: bytes, reason: str) -> None:
    assert trouble(body) == reason


def test_a_page_of_fifty_megabytes_is_refused_at_once() -> None:
    assert "more than" in trouble(b"<html>" + b"<p>a</p>" * 6_500_000)


def test_deep_nesting_ends() -> None:
    assert trouble(b"<html><body>" + b"<div>" * 50_000)


def test_a_worker_answers_in_plain_data() -> None:
    assert page_of(work(html(article()))) == read_page(html(article()))
    assert page_of(work(b"")) == Trouble(reason="the page is empty")
