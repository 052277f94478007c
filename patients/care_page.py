"""The CARE checklist of a case page: one query, and only for those who edit cases."""

from __future__ import annotations

from typing import Any

from patients.editor.access import may_edit
from patients.models import CaseReview
from patients.presenters.care import CareView, care_view
from patients.reading import Reading


def care_for(user: Any, reading: Reading) -> CareView | None:
    """Of the working record; None for everybody else, and for versions."""
    if reading.version is not None or not may_edit(user):
        return None
    reviews = CaseReview.objects.filter(case__accession=reading.document.accession)
    ticked = reviews.values_list("care", flat=True).first()
    return care_view(reading.document, ticked or {})
