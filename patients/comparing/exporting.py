"""The comparison as CSV, Markdown and DOCX: a row a case, references numbered and listed below."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from io import StringIO
from typing import Final

from literature.bibliography.pandoc import to_docx
from literature.spreadsheet import safe_cell
from patients.comparing.model import Cell, Piece, State
from patients.comparing.table import CaseRow, Table

NO: Final = "No: "
SILENT: Final = "Not reported"
DERIVED: Final = "derived"
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|^~$!&@])")
_BYTE_ORDER_MARK: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class Format:
    ending: str
    label: str
    content_type: str
    write: Callable[[Table], bytes]
    """Raises BibliographyError and BusyError."""


def cell_words(cell: Cell) -> str:
    """In one line, with the numbers of works in brackets."""
    if cell.state is State.NOT_REPORTED:
        return SILENT
    words = "; ".join(_piece_words(piece) for piece in cell.pieces)
    return f"{NO}{words}" if cell.state is State.NO else words


def _piece_words(piece: Piece) -> str:
    words = f"{piece.words} ({DERIVED})" if piece.derived else piece.words
    numbers = ", ".join(str(number) for number in piece.citations)
    return f"{words} [{numbers}]" if numbers else words


def _reference_lines(table: Table) -> list[str]:
    lines = []
    for row in table.references:
        where = ". ".join(part for part in (row.container_title, row.published) if part)
        names = f"{row.authors}. " if row.authors else ""
        doi = f" https://doi.org/{row.doi}" if row.doi else ""
        lines.append(f"{row.number}. {names}{row.title}. {where}.{doi}")
    return lines


def _heading(table: Table) -> list[str]:
    return ["Case", *(column.heading for column in table.columns)]


def _case_words(row: CaseRow) -> str:
    return f"{row.accession} {row.title}"


def as_csv(table: Table) -> bytes:
    """With a byte order mark, by which spreadsheets know UTF-8; no cell is read as a formula."""
    made = StringIO()
    writer = csv.writer(made)
    writer.writerow(_heading(table))
    for row in table.rows:
        cells = [_case_words(row), *(cell_words(cell) for cell in row.cells)]
        writer.writerow([safe_cell(cell) for cell in cells])
    writer.writerow([])
    for line in _reference_lines(table):
        writer.writerow([safe_cell(line)])
    return f"{_BYTE_ORDER_MARK}{made.getvalue()}".encode()


def _plain(text: str) -> str:
    """Signs that Markdown gives a meaning are escaped."""
    return _SPECIAL.sub(r"\\\1", text)


def as_markdown(table: Table) -> bytes:
    def line(cells: list[str]) -> str:
        return f"| {' | '.join(map(_plain, cells))} |"

    rows = [[_case_words(row), *(cell_words(cell) for cell in row.cells)] for row in table.rows]
    lines = [
        line(_heading(table)),
        f"|{' --- |' * (len(table.columns) + 1)}",
        *(line(row) for row in rows),
        "",
        *map(_plain, _reference_lines(table)),
    ]
    return ("\n".join(lines) + "\n").encode()


def as_docx(table: Table) -> bytes:
    head = "".join(f"<th>{escape(name)}</th>" for name in _heading(table))
    body = "".join(
        "<tr>"
        + "".join(
            f"<td>{escape(text)}</td>"
            for text in [_case_words(row), *(cell_words(cell) for cell in row.cells)]
        )
        + "</tr>"
        for row in table.rows
    )
    references = "".join(f"<p>{escape(line)}</p>" for line in _reference_lines(table))
    return to_docx(
        f"<h1>Comparison of {len(table.rows)} cases</h1><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table><h2>References</h2>{references}"
    )


FORMATS: Final = {
    made.ending: made
    for made in (
        Format("csv", "CSV", "text/csv; charset=utf-8", as_csv),
        Format("md", "Markdown", "text/markdown; charset=utf-8", as_markdown),
        Format(
            "docx",
            "Word (DOCX)",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            as_docx,
        ),
    )
}
