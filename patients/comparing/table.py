"""The table: a row a case, its references numbered anew over all of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from patients.comparing.columns import COLUMNS, Column
from patients.comparing.model import Cell, Piece
from patients.document.model import CaseDocument, ReferenceData
from patients.vocabulary import FEWEST_COMPARED, MOST_COMPARED


@dataclass(frozen=True, slots=True)
class CaseRow:
    accession: str
    title: str
    cells: tuple[Cell, ...]
    """One a column, in their order."""


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[CaseRow, ...]
    references: tuple[ReferenceData, ...]
    """In order of first citation, numbered so."""

    def differs(self, column: int) -> bool:
        """Whether the cases say different things there; order and wording of links apart."""
        return len({row.cells[column].words for row in self.rows}) > 1


class _Numbers:
    """Numbers of works over all cases: two cases that cite one work share its number."""

    def __init__(self) -> None:
        self.references: dict[str, ReferenceData] = {}

    def renumbered(self, document: CaseDocument, piece: Piece) -> Piece:
        own = {row.number: row for row in document.references}
        return replace(piece, citations=tuple(self._number(own[n]) for n in piece.citations))

    def _number(self, reference: ReferenceData) -> int:
        known = self.references.get(reference.id)
        if known is None:
            known = replace(reference, number=len(self.references) + 1)
            self.references[reference.id] = known
        return known.number


def table_of(
    documents: Sequence[CaseDocument], keys: Collection[str] = (), *, fewest: int = FEWEST_COMPARED
) -> Table:
    """Of two to six different cases, or from `fewest` on; `keys` choose columns, none of them
    means all.

    Raises ValueError with a sentence for another number of cases, one case twice, or a column
    that there is not.
    """
    _refuse(documents, keys, fewest)
    columns = tuple(column for column in COLUMNS if not keys or column.key in keys)
    numbers = _Numbers()
    rows = tuple(
        CaseRow(
            document.accession,
            document.title,
            tuple(_numbered(column.of(document), document, numbers) for column in columns),
        )
        for document in documents
    )
    return Table(columns, rows, tuple(numbers.references.values()))


def _numbered(found: Cell, document: CaseDocument, numbers: _Numbers) -> Cell:
    return Cell(tuple(numbers.renumbered(document, row) for row in found.pieces), found.state)


def _refuse(documents: Sequence[CaseDocument], keys: Collection[str], fewest: int) -> None:
    if not fewest <= len(documents) <= MOST_COMPARED:
        raise ValueError(f"Choose {fewest} to {MOST_COMPARED} cases; {len(documents)} came.")
    accessions = [document.accession for document in documents]
    twice = next((name for name in accessions if accessions.count(name) > 1), None)
    if twice is not None:
        raise ValueError(f"{twice} is named twice: a case is not compared with itself.")
    known = {column.key for column in COLUMNS}
    unknown = next((key for key in keys if key not in known), None)
    if unknown is not None:
        raise ValueError(f"There is no column “{unknown[:40]}”: {', '.join(sorted(known))} are.")
