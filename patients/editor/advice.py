"""Advice beside the fields of an open row: what in them may identify the patient.

It never keeps anything from being saved; a curator clears it, or the case is not published.
"""

from __future__ import annotations

from typing import Final

from patients.document import build_document
from patients.models import Case
from patients.screening import Finding, of_document
from patients.screening.case import without_cleared

FORM_FIELDS: Final = {
    "start_reported_as": "when",
    "end_reported_as": "when",
    "duration_reported_as": "when",
    "frequency": "when",
}
"""Fields of a record that another field of its form stands for."""


def form_field(field: str) -> str:
    """The field of the editor's form that holds a field of the record."""
    return FORM_FIELDS.get(field, field)


def advice_for(case: Case, public_id: str) -> dict[str, list[Finding]]:
    """By field of the form: what waits in the row with this id (for the case: its accession).

    `case` was fetched with its timeline; one query where anything is found, none where not.
    """
    advice: dict[str, list[Finding]] = {}
    for finding in without_cleared(of_document(build_document(case), {public_id}), case):
        advice.setdefault(form_field(finding.place.field), []).append(finding)
    return advice
