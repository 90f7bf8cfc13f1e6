import gzip
import io
import tarfile
import time

from digest.read.document import Paper, Trouble
from digest.read.paper_tex import MOST_BYTES, read_tex

PROSE = "We study ranking with one model, and it reads the whole history of a user before it answers. " * 6
MAIN = (
    "\\documentclass{article}\n\\newcommand{\\ours}{FooRank\\xspace}\\def\\loop{\\loop\\loop}\n"
    "\\begin{document}\\title{Foo}\\author{Ada, Pinterest}\n"
    "\\begin{abstract}\\ours{} gains \\textbf{2.1\\%}~\\cite{x}. % a remark\n\\end{abstract}\n"
    "\\section{Introduction}\\input{parts/intro}\\input{missing}\n"
    "\\section{The \\emph{method}}" + PROSE + "\\begin{equation}E=mc^2\\end{equation}\n"
    "\\begin{figure*}\\includegraphics[width=1cm]{fig/users.pdf}\\caption{Users.}\\end{figure*}\n"
    "\\begin{figure}\\includegraphics{fig/arch.pdf}\\caption{Overview of {\\ours}, nested.}\\end{figure}\n"
    "Code: \\url{https://github.com/foo/bar}.\\end{document} after"
)


def archive(**files: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, text in files.items():
            info = tarfile.TarInfo(name.replace("__", "/") + ".tex")
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))
    return out.getvalue()


def paper(body: bytes) -> Paper:
    found = read_tex(body)
    assert isinstance(found, Paper), found
    return found


def test_joins_files_and_strips_commands() -> None:
    found = paper(archive(main=MAIN, parts__intro="The \\textit{start}. " + PROSE, other="\\documentclass{x}"))
    assert [section.title for section in found.sections] == ["Abstract", "Introduction", "The method"]
    assert found.sections[0].text == "FooRank gains 2.1% ."
    assert found.sections[1].text.startswith("The start.")
    assert "E=mc" not in found.text
    assert "after" not in found.sections[2].text[-20:]
    assert found.code == ("https://github.com/foo/bar",)
    assert "Pinterest" in found.front
    assert found.picture is not None
    assert (found.picture.caption, found.picture.image) == ("Figure 2: Overview of FooRank, nested.", "fig/arch.pdf")


def test_one_gzipped_file_and_plain_tex_are_read() -> None:
    assert paper(gzip.compress(MAIN.encode())).sections == paper(MAIN.encode()).sections


def test_text_without_sections_is_one() -> None:
    found = paper(("\\documentclass{a}" + PROSE).encode())
    assert [section.title for section in found.sections] == [""]


def test_files_that_include_each_other_end() -> None:
    loop = archive(main=MAIN.replace("missing", "a"), a="\\input{b}" * 1000 + PROSE, b="\\input{a}\\input{main}" * 1000)
    begun = time.process_time()
    assert paper(loop).format == "tex"
    assert time.process_time() - begun < 5


def test_recursive_macros_are_written_out_once() -> None:
    body = MAIN.replace("\\section{Introduction}", "\\section{Introduction}\\loop ").encode()
    assert paper(body).format == "tex"


def test_environments_that_never_end_are_bounded() -> None:
    begun = time.process_time()
    paper((MAIN.replace("\\end{document} after", "\\begin{figure}" * 200_000)).encode())
    assert time.process_time() - begun < 5


def test_bombs_and_junk_are_refused() -> None:
    assert read_tex(gzip.compress(b"\0" * 90_000_000)) == Trouble(
        reason="the source can't be unpacked within its limits"
    )
    assert read_tex(b"\x1f\x8bjunk") == Trouble(reason="the source can't be unpacked within its limits")
    assert read_tex(b"") == Trouble(reason="the source has no TeX file with a document class")
    assert read_tex(b"\\documentclass{a}") == Trouble(reason="the source holds no text")
    assert read_tex(archive(main="\\documentclass{a}")) == Trouble(reason="the source holds no text")
    assert read_tex(b"x" * (MOST_BYTES + 1)) == Trouble(reason="the source has 60,000,001 bytes, more than 60,000,000")
