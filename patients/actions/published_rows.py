"""The rows that a version was made of, kept beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model

from patients.actions.edits.steps import columns_of
from patients.models import Case, CaseVersion, Patient, PublishedRows
from patients.models.part import CasePart


def keep_rows(*, version: CaseVersion) -> None:
    """Keeps the rows as they are now: those that `version` has just been made of."""
    rows = rows_of(version.case)
    PublishedRows.objects.update_or_create(version=version, defaults={"rows": rows})


def rows_of(case: Case) -> list[dict[str, Any]]:
    """Every row of a case as JSON: {model, pk, columns}."""
    return [
        {"model": row._meta.label_lower, "pk": row.pk, "columns": columns_of(row)}
        for row in all_rows(case)
    ]


def all_rows(case: Case) -> Iterator[Model]:
    """The case, its patient and every row below it, as they are in the database."""
    yield Case.objects.get(pk=case.pk)
    yield Patient.objects.get(cases=case.pk)
    for kind in part_models():
        yield from kind._base_manager.filter(case=case).order_by("pk")


def part_models() -> list[type[CasePart]]:
    """Every kind of row below a case, by name."""
    kinds = [kind for kind in apps.get_models() if issubclass(kind, CasePart)]
    return sorted(kinds, key=lambda kind: kind._meta.label_lower)
