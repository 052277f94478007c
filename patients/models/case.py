"""One report on one patient."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from literature.public_ids import CROCKFORD, random_crockford
from patients.deidentification import OLDEST_AGE
from patients.models.constraints import known, ordered
from patients.models.patient import Patient
from patients.models.term import Term
from patients.querysets import CaseQuerySet
from patients.vocabulary import Status

ACCESSION_PATTERN = rf"^CB-[{CROCKFORD}]{{7}}$"
NINETY_AND_OVER = OLDEST_AGE + 1


def new_accession() -> str:
    """`CB-` and seven random characters of Crockford's base 32."""
    return f"CB-{random_crockford(7)}"


class Case(models.Model):
    """A patient's course as one report tells it: the working record, seen by curators.

    Readers see its last published version (CaseVersion), never these rows.
    """

    accession = models.CharField(
        max_length=10,
        unique=True,
        default=new_accession,
        editable=False,
        validators=[RegexValidator(ACCESSION_PATTERN)],
    )
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="cases")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    title = models.CharField(max_length=300)
    summary = models.TextField(max_length=10_000)
    diagnosis = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="+")
    primary_site = models.ForeignKey(Term, models.PROTECT, null=True, blank=True, related_name="+")
    day_zero_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The one calendar year a case may carry: that of day 0"
    )
    age_low = models.PositiveSmallIntegerField(
        "age from", null=True, blank=True, help_text="In years at day 0; 90 means 90 and over"
    )
    age_high = models.PositiveSmallIntegerField(
        "age to", null=True, blank=True, help_text="At most 89; empty for 90 and over"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        permissions = [
            ("view_unpublished", "Can see drafts and working records"),
            ("publish_case", "Can publish cases"),
            ("withdraw_case", "Can withdraw cases"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(accession__regex=ACCESSION_PATTERN), name="case_accession_pattern"
            ),
            models.CheckConstraint(
                condition=ordered("age_low", "age_high", age_high__lte=OLDEST_AGE)
                | Q(age_low__isnull=False, age_low=NINETY_AND_OVER, age_high__isnull=True),
                name="case_age_band",
                violation_error_message="Age is a band of two whole numbers up to 89, or from 90 "
                "with no upper end for 90 and over.",
            ),
            models.CheckConstraint(
                condition=Q(day_zero_year__isnull=True) | Q(day_zero_year__range=(1800, 2100)),
                name="case_day_zero_year",
                violation_error_message="The year of day 0 lies between 1800 and 2100.",
            ),
            known("case", "status", Status),
            models.CheckConstraint(condition=~Q(title=""), name="case_has_title"),
        ]

    def __str__(self) -> str:
        return f"{self.accession} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("patients:case-detail", args=[self.accession])
