"""Steps of a proposal made on the rows of a case, in whatever order they fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ForeignKey, Model, ProtectedError

from patients.actions.edits.below import refuse_if_held
from patients.actions.edits.steps import Columns, Step, columns_of, name_of, put, step
from patients.models.part import CasePart

Refused = tuple[Step, str]
"""A step with the reason why it does not fit."""


@dataclass(frozen=True, slots=True)
class Laid:
    done: list[Step]
    """What was done, with whole rows before and after, as the log of edits wants it."""
    refused: list[Refused]


def lay(steps: list[Step]) -> Laid:
    """Makes the steps on the rows. What does not fit is left out and said; nothing is raised.

    A step that another one has to make room for is tried again after it.
    """
    waiting, done = list(steps), list[Step]()
    refused: list[Refused] = []
    while waiting:
        left: list[Step] = []
        refused = []
        for one in waiting:
            try:
                with transaction.atomic():
                    made = _take(one)
            except (ValidationError, IntegrityError, ProtectedError) as error:
                left.append(one)
                refused.append((one, _words_of(error, one)))
            else:
                done += [made] if made else []
        if len(left) == len(waiting):
            break
        waiting = left
    return Laid(done, refused if waiting else [])


def misfits_of(steps: list[Step]) -> list[str]:
    """What does not go together among the rows now, in sentences; empty where all does.

    The database checks its deferred constraints: an IntegrityError is raised by it alone.
    """
    connection.check_constraints()
    told: list[str] = []
    for one in steps:
        row = stored(one) if one["after"] is not None else None
        if isinstance(row, CasePart):
            told += [f"{name_of(row)}: {words}" for words in row.misfits().values()]
    return told


def stored(one: Step) -> Model | None:
    """The row of a step as it is now."""
    return model_of(one)._base_manager.filter(pk=one["pk"]).first()


def model_of(one: Step) -> type[Model]:
    return apps.get_model(one["model"])


def unsaved(one: Step, columns: Columns) -> Any:
    """A row in memory with these columns."""
    row = model_of(one)(pk=one["pk"])
    put(row, columns)
    return row


def _take(one: Step) -> Step | None:
    """One step; None where the row is so already. Raises ValidationError or IntegrityError."""
    row, after = stored(one), one["after"]
    if after is None:
        return _remove(one, row)
    if row is None:
        if one["before"] is not None:
            name = name_of(unsaved(one, {**one["before"], **after}))
            raise ValidationError(f"{name} has been removed since.")
        row, before = unsaved(one, after), None
        row.save(force_insert=True)
    else:
        before = columns_of(row)
        put(row, after)
        if columns_of(row) == before:
            return None
        row.save(force_update=True)
    _refuse_dangling(row)
    return step(row, before, columns_of(row))


def _remove(one: Step, row: Model | None) -> Step | None:
    if row is None:
        return None
    before = columns_of(row)
    if isinstance(row, CasePart):
        refuse_if_held(row)
    row.delete()
    return Step(model=one["model"], pk=one["pk"], before=before, after=None)


def _refuse_dangling(row: Model) -> None:
    """Foreign keys are checked at commit, which is too late to say which one it was."""
    for field in row._meta.concrete_fields:
        if isinstance(field, ForeignKey):
            key, target = getattr(row, field.attname), field.related_model
            if key is None or not isinstance(target, type):
                continue
            if not target._base_manager.filter(pk=key).exists():
                raise ValidationError(
                    f"the {field.verbose_name} of {name_of(row)} is not in the record."
                )


def _words_of(error: Exception, one: Step) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    try:
        _check(one)
    except ValidationError as found:
        return " ".join(_in_sentences(found))
    return "It contradicts the record as it is now."


def _check(one: Step) -> None:
    """Raises ValidationError by field where the row would contradict itself or others."""
    row, after = stored(one), one["after"]
    if after is None:
        return
    row = row or unsaved(one, after)
    put(row, after)
    row.validate_unique()
    row.validate_constraints()


def _in_sentences(error: ValidationError) -> list[str]:
    return [
        message if field == NON_FIELD_ERRORS else f"{field}: {message}"
        for field, messages in error.message_dict.items()
        for message in messages
    ]
