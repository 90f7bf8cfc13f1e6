import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.collect.markup import person, plain, plain_line, web_link


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two<br>three</p>", "One\n\nTwo\nthree"),
        ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
        ("a<script>alert(1)</script><style>p{}</style>b", "ab"),
        ("wo<b>rd</b>s", "words"),
        ("1 < 2 & 3", "1 < 2 & 3"),
        ("a &lt;b&gt; &amp;c", "a <b> &c"),
        ("zero\u200bwidth\U000e0041tag\x07bell", "zerowidthtagbell"),
        ("a\r\nb\tc", "a\nb c"),
        ("<img src=x onerror=alert(1)>", ""),
        ("<svg><script>x</script></svg>y", "y"),
        ("<p>unclosed <b>bold", "unclosed bold"),
        ("<P>Big</P><BR>tags", "Big\n\ntags"),
        ('<a title="1 > 0" href=x>in</a> quotes', "in quotes"),
        ("a<!-- <p>no</p> -->b", "ab"),
        ("a  b\n\n\n\nc", "a b\n\nc"),
        ("<p>a &amp; b</p>\n<p>c", "a & b\n\nc"),
        ("text that ends in <b", "text that ends in"),
        ("it&#146;s", "it’s"),
        ("<p>we&amp;#x27;d say &amp;amp; do</p>", "we'd say & do"),
        ("we&amp;rsquo;d", "we’d"),
        ("&amp;lt;b&amp;gt; &amp;#60;i&amp;#x3c;", "&lt;b&gt; &#60;i&#x3c;"),
        ("", ""),
    ],
)
def test_plain(markup: str, text: str) -> None:
    assert plain(markup).text == text


def test_links_are_absolute_once_and_few() -> None:
    many = "".join(f"<a href='/{n % 70}'>x</a>" for n in range(200))
    links = plain(many + "<a href='mailto:a@b.c'>m</a><a href='#top'>t</a>", "https://e.org/a/").links
    assert (len(links), links[0]) == (60, "https://e.org/0")


@pytest.mark.parametrize(
    ("href", "link"),
    [
        ("/a b", "https://e.org/a%20b"),
        ("data:text/html,x", ""),
        ("http://[", ""),
        ("", ""),
        ("//c.org/x", "https://c.org/x"),
    ],
)
def test_web_links(href: str, link: str) -> None:
    assert web_link(href, "https://e.org/") == link


@pytest.mark.parametrize(
    ("text", "name"),
    [("me@e.org (A Name)", "A Name"), ("A Name (me@e.org)", "A Name"), ("A Name <me@e.org>", "A Name"),
     ("me@e.org", "me@e.org"),
     ("  A <b>Name</b> ", "A Name")],
)  # fmt: skip
def test_people(text: str, name: str) -> None:
    assert person(text) == name


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(st.text(max_size=200))
def test_no_text_breaks_it_and_one_line_is_one_line(text: str) -> None:
    line = plain_line(text)
    assert "\n" not in line
    assert line == line.strip()
