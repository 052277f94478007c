"""ZIP and DOCX in the same bytes each time: entries in one order, with one date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from html import escape
from io import BytesIO
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

LEVEL: Final = 9
_FIRST: Final = "[Content_Types].xml"
"""Where programs look for it in a DOCX."""
_CORE: Final = "docProps/core.xml"
_DOCUMENT: Final = "word/document.xml"
_DATE: Final = re.compile(r"(<dcterms:(created|modified)[^>]*>)[^<]*")
_TITLE: Final = re.compile(r"<dc:title>[^<]*</dc:title>|<dc:title\s*/>")
_BODY: Final = re.compile(r"<w:body>")
_MARK: Final = (
    '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr>'
    '<w:t xml:space="preserve">{}</w:t></w:r></w:p>'
)


def write_entry(archive: ZipFile, name: str, content: bytes, at: datetime) -> None:
    """An ordinary file that all may read. `at` is in UTC, and kept to two seconds."""
    entry = ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    archive.writestr(entry, content, compresslevel=LEVEL)


def write_zip(file: IO[bytes], entries: Iterable[tuple[str, bytes]], at: datetime) -> None:
    with ZipFile(file, "w") as archive:
        for name, content in entries:
            write_entry(archive, name, content, at)


def docx_at(docx: bytes, at: datetime, *, title: str, mark: str = "") -> bytes:
    """`docx` with one date in all its places, its title, and `mark` as its first line."""
    with ZipFile(BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if _CORE in parts:
        parts[_CORE] = _core(parts[_CORE].decode(), at, title).encode()
    if mark:
        line = _MARK.format(escape(mark, quote=False))
        text = parts[_DOCUMENT].decode()
        parts[_DOCUMENT] = _BODY.sub(lambda found: found[0] + line, text, count=1).encode()
    made = BytesIO()
    names = sorted(parts, key=lambda name: (name != _FIRST, name))
    write_zip(made, ((name, parts[name]) for name in names), at)
    return made.getvalue()


def _core(text: str, at: datetime, title: str) -> str:
    date = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    text = _DATE.sub(lambda found: found[1] + date, text)
    return _TITLE.sub(lambda _: f"<dc:title>{escape(title, quote=False)}</dc:title>", text)
