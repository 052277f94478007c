"""Something at a point or over a span of time."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from patients.clinical_time import MAX_DAYS, Bounds, Precision
from patients.deidentification import validate_reported_as
from patients.models.constraints import bounds_constraints, known, no_calendar_date, ordered
from patients.models.part import CasePart
from patients.models.term import Term
from patients.vocabulary import RESULT_CATEGORIES, Category, Grade, MarkerResult, Outcome

PRECISIONS = [(precision.value, precision.value) for precision in Precision]
MAX_MARKERS = 50


def validate_markers(markers: Any) -> None:
    """A list of {"marker": name, "result": positive, negative or high}; raises ValidationError."""
    if not isinstance(markers, list) or len(markers) > MAX_MARKERS:
        raise ValidationError(f"Must be a list of at most {MAX_MARKERS} markers.")
    for number, row in enumerate(markers, 1):
        if not isinstance(row, dict) or set(row) != {"marker", "result"}:
            raise ValidationError(f"Marker {number}: must have a marker and a result, no more.")
        name = row["marker"]
        if not isinstance(name, str) or not 1 <= len(name) <= 100 or "\x00" in name:
            raise ValidationError(f"Marker {number}: its name must be text of 1 to 100 characters.")
        if row["result"] not in MarkerResult.values:
            raise ValidationError(
                f"Marker {number}: the result must be one of {', '.join(MarkerResult.values)}."
            )


def _words_field(verbose_name: str) -> models.CharField[str, str]:
    return models.CharField(
        verbose_name, max_length=200, blank=True, validators=[validate_reported_as],
        help_text="The report's own words for the time; a year at most, never a month or a day",
    )  # fmt: skip


def _amount(verbose_name: str, help_text: str = "") -> models.DecimalField[Any, Decimal | None]:
    return models.DecimalField(
        verbose_name, max_digits=10, decimal_places=3, null=True, blank=True, help_text=help_text
    )


class Event(CasePart):
    """Diagnosis, imaging study, operation, intervention, drug course, result, follow-up, outcome.

    Times are whole days relative to the case's day 0, or to the anchor where there is one. An
    event without an end is a point in time.
    """

    category = models.CharField(max_length=12, choices=Category)
    label = models.CharField(max_length=200)
    label_zh = models.CharField("label in Chinese", max_length=200, blank=True)
    term = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="+")
    site = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="+")
    detail = models.TextField(max_length=5000, blank=True)
    is_index = models.BooleanField("is day 0", default=False)

    anchor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="anchored",
        help_text="Times are counted from this event instead of day 0",
    )  # fmt: skip
    start_low = models.IntegerField("earliest start day", null=True, blank=True)
    start_high = models.IntegerField("latest start day", null=True, blank=True)
    start_precision = models.CharField(max_length=8, choices=PRECISIONS, default=Precision.UNKNOWN)
    start_reported_as = _words_field("start as reported")
    end_low = models.IntegerField("earliest end day", null=True, blank=True)
    end_high = models.IntegerField("latest end day", null=True, blank=True)
    end_precision = models.CharField(max_length=8, choices=PRECISIONS, blank=True)
    end_reported_as = _words_field("end as reported")
    ongoing = models.BooleanField(default=False)
    duration_low = models.PositiveIntegerField("shortest duration, days", null=True, blank=True)
    duration_high = models.PositiveIntegerField("longest duration, days", null=True, blank=True)
    duration_reported_as = _words_field("duration as reported")

    dose = _amount("dose")
    dose_unit = models.CharField(max_length=20, blank=True)
    route = models.CharField(max_length=60, blank=True)
    frequency = models.CharField(max_length=100, blank=True, validators=[validate_reported_as])
    frequency_times = models.PositiveSmallIntegerField("times", null=True, blank=True)
    frequency_days = models.PositiveSmallIntegerField("in days", null=True, blank=True)
    brand = models.CharField(max_length=100, blank=True)

    approach = models.CharField(max_length=100, blank=True)
    device = models.CharField(max_length=200, blank=True)
    device_low_um = models.PositiveIntegerField("device size from, µm", null=True, blank=True)
    device_high_um = models.PositiveIntegerField("device size to, µm", null=True, blank=True)
    agent = models.CharField(max_length=200, blank=True)

    markers = models.JSONField(default=list, blank=True, validators=[validate_markers])
    ki67_low = _amount("Ki-67 from, %")
    ki67_high = _amount("Ki-67 to, %")
    mitoses = _amount("mitoses")
    mitoses_per = models.CharField("mitoses per", max_length=20, blank=True)
    grade = models.CharField(max_length=3, choices=Grade, blank=True)

    outcome = models.CharField(max_length=24, choices=Outcome, blank=True)

    class Meta(CasePart.Meta):
        indexes = [models.Index(fields=["case", "position"], name="event_case_position")]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(is_index=True),
                name="event_one_index_a_case",
                violation_error_message="Another event of this case is day 0: take that mark off "
                "and save first.",
            ),
            models.CheckConstraint(
                condition=Q(is_index=False)
                | Q(start_low=0, start_high=0, start_precision="day", anchor__isnull=True),
                name="event_index_is_day_zero",
                violation_error_message="The event that is day 0 lies on day 0, exactly.",
            ),
            models.CheckConstraint(
                condition=Q(anchor__isnull=True) | ~Q(anchor=F("id")),
                name="event_not_own_anchor",
                violation_error_message="An event cannot be timed from itself.",
            ),
            *bounds_constraints("event", "start", required=True),
            *bounds_constraints("event", "end", required=False),
            no_calendar_date("event", "start_reported_as"),
            no_calendar_date("event", "end_reported_as"),
            no_calendar_date("event", "duration_reported_as"),
            no_calendar_date("event", "frequency"),
            models.CheckConstraint(
                condition=Q(end_high__isnull=True)
                | Q(start_low__isnull=True)
                | Q(end_high__gte=F("start_low")),
                name="event_end_not_before_start",
                violation_error_message="The event ends before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(ongoing=False) | Q(end_precision="", duration_low__isnull=True),
                name="event_ongoing_has_no_end",
                violation_error_message="An ongoing event has no end and no duration.",
            ),
            models.CheckConstraint(
                condition=ordered(
                    "duration_low", "duration_high", duration_high__lte=MAX_DAYS, end_precision=""
                ),
                name="event_duration_bounds",
                violation_error_message="A duration has a shortest and a longest number of days, "
                "in this order, and then no end of its own.",
            ),
            models.CheckConstraint(
                condition=Q(dose__isnull=True) | (Q(dose__gt=0) & ~Q(dose_unit="")),
                name="event_dose_has_unit",
                violation_error_message="A dose is above zero and has a unit.",
            ),
            models.CheckConstraint(
                condition=Q(frequency_times__isnull=True, frequency_days__isnull=True)
                | Q(
                    frequency_times__isnull=False,
                    frequency_days__isnull=False,
                    frequency_times__gte=1,
                    frequency_days__gte=1,
                ),
                name="event_frequency_complete",
                violation_error_message="A frequency says how many times in how many days.",
            ),
            models.CheckConstraint(
                condition=Q(category="drug")
                | Q(
                    dose__isnull=True,
                    dose_unit="",
                    route="",
                    frequency="",
                    brand="",
                    frequency_times__isnull=True,
                ),
                name="event_dose_only_of_drug",
                violation_error_message="Only a drug event has a dose, route, frequency or brand.",
            ),  # fmt: skip
            models.CheckConstraint(
                condition=Q(category__in=["surgery", "intervention"])
                | Q(approach="", device="", agent="", device_low_um__isnull=True),
                name="event_device_only_of_procedure",
                violation_error_message="Only surgery or an intervention has an approach, device "
                "or agent.",
            ),
            models.CheckConstraint(
                condition=ordered("device_low_um", "device_high_um"),
                name="event_device_size_bounds",
                violation_error_message="A device size has two ends, the small one first.",
            ),
            models.CheckConstraint(
                condition=Q(category__in=["pathology", "diagnosis"])
                | Q(markers=[], ki67_low__isnull=True, mitoses__isnull=True, grade=""),
                name="event_grade_only_of_pathology",
                violation_error_message="Only pathology or a diagnosis has markers, Ki-67, mitoses "
                "or a grade.",
            ),
            models.CheckConstraint(
                condition=ordered("ki67_low", "ki67_high", ki67_low__gte=0, ki67_high__lte=100),
                name="event_ki67_bounds",
                violation_error_message="Ki-67 has two ends between 0 and 100 percent, the low one "
                "first.",
            ),
            models.CheckConstraint(
                condition=Q(mitoses__isnull=True, mitoses_per="")
                | (Q(mitoses__isnull=False, mitoses__gte=0) & ~Q(mitoses_per="")),
                name="event_mitoses_per_area",
                violation_error_message="A mitotic count says per what: 2 mm² or 10 high-power "
                "fields are not the same.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(category__in=["outcome", "follow_up"]),
                name="event_outcome_only_of_outcome",
                violation_error_message="Only an outcome or a follow-up has an outcome.",
            ),
            known("event", "category", Category),
            known("event", "grade", Grade, blank=True),
            known("event", "outcome", Outcome, blank=True),
        ]

    def __str__(self) -> str:
        return self.label

    def misfits(self) -> dict[str, str]:
        found = super().misfits()
        if self.pk and self.category not in RESULT_CATEGORIES and self.results.exists():
            found["category"] = (
                "The event has laboratory results, which go with an observation alone: move or "
                "remove them first."
            )
        return found

    @property
    def start(self) -> Bounds:
        """The start as stored: relative to the anchor where there is one."""
        return Bounds(
            self.start_low, self.start_high, Precision(self.start_precision), self.start_reported_as
        )

    @property
    def end(self) -> Bounds | None:
        if not self.end_precision:
            return None
        return Bounds(
            self.end_low, self.end_high, Precision(self.end_precision), self.end_reported_as
        )
