"""Makes the tables of a DOCX fit to print: page, borders, widths, small type, whole rows.

Pandoc writes a table as wide as a letter page, without lines, and lets rows break over pages. All
here is WordprocessingML (ECMA-376, part 1); lengths are in twentieths of a point.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

SHORT, LONG = 11906, 16838
"""The edges of A4."""
MARGIN: Final = 850
HALF_POINTS: Final = 16
"""The size of type in tables: 8 points."""
DOCUMENT: Final = "word/document.xml"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_TABLE: Final = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
_COLUMN: Final = re.compile(r'<w:gridCol w:w="(\d+)" ?/>')
_EDGES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS: Final = (
    "<w:tblBorders>"
    + "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
              for edge in _EDGES)
    + "</w:tblBorders>"
)  # fmt: skip
_CELL_MARGINS: Final = (
    '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
)
_SIZE: Final = f'<w:sz w:val="{HALF_POINTS}"/><w:szCs w:val="{HALF_POINTS}"/>'


def laid_out(docx: bytes, *, landscape: bool) -> bytes:
    """A DOCX of pandoc's with its tables laid out, in the same bytes for the same DOCX."""
    made = BytesIO()
    with ZipFile(BytesIO(docx)) as archive, ZipFile(made, "w") as into:
        for name in archive.namelist():
            content = archive.read(name)
            if name == DOCUMENT:
                content = laid_out_xml(content.decode(), landscape=landscape).encode()
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            into.writestr(entry, content)
    return made.getvalue()


def laid_out_xml(xml: str, *, landscape: bool) -> str:
    """The same for `word/document.xml` alone. Of portrait pages too."""
    wide, high = (LONG, SHORT) if landscape else (SHORT, LONG)
    turned = ' w:orient="landscape"' if landscape else ""
    page = (
        f'<w:pgSz w:w="{wide}" w:h="{high}"{turned}/>'
        f'<w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}" '
        'w:header="425" w:footer="425" w:gutter="0"/>'
    )
    room = wide - 2 * MARGIN
    xml = _TABLE.sub(lambda found: _table(found[0], room), xml)
    return xml.replace("</w:sectPr>", f"{page}</w:sectPr>")


def _table(xml: str, room: int) -> str:
    xml = xml.replace("<w:tblLayout", f"{_BORDERS}<w:tblLayout", 1)
    xml = xml.replace("<w:tblLook", f"{_CELL_MARGINS}<w:tblLook", 1)
    total = sum(int(found) for found in _COLUMN.findall(xml)) or 1
    xml = _COLUMN.sub(lambda found: f'<w:gridCol w:w="{int(found[1]) * room // total}"/>', xml)
    xml = xml.replace("<w:tr>", "<w:tr><w:trPr><w:cantSplit/></w:trPr>")
    xml = xml.replace("<w:cantSplit/></w:trPr><w:trPr>", "<w:cantSplit/>")
    xml = re.sub(r'w:val="(BodyText|FirstParagraph)"', 'w:val="Compact"', xml)
    xml = xml.replace("<w:r><w:t", f"<w:r><w:rPr>{_SIZE}</w:rPr><w:t")
    return re.sub(r'(<w:bCs />|<w:rStyle w:val="Hyperlink" />)(</w:rPr>)', rf"\1{_SIZE}\2", xml)
