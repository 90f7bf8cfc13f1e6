"""What may become a link, and where a text fragment leads."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.render.links import safe_url, text_fragment

PAGE = "https://example.org/a"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/",
        "/relative",
        "",
        "https://",
        "https://user@example.org/",
        "https://example.org\\@evil.example",
        "https://exa\u202emple.org/",
        "https://example.org/a\nb",
        "https://[::1",
        "https://example.org/" + "a" * 3000,
        "https://example.org/\ud800",
    ],
)
def test_what_may_deceive_is_no_link(url: str) -> None:
    assert safe_url(url) == ""
    assert text_fragment(url, "words") == ""


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=c&d=e#f", "https://example.org/a?b=c&d=e#f"),
        ("HTTP://Example.org/", "HTTP://Example.org/"),
        (" https://example.org/ ", "https://example.org/"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
        ("https://example.org/'x'", "https://example.org/%27x%27"),
        ("https://example.org/文章", "https://example.org/%E6%96%87%E7%AB%A0"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
    ],
)
def test_marks_are_encoded(url: str, safe: str) -> None:
    assert safe_url(url) == safe


@given(st.text())
def test_a_link_never_ends_its_attribute(text: str) -> None:
    for url in (text, "https://example.org/" + text):
        safe = safe_url(url)
        assert safe == "" or (safe.lower().startswith(("http://", "https://")) and not set("\"'<> \n") & set(safe))
        assert safe_url(safe) == safe or len(safe) > 2000


def test_short_words_stand_whole_with_their_signs_encoded() -> None:
    assert text_fragment(PAGE, "a, b & c-d") == f"{PAGE}#:~:text=a%2C%20b%20%26%20c%2Dd"


def test_no_words_lead_to_the_page() -> None:
    assert text_fragment(PAGE, "") == PAGE
    assert text_fragment(PAGE, "  ") == PAGE
    assert text_fragment(PAGE, "$x^2$") == PAGE


def test_a_fragment_of_the_page_stays() -> None:
    assert text_fragment(f"{PAGE}#s2", "words") == f"{PAGE}#s2:~:text=words"


def test_long_words_are_given_by_both_ends() -> None:
    words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    start, end = text_fragment(PAGE, words).split("text=")[1].split(",")
    assert unquote(start) == "one two three four five six"
    assert unquote(end) == "twelve thirteen fourteen fifteen sixteen seventeen"


def test_fewer_words_are_given_by_their_halves() -> None:
    words = "To investigate whether warm pantries deepen spoonful cocoons over time, we propose"
    start, end = text_fragment(PAGE, words).split("text=")[1].split(",")
    assert (unquote(start), unquote(end)) == (
        "To investigate whether warm pantries deepen",
        "spoonful cocoons over time, we propose",
    )


def test_few_long_words_are_given_by_the_first_and_last() -> None:
    words = " ".join(["a" * 40, "b" * 40, "c" * 40])
    assert text_fragment(PAGE, words) == f"{PAGE}#:~:text={'a' * 40},{'c' * 40}"
    assert text_fragment(PAGE, "a" * 300) == f"{PAGE}#:~:text={'a' * 80}"


def test_formulas_are_left_out() -> None:
    fragment = text_fragment(PAGE, r"a lift of $+2.28\%$ in orders of the \textbf{whole} shop")
    assert unquote(fragment.split("text=")[1]) == "in orders of the"


def test_chinese_is_cut_at_its_clauses() -> None:
    words = "第一句说明了这个方法的来历与动机，" * 6 + "最后一句给出结果。"
    start, end = text_fragment(PAGE, words).split("text=")[1].split(",")
    assert unquote(start) == "第一句说明了这个方法的来历与动机"
    assert unquote(end) == "最后一句给出结果"
    assert text_fragment(PAGE, "字" * 100).count(",") == 0


def test_character_references_are_resolved() -> None:
    assert text_fragment(PAGE, "Code&#x27;s work") == f"{PAGE}#:~:text=Code%27s%20work"
