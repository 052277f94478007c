"""The files for a word processor: comparison table, reference list and CARE checklist."""

from __future__ import annotations

from typing import Final

from literature.bibliography import files
from literature.bibliography.formatting import bibliography
from literature.bibliography.pandoc import to_docx
from patients.comparing.exporting import as_docx
from patients.exporters.docx_layout import laid_out
from patients.pack.care import care_html
from patients.pack.model import Material, NotMadeError
from patients.pack.repeatable import docx_at
from patients.pack.table import pack_table
from patients.presenters.care import care_view

DRAFT_LINE: Final = "DRAFT: working record, not published"
NO_REFERENCES: Final = "The case cites no study, so there is no list of references."


def comparison_docx(material: Material) -> bytes:
    """Raises BibliographyError and BusyError, as all here do."""
    return _finished(
        material, as_docx(pack_table(material.document, material.others)), "Comparison"
    )


def references_docx(material: Material) -> bytes:
    """Numbered as the case page and the table are, where the style has numbers. Raises
    NotMadeError."""
    if not material.works:
        raise NotMadeError(NO_REFERENCES)
    made = bibliography(list(material.works), material.choices.style)
    return _finished(material, _upright(files.as_docx(made)), "References")


def care_docx(material: Material) -> bytes:
    document = material.document
    state = DRAFT_LINE if material.version is None else f"version {material.version}"
    where = f"{document.title} ({document.accession}, {state})."
    rows = care_view(document, material.care).rows
    made = to_docx(care_html(rows, "CARE checklist", where, material.address))
    return _finished(material, _upright(made), "CARE checklist")


def _upright(docx: bytes) -> bytes:
    return laid_out(docx, landscape=False)


def _finished(material: Material, docx: bytes, what: str) -> bytes:
    mark = DRAFT_LINE if material.is_draft else ""
    return docx_at(docx, material.at, title=f"{what}, {material.name}", mark=mark)
