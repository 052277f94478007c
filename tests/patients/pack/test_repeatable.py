"""The same ZIP, DOCX and PDF in the same bytes, whoever writes them and when."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from patients.exporters.repeatable_pdf import UnknownPdfError, repeatable
from patients.pack.repeatable import docx_at, write_zip

AT = datetime(2026, 3, 4, 5, 6, 8, tzinfo=UTC)
CORE = (
    '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc" xmlns:dcterms="urn:dcterms">'
    "<dc:title></dc:title><dcterms:created>{0}</dcterms:created>"
    "<dcterms:modified>{0}</dcterms:modified></cp:coreProperties>"
)
DOCUMENT = '<w:document xmlns:w="urn:w"><w:body><w:p/></w:body></w:document>'


def zip_of(entries):
    made = BytesIO()
    write_zip(made, entries, AT)
    return made.getvalue()


def docx(names, date):
    made = BytesIO()
    parts = {
        "[Content_Types].xml": "<Types/>",
        "docProps/core.xml": CORE.format(date),
        "word/document.xml": DOCUMENT,
    }
    with ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, parts[name])
    return made.getvalue()


NAMES = ["[Content_Types].xml", "docProps/core.xml", "word/document.xml"]


def test_a_zip_has_one_date_and_ordinary_files():
    with ZipFile(BytesIO(zip_of([("a.txt", b"a"), ("b.txt", b"b" * 999)]))) as archive:
        for entry in archive.infolist():
            assert entry.date_time == (2026, 3, 4, 5, 6, 8)
            assert entry.external_attr >> 16 == 0o100644
        assert archive.read("b.txt") == b"b" * 999


def test_a_docx_says_the_same_whenever_it_was_written():
    first = docx_at(docx(NAMES, "2001-01-01T00:00:00Z"), AT, title="A & b")
    other = docx_at(docx(NAMES[::-1], "2009-09-09T00:00:00Z"), AT, title="A & b")
    assert first == other
    with ZipFile(BytesIO(first)) as archive:
        assert archive.namelist() == NAMES
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2026-03-04T05:06:08Z") == 2
    assert ElementTree.fromstring(core)[0].text == "A & b"


def test_a_mark_is_the_first_line():
    marked = docx_at(docx(NAMES, ""), AT, title="", mark="DRAFT <&>")
    with ZipFile(BytesIO(marked)) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))[0]
    assert "".join(body[0].itertext()) == "DRAFT <&>"
    assert len(body) == 2


VALUES = [
    b"<<\n  /Type /Catalog\n  /Pages {pages} 0 R\n>>",
    b"<<\n  /Type /Pages\n  /Count 1\n  /Kids [{page} 0 R]\n>>",
    b"<<\n  /Type /Page\n  /Parent {pages} 0 R\n  /MediaBox [0 0 9 9]\n  /Resources <<\n"
    b"    /Font <<\n{fonts}\n    >>\n  >>\n  /Contents {contents} 0 R\n>>",
    b"<<\n  /Length 14\n>>\nstream\n1 0 R 7 0 R q Q\nendstream",
    b"<<\n  /Type /Font\n  /Name /One\n>>",
    b"<<\n  /Type /Font\n  /Name /Two\n>>",
]
PARTS = ["root", "pages", "page", "contents", "one", "two"]


def pdf_of(seed):
    """The same page, its objects numbered and laid down in an order that `seed` shuffles."""
    mixed = random.Random(seed)
    number = dict(zip(PARTS, mixed.sample(range(1, 7), 6), strict=True))
    fonts = [b"      /f1 %d 0 R" % number["one"], b"      /f2 %d 0 R" % number["two"]]
    mixed.shuffle(fonts)
    made, places = bytearray(b"%PDF-1.7\n"), {}
    for part, value in mixed.sample(list(zip(PARTS, VALUES, strict=True)), 6):
        for name, at in number.items():
            value = value.replace(b"{%s}" % name.encode(), str(at).encode())
        places[number[part]] = len(made)
        made += b"%d 0 obj\n" % number[part] + value.replace(b"{fonts}", b"\n".join(fonts))
        made += b"\nendobj\n\n"
    start = len(made)
    made += b"xref\n0 7\n0000000000 65535 f\r\n"
    made += b"".join(b"%010d 00000 n\r\n" % places[at] for at in range(1, 7))
    made += b"trailer\n<<\n  /Size 7\n  /Root %d 0 R\n>>\nstartxref\n%d\n%%%%EOF" % (
        number["root"], start,
    )  # fmt: skip
    return bytes(made)


def test_a_pdf_is_the_same_however_its_objects_were_numbered():
    given = [pdf_of(seed) for seed in range(12)]
    assert len(set(given)) == 12
    (made,) = {repeatable(pdf) for pdf in given}
    assert repeatable(made) == made
    page = PdfReader(BytesIO(made), strict=True).pages[0]
    assert [font.get_object()["/Name"] for font in page["/Resources"]["/Font"].values()] == [
        "/One", "/Two",
    ]  # fmt: skip
    assert b"1 0 R 7 0 R q Q" in made


@pytest.mark.parametrize(
    "spoilt",
    [
        b"",
        b"%PDF-1.7\n",
        pdf_of(1)[:-40],
        pdf_of(1).replace(b"xref\n0 7", b"xref\n0 9", 1),
        pdf_of(1).replace(b" 0 obj", b" 1 obj", 1),
        pdf_of(1).replace(b"/Root ", b"/Root 9"),
    ],
)
def test_another_kind_of_pdf_is_refused(spoilt):
    with pytest.raises(UnknownPdfError):
        repeatable(spoilt)
