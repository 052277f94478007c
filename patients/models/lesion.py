"""A tumour or thrombus followed through several studies, and its sizes."""

from django.db import models
from django.db.models import F, Q

from patients.models.constraints import known
from patients.models.finding import ImagingFinding
from patients.models.part import CasePart
from patients.models.term import Term
from patients.vocabulary import Dimension, LesionKind, Multiplicity


class Lesion(CasePart):
    """A lesion, or a group of lesions that the report follows as one."""

    label = models.CharField(max_length=200)
    label_zh = models.CharField("label in Chinese", max_length=200, blank=True)
    kind = models.CharField(max_length=16, choices=LesionKind)
    site = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="+")
    multiplicity = models.CharField(max_length=8, choices=Multiplicity, blank=True)

    class Meta(CasePart.Meta):
        constraints = [
            known("lesion", "kind", LesionKind),
            known("lesion", "multiplicity", Multiplicity, blank=True),
        ]

    def __str__(self) -> str:
        return self.label


class Measurement(CasePart):
    """A size in millimetres that one finding reports; low and high are equal where it is exact."""

    finding = models.ForeignKey(ImagingFinding, models.CASCADE, related_name="measurements")
    dimension = models.CharField(max_length=16, choices=Dimension)
    low_mm = models.DecimalField("from, mm", max_digits=7, decimal_places=1)
    high_mm = models.DecimalField("to, mm", max_digits=7, decimal_places=1)

    class Meta(CasePart.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "dimension"], name="measurement_dimension_unique"
            ),
            models.CheckConstraint(
                condition=Q(low_mm__gte=0, low_mm__lte=F("high_mm"), high_mm__lte=2000),
                name="measurement_low_to_high",
                violation_error_message="A size lies between 0 and 2000 mm, its low end first.",
            ),
            known("measurement", "dimension", Dimension),
        ]

    def __str__(self) -> str:
        return (
            f"{self.low_mm} mm"
            if self.low_mm == self.high_mm
            else f"{self.low_mm}–{self.high_mm} mm"
        )
