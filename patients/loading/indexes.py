"""Indexes that cost more to keep up than to make: dropped while a load fills an empty base."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Index, Model

from literature.models import Reference
from patients.models import CaseVersion, KnownWord, ListedItem, Listing, SearchEntry, SearchStep

MEMORY: Final = "512MB"
"""To sort in while an index is made."""


def base_is_empty() -> bool:
    return not Listing.objects.order_by().exists()


def may_drop() -> bool:
    """Whether this connection is the owner's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(current_user, relowner, 'MEMBER') FROM pg_class "
            "WHERE oid = %s::regclass",
            [SearchEntry._meta.db_table],
        )
        return bool(cursor.fetchone()[0])


def costly() -> Iterator[tuple[type[Model], Index]]:
    """Of what a load writes most of, those that neither keep rules nor are read by a load."""
    models: tuple[Any, ...] = (
        SearchEntry, SearchStep, ListedItem, KnownWord, CaseVersion, Reference,
    )  # fmt: skip
    for model in models:
        for index in model._meta.indexes:
            yield model, index


def drop() -> None:
    """Inside a transaction."""
    with connection.schema_editor() as editor:
        for model, index in costly():
            if index.name in _names(model):
                editor.remove_index(model, index)


def make() -> Iterator[str]:
    """Makes those that are missing, each in a transaction of its own; gives their names."""
    for model, index in costly():
        if index.name in _names(model):
            continue
        with connection.schema_editor() as editor:
            editor.execute("SET LOCAL statement_timeout = 0")
            editor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
            editor.add_index(model, index)
        yield str(index.name)


def analyse() -> None:
    """Has the planner know what there is now: it asks for statistics of every table."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("ANALYZE")


def _names(model: type[Model]) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, model._meta.db_table))
