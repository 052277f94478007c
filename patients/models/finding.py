"""What one imaging study shows of one lesion or vessel."""

from django.db import models

from patients.models.constraints import known
from patients.models.event import Event
from patients.models.part import CasePart
from patients.models.term import Term
from patients.vocabulary import Change, Modality, Patency


class ImagingFinding(CasePart):
    """Site, size, enhancement, change and, of a vessel, patency; empty is not reported."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="findings")
    modality = models.CharField(max_length=24, choices=Modality, blank=True)
    site = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="+")
    lesion = models.ForeignKey(
        "patients.Lesion", models.PROTECT, null=True, blank=True, related_name="findings"
    )
    description = models.TextField(max_length=2000, blank=True)
    enhancement = models.CharField(max_length=200, blank=True)
    change = models.CharField(max_length=12, choices=Change, blank=True)
    patency = models.CharField(max_length=20, choices=Patency, blank=True)

    class Meta(CasePart.Meta):
        constraints = [
            known("finding", "modality", Modality, blank=True),
            known("finding", "change", Change, blank=True),
            known("finding", "patency", Patency, blank=True),
        ]

    def __str__(self) -> str:
        return f"Finding {self.public_id}"
