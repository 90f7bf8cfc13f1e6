"""The mail: its size, its way out, its text."""

import unicodedata
from dataclasses import replace

import pytest

from digest.domain.issue import Issue, Section
from digest.domain.reader import PREFERENCES, UNSUBSCRIBE
from digest.render.edition import edition
from digest.render.mail import MAX_BYTES, mail_html, mail_text, wrapped
from digest.render.view import view
from tests.render import samples
from tests.render.pages import hrefs, is_safe, texts, tree


def crowded(number: int, words: int = 60) -> Issue:
    """Return an issue of many entries, the last the best."""
    many = tuple(
        samples.entry(f"arxiv:{n}", f"Study {n}", f"https://arxiv.org/abs/{n}", f"It says {n}. " + "word " * words)
        for n in range(number)
    )
    many = tuple(replace(entry, value=1 + n / number) for n, entry in enumerate(many))
    section = Section(slug="all", title="All", claims=(), items=tuple(entry.id for entry in many))
    return replace(samples.english(), entries=many, overview=(), threads=(), sections=(section,))


def test_a_crowded_issue_keeps_its_best_and_counts_the_rest() -> None:
    html = mail_html(view(crowded(300)), samples.SITE)
    size = len(html.encode())
    assert MAX_BYTES - 2_500 < size <= MAX_BYTES
    kept = texts(html.encode(), "h3")
    assert kept == [f"Study {n}" for n in range(300 - len(kept), 300)]
    assert texts(html.encode(), ".more") == [f"{300 - len(kept)} more items on the web"]


def test_an_issue_that_fits_is_whole() -> None:
    html = mail_html(view(samples.english()), samples.SITE).encode()
    assert len(texts(html, "h3")) == 7
    assert texts(html, ".more") == []


def test_long_prose_without_entries_is_cut_too() -> None:
    claims = tuple(samples.quoted("x", "word " * 400 + str(n)) for n in range(900))
    issue = replace(samples.english(), overview=claims, entries=(), threads=(), sections=())
    html = mail_html(view(issue), samples.SITE)
    assert len(html.encode()) <= MAX_BYTES
    assert html.count("word") > 1000


def test_even_the_worst_stays_below_the_limit() -> None:
    long = "字" * 9_000
    titles = tuple(replace(samples.english().threads[0], title=long) for _ in range(400))
    issue = replace(samples.hostile(), threads=titles, engine_notes=(long,) * 50)
    assert len(mail_html(view(issue), samples.SITE).encode()) <= MAX_BYTES


@pytest.mark.parametrize("issue", [samples.english(), samples.chinese(), samples.hostile()], ids=["en", "zh", "bad"])
def test_the_way_out_stands_at_both_ends(issue: Issue) -> None:
    files = edition(issue, samples.SITE)
    html = files["mail.html"].decode()
    out = html.split(UNSUBSCRIBE)
    assert len(out) == 3
    assert len(tree(out[0].encode()).body.text(separator=" ")) < 1_000  # type: ignore[union-attr]  # it has a body
    assert html.count(PREFERENCES) == 1
    text = files["mail.txt"].decode()
    assert text.count(UNSUBSCRIBE) == 2
    assert PREFERENCES in text
    assert [href for href in hrefs(files["mail.html"]) if not is_safe(href)] == []
    assert not any(href.startswith(("#", "..")) for href in hrefs(files["mail.html"]))


def test_styles_are_inlined_and_dark_mode_is_kept() -> None:
    html = mail_html(view(samples.english()), samples.SITE)
    assert "prefers-color-scheme:dark" in html
    assert tree(html.encode()).css_first("h1").attributes["style"]
    assert html.index('charset="utf-8"') < 1_000
    assert "<img" not in html


def test_the_text_is_wrapped_and_numbered() -> None:
    text = mail_text(view(samples.english()), samples.SITE)
    lines = text.splitlines()
    assert all(len(line) <= 72 for line in lines if "http" not in line)
    assert "[1] https://arxiv.org/abs/2606.00001v2" in lines
    assert "up to +1.20% CTR" in text
    assert "\n\n\n" not in text
    assert "<" not in text.replace("<-", "")


def test_chinese_lines_count_double_width() -> None:
    folded = wrapped("排序模型" * 30 + "，用 PebbleGraph 每小时更新一次。", "  ")
    lines = folded.splitlines()
    assert len(lines) > 3
    for line in lines:
        width = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)
        assert width <= 74
        assert line.startswith("  ")
        assert not line.strip().startswith(tuple("，。"))
    assert "".join(lines).replace(" ", "") == "排序模型" * 30 + "，用PebbleGraph每小时更新一次。"


def test_the_receipts_failures_are_in_both_mails() -> None:
    files = edition(samples.english(), samples.SITE)
    for name in ("mail.html", "mail.txt"):
        text = files[name].decode()
        assert "Example Lab blog" in text
        assert "503 Service Unavailable" in text
        assert "local engine" in text


def test_the_postal_address_stands_at_the_foot() -> None:
    site = replace(samples.SITE, postal_address="Example Lab, 1 Harbor Street <Springfield>")
    files = edition(samples.chinese(), site)
    assert texts(files["mail.html"], ".foot")[0].endswith("Example Lab, 1 Harbor Street <Springfield>")
    assert files["mail.txt"].decode().endswith("\n\nExample Lab, 1 Harbor Street <Springfield>\n")
    bare = edition(samples.chinese(), samples.SITE)
    assert bare["mail.txt"].decode().rstrip().endswith(PREFERENCES)


def test_the_web_address_is_absolute() -> None:
    web = "https://digest.example.org/news/recsys-weekly/2026-W25/en/"
    files = edition(samples.english(), samples.SITE)
    assert web in hrefs(files["mail.html"])
    assert f"{web}#receipt" in hrefs(files["mail.html"])
    assert web in files["mail.txt"].decode()
