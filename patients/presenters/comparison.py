"""The comparison's view: an attribute a row, a case a column. Runs no query."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from patients.comparing import Cell, Piece, State, Table


@dataclass(frozen=True, slots=True)
class PieceView:
    words: str
    url: str
    derived: bool
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CellView:
    pieces: list[PieceView]
    is_silent: bool
    is_no: bool


@dataclass(frozen=True, slots=True)
class AttributeRow:
    heading: str
    cells: list[CellView]
    differs: bool


def attribute_rows(table: Table) -> list[AttributeRow]:
    return [
        AttributeRow(
            column.heading,
            [_cell(row.cells[at], row.accession) for row in table.rows],
            table.differs(at),
        )
        for at, column in enumerate(table.columns)
    ]


def _cell(cell: Cell, accession: str) -> CellView:
    url = reverse("patients:case-detail", args=[accession])
    return CellView(
        [_piece(piece, url) for piece in cell.pieces],
        cell.state is State.NOT_REPORTED,
        cell.state is State.NO,
    )


def _piece(piece: Piece, url: str) -> PieceView:
    target = f"{url}#{piece.target}" if piece.target else url
    return PieceView(piece.words, target, piece.derived, piece.citations)
