"""What was published of a case, frozen."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from patients.models.case import Case
from patients.querysets import CaseVersionQuerySet, LesionIds


class CaseVersion(models.Model):
    """The case document as it was published; readers are served from here, by one row read."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    checksum = models.CharField(max_length=64, help_text="SHA-256 of the canonical JSON")
    is_current = models.BooleanField(default=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    reason = models.CharField(
        max_length=300,
        blank=True,
        help_text="Why it was made, where nobody published the record: what changed outside of it",
    )

    purged_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="When personal data was removed from it; its checksum is of what it says now",
    )

    objects = CaseVersionQuerySet.as_manager()

    class Meta:
        ordering = ("case", "-number")
        indexes = [
            GinIndex(
                LesionIds(F("document")), name="version_lesions", condition=Q(is_current=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="version_number_unique"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(is_current=True), name="version_one_current"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_positive"),
            models.CheckConstraint(
                condition=Q(checksum__regex=r"^[0-9a-f]{64}$"), name="version_checksum_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"
