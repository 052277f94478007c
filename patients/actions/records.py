"""Writes to what cases share, and the removal of a draft."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from patients.actions import cases, writers
from patients.images import storing
from patients.models import Case, Patient, Term

PARTS_WITH_TERMS = (
    "events__term", "events__site", "imagingfindings__site", "lesions__site",
    "laboratoryresults__term",
)  # fmt: skip


@transaction.atomic
def save_patient(*, patient: Patient, by: Any) -> Patient:
    """Saves a patient; the working listings of their cases follow. Raises ValidationError."""
    patient.full_clean()
    patient.save()
    cases.refresh_all(Case.objects.filter(patient=patient))
    for case in Case.objects.filter(patient=patient).order_by("pk"):
        writers.note(case=case, by=by)
    return patient


@transaction.atomic
def save_term(*, term: Term, by: Any) -> Term:
    """Saves a term; the working listings of the cases that use it follow.

    Raises ValidationError.
    """
    term.full_clean()
    is_new = term.pk is None
    term.save()
    if not is_new:
        used = Q(diagnosis=term) | Q(primary_site=term)
        for part in PARTS_WITH_TERMS:
            used |= Q(**{part: term})
        cases.refresh_all(Case.objects.filter(used).distinct())
    return term


@transaction.atomic
def remove_draft(*, case: Case, by: Any) -> None:
    """Deletes a case that was never published, with all its rows.

    What was published stays citable, so it can be withdrawn but not deleted: then this raises
    ValidationError. Rows go before the rows that they protect.
    """
    case = cases.lock(case)
    if case.versions.exists():
        raise ValidationError(
            "A case that was published cannot be deleted, because its versions stay citable. "
            "Withdraw it."
        )
    case.listings.all().delete()
    case.citations.all().delete()
    case.findingimages.all().delete()
    names = list(case.image_files.values_list("name", flat=True))
    case.image_files.all().delete()
    transaction.on_commit(lambda: storing.throw_away_all(names))
    case.measurements.all().delete()
    case.laboratoryresults.all().delete()
    case.imagingfindings.all().delete()
    case.lesions.all().delete()
    case.events.update(anchor=None)
    case.events.all().delete()
    case.delete()
