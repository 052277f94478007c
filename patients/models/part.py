"""What every row below a case has in common."""

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

    def clean(self) -> None:
        """Raises ValidationError where another case's row is named; the database refuses it too."""
        super().clean()
        errors = {}
        for field in self._meta.concrete_fields:
            target = field.related_model
            if isinstance(target, type) and issubclass(target, CasePart):
                other = getattr(self, field.name, None)  # a required one may be missing yet
                if other is not None and other.case_id != self.case_id:
                    errors[field.name] = "Belongs to another case."
        if errors:
            raise ValidationError(errors)
