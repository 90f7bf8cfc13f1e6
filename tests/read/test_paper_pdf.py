import io
import zlib

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from digest.read.document import Paper, Trouble
from digest.read.paper_pdf import MOST_BYTES, MOST_PAGES, read_pdf

LINE = "We study ranking with one model that reads the whole history of a user before it answers."


def pdf(*pages: list[str], password: str = "") -> bytes:
    """Write a PDF with one line of text under the other."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(width=612, height=792)
        stream = DecodedStreamObject()
        stream.set_data(
            ("BT /F1 9 Tf 40 760 Td 12 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET").encode()
        )
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def paper(body: bytes) -> Paper:
    found = read_pdf(body)
    assert isinstance(found, Paper), found
    return found


def test_cuts_at_the_headings_and_ends_at_the_references() -> None:
    first = ["FooRank", "Ada One, Pinterest", "Abstract", LINE, "1 Introduction", *[LINE] * 6, "github.com/foo/bar"]
    found = paper(pdf(first, ["2 The Foo Method", "split hyphen-", "ated words.", LINE, "References", "[1] Someone"]))
    assert [section.title for section in found.sections] == ["Abstract", "Introduction", "The Foo Method"]
    assert found.front == "FooRank\nAda One, Pinterest"
    assert "hyphenated" in found.text
    assert "Someone" not in found.text
    assert found.code == ("https://github.com/foo/bar",)
    assert found.flags == ()


def test_text_without_headings_is_one_section() -> None:
    assert [section.title for section in paper(pdf([LINE] * 8)).sections] == [""]


def test_three_thousand_pages_are_read_in_part_and_flagged() -> None:
    found = paper(pdf(*[[LINE]] * 3000))
    assert found.flags == (f"first {MOST_PAGES} of 3000 pages",)


def test_encrypted_broken_empty_and_oversized_files_are_refused() -> None:
    assert read_pdf(pdf([LINE] * 8, password="secret")) == Trouble(reason="the PDF is encrypted")
    assert read_pdf(b"<html>") == Trouble(reason="the file is no PDF")
    assert read_pdf(pdf([])) == Trouble(reason="the PDF holds no text")
    assert read_pdf(b"%PDF-1.7" + b"x" * MOST_BYTES) == Trouble(
        reason="the PDF has 60,000,008 bytes, more than 60,000,000"
    )
    found = read_pdf(b"%PDF-1.7\n1 0 obj\n<<")
    assert isinstance(found, Trouble)
    assert found.reason.startswith("the PDF can't be read: ")


def test_a_bomb_of_a_page_is_refused() -> None:
    bomb = zlib.compress(zlib.compress(b" " * 200_000_000))
    plain = pdf([LINE] * 8)
    stream = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%b\nendstream" % (len(bomb), bomb)
    reader = PdfReader(io.BytesIO(plain))
    number = reader.pages[0].raw_get("/Contents").idnum
    begin = plain.index(b"%d 0 obj" % number)
    end = plain.index(b"endobj", begin)
    broken = plain[:begin] + b"%d 0 obj\n" % number + stream + b"\n" + plain[end:]
    assert isinstance(read_pdf(broken), Trouble)
