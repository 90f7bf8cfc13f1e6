from digest.read.document import Paper, Trouble
from digest.read.paper_html import MOST_BYTES, read_html

PROSE = "We study ranking with one model, and it reads the whole history of a user before it answers. " * 6


def page(body: str) -> bytes:
    return f"<html><body><article class='ltx_document'>{body}</article></body></html>".encode()


def paper(body: str) -> Paper:
    found = read_html(page(body))
    assert isinstance(found, Paper), found
    return found


WHOLE = f"""
<div class="ltx_authors">Ada One, Pinterest</div>
<div class="ltx_abstract"><h6>Abstract</h6>
<p>It gains <math alttext="+2.1\\%"><mn>2.1</mn><annotation>x</annotation></math>.</p></div>
<section class="ltx_section"><h2 class="ltx_title">1 Introduction</h2><p>{PROSE}</p>
<figure class="ltx_figure"><img src="x1.png"><figcaption>Figure 1: Users over time.</figcaption></figure></section>
<section class="ltx_section"><h2 class="ltx_title">2 Method</h2><p>{PROSE} <a href="https://github.com/foo/bar.git">code</a></p>
<figure class="ltx_figure"><img src="x2.png"><figcaption>Figure 2: The architecture of Foo.</figcaption></figure>
<figure class="ltx_figure"><figcaption>Figure 3: no image.</figcaption></figure></section>
<section class="ltx_bibliography"><p>Someone else.</p></section><script>alert(1)</script>
"""


def test_reads_sections_front_figure_and_code() -> None:
    found = paper(WHOLE)
    assert [section.title for section in found.sections] == ["Abstract", "Introduction", "Method"]
    assert "+2.1\\%" in found.sections[0].text
    assert found.front == "Ada One, Pinterest"
    assert found.picture is not None
    assert (found.picture.caption, found.picture.image) == ("Figure 2: The architecture of Foo.", "x2.png")
    assert found.code == ("https://github.com/foo/bar",)
    assert "Someone else" not in found.text
    assert "alert" not in found.text


def test_licence_and_base_address_are_those_of_the_page() -> None:
    head = '<base href="/html/1v2/"><a id="license-tr" href="https://info.example/x">License: CC BY-SA 4.0</a>'
    found = paper(head + WHOLE + '<p><a href="https://creativecommons.org/licenses/by/4.0/">a data set</a></p>')
    assert found.license == "CC BY-SA 4.0"
    assert found.picture is not None
    assert found.picture.image == "/html/1v2/x2.png"
    assert paper(WHOLE).license == ""


def test_a_page_without_sections_is_no_paper() -> None:
    assert read_html(page("<p>Sorry, no HTML for this paper.</p>")) == Trouble(reason="the HTML holds no paper")
    assert read_html(b"") == Trouble(reason="the HTML holds no paper")


def test_too_large_pages_are_refused() -> None:
    assert isinstance(read_html(b"x" * (MOST_BYTES + 1)), Trouble)
    assert isinstance(read_html(b"<b>" * 600_001), Trouble)


def test_long_papers_are_cut_and_flagged() -> None:
    found = paper(f'<section class="ltx_section"><h2>1 A</h2><p>{"word " * 450_000}</p></section>')
    assert found.flags == ("cut",)
    assert len(found.text) < 2_000_100
