"""An entry of a work's own reference list."""

from django.db import models
from django.db.models import F, Q

from literature.models.reference import Reference


class ReferenceListItem(models.Model):
    """Work `work` lists `reference` as its number `number`; null: not yet identified."""

    work = models.ForeignKey(Reference, models.CASCADE, related_name="list_items")
    number = models.PositiveIntegerField()
    reference = models.ForeignKey(
        Reference, models.PROTECT, null=True, blank=True, related_name="listed_in"
    )
    raw = models.TextField("as printed", max_length=5000, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["work", "number"], name="list_item_number_unique"),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="list_item_number_positive",
                violation_error_message="Numbers begin at 1.",
            ),
            models.CheckConstraint(
                condition=Q(reference__isnull=True) | ~Q(reference=F("work")),
                name="list_item_not_itself",
                violation_error_message="A work does not list itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}."
