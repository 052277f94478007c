"""Keeping comparisons under a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction

from patients.comparing import COLUMNS
from patients.models import Case, SavedComparison

MOST: Final = 200
"""Of one user."""


@transaction.atomic
def save(
    *, name: str, accessions: Sequence[str], columns: Sequence[str] = (), align: str = "",
    differences: bool = False, by: Any,
) -> SavedComparison:  # fmt: skip
    """Keeps a comparison of cases that `by` can read.

    Raises ValidationError with messages by field. The user is locked, so that two requests at
    once do not both save the last one allowed.
    """
    get_user_model().objects.select_for_update().get(pk=by.pk)
    if by.saved_comparisons.count() >= MOST:
        raise ValidationError({"name": f"You have saved {MOST} comparisons. Delete one first."})
    made = SavedComparison(
        owner=by, name=name.strip(), accessions=list(accessions), columns=list(columns),
        align=align, differences=differences,
    )  # fmt: skip
    _refuse_name(made)
    _refuse(made)
    made.full_clean()
    made.save()
    return made


@transaction.atomic
def rename(*, comparison: SavedComparison, name: str, by: Any) -> SavedComparison:
    """Gives one of the comparisons of `by` another name. Raises ValidationError."""
    row = SavedComparison.objects.visible_to(by).select_for_update().get(pk=comparison.pk)
    row.name = name.strip()
    _refuse_name(row)
    row.full_clean()
    row.save(update_fields=["name"])
    return row


def _refuse_name(row: SavedComparison) -> None:
    if not row.name:
        raise ValidationError({"name": "Give it a name."})
    if "\x00" in row.name:
        raise ValidationError({"name": "The name holds a NUL character."})
    others = SavedComparison.objects.visible_to(row.owner).exclude(pk=row.pk)
    if others.filter(name=row.name).exists():
        raise ValidationError({"name": "You have a comparison of this name already."})


def _refuse(made: SavedComparison) -> None:
    twice = next((row for row in made.accessions if made.accessions.count(row) > 1), None)
    if twice is not None:
        words = f"{twice} is named twice: a case is not compared with itself."
        raise ValidationError({"accessions": words})
    known = [column.key for column in COLUMNS]
    unknown = next((key for key in made.columns if key not in known), None)
    if unknown is not None:
        words = f"There is no column “{unknown[:40]}”: {', '.join(known)} are."
        raise ValidationError({"columns": words})
    visible = Case.objects.visible_to(made.owner).filter(accession__in=made.accessions)
    there = set(visible.values_list("accession", flat=True))
    missing = next((name for name in made.accessions if name not in there), None)
    if missing is not None:
        raise ValidationError({"accessions": f"There is no case {missing[:20]}."})
