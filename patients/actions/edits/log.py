"""Taking the lock before an edit, and logging it after."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from patients.actions import cases, writers
from patients.actions.edits.steps import Step
from patients.models import Case, CaseEdit, Patient
from patients.models.edit import MAX_WORDS


def lock(pk: int) -> Case:
    """The case, locked until the transaction ends, with the other cases of its patient.

    Always in one order, because an edit of the patient refreshes them all. Raises ValidationError
    where the case was removed meanwhile.
    """
    locked = Case.objects.select_for_update(of=("self",)).filter(patient__cases=pk).order_by("pk")
    for case in locked:
        if case.pk == pk:
            return case
    raise ValidationError("The case has been removed.")


def record(case: Case, steps: list[Step], words: str, by: Any) -> CaseEdit:
    """Logs what was done, so that what had been taken back cannot be done again any more."""
    if not words.strip():
        raise ValidationError({"words": "Say in a few words what was edited."})
    if len(words) > MAX_WORDS:
        words = words[: MAX_WORDS - 1] + "…"
    CaseEdit.objects.filter(case=case, undone=True).update(discarded=True)
    edit = CaseEdit.objects.create(case=case, by=user_or_none(by), words=words, changes=steps)
    if any(step["model"] == Patient._meta.label_lower for step in steps):
        for other in Case.objects.filter(patient=case.patient_id).exclude(pk=case.pk):
            writers.note(case=other, by=by)  # the log of this case alone knows of it
    refresh(case, steps)
    return edit


def refresh(case: Case, steps: list[Step]) -> None:
    """The working listings that `steps` touch follow, each once."""
    if any(step["model"] == Patient._meta.label_lower for step in steps):
        cases.refresh_all(Case.objects.filter(patient=case.patient_id))
    else:
        cases.refresh(case=case)


def user_or_none(by: Any) -> Any:
    """`by` where it is somebody with an account."""
    return by if getattr(by, "pk", None) else None
