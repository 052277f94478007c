"""What a record came in with, carried into what is written in the same format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from bibtexparser import model as bibtex
from bibtexparser.splitter import Splitter

from literature.exporters.model import Record
from literature.importers.model import Importer, UnreadableError

_RIS_LINE = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?")
_NBIB_LINE = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}- (.*)")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
RIS_PERSONAL = frozenset(("RN", "U1", "U2", "U3", "U4", "U5"))
RIS_FILES = frozenset(("L1", "L2", "L3", "L4"))
_BIBTEX_PERSONAL = """
    file local-url localfile pdf annote annotation comment comments review groups owner timestamp
    username date-added date-modified creationdate modificationdate __markedentry priority
    ranking readstatus printed relevance qualityassured
"""
BIBTEX_PERSONAL = frozenset(_BIBTEX_PERSONAL.split())


def came_so(record: Record, importer: Importer) -> bool:
    """Whether the original still says what the record says, so that it can go out as it came."""
    if record.original_format != importer.name:
        return False
    try:
        entries = list(importer.read(BytesIO(record.original.encode("utf-8", "replace"))))
    except UnreadableError:
        return False
    return len(entries) == 1 and _told(entries[0].csl) == _told(record.csl)


def _told(csl: Mapping[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in csl.items() if field != "id"}


def ris_lines(original: str) -> Iterator[tuple[str, list[str]]]:
    """Each tag of a RIS record with its lines; lines without a tag belong to the one before."""
    yield from _lines(original, _RIS_LINE)


def nbib_lines(original: str) -> Iterator[tuple[str, list[str]]]:
    yield from _lines(original, _NBIB_LINE)


def _lines(original: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, list[str]]]:
    tag: str | None = None
    lines: list[str] = []
    for line in _LINE_ENDS.split(original):
        found = pattern.fullmatch(line)
        if found is None:
            if tag is not None and line.strip():
                lines.append(line)
            continue
        if tag is not None:
            yield tag, lines
        tag, lines = found[1], [line]
    if tag is not None:
        yield tag, lines


def bibtex_entry(original: str) -> bibtex.Entry | None:
    """The first entry of the text; its values are still in their braces or quotation marks."""
    for block in Splitter(original).split().blocks:
        if isinstance(block, bibtex.Entry):
            return block
    return None


def without_personal(original: str, format: str) -> str:
    """The original without what its owner wrote for themselves: notes, marks, files on a disk."""
    if format == "ris":
        kept = [
            line
            for tag, lines in ris_lines(original)
            if tag not in RIS_PERSONAL and not (tag in RIS_FILES and not _ADDRESS.search(lines[0]))
            for line in lines
        ]
        return "\n".join(kept)
    if format == "bibtex":
        return _bibtex_without(original)
    return original


def _bibtex_without(original: str) -> str:
    entry = bibtex_entry(original)
    if entry is None:
        return ""
    fields = [
        f"  {field.key} = {field.value}"
        for field in entry.fields
        if field.key.lower() not in BIBTEX_PERSONAL
        and not field.key.lower().startswith(("bdsk-", "zotero"))
    ]
    return f"@{entry.entry_type}{{{entry.key},\n" + ",\n".join(fields) + "\n}"
