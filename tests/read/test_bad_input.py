"""Each bad input that reading must survive, as a worker meets it: no crash, bounded, and said in one line."""

import asyncio
import io
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader

from digest.read import page, paper
from digest.read.document import Page, Paper, Trouble
from digest.read.facts import facts
from digest.sandbox import Bounds, Killed, Sandbox
from tests.read.test_page import article, html
from tests.read.test_paper_pdf import LINE, pdf
from tests.read.test_paper_tex import MAIN, archive

BOUNDS = Bounds(cpu_s=20.0, wall_s=60.0, memory=1_200_000_000)


def in_worker(work: Callable[..., Any], body: bytes, **options: str) -> Any:
    async def run() -> Any:
        async with Sandbox(BOUNDS, size=1) as sandbox:
            return await sandbox.run(work, body, **options)

    return asyncio.run(run())


def paper_in_worker(body: bytes, kind: str) -> Paper | Trouble | Killed:
    said = in_worker(paper.work, body, format=kind)
    return said if isinstance(said, Killed) else paper.paper_of(said)


def page_in_worker(body: bytes) -> Page | Trouble | Killed:
    said = in_worker(page.work, body, url="https://a.example/1")
    return said if isinstance(said, Killed) else page.page_of(said)


def test_a_pdf_bomb() -> None:
    bomb = zlib.compress(zlib.compress(b" " * 400_000_000))
    plain = pdf([LINE] * 8)
    stream = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%b\nendstream" % (len(bomb), bomb)
    number = PdfReader(io.BytesIO(plain)).pages[0].raw_get("/Contents").idnum
    begin = plain.index(b"%d 0 obj" % number)
    end = plain.index(b"endobj", begin)
    body = plain[:begin] + b"%d 0 obj\n" % number + stream + b"\n" + plain[end:]
    assert len(body) < 10_000
    assert isinstance(paper_in_worker(body, "pdf"), Trouble | Killed)


def test_an_encrypted_pdf() -> None:
    assert paper_in_worker(pdf([LINE] * 8, password="secret"), "pdf") == Trouble(reason="the PDF is encrypted")


def test_a_pdf_of_three_thousand_pages() -> None:
    found = paper_in_worker(pdf(*[[LINE]] * 3000), "pdf")
    assert isinstance(found, Paper)
    assert found.flags == ("first 80 of 3000 pages",)


def test_tex_with_recursive_macros() -> None:
    macros = "\\newcommand{\\a}{\\b\\b}\\newcommand{\\b}{\\a\\a}\\def\\loop{\\loop\\loop}"
    found = paper_in_worker(archive(main=macros + MAIN.replace("\\section{Intro", "\\a\\loop\\section{Intro")), "tex")
    assert isinstance(found, Paper)
    assert len(found.text) < 10_000


def test_a_page_of_fifty_megabytes() -> None:
    found = page_in_worker(b"<html><body>" + b"<p>word</p>" * 4_600_000)
    assert isinstance(found, Trouble)
    assert "50,600,012 bytes" in found.reason


def test_a_page_that_is_a_consent_wall() -> None:
    words = "Before you continue: we and our 812 partners store cookies. Accept all cookies to go on reading this page."
    assert page_in_worker(html(f"<main><p>{words}</p></main>")) == Trouble(reason="consent instead of an article")
    assert isinstance(page_in_worker(html(article())), Page)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("An online A/B test gains $+2.28\\%$ in \\textbf{CTR}.", [("CTR", 2.28, "%")]),
        (
            "It lifts CTR by \\textbf{2.28\\%} and GMV by $\\mathbf{1.5\\%}$.",
            [("CTR", 2.28, "%"), ("GMV", 1.5, "%")],
        ),
        ("It is $3.5\\times$ faster.", [("speedup", 3.5, "x")]),
    ],
)
def test_latex_in_an_abstract(sentence: str, expected: list[tuple[str, float, str]]) -> None:
    assert [(r.metric, r.value, r.unit) for r in facts("a", "T", sentence).results] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("线上实验中点击率提升1.2%，人均时长增加0.8个百分点。", [("CTR", 1.2, "%"), ("人均时长", 0.8, "pp")]),
        ("成本下降百分之三十。", [("cost", -30.0, "%")]),
        ("成本降低了三成。", [("cost", -30.0, "%")]),
        ("转化率提升２.５％。", [("CVR", 2.5, "%")]),
    ],
)
def test_chinese_percent_forms(sentence: str, expected: list[tuple[str, float, str]]) -> None:
    assert [(r.metric, r.value, r.unit) for r in facts("a", "标题", sentence).results] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It improves throughput by 1,250%.", [("throughput", 1250.0, "%")]),
        ("It improves CTR by 1,2 % and revenue by 1.250,5 %.", [("CTR", 1.2, "%"), ("revenue", 1250.5, "%")]),
        ("It cuts latency by 1,200 ms.", [("latency", -1200.0, "ms")]),
    ],
)
def test_thousands_separators_and_european_commas(sentence: str, expected: list[tuple[str, float, str]]) -> None:
    assert [(r.metric, r.value, r.unit) for r in facts("a", "T", sentence).results] == expected
