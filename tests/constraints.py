"""Breaking database constraints on purpose, past every check that Python makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

Break = tuple[str, Callable[[], Any]]
"""The name of a constraint, and a write that violates it and nothing else."""


def update(row: models.Model, **changes: Any) -> None:
    """Writes to the row's table, without the model's `save` and its checks."""
    type(row)._base_manager.filter(pk=row.pk).update(**changes)


def expect_refusal(name: str, write: Callable[[], Any]) -> None:
    """The database refuses `write`, and by the constraint `name`, not by another one."""

    def write_and_check() -> None:
        with transaction.atomic():
            write()
            connection.check_constraints()  # those that wait for commit

    with pytest.raises(IntegrityError) as caught:
        write_and_check()
    assert caught.value.__cause__.diag.constraint_name == name


def as_parameters(breaks: Iterable[Break]) -> list[Any]:
    return [
        pytest.param(name, write, id=f"{number}-{name}")
        for number, (name, write) in enumerate(breaks)
    ]


def named_constraints(app_label: str) -> set[str]:
    """The names of all constraints that the models of an app declare."""
    return {
        constraint.name
        for model in apps.get_app_config(app_label).get_models()
        for constraint in model._meta.constraints
    }


def composite_foreign_keys(table_prefix: str) -> set[str]:
    """Foreign keys over two columns; migrations write them, since models cannot say them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f'"
            " AND array_length(conkey, 1) = 2 AND conrelid::regclass::text LIKE %s",
            [f"{table_prefix}%"],
        )
        return {row[0] for row in cursor.fetchall()}
