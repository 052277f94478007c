"""On record beside a case: its way from draft to readers, what was looked at, who wrote it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from patients.models.case import Case
from patients.models.constraints import known
from patients.models.version import CaseVersion
from patients.vocabulary import Consent, Status, StatusAct

MAX_REASON = 500


class StatusChange(models.Model):
    """One step of a case between draft, review, readers and withdrawal. Rows are only added."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="status_changes")
    act = models.CharField(max_length=10, choices=StatusAct)
    was = models.CharField(max_length=10, choices=Status)
    now = models.CharField(max_length=10, choices=Status)
    reason = models.CharField(max_length=MAX_REASON, blank=True)
    version = models.ForeignKey(
        CaseVersion, models.PROTECT, null=True, blank=True, related_name="+",
        help_text="The one that was published",
    )  # fmt: skip
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("case", "-pk")
        constraints = [
            known("status_change", "act", StatusAct),
            known("status_change", "was", Status),
            known("status_change", "now", Status),
        ]

    def __str__(self) -> str:
        return self.get_act_display()


class CaseReview(models.Model):
    """What people looked at and confirmed before a case goes to readers; kept with the case."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="review")
    submitted_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when it waits for a decision; empty: it does not"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    care = models.JSONField(default=dict, blank=True, help_text="State by item of CARE 2013")
    consent = models.CharField(max_length=12, choices=Consent, blank=True)
    consent_note = models.CharField(max_length=300, blank=True)
    class_seen = models.CharField(
        max_length=300,
        blank=True,
        help_text="The group of like cases whose size was looked at, in words",
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            known("review", "consent", Consent, blank=True),
            models.CheckConstraint(
                condition=~Q(consent=Consent.HELD) | ~Q(consent_note=""),
                name="review_held_consent_says_where",
                violation_error_message="Say where the consent is kept, without names.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=False) | Q(submitted_by__isnull=True),
                name="review_submitted_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Review of {self.case_id}"


class CaseWriter(models.Model):
    """That somebody wrote in a case otherwise than by the editor, whose log says so itself: by the
    API, the admin, or a proposal that was taken in."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="writers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    wrote_at = models.DateTimeField(help_text="The last time")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="case_writer_unique")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.case_id}"
