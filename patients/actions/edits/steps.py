"""What an edit did to one row, as JSON: its columns before and after.

`before` is null for a row that was added, `after` for one that was removed. Columns that an edit
does not decide are left out: a case's status and what the database or Django fills in itself.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypedDict

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Field, Model

from patients.models import Case, ImagingFinding, Patient

Columns = dict[str, Any]
"""JSON values by the name of the column's attribute, such as `term_id`."""
SHOWN_IN_NAMES = 60
"""Characters of a row's text in a message."""


class Step(TypedDict):
    model: str
    """Such as `patients.event`."""
    pk: int
    before: Columns | None
    after: Columns | None


def step(row: Model, before: Columns | None, after: Columns | None) -> Step:
    return Step(model=row._meta.label_lower, pk=row.pk, before=before, after=after)


def columns_of(row: Model) -> Columns:
    """The columns that an edit decides, each in one spelling: 0.4 and 0.400 are the same."""
    return {field.attname: _plain(field, row) for field in logged_fields(type(row))}


def logged_fields(model: type[Model]) -> list[Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if _is_logged(field)]


def _is_logged(field: Field[Any, Any]) -> bool:
    filled_in = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    is_status = field.model is Case and field.name == "status"
    is_derived = field.name in getattr(field.model, "derived", ())
    return not (field.primary_key or field.generated or filled_in or is_status or is_derived)


def _plain(field: Field[Any, Any], row: Model) -> Any:
    value = field.value_from_object(row)
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    if isinstance(value, Decimal):
        return f"{value.normalize() or Decimal(0):f}"
    return field.value_to_string(row)


def put(row: Model, columns: Columns) -> None:
    """Gives `row` these columns; those that its table no longer has are passed over."""
    for field in logged_fields(type(row)):
        if field.attname in columns:
            setattr(row, field.attname, field.to_python(columns[field.attname]))


def agrees(row: Model, columns: Columns) -> bool:
    """Whether `row` still says what `columns` say, as far as both know the column."""
    now = columns_of(row)
    return all(now[name] == value for name, value in columns.items() if name in now)


def name_of(row: Model) -> str:
    """`“TACE”`, `the finding “a mass”`: how a row is called in messages."""
    if isinstance(row, Case):
        return "the summary"
    if isinstance(row, Patient):
        return "the patient"
    label = getattr(row, "label", "")
    if label:
        return f"“{_short(label)}”"
    noun = {"imaging finding": "finding"}.get(name := str(row._meta.verbose_name), name)
    text = _text_of(row)
    return f"the {noun} “{_short(text)}”" if text else f"the {noun}"


def _text_of(row: Model) -> str:
    if isinstance(row, ImagingFinding):
        return row.description
    try:
        return str(row)
    except ObjectDoesNotExist:  # what it is called after has been removed
        return ""


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_IN_NAMES else text[: SHOWN_IN_NAMES - 1] + "…"
