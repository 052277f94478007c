"""What rows are called that changes are about, or that they point to.

As they are called now; and of those that are gone, by what the changes themselves say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignKey, Model

from literature.models import Change, ChangeKind

SHORT = 80
COLUMNS = (
    "label",
    "title",
    "display",
    "username",
    "name",
    "analyte",
    "description",
    "raw",
    "number",
)
"""Columns that a row may be called by, the best first."""
Columns = Mapping[str, Any]
Row = tuple[str, int]
"""Table and key."""


class Names:
    """A query for each kind of row that is named, however many changes there are."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._said: dict[Row, dict[str, Any]] = {}
        self._parts: dict[Row, set[str]] = {}
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        ties: dict[type[Model], set[int]] = defaultdict(set)
        for change in changes:
            self._hear(change)
            model = model_of(change.table)
            if model is not None and change.kind == ChangeKind.CHANGED:
                (ties if _is_a_tie(model) else wanted)[model].add(change.row)
        for model, keys in ties.items():
            for columns in model._base_manager.filter(pk__in=keys).values():
                row = (model._meta.db_table, columns["id"])
                self._said[row] = {**columns, **self._said.get(row, {})}
        for (table, _), said in self._said.items():
            for field, key in _keys(table, said):
                wanted[field.related_model].add(key)
        self._now = {
            (model._meta.db_table, row.pk): _name_of(row)
            for model, keys in wanted.items()
            for row in model._base_manager.filter(pk__in=keys)
        }

    def _hear(self, change: Change) -> None:
        row = (change.table, change.row)
        self._parts.setdefault(row, set()).update(change.part_of or ())
        # The newest come first, and what they say holds.
        said = {**(change.before or {}), **(change.after or {})}
        self._said[row] = {**said, **self._said.get(row, {})}

    def of_row(self, change: Change) -> str:
        row = (change.table, change.row)
        said = self._said.get(row, {})
        return self._now.get(row) or _name_in(said) or self._of_tie(row, said)

    def of_key(self, field: Any, key: Any) -> str:
        """What a foreign key points to."""
        row = (field.related_model._meta.db_table, key)
        return self._now.get(row) or _name_in(self._said.get(row, {})) or f"number {key}, gone"

    def _of_tie(self, row: Row, said: Columns) -> str:
        """`Supports: Doe 2016`: in what way, and what is tied to the record it is part of."""
        model, parts = model_of(row[0]), self._parts.get(row, set())
        way = [
            str(dict(field.flatchoices)[said[field.attname]])
            for field in (model._meta.concrete_fields if model else ())
            if field.choices and said.get(field.attname) in dict(field.flatchoices)
        ]
        tied = [
            self.of_key(field, key)
            for field, key in _keys(row[0], said)
            if f"{field.related_model._meta.db_table}:{key}" not in parts
        ]
        return _cut(": ".join([*way[:1], *tied[:1]]))


def model_of(table: str) -> type[Model] | None:
    """None for a table whose model is no more."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table:
            return model
    return None


def field_of(model: type[Model] | None, column: str) -> Field[Any, Any] | None:
    """None for a column that is no more."""
    for field in model._meta.concrete_fields if model else ():
        if field.column == column:
            return field
    return None


def _keys(table: str, said: Columns) -> Iterator[tuple[Any, int]]:
    """The foreign keys with what they hold; of a citation the reference first."""
    model = model_of(table)
    found = [
        (field, said[field.column])
        for field in (model._meta.concrete_fields if model else ())
        if isinstance(field, ForeignKey) and said.get(field.column) is not None
    ]
    return iter(sorted(found, key=lambda pair: not _has(pair[0].related_model, "csl")))


def _is_a_tie(model: type[Model]) -> bool:
    """Whether a row is called by what it ties together, so that its own columns do not do."""
    return not any(_has(model, name) for name in (*COLUMNS, "csl") if name != "number")


def _has(model: Any, name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


def _name_of(row: Model) -> str:
    if hasattr(row, "csl"):
        return _cut(str(row))
    columns = {name: getattr(row, name) for name in COLUMNS if _has(type(row), name)}
    return _name_in(columns) or str(getattr(row, "public_id", "") or f"number {row.pk}")


def _name_in(columns: Columns) -> str:
    csl = columns.get("csl")
    if isinstance(csl, dict) and csl.get("title"):
        return _cut(str(csl["title"]))
    named = (name for name in COLUMNS if name != "number" or "role" not in columns)
    return next((_cut(str(columns[name])) for name in named if columns.get(name)), "")


def _cut(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"
