"""What every row below a case has in common."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from literature.public_ids import new_public_id
from patients.models.case import Case
from patients.querysets import CasePartQuerySet


class CasePart(models.Model):
    """A row of one case: it carries the case's id, a public id, and its place in the report."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="%(class)ss")
    public_id = models.CharField(
        max_length=10, unique=True, default=new_public_id, editable=False, verbose_name="id"
    )
    position = models.PositiveIntegerField(
        default=0, help_text="Order within the report, from 0; settles what time leaves open"
    )

    objects = CasePartQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("position", "pk")

    def misfits(self) -> dict[str, str]:
        """By field: why the row does not go with the rows it names or carries; empty if it does.

        The database refuses rows of another case too.
        """
        found = {}
        for field in self._meta.concrete_fields:
            target = field.related_model
            if isinstance(target, type) and issubclass(target, CasePart):
                other = getattr(self, field.name, None)  # a required one may be missing yet
                if other is not None and other.case_id != self.case_id:
                    found[field.name] = "Belongs to another case."
        return found

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Raises ValidationError by field, for what is said and for what does not go together."""
        errors: dict[str, Any] = {}
        try:
            super().clean_fields(exclude)
        except ValidationError as error:
            errors = error.error_dict
        for name, message in self.misfits().items():
            if name not in (exclude or ()):
                errors.setdefault(name, ValidationError(message))
        if errors:
            raise ValidationError(errors)
