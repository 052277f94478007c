"""Taking changes back from the history, by the ways in which such changes are made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction

from literature.history import acting
from literature.history.reverting import backwards, steps_of
from literature.models import Change
from patients.actions import records
from patients.actions.edits.history import walk
from patients.actions.edits.log import lock, record
from patients.actions.edits.steps import Columns, Step, agrees, columns_of, put
from patients.models import Case, CaseEdit, Patient, Term
from patients.models.part import CasePart

NOTHING = (
    "Nothing in it can be taken back here. What was decided about publishing is changed on the "
    "page of publishing, and a version stays as it is."
)
WHOLE = "A whole case is not taken back here: delete the draft, or withdraw the case."
SINCE = "It has been changed since."


@transaction.atomic
def revert_case(*, case: Case, changes: Sequence[Change], reason: str, by: Any) -> CaseEdit:
    """Takes back what `changes`, made in one transaction, did to the working record; returns the
    edit, which can be undone like any other.

    Raises ValidationError where rows were changed since, or nothing in it is an edit.
    """
    locked = lock(case.pk)
    if any(change.table == Case._meta.db_table and change.kind != "changed" for change in changes):
        raise ValidationError(WHOLE)
    steps = [_decided(step) for step in backwards(steps_of(changes)) if _is_edit(step)]
    steps = [step for step in steps if step["before"] != step["after"]]
    if not steps:
        raise ValidationError(NOTHING)
    with acting(by=by, reason=f"Taken back: {reason}"):
        walk(steps, refusal="This cannot be taken back")
        return record(locked, steps, f"Taken back: {reason}", by)


def _is_edit(step: Any) -> bool:
    model = apps.get_model(step["model"])
    if model is Patient:
        return step["before"] is not None and step["after"] is not None
    return model is Case or issubclass(model, CasePart)


def _decided(step: Any) -> Step:
    """With the columns alone that an edit decides, spelled as the log of edits spells them."""
    return Step(
        model=step["model"], pk=step["pk"],
        before=_spelled(step["model"], step["before"]),
        after=_spelled(step["model"], step["after"]),
    )  # fmt: skip


def _spelled(label: str, columns: Columns | None) -> Columns | None:
    if columns is None:
        return None
    row = apps.get_model(label)()
    put(row, columns)
    return {name: value for name, value in columns_of(row).items() if name in columns}


@transaction.atomic
def revert_term(*, term: Term, changes: Sequence[Change], reason: str, by: Any) -> Term:
    """Gives the term back what `changes` took from it; the cases that use it follow.

    Raises ValidationError where it was changed since, or where it was added by them.
    """
    stored = Term.objects.select_for_update().get(pk=term.pk)
    steps = [_decided(step) for step in backwards(steps_of(changes))]
    if not steps:
        raise ValidationError("The term is as it was before this change.")
    (step,) = steps
    if step["before"] is None or step["after"] is None:
        raise ValidationError("A whole term is not taken back here: remove it in the admin.")
    if not agrees(stored, step["before"]):
        raise ValidationError(SINCE)
    put(stored, step["after"])
    with acting(by=by, reason=f"Taken back: {reason}"):
        return records.save_term(term=stored, by=by)
