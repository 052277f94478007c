"""Rows of the library as JSON, moved and dropped so that it can be taken back exactly."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypedDict

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import DateTimeField, Field, ForeignKey, Model

Columns = dict[str, Any]
"""JSON values by the name of the column's attribute, such as `reference_id`."""


class _Exact(DjangoJSONEncoder):
    """Django's own cuts times at milliseconds."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


class Step(TypedDict):
    """`before` is null for a row that was added, `after` for one that was dropped; of a row that
    was moved both hold the columns that changed."""

    model: str
    pk: int
    before: Columns | None
    after: Columns | None


def stored_fields(model: type[Model]) -> list[Field[Any, Any]]:
    return [f for f in model._meta.concrete_fields if not (f.primary_key or f.generated)]


def columns_of(row: Model) -> Columns:
    values = {field.attname: field.value_from_object(row) for field in stored_fields(type(row))}
    columns: Columns = json.loads(json.dumps(values, cls=_Exact))
    return columns


def moved(row: Model, **columns: Any) -> Step:
    """Writes columns past `save`, which for a text refuses every change."""
    before = columns_of(row)
    for name, value in columns.items():
        setattr(row, name, value)
    type(row)._base_manager.filter(pk=row.pk).update(**columns)
    after = columns_of(row)
    return Step(model=row._meta.label_lower, pk=row.pk,
                before={name: before[name] for name in columns},
                after={name: after[name] for name in columns})  # fmt: skip


def added(row: Model) -> Step:
    row.save(force_insert=True)
    return Step(model=row._meta.label_lower, pk=row.pk, before=None, after=columns_of(row))


def dropped(row: Model) -> Step:
    """Takes the row out by itself: nothing goes along with it unseen."""
    step = Step(model=row._meta.label_lower, pk=row.pk, before=columns_of(row), after=None)
    manager = type(row)._base_manager
    manager.filter(pk=row.pk)._raw_delete(manager.db)
    return step


def put_back(model: type[Model], pk: int, columns: Columns) -> Model:
    """The row as it was, under its own key. A user who has been removed is left out."""
    row = model(pk=pk)
    for field in stored_fields(model):
        if field.attname not in columns:
            continue
        value = field.to_python(columns[field.attname])
        if value is not None and isinstance(field, ForeignKey) and field.null:
            target: Any = field.related_model
            value = value if target._base_manager.filter(pk=value).exists() else None
        setattr(row, field.attname, value)
    row.save_base(raw=True, force_insert=True)
    return row


def _is_same(field: Field[Any, Any], one: Any, other: Any) -> bool:
    """The database leaves out the last zeros of a time's fraction, which we write."""
    if isinstance(field, DateTimeField):
        return bool(field.to_python(one) == field.to_python(other))
    return bool(one == other)


def take_back(steps: Iterable[Step]) -> None:
    """Undoes steps, the last one first. A row that was removed since stays removed.

    Raises ValidationError that names a row that no longer stands as its step left it.
    """
    for step in reversed(list(steps)):
        model = apps.get_model(step["model"])
        row = model._base_manager.filter(pk=step["pk"]).first()
        before, after = step["before"], step["after"]
        if after is None:
            put_back(model, step["pk"], before or {})
            continue
        if row is None:
            continue
        now, fields = columns_of(row), {field.attname: field for field in stored_fields(model)}
        known = [(fields[name], now[name], told) for name, told in after.items() if name in now]
        if not all(_is_same(*values) for values in known):
            raise ValidationError(f"The {model._meta.verbose_name} “{row}” has been changed since.")
        if before is None:
            dropped(row)
        else:
            values = {name: fields[name].to_python(value) for name, value in before.items()}
            model._base_manager.filter(pk=row.pk).update(**values)
