"""The log of a case's edits, walked back and forward."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ForeignKey, Model, QuerySet
from django.utils import timezone

from patients.actions import writers
from patients.actions.edits.below import refuse_if_held, stands_on
from patients.actions.edits.log import lock, refresh, user_or_none
from patients.actions.edits.steps import Columns, Step, agrees, name_of, put
from patients.models import Case, CaseEdit
from patients.models.part import CasePart

Stored = dict[tuple[str, int], Model]
"""Rows as they stand now, by model label and primary key."""


def edits_of(case: Case) -> QuerySet[CaseEdit]:
    """The case's edits, newest first; those that are taken back can be done again.

    Discarded ones are left out: they were taken back, and then something else was done instead.
    """
    return CaseEdit.objects.filter(case=case, discarded=False).order_by("-pk")


@transaction.atomic
def undo(*, case: Case, by: Any) -> CaseEdit:
    """Takes back the latest edit that stands, exactly; returns it.

    Raises ValidationError where there is none, or where its rows were changed by another way since.
    """
    locked = lock(case.pk)
    edit = edits_of(locked).filter(undone=False).first()
    if edit is None:
        raise ValidationError("There is nothing to take back.")
    backwards = [
        Step(model=step["model"], pk=step["pk"], before=step["after"], after=step["before"])
        for step in reversed(edit.changes)
    ]
    walk(backwards, refusal="This cannot be taken back")
    edit.undone, edit.undone_at, edit.undone_by = True, timezone.now(), user_or_none(by)
    edit.save(update_fields=["undone", "undone_at", "undone_by"])
    refresh(locked, backwards)
    return edit


@transaction.atomic
def redo(*, case: Case, by: Any) -> CaseEdit:
    """Does the edit again that was taken back last; returns it.

    Raises ValidationError where there is none, or where its rows were changed by another way since.
    `by` is the actor.
    """
    locked = lock(case.pk)
    edit = edits_of(locked).filter(undone=True).last()
    if edit is None:
        raise ValidationError("There is nothing to do again.")
    walk(edit.changes, refusal="This cannot be done again")
    edit.undone, edit.undone_at, edit.undone_by = False, None, None
    edit.save(update_fields=["undone", "undone_at", "undone_by"])
    writers.note(case=locked, by=by)  # the log says only who did it first
    refresh(locked, edit.changes)
    return edit


def walk(steps: list[Step], *, refusal: str) -> None:
    """Brings every row from `before` to `after`, in this order.

    An edit holds each row once and its order was a valid one, so that backwards is one too. What
    came in by another way may stand against it: the database says so, and then each row is
    checked to say why.
    """
    try:
        try:
            with transaction.atomic():
                _take_all(steps)
                connection.check_constraints()  # those that wait for commit
                _refuse_misfits(steps)
        except IntegrityError as error:
            with transaction.atomic():
                _take_all(steps, check=_check)
            raise ValidationError("it contradicts the record as it is now.") from error
    except ValidationError as error:
        raise ValidationError([f"{refusal}: {message}" for message in error.messages]) from error


def _take_all(steps: list[Step], check: Callable[[Model], None] | None = None) -> None:
    stored = _stored(steps)
    _refuse_changed(steps, stored)
    for step in steps:
        row, after = stored.get((step["model"], step["pk"])), step["after"]
        if after is None:
            if row is not None:
                _delete(row)
            continue
        is_new = row is None
        row = row or _unsaved(step, after)
        put(row, after)
        if check is not None:
            check(row)
        row.save(force_insert=is_new, force_update=not is_new)


def _refuse_misfits(steps: list[Step]) -> None:
    """Raises ValidationError, naming rows that do not go with the rows they now stand beside."""
    brought = [step for step in steps if step["after"] and set(step["after"]) != {"position"}]
    problems = [
        f"{name_of(row)}: {misfit}"
        for row in _stored(brought).values()
        if isinstance(row, CasePart)
        for misfit in row.misfits().values()
    ]
    if problems:
        raise ValidationError(problems)


def _stored(steps: list[Step]) -> Stored:
    by_model: dict[str, list[int]] = defaultdict(list)
    for step in steps:
        by_model[step["model"]].append(step["pk"])
    return {
        (label, row.pk): row
        for label, pks in by_model.items()
        for row in _with_parents(_model(label)).filter(pk__in=pks)
    }


def _with_parents(model: type[Model]) -> QuerySet[Model]:
    """The rows of `model`, each fetched with what it is a part of."""
    ties = stands_on(model) if issubclass(model, CasePart) else []
    return model._base_manager.select_related(*(tie.name for tie in ties))


def _model(label: str) -> type[Model]:
    try:
        return apps.get_model(label)
    except LookupError as error:
        raise ValidationError("it is about a kind of row that there is no more.") from error


def _refuse_changed(steps: list[Step], stored: Stored) -> None:
    """Raises ValidationError, naming all rows that do not stand as the steps left them."""
    problems = []
    for step in steps:
        row, before = stored.get((step["model"], step["pk"])), step["before"]
        if before is None and row is not None:
            problems.append(f"{name_of(row)} is there again.")
        elif before is not None and row is None:
            problems.append(f"{name_of(_unsaved(step, before))} has been removed since.")
        elif before is not None and row is not None and not agrees(row, before):
            problems.append(f"{name_of(row)} has been changed since.")
    if problems:
        raise ValidationError(problems)


def _delete(row: Model) -> None:
    if isinstance(row, CasePart):
        refuse_if_held(row)
    row.delete()


def _unsaved(step: Step, columns: Columns) -> Model:
    row = _model(step["model"])(pk=step["pk"])
    put(row, columns)
    return row


def _check(row: Model) -> None:
    """Raises ValidationError where `row` does not fit in with the others.

    Its fields are not checked one by one: what they hold was stored before.
    """
    for field in row._meta.concrete_fields:
        if isinstance(field, ForeignKey):
            key = getattr(row, field.attname)
            target: Any = field.related_model
            if key is not None and not target._base_manager.filter(pk=key).exists():
                raise ValidationError(
                    f"the {field.verbose_name} of {name_of(row)} has been removed since."
                )
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError as error:
        raise ValidationError(_in_sentences(error)) from error


def _in_sentences(error: ValidationError) -> list[str]:
    return [
        message if field == NON_FIELD_ERRORS else f"{field}: {message}"
        for field, messages in error.message_dict.items()
        for message in messages
    ]
