"""Which published cases are like each other, and which two cases may be of one patient."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from literature.public_ids import PUBLIC_ID_PATTERN, new_public_id
from patients.models.case import Case
from patients.models.constraints import known
from patients.models.patient import Patient
from patients.vocabulary import SamePatientState


class CaseFeatures(models.Model):
    """What of a published case is compared with others, taken from its current version."""

    case = models.OneToOneField(
        Case, models.CASCADE, primary_key=True, related_name="features", db_index=False
    )
    checksum = models.CharField(max_length=64, help_text="Of the version when it was made")
    rules = models.PositiveSmallIntegerField(help_text="Number of the rules it was made by")
    features = models.JSONField(help_text="See patients.likeness.model.Features")
    codes = ArrayField(models.IntegerField(), help_text="See patients.likeness.codes")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [GinIndex(fields=["codes"], name="case_features_codes")]

    def __str__(self) -> str:
        return f"Features of {self.case_id}"


class NearestCases(models.Model):
    """The published cases that are most like one, by the usual weights, the most like first.

    Whoever reads them joins `case__status`: a key may stay here for a while after its case was
    withdrawn.
    """

    case = models.OneToOneField(
        Case, models.CASCADE, primary_key=True, related_name="nearest", db_index=False
    )
    cases = ArrayField(models.BigIntegerField(), default=list, help_text="Keys of cases")
    cited = models.JSONField(
        default=dict, help_text="By the id of a study, how many cases cite it; up to a bound"
    )
    found_at = models.DateTimeField(null=True)
    is_stale = models.BooleanField(default=True)

    class Meta:
        indexes = [
            GinIndex(fields=["cases"], name="nearest_cases_named"),
            models.Index("case", name="nearest_cases_stale", condition=Q(is_stale=True)),
        ]

    def __str__(self) -> str:
        return f"Nearest cases of {self.case_id}"


class PatientTrace(models.Model):
    """What tells the patient of a case, published or not, from others: for curators alone."""

    case = models.OneToOneField(
        Case, models.CASCADE, primary_key=True, related_name="trace", db_index=False
    )
    listed_at = models.DateTimeField(help_text="Of the working listing when it was made")
    rules = models.PositiveSmallIntegerField(help_text="Number of the rules it was made by")
    trace = models.JSONField(help_text="See patients.likeness.trace.Trace")
    keys = ArrayField(models.IntegerField(), help_text="See patients.likeness.trace")

    class Meta:
        indexes = [GinIndex(fields=["keys"], name="patient_trace_keys")]

    def __str__(self) -> str:
        return f"Trace of {self.case_id}"


class SamePatientPair(models.Model):
    """Two cases that may tell of one patient, and what a person said to it. Each two once.

    A decision is kept as a memory, so that it is not asked about again. `moved` says which cases
    were given another patient by it, and whose they were: {case key: patient key}.
    """

    public_id = models.CharField(
        max_length=10, unique=True, default=new_public_id, editable=False, verbose_name="id"
    )
    first = models.ForeignKey(Case, models.CASCADE, related_name="+")
    second = models.ForeignKey(Case, models.CASCADE, related_name="+")
    reasons = ArrayField(models.CharField(max_length=300), help_text="In words")
    weight = models.PositiveSmallIntegerField(help_text="How much speaks for it")
    state = models.CharField(
        max_length=8, choices=SamePatientState, default=SamePatientState.OPEN, editable=False
    )
    patient = models.ForeignKey(
        Patient, models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="Whose both cases are, once that is decided",
    )  # fmt: skip
    moved = models.JSONField(default=dict, blank=True)
    found_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-weight", "pk")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="same_patient_pair_unique"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="same_patient_pair_in_order"
            ),
            models.CheckConstraint(
                condition=Q(public_id__regex=PUBLIC_ID_PATTERN),
                name="same_patient_pair_public_id_pattern",
            ),
            known("same_patient_pair", "state", SamePatientState),
            models.CheckConstraint(
                condition=Q(state=SamePatientState.OPEN, decided_at__isnull=True,
                            decided_by__isnull=True)
                | (~Q(state=SamePatientState.OPEN) & Q(decided_at__isnull=False)),
                name="same_patient_pair_decided_has_time",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "-weight"], name="same_patient_pair_queue")]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {'; '.join(self.reasons)}"
