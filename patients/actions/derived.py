"""Setting a derived result aside, and taking that back."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from patients.actions import cases, writers
from patients.derived import result_with
from patients.document import build_document
from patients.models import Case, DerivedSetAside
from patients.models.derived import MAX_REASON

NO_REASON: Final = "Say why the result does not fit this case: readers are shown it."
NOT_THERE: Final = "The case has no such derived result any more. Look at the list again."
ALREADY: Final = "It is set aside already. Take that back first to give another reason."
NOT_ASIDE: Final = "It is not set aside, or that was taken back already."
NOT_ALLOWED: Final = "Setting derived results aside is for curators."


@transaction.atomic
def set_aside(*, case: Case, result: str, reason: str, by: Any) -> DerivedSetAside:
    """Sets the derived result with this id aside: readers of the next version see it so, with the
    reason, and nothing uses it. `by` has then written in the case.

    Raises PermissionDenied, and ValidationError by field (`result`, `reason`).
    """
    _refuse_others(by)
    case = cases.lock(case)
    found = result_with(build_document(case), result)
    if found is None:
        raise ValidationError({"result": NOT_THERE})
    if found[1].set_aside is not None:
        raise ValidationError({"result": ALREADY})
    rule, _, subject = result.partition(".")
    row = DerivedSetAside(case=case, rule=rule, subject=subject, reason=_checked(reason), by=by)
    row.full_clean()
    row.save()
    _changed(case, by)
    return row


@transaction.atomic
def take_back(*, case: Case, result: str, by: Any) -> DerivedSetAside:
    """The result stands again; that it was set aside stays on record.

    Raises PermissionDenied, and ValidationError by field (`result`).
    """
    _refuse_others(by)
    case = cases.lock(case)
    rule, _, subject = result.partition(".")
    rows = case.derived_set_asides.select_for_update()
    row = rows.filter(rule=rule, subject=subject, undone_at__isnull=True).first()
    if row is None:
        raise ValidationError({"result": NOT_ASIDE})
    row.undone_at, row.undone_by = timezone.now(), by
    row.save(update_fields=["undone_at", "undone_by"])
    _changed(case, by)
    return row


def _refuse_others(by: Any) -> None:
    if not by.has_perm("patients.set_aside_derived"):
        raise PermissionDenied(NOT_ALLOWED)


def _checked(reason: str) -> str:
    words = reason.strip()
    if not words:
        raise ValidationError({"reason": NO_REASON})
    if len(words) > MAX_REASON:
        raise ValidationError(
            {"reason": f"A reason has at most {MAX_REASON} characters; this one has {len(words)}."}
        )
    if "\x00" in words:
        raise ValidationError({"reason": "The reason holds a NUL character."})
    return words


def _changed(case: Case, by: Any) -> None:
    cases.refresh(case=Case.objects.get(pk=case.pk))
    writers.note(case=case, by=by)
