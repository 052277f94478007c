"""Rows of an import written by COPY, which takes a third of the time of INSERT."""

from __future__ import annotations

import json
from collections.abc import Iterable
from io import StringIO
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Field, JSONField

from literature.models import ImportRow

_NULL = "\\N"
_ESCAPED = (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))
"""What the text format of COPY reads as more than itself (PostgreSQL's documentation, COPY)."""


def copy_rows(rows: Iterable[ImportRow]) -> None:
    """Unlike `bulk_create` it gives the rows no primary keys. Raises Django's database errors."""
    fields = [field for field in ImportRow._meta.concrete_fields if not field.primary_key]
    lines = "".join(
        "\t".join(_cell(field, getattr(row, field.attname)) for field in fields) + "\n"
        for row in rows
    )
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    statement = f"COPY {ImportRow._meta.db_table} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(statement, StringIO(lines))


def _cell(field: Field[Any, Any], value: Any) -> str:
    if value is None:
        return _NULL
    if isinstance(field, JSONField):
        value = json.dumps(value)
    elif isinstance(field, ArrayField):
        value = _array(value)
    text = str(value)
    for sign, escaped in _ESCAPED:  # several times quicker than `translate` on long texts
        text = text.replace(sign, escaped)
    return text


def _array(texts: Iterable[str | None]) -> str:
    """An array as PostgreSQL reads it from text."""
    return "{" + ",".join("NULL" if text is None else _quoted(text) for text in texts) + "}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
