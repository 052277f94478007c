"""Primary keys, taken from the sequences of the tables before their rows are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model


def take(cursor: Any, model: type[Model], count: int) -> Iterator[int]:
    """As many keys of `model`'s own sequence."""
    if not count:
        return iter(())
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
        [model._meta.db_table, count],
    )
    return iter([key for (key,) in cursor.fetchall()])
