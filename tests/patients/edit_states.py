"""A case's rows and document as they stand, to compare before and after edits."""

from __future__ import annotations

from typing import Any

from patients.actions import cases
from patients.document import build_document, to_builtins
from patients.models import Case, Listing, Patient
from patients.models.part import CasePart


def state_of(case: Case) -> dict[str, Any]:
    """Every column of every row of the case, primary keys too, and its document. What follows from
    others is brought up to date first; when that was done is no part of it."""
    cases.refresh(case=case)
    fresh = Case.objects.with_timeline().get(pk=case.pk)
    kinds = sorted(CasePart.__subclasses__(), key=lambda kind: kind.__name__)
    rows = {kind.__name__: _columns(kind, case=case) for kind in kinds}
    return {
        **rows,
        "case": _columns(Case, pk=case.pk),
        "patient": _columns(Patient, pk=fresh.patient_id),
        "document": to_builtins(build_document(fresh)),
    }


def _columns(model: Any, **which: Any) -> list[dict[str, Any]]:
    found = list(model.objects.filter(**which).order_by("pk").values())
    for row in found:
        row.pop("updated_at", None)
        row.pop("quote_checked_at", None)
    return found


def listed_labels(case: Case) -> list[str]:
    """The events that curators find listed."""
    items = Listing.objects.get(case=case, audience="working").items
    return list(items.filter(kind="event").order_by("position").values_list("label", flat=True))
