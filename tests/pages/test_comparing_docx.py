"""The comparison's DOCX, opened by LibreOffice: each cell says what the page says."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import html

from patients.actions import cases
from patients.vocabulary import Category
from tests import make
from tests.pages.comparing import address, published

pytestmark = pytest.mark.django_db
SECONDS = 300
"""Far more than it takes on a busy machine."""


def converted(docx: bytes, folder, to: str):
    """What LibreOffice makes of it. It keeps a profile, which gets a folder of its own."""
    office = shutil.which("soffice")
    if office is None:
        pytest.fail("Install LibreOffice Writer (on Debian: apt-get install "
                    "libreoffice-writer-nogui), or run `make test`.")  # fmt: skip
    (folder / "comparison.docx").write_bytes(docx)
    subprocess.run(
        [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
         to, "--outdir", str(folder), str(folder / "comparison.docx")],
        check=True, timeout=SECONDS, capture_output=True,
    )  # fmt: skip
    return folder / f"comparison.{to}"


def folded(words: str) -> str:
    return " ".join(words.split())


def cells_of_page(page: str) -> list[list[list[str]]]:
    """Rows of cells of statements, each with the numbers of works in brackets."""
    table = html.fromstring(page).xpath("//table[@class='compare']")[0]
    return [[_statements(cell) for cell in row.xpath("td")] for row in table.xpath("tbody/tr")]


def _statements(cell) -> list[str]:
    found = [_statement(item) for item in cell.xpath(".//li")]
    if cell.xpath("strong"):
        found[0] = f"No: {found[0]}"
    return found or [folded(cell.text_content())]


def _statement(item) -> str:
    numbers = " ".join(item.xpath("sup/a/text()")).replace(",", "").replace(" ", ", ")
    mark = " (derived)" if item.xpath("span") else ""
    return folded(item.xpath("a")[0].text) + mark + (f" [{numbers}]" if numbers else "")


def cells_of_file(path) -> list[list[list[str]]]:
    rows = html.fromstring(path.read_bytes()).xpath("//table//tr")[1:]
    return [
        [
            [folded(line.text_content()) for line in cell.xpath(".//p")]
            for cell in row.xpath("td")[1:]
        ]
        for row in rows
    ]


@pytest.fixture
def three():
    """Cases with works that they share, a vein that is open, a size and a grade that is derived."""
    found = [published(f"Course “{name}” & more", f"{name}, <30 mg>") for name in ("A", "B", "C")]
    work = make.make_reference()
    for case in found:
        make.make_citation(case.events.get(category=Category.DRUG), work)
    scan = make.make_event(found[0], day=9, category=Category.IMAGING, label="CT")
    make.make_finding(scan, patency="patent")
    make.make_event(found[1], day=5, category=Category.PATHOLOGY, label="Biopsy", ki67_low="5",
                    ki67_high="5")  # fmt: skip
    for case in found:
        cases.publish(case=case, by=None)
    return found


def test_libreoffice_reads_the_cells_and_numbers_of_the_page(client, three, tmp_path):
    page = client.get(address(*three)).content.decode()
    docx = client.get(address(*three, ending="docx")).content
    shown = cells_of_page(page)
    assert cells_of_file(converted(docx, tmp_path, "html")) == shown
    told = [statement for row in shown for cell in row for statement in cell]
    assert any(line.startswith("No: ") for line in told)
    assert any("(derived)" in line for line in told)
    assert {"[1]", "[2]"} <= set(re.findall(r"\[\d+\]", " ".join(told)))


def test_references_below_have_the_numbers_of_the_page(client, three, tmp_path):
    page = client.get(address(*three)).content.decode()
    docx = client.get(address(*three, ending="docx")).content
    titles = html.fromstring(page).xpath("//ol[@class='compare-references']/li/a/text()")
    text = folded(html.fromstring(converted(docx, tmp_path, "html").read_bytes()).text_content())
    below = text.rpartition("References")[2]
    for number, title in enumerate(titles, 1):
        assert re.search(rf"(?<!\d){number}\. [^0-9]*{re.escape(title)}", below), (number, title)


def layout_of(client, found):
    docx = client.get(address(*found, ending="docx")).content
    with ZipFile(BytesIO(docx)) as archive:
        return archive.read("word/document.xml").decode()


def test_three_cases_turn_the_page_and_two_do_not(client, three):
    wide, upright = layout_of(client, three), layout_of(client, three[:2])
    assert 'w:w="16838" w:h="11906" w:orient="landscape"' in wide
    assert 'w:w="11906" w:h="16838"/>' in upright


def test_the_head_is_repeated_and_rows_stay_whole(client, three):
    xml = layout_of(client, three)
    assert xml.count("<w:tblHeader") == 1
    assert xml.count("<w:cantSplit/>") == xml.count("<w:tr>")
    widths = [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"', xml)]
    assert len(widths) == 4
    assert 15000 < sum(widths) <= 16838 - 2 * 850


def test_the_same_comparison_gives_the_same_bytes(client, three):
    first, second = (client.get(address(*three, ending="docx")).content for _ in range(2))
    assert first == second
