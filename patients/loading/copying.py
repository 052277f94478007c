"""Rows on their way into a table by COPY."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

import msgspec
from django.db.models import JSONField, Model

NULL: Final = "\\N"
CHUNK: Final = 2_000_000
"""Characters that are given to the database at a time."""


class Json:
    """A value for a JSON column: its bytes, or what they are made of."""

    __slots__ = ("text",)

    def __init__(self, value: Any) -> None:
        data = value if isinstance(value, bytes) else msgspec.json.encode(value)
        self.text = data.decode()


class Table:
    """Collects rows of one model. Columns that a row does not name get the model's default.

    Without `keyed` the database gives the rows their keys.
    """

    def __init__(self, model: type[Model], *, keyed: bool = True) -> None:
        self.name = model._meta.db_table
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        if not keyed:
            fields = [field for field in fields if not field.primary_key]
        self.columns = [field.column for field in fields]
        self._places = {column: place for place, column in enumerate(self.columns)}
        self._defaults = [_default(field) for field in fields]
        self._lines: list[str] = []

    def add(self, **values: Any) -> None:
        self._lines.append(self.line(**values))

    def line(self, **values: Any) -> str:
        """A row as COPY spells it."""
        row, places = self._defaults.copy(), self._places
        for column, value in values.items():
            row[places[column]] = copied(value)
        return "\t".join(row)

    def add_all(self, lines: Iterable[str]) -> None:
        """Rows that are spelled as COPY has them, in the order of `columns`."""
        self._lines.extend(lines)

    def copy(self, cursor: Any) -> None:
        """Writes what was collected, and forgets it."""
        if self._lines:
            self.stream(cursor, self._lines)
        self._lines = []

    def stream(self, cursor: Any, lines: Iterable[str]) -> None:
        """Writes rows while they are made; the database takes one in while the next is made."""
        columns = ", ".join(f'"{column}"' for column in self.columns)
        copy(cursor, f"{self.name} ({columns})", lines)


def copy(cursor: Any, target: str, lines: Iterable[str]) -> None:
    """Raises the errors of `django.db`, as `cursor.execute` does."""
    with cursor.db.wrap_database_errors:
        cursor.copy_expert(f"COPY {target} FROM STDIN", _Stream(lines), size=CHUNK)


class _Stream(io.TextIOBase):
    """Lines as the file that COPY reads, without a copy of the whole."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._rest = ""

    def read(self, size: int | None = -1) -> str:
        wanted = CHUNK if size is None or size < 0 else size
        parts, length = [self._rest], len(self._rest)
        while length < wanted:
            line = next(self._lines, None)
            if line is None:
                break
            parts += (line, "\n")
            length += len(line) + 1
        text = "".join(parts)
        self._rest = text[wanted:]
        return text[:wanted]


def copied_row(values: Iterable[Any]) -> str:
    return "\t".join([copied(value) for value in values])


def copied(value: Any) -> str:
    """A value as COPY's text format spells it."""
    kind = type(value)
    if kind is str:
        return _escaped(value)
    if kind is int:
        return str(value)
    if value is None:
        return NULL
    if value is True:
        return "t"
    if value is False:
        return "f"
    if kind is Json:
        return _escaped(value.text)
    if isinstance(value, str):
        return _escaped(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return _array(value)
    return str(value)


def _array(values: list[Any] | tuple[Any, ...]) -> str:
    if all(type(value) is int for value in values):
        return "{" + ",".join(map(str, values)) + "}"
    return _escaped("{" + ",".join(map(_element, values)) + "}")


def _element(value: Any) -> str:
    if isinstance(value, int):
        return str(value)
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _escaped(text: str) -> str:
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if "\n" in text or "\t" in text or "\r" in text:
        text = text.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return text


def _default(field: Any) -> str:
    value = field.get_default() if field.has_default() else None
    if value is None and not field.null and field.empty_strings_allowed:
        value = ""
    return (
        copied(Json(value)) if isinstance(field, JSONField) and value is not None else copied(value)
    )
