"""The comparison as CSV and Markdown, a row a case, and as DOCX, a column a case as on the page.
References are numbered and listed below."""

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
from patients.exporters.docx_layout import laid_out

NO: Final = "No: "
SILENT: Final = "Not reported"
DERIVED: Final = "derived"
MOST_UPRIGHT: Final = 2
"""Cases whose columns fit on a page that is not turned."""
_NAMES: Final = 14
"""Per cent of the width for the names of the rows."""
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
    return "; ".join(cell_lines(cell))


def cell_lines(cell: Cell) -> list[str]:
    """A line a statement, with the numbers of works in brackets."""
    if cell.state is State.NOT_REPORTED:
        return [SILENT]
    first, *rest = (_piece_words(piece) for piece in cell.pieces)
    return [f"{NO}{first}" if cell.state is State.NO else first, *rest]


def _piece_words(piece: Piece) -> str:
    words = f"{piece.words} ({DERIVED})" if piece.derived else piece.words
    numbers = ", ".join(str(number) for number in piece.citations)
    return f"{words} [{numbers}]" if numbers else words


def _reference_lines(table: Table) -> list[str]:
    lines = []
    for row in table.references:
        told = (row.authors, row.title, row.published or row.container_title)
        words = " ".join(_sentence(part) for part in told if part)
        doi = f" https://doi.org/{row.doi}" if row.doi else ""
        lines.append(f"{row.number}. {words}{doi}")
    return lines


def _sentence(words: str) -> str:
    """With a full stop behind it, unless it has an end of its own."""
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _heading(table: Table) -> list[str]:
    return ["Case", *(column.heading for column in table.columns)]


def _case_words(row: CaseRow) -> str:
    return f"{row.accession} {row.title}"


def as_csv(table: Table) -> bytes:
    """With a byte order mark, by which spreadsheets know UTF-8; no cell is read as a formula."""
    made = StringIO()
    writer = csv.writer(made)
    writer.writerow([safe_cell(cell) for cell in _heading(table)])
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
    """An attribute a row, a case a column; turned to landscape from three cases on. Raises
    BibliographyError and BusyError."""
    many = len(table.rows)
    widths = [_NAMES, *[(100 - _NAMES) / many] * many]
    columns = "".join(f'<col style="width:{width:.2f}%">' for width in widths)
    heads = "".join(f"<th><strong>{escape(_case_words(row))}</strong></th>" for row in table.rows)
    body = "".join(
        f"<tr><td><strong>{escape(column.heading)}</strong></td>"
        + "".join(f"<td>{_paragraphs(row.cells[at])}</td>" for row in table.rows)
        + "</tr>"
        for at, column in enumerate(table.columns)
    )
    references = "".join(f"<p>{escape(line)}</p>" for line in _reference_lines(table))
    made = to_docx(
        f"<h1>Comparison of {many} {'case' if many == 1 else 'cases'}</h1>"
        f"<table><colgroup>{columns}</colgroup><thead><tr><th></th>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table><h2>References</h2>{references}"
    )
    return laid_out(made, landscape=many > MOST_UPRIGHT)


def _paragraphs(cell: Cell) -> str:
    return "".join(f"<p>{escape(words)}</p>" for words in cell_lines(cell))


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
