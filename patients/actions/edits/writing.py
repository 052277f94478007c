"""The edits themselves: rows added, changed, removed and moved, and new cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignKey, Model

from patients.actions import cases, writers
from patients.actions.edits.below import cut_ties, stands_on, with_its_parts
from patients.actions.edits.log import lock, record
from patients.actions.edits.steps import Step, columns_of, name_of, step
from patients.models import Case, CaseEdit, Event, Patient
from patients.models.part import CasePart
from patients.vocabulary import Role, Status

GONE: Final = "{} has been removed meanwhile."


@transaction.atomic
def save_rows(
    *, case: Case, rows: Sequence[Case | Patient | CasePart], words: str, by: Any
) -> CaseEdit | None:
    """Adds or changes rows of `case`, its patient among them, as one edit; None if all was so.

    A row may name another one that is new in `rows`. Status is never changed here. Raises
    ValidationError by field, and then `rows` are new or old as they were.
    """
    locked = lock(case.pk)
    added = [row for row in rows if row._state.adding]
    steps: list[Step] = []
    try:
        for row in _in_saving_order(rows):
            steps += _save(locked, row)
        return record(locked, steps, words, by) if steps else None
    except Exception:
        for row in added:
            row.pk, row._state.adding = None, True
        raise


def _in_saving_order(rows: Sequence[Case | Patient | CasePart]) -> list[Any]:
    """What others name comes first, and what gives up a mark before what takes it."""
    waiting, ordered = sorted(rows, key=_takes_a_mark), []
    while waiting:
        row = next((row for row in waiting if not _names_any(row, waiting)), None)
        if row is None:
            raise ValidationError("These new rows name each other: save one of them first.")
        waiting.remove(row)
        ordered.append(row)
    return ordered


def _takes_a_mark(row: Model) -> bool:
    """Whether it is what one row of a case alone can be: day 0, or the source."""
    return getattr(row, "is_index", False) or getattr(row, "role", "") == Role.SOURCE


def _names_any(row: Model, others: Sequence[Model]) -> bool:
    """Whether `row` names one of `others` that is not saved yet."""
    named = [target for _, target in _named(row) if target._state.adding]
    return any(other is target for other in others for target in named)


def _named(row: Model) -> list[tuple[ForeignKey[Any, Any], Model]]:
    """The rows in memory that `row` names, with the key that does."""
    keys = [field for field in row._meta.concrete_fields if isinstance(field, ForeignKey)]
    named = [(key, key.get_cached_value(row, default=None)) for key in keys]
    return [(key, target) for key, target in named if target is not None]


def _save(case: Case, row: Case | Patient | CasePart) -> list[Step]:
    """Saves one row, unless it says what is stored already."""
    _refuse_stranger(case, row)
    before = None
    if not row._state.adding:
        stored = type(row)._base_manager.filter(pk=row.pk).first()
        if stored is None:
            raise ValidationError(GONE.format(name_of(row)))
        before = columns_of(stored)
    if isinstance(row, Case):
        row.status = case.status
    for key, target in _named(row):
        setattr(row, key.name, target)  # its primary key, if it has just been saved
    _refuse_second_day_zero(row)
    row.full_clean()
    if columns_of(row) == before:
        return []
    row.save()
    after = columns_of(type(row)._base_manager.get(pk=row.pk))
    return [] if after == before else [step(row, before, after)]


def _refuse_stranger(case: Case, row: Case | Patient | CasePart) -> None:
    """Raises ValueError: whoever calls has mixed up two cases, and nobody typed that."""
    match row:
        case Case():
            known = row.pk == case.pk
        case Patient():
            known = row._state.adding or row.pk == case.patient_id
        case _:
            known = row.case_id == case.pk
    if not known:
        raise ValueError(f"{row!r} is no row of {case.accession}.")


def _refuse_second_day_zero(row: Model) -> None:
    if not isinstance(row, Event) or not row.is_index:
        return
    other = Event.objects.filter(case=row.case_id, is_index=True).exclude(pk=row.pk).first()
    if other is not None:
        raise ValidationError(
            {"is_index": f"{name_of(other)} is day 0 of this case. Take that mark off it first."}
        )


@transaction.atomic
def remove_part(*, row: CasePart, words: str, by: Any) -> CaseEdit:
    """Removes a row with all its parts; findings of a lesion stay, and lose it.

    Raises ValidationError where others rest on it, naming them: an event may be what the times of
    others are counted from.
    """
    case = lock(row.case_id)
    stored = _stored(row)
    gone = with_its_parts(stored)
    steps: list[Step] = []
    for other, tie in cut_ties(gone):
        before = columns_of(other)
        setattr(other, tie.attname, None)
        other.full_clean()
        other.save()
        steps.append(step(other, before, columns_of(other)))
    for part in gone:
        steps.append(step(part, columns_of(part), None))
        type(part)._base_manager.filter(pk=part.pk).delete()
    return record(case, steps, words, by)


@transaction.atomic
def move_part(*, row: CasePart, to: int, by: Any) -> CaseEdit | None:
    """Places the row at index `to`, from 0, among those that stand on the same; None if it is.

    They are numbered from 0 without gaps. Raises ValidationError where there is no such place.
    """
    case = lock(row.case_id)
    stored = _stored(row)
    same = {tie.attname: getattr(stored, tie.attname) for tie in stands_on(type(stored))}
    beside = list(type(stored).objects.filter(case=case, **same))
    if not 0 <= to < len(beside):
        raise ValidationError(
            {"position": f"Must be from 0 to {len(beside) - 1}: there are {len(beside)} rows."}
        )
    if beside.index(stored) == to:
        return None
    beside.remove(stored)
    beside.insert(to, stored)
    steps, moved = [], []
    for position, other in enumerate(beside):
        if other.position != position:
            steps.append(step(other, {"position": other.position}, {"position": position}))
            other.position = position
            moved.append(other)
    type(stored).objects.bulk_update(moved, ["position"])
    return record(case, steps, f"Moved {name_of(stored)}", by)


def _stored(row: CasePart) -> CasePart:
    found: CasePart | None = type(row)._base_manager.filter(pk=row.pk).first()
    if found is None:
        raise ValidationError(GONE.format(name_of(row)))
    return found


@transaction.atomic
def create_case(
    *, title: str, patient_fields: dict[str, Any], case_fields: dict[str, Any], by: Any
) -> Case:
    """A new draft on a new patient. Raises ValidationError by field. `by` is the actor.

    It is where the log begins, and so no edit that could be taken back.
    """
    patient = Patient(**patient_fields)
    case = Case(**{**case_fields, "title": title, "status": Status.DRAFT, "patient": patient})
    errors: dict[str, list[ValidationError]] = {}
    for row, exclude in ((patient, set()), (case, {"patient"})):
        try:
            row.full_clean(exclude=exclude)
        except ValidationError as error:
            for field, found in error.error_dict.items():
                errors.setdefault(field, []).extend(found)
    if errors:
        raise ValidationError(errors)
    patient.save()
    case.patient = patient
    case.save()
    writers.note(case=case, by=by)
    cases.refresh(case=case)
    return case
