"""Refusals by models and by the database, put on the fields of a form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError
from django.db.models import Model, ProtectedError

from literature.rest.violations import fields_of

FOREIGN_KEY = "23503"
"""PostgreSQL's SQLSTATE: foreign_key_violation."""

Placed = tuple[str | None, ValidationError]
"""A field of the form, or None for the whole of it, and what is wrong there."""


def placed(
    error: ValidationError, model: type[Model], fields: Collection[str], changed: Collection[str]
) -> Iterator[Placed]:
    """Every error of `error` beside the fields that it speaks of.

    A rule over several fields is shown on those that were changed, or else on all of them.
    """
    for name, single in _flat(error):
        if name in fields:
            yield name, single
        elif name != NON_FIELD_ERRORS:
            yield _part_of_field(name, single, fields)
        else:
            named, message = _rule(single, model)
            about = named.intersection(fields)
            for field in sorted(about.intersection(changed)) or sorted(about):
                yield field, ValidationError(message, code=single.code)
            if not about:
                yield None, ValidationError(message, code=single.code)


def from_database(error: DatabaseError) -> ValidationError:
    """What only the database could see, in words; constraints of any model."""
    if isinstance(error, ProtectedError):
        rows: Iterable[Model] = error.protected_objects
        named = ", ".join(f"{row._meta.verbose_name} {row}" for row in islice(rows, 5))
        return ValidationError(f"This cannot be removed, because others rest on it: {named}.")
    diagnosis = getattr(error.__cause__, "diag", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if diagnosis is not None and constraint.name == diagnosis.constraint_name:
                about = ", ".join(sorted(fields_of(constraint)))
                reason = constraint.get_violation_error_message()
                words = f"{model._meta.verbose_name} ({about}): {reason}"
                return ValidationError(words[0].upper() + words[1:])
    if getattr(diagnosis, "sqlstate", "") == FOREIGN_KEY:
        return ValidationError("A row names another one that is gone or belongs to another case.")
    return ValidationError("The database refused this. Nothing was saved.")


def _flat(error: ValidationError) -> Iterator[tuple[str, ValidationError]]:
    if hasattr(error, "error_dict"):
        for name, errors in error.error_dict.items():
            yield from ((name, single) for single in errors)
    else:
        yield from ((NON_FIELD_ERRORS, single) for single in error.error_list)


def _part_of_field(name: str, single: ValidationError, fields: Collection[str]) -> Placed:
    """An error on `csl.DOI` stands at `csl`; one on a field not shown, on the whole form."""
    field, _, part = name.partition(".")
    message = f"{part or field}: {' '.join(single.messages)}"
    return (field if field in fields else None), ValidationError(message, code=single.code)


def _rule(single: ValidationError, model: type[Model]) -> tuple[set[str], str]:
    """The fields that a rule of `model` speaks of, and its words; none for other errors."""
    message = " ".join(single.messages)
    if single.code == "unique_together" and single.params:
        return set(single.params["unique_check"]), message
    for constraint in model._meta.constraints:
        if str(constraint.get_violation_error_message()) == message:
            return fields_of(constraint), str(constraint.get_violation_error_message())
    return set(), message
