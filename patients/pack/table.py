"""The comparison table of a pack, with the numbers that the case's figure and references have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from patients.comparing import Cell, Table, table_of
from patients.document.model import CaseDocument, ReferenceData


def pack_table(document: CaseDocument, others: Sequence[CaseDocument]) -> Table:
    """The case first. Its works keep the numbers of its own list; those that only others cite
    follow after its last. The works are those that the table cites, in the order of their numbers.
    """
    table = table_of([document, *others], fewest=1)
    numbers = {row.id: row.number for row in document.references}
    for row in table.references:
        numbers.setdefault(row.id, len(numbers) + 1)
    new = {row.number: numbers[row.id] for row in table.references}
    rows = tuple(
        replace(row, cells=tuple(_renumbered(cell, new) for cell in row.cells))
        for row in table.rows
    )
    works = [replace(row, number=numbers[row.id]) for row in table.references]
    return replace(
        table, rows=rows, references=tuple(sorted(works, key=lambda work: work.number))
    )  # fmt: skip


def further_works(document: CaseDocument, others: Sequence[CaseDocument]) -> list[ReferenceData]:
    """Those of the table that the case does not cite itself, as they are numbered."""
    own = {row.id for row in document.references}
    return [row for row in pack_table(document, others).references if row.id not in own]


def _renumbered(cell: Cell, new: Mapping[int, int]) -> Cell:
    pieces = [
        replace(piece, citations=tuple(sorted(new[number] for number in piece.citations)))
        for piece in cell.pieces
    ]
    return replace(cell, pieces=tuple(pieces))
