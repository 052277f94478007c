"""Cases made up for the comparison's figure, without a database."""

from __future__ import annotations

from dataclasses import replace

from patients.comparing.aligning import Aligned, aligned
from patients.comparing.figure import Compared
from patients.timeline import FigureOptions, Medium
from patients.vocabulary import Alignment
from tests.patients.timeline.documents import document, event

PRINT = FigureOptions(width=510, medium=Medium.PRINT)


def case_of(accession, *events):
    return replace(document(list(events)), accession=accession)


def operated(accession, low, high, **told):
    """Found on day 0 and operated between `low` and `high`."""
    return case_of(
        accession,
        event(0, category="presentation", label="Mass found"),
        event(1, low, high, category="surgery", label="Resection", **told),
    )


def compared(documents, alignment=Alignment.OPERATION):
    """Those that can be laid upon it."""
    found = [aligned(row, alignment) for row in documents]
    return [
        Compared(row, f"/cases/{row.document.accession}/")
        for row in found
        if isinstance(row, Aligned)
    ]
