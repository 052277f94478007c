"""A laboratory value that an event reports."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from patients.models.constraints import known
from patients.models.event import Event
from patients.models.part import CasePart
from patients.models.term import Term
from patients.vocabulary import RESULT_CATEGORIES, Comparator

LIMIT = 10**10
"""What `max_digits` leaves before the point; NaN, which a numeric column takes, is above it."""


def _number(verbose_name: str, *, optional: bool = False) -> models.DecimalField[Any, Any]:
    return models.DecimalField(
        verbose_name, max_digits=14, decimal_places=4, null=optional, blank=optional
    )


def _finite(field: str) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(
        **{f"{field}__gt": -LIMIT, f"{field}__lt": LIMIT},
    )


class LaboratoryResult(CasePart):
    """One value of one analyte, with the reference range that the report itself gives.

    Its time is that of its event, so the event is an observation: a treatment lasts, and an
    imaging study has findings.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="results")
    analyte = models.CharField(max_length=100, help_text="Such as chromogranin A")
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="+")
    comparator = models.CharField(max_length=1, choices=Comparator, blank=True)
    value = _number("value")
    unit = models.CharField(max_length=30, blank=True, help_text="Empty for a ratio")
    reference_low = _number("reference range from", optional=True)
    reference_high = _number("reference range to", optional=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta(CasePart.Meta):
        constraints = [
            known("result", "comparator", Comparator, blank=True),
            models.CheckConstraint(
                condition=_finite("value") & _finite("reference_low") & _finite("reference_high"),
                name="result_numbers_finite",
                violation_error_message="A value and its reference range are numbers below ten "
                "thousand million.",
            ),
            models.CheckConstraint(
                condition=Q(reference_low__isnull=True)
                | Q(reference_high__isnull=True)
                | Q(reference_low__lte=F("reference_high")),
                name="result_reference_low_to_high",
                violation_error_message="A reference range has its low end first.",
            ),
        ]

    def __str__(self) -> str:
        value = "" if self.value is None else f"{self.value.normalize():f}"
        return " ".join(filter(None, [self.analyte, f"{self.comparator}{value}", self.unit]))

    def misfits(self) -> dict[str, str]:
        event = getattr(self, "event", None)
        if event is None or event.category in RESULT_CATEGORIES:
            return super().misfits()
        allowed = ", ".join(category.label.lower() for category in RESULT_CATEGORIES)
        kind = event.get_category_display().lower()
        words = f"“{event.label}” is {kind}: a laboratory result stands on one of {allowed}."
        return {"event": words, **super().misfits()}
