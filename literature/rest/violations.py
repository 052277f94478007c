"""Refusals by models and by the database, put back on the fields that were sent."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.db.models import BaseConstraint, CheckConstraint, Model, UniqueConstraint

from literature.rest.problems import FieldError

UNIQUE, CHECK = "23505", "23514"
"""PostgreSQL's SQLSTATE: unique_violation, check_violation."""


def from_validation(error: ValidationError, view: Any) -> list[FieldError]:
    """One entry for each field that a rule speaks of and the request sent; else for all of them."""
    model: type[Model] | None = getattr(view, "model", None)
    sent = _sent(view)
    if not hasattr(error, "error_dict"):
        return [FieldError("", message) for message in error.messages]
    found: list[FieldError] = []
    for field, errors in error.error_dict.items():
        for single in errors:
            message = " ".join(single.messages)
            if field != NON_FIELD_ERRORS:
                found.append(FieldError(field, message))
                continue
            fields = _fields_of(single, message, model) if model else set()
            found += [FieldError(name, message) for name in _named(fields, sent)]
    return found


def from_database(error: IntegrityError) -> list[FieldError]:
    """What a constraint says that only the database could see; empty where it names no field."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is None or diagnosis.sqlstate not in (UNIQUE, CHECK):
        return []
    for constraint in _all_constraints():
        if constraint.name == diagnosis.constraint_name:
            message = str(constraint.get_violation_error_message())
            return [FieldError(name, message) for name in _named(fields_of(constraint), ())]
    return _taken(diagnosis.table_name or "", diagnosis.constraint_name or "")


def _taken(table: str, constraint: str) -> list[FieldError]:
    """For a field that is unique by itself: Django names its constraint after table and column."""
    for model in apps.get_models():
        if model._meta.db_table != table:
            continue
        for field in model._meta.concrete_fields:
            if field.unique and constraint.startswith(f"{table}_{field.column}_"):
                names = {"model_name": str(model._meta.verbose_name).capitalize(),
                         "field_label": field.verbose_name}  # fmt: skip
                return [FieldError(field.name, str(field.error_messages["unique"]) % names)]
    return []


def fields_of(constraint: BaseConstraint) -> set[str]:
    """The model fields that a constraint speaks of."""
    if isinstance(constraint, CheckConstraint):
        return set(constraint.condition.referenced_base_fields)  # type: ignore[union-attr]
    if isinstance(constraint, UniqueConstraint):
        condition = constraint.condition
        narrowed = condition.referenced_base_fields if condition else ()
        return {*constraint.fields, *narrowed}
    return set()


def _sent(view: Any) -> Collection[str]:
    data = getattr(getattr(view, "request", None), "data", None)
    return data.keys() if isinstance(data, dict) else ()


def _named(fields: set[str], sent: Collection[str]) -> list[str]:
    return sorted(fields.intersection(sent)) or sorted(fields) or [""]


def _fields_of(error: ValidationError, message: str, model: type[Model]) -> set[str]:
    if error.code == "unique_together" and error.params:
        return set(error.params["unique_check"])
    for constraint in model._meta.constraints:
        if str(constraint.get_violation_error_message()) == message:
            return fields_of(constraint)
    return set()


def _all_constraints() -> Iterator[BaseConstraint]:
    for model in apps.get_models():
        yield from model._meta.constraints
