"""A proposal made of steps that name rows by their public ids, as a program sends them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from rest_framework import serializers

from literature.models import Reference
from patients.actions import edits, revisions
from patients.models import (
    Case,
    Citation,
    Event,
    ImagingFinding,
    LaboratoryResult,
    Lesion,
    Measurement,
    Patient,
    Revision,
)
from patients.models.part import CasePart
from patients.revisions.base import LOCKED
from patients.revisions.merging import merged
from patients.revisions.overlay import Overlaid, laid_over
from patients.serializers import writing
from patients.vocabulary import RevisionState

PARTS: Final[dict[str, tuple[type[CasePart], type[Any]]]] = {
    "event": (Event, writing.EventWrite),
    "finding": (ImagingFinding, writing.FindingWrite),
    "measurement": (Measurement, writing.MeasurementWrite),
    "lesion": (Lesion, writing.LesionWrite),
    "result": (LaboratoryResult, writing.ResultWrite),
    "citation": (Citation, writing.CitationWrite),
}
KINDS: Final = ("case", "patient", *PARTS)
ACTS: Final = ("change", "add", "remove")
MOST: Final = 100
"""Steps of one request."""


class StepError(ValidationError):
    """What is wrong with the steps: messages by path, such as `steps[0].fields.label`."""


@transaction.atomic
def propose(
    *,
    case: Case,
    steps: Sequence[Mapping[str, Any]],
    comment: str,
    source: str,
    reference: Reference | None,
    key: str,
    request: Any,
) -> Revision:
    """Makes and hands in a proposal of `steps`: {act, kind, id, fields}. The same key sent again
    gives what it made the first time.

    Raises StepError, ValidationError by field and PermissionDenied.
    """
    by = request.user
    revision = revisions.begin(case=case, by=by, key=key)
    if revision.state != RevisionState.DRAFT or revision.changes:
        return revision
    with laid_over(revision, by) as overlaid:
        for number, step in enumerate(steps):
            _take(overlaid, step, f"steps[{number}]", request)
    changed = {(one["model"], one["pk"]) for one in merged(overlaid.log)}
    if changed & overlaid.base.locked:
        raise ValidationError({"steps": LOCKED})
    revision = revisions.keep(revision=revision, log=overlaid.log, by=by)
    return revisions.submit(
        revision=revision, by=by, comment=comment, source=source, reference=reference
    )


def _take(overlaid: Overlaid, step: Mapping[str, Any], path: str, request: Any) -> None:
    kind, act, fields = step["kind"], step["act"], dict(step.get("fields") or {})
    row, serializer = _row_of(overlaid.case, kind, act, step.get("id") or "", path)
    if act == "remove":
        if fields:
            raise StepError({f"{path}.fields": "There is nothing to send here."})
        _said(path, edits.remove_part, row=row, words=f"Removed {kind}", by=request.user)
        return
    if not fields:
        raise StepError({f"{path}.fields": "Say what the row should hold."})
    if kind in PARTS:
        if "case" in fields:
            raise StepError({f"{path}.fields.case": "Is not a field that can be written here."})
        if act == "add":
            fields["case"] = overlaid.case.accession
    written = serializer(row, data=fields, partial=act == "change", context={"request": request})
    if "patient" in fields and kind == "case":
        raise StepError({f"{path}.fields.patient": "Is not a field that can be written here."})
    try:
        written.is_valid(raise_exception=True)
    except serializers.ValidationError as error:
        told = error.detail if isinstance(error.detail, dict) else {"": error.detail}
        raise StepError(
            {f"{path}.fields.{name}".rstrip("."): [str(one) for one in _flat(errors)]
             for name, errors in told.items()}
        ) from error  # fmt: skip
    filled = written.filled()
    if act == "add" and "position" not in fields:
        filled.position = type(filled).objects.filter(case=overlaid.case).count()
    words = f"{'Added' if act == 'add' else 'Changed'} {kind}"
    _said(path, edits.save_rows, case=overlaid.case, rows=[filled], words=words, by=request.user)


def _row_of(case: Case, kind: str, act: str, public_id: str, path: str) -> tuple[Any, type[Any]]:
    """The row that a step names, None for a new one, and what may be written of it."""
    if kind in ("case", "patient"):
        if act != "change":
            raise StepError({f"{path}.act": f"The {kind} can be changed alone."})
        row: Any = Case.objects.get(pk=case.pk)
        return (
            (row, writing.CaseWrite)
            if kind == "case"
            else (Patient.objects.get(pk=row.patient_id), writing.PatientWrite)
        )
    model, serializer = PARTS[kind]
    if act == "add":
        if public_id:
            raise StepError({f"{path}.id": "A new row gets its id here."})
        return None, serializer
    found = model.objects.filter(case=case, public_id=public_id).first()
    if found is None:
        raise StepError({f"{path}.id": f"The case has no {kind} with this id."})
    return found, serializer


def _said(path: str, act: Any, **kwargs: Any) -> None:
    """Does `act`; what it refuses is said at the path of the step."""
    try:
        act(**kwargs)
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            raise StepError({path: error.messages}) from error
        told = error.message_dict
        raise StepError(
            {path if name == NON_FIELD_ERRORS else f"{path}.fields.{name}": words
             for name, words in told.items()}
        ) from error  # fmt: skip


def _flat(errors: Any) -> list[Any]:
    if isinstance(errors, dict):
        return [one for value in errors.values() for one in _flat(value)]
    if isinstance(errors, list | tuple):
        return [one for value in errors for one in _flat(value)]
    return [errors]
