"""Findings of identifying text, cleared with a reason; and clearings taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from patients.actions import cases
from patients.document import build_document
from patients.models import Case, Clearing
from patients.models.clearing import MAX_REASON
from patients.screening import of_document

NO_REASON = "Say why this may stand."
GONE = "This finding is not there any more: its words have changed. Look at the list again."


@transaction.atomic
def clear(*, case: Case, reasons: Mapping[str, str], by: Any) -> list[Clearing]:
    """Clears the findings with the fingerprints in `reasons`, all or none.

    What somebody has cleared already stays as it is. Raises ValidationError with messages by
    fingerprint.
    """
    locked = cases.lock(case)
    found = {finding.fingerprint: finding for finding in of_document(build_document(locked))}
    standing = {row.fingerprint: row for row in locked.clearings.filter(undone_at__isnull=True)}
    errors = {key: problem for key, why in reasons.items() if (problem := _problem(why))}
    errors |= dict.fromkeys(set(reasons) - set(found), GONE)
    if errors:
        raise ValidationError(errors)
    made = []
    for key, reason in reasons.items():
        if key in standing:
            continue
        finding = found[key]
        row = Clearing(
            case=locked, row_kind=finding.place.kind, row_id=finding.place.id,
            field=finding.place.field, kind=finding.kind, fingerprint=key,
            reason=reason.strip(), by=by,
        )  # fmt: skip
        row.full_clean()
        row.save()
        made.append(row)
    return made


def _problem(reason: str) -> str:
    """Why a reason cannot be taken; empty where it can."""
    words = reason.strip()
    if not words:
        return NO_REASON
    if len(words) > MAX_REASON:
        return f"A reason has at most {MAX_REASON} characters; this one has {len(words)}."
    if "\x00" in words:
        return "The reason holds a NUL character."
    return ""


@transaction.atomic
def take_back(*, clearing: Clearing, by: Any) -> Clearing:
    """The finding waits for somebody again; that it was cleared stays on record.

    Raises ValidationError where it was taken back already.
    """
    locked = Clearing.objects.select_for_update().get(pk=clearing.pk)
    if locked.undone_at is not None:
        raise ValidationError("This was taken back already.")
    locked.undone_at, locked.undone_by = timezone.now(), by
    locked.save(update_fields=["undone_at", "undone_by"])
    return locked
