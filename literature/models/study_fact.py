"""What a study reports in figures."""

from django.db import models
from django.db.models import F, Q

from literature.models.reference import Reference


class StudyFact(models.Model):
    """One figure of a study: `count` of `of` patients, or a `value` with its `unit`."""

    reference = models.ForeignKey(Reference, models.CASCADE, related_name="facts")
    position = models.PositiveIntegerField(default=0)
    label = models.CharField(max_length=200)
    count = models.PositiveIntegerField(null=True, blank=True)
    of = models.PositiveIntegerField(null=True, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["reference", "label"], name="study_fact_label_unique"),
            models.CheckConstraint(
                condition=Q(of__isnull=True) | Q(count__isnull=False, count__lte=F("of")),
                name="study_fact_count_within_of",
                violation_error_message="A count says of how many, and is not above it.",
            ),
            models.CheckConstraint(
                condition=Q(unit="") | Q(value__isnull=False),
                name="study_fact_unit_has_value",
                violation_error_message="A unit needs a value.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
