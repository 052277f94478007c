"""That a curator looked at a piece of identifying text and let it stand."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from literature.public_ids import new_public_id
from patients.models.case import Case
from patients.models.constraints import known
from patients.vocabulary import HitKind, ScreenedRow

MAX_REASON = 300


class Clearing(models.Model):
    """One finding of identifying text, cleared with a reason.

    It keeps a fingerprint instead of the words, so that what is taken out of a record does not
    live on here. One that was taken back stays as a row of what was done.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="clearings")
    public_id = models.CharField(
        max_length=10, unique=True, default=new_public_id, editable=False, verbose_name="id"
    )
    row_kind = models.CharField(max_length=10, choices=ScreenedRow)
    row_id = models.CharField(max_length=10, help_text="Public id, or the accession of the case")
    field = models.CharField(max_length=40)
    kind = models.CharField(max_length=16, choices=HitKind)
    fingerprint = models.CharField(
        max_length=64, help_text="SHA-256 of the words found and of those around them"
    )
    reason = models.CharField(max_length=MAX_REASON)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-at", "-pk")
        default_permissions = ()
        permissions = [("clear_finding", "Can clear findings of identifying text")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "fingerprint"],
                condition=Q(undone_at__isnull=True),
                name="clearing_stands_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="clearing_has_reason"),
            models.CheckConstraint(
                condition=Q(fingerprint__regex=r"^[0-9a-f]{64}$"),
                name="clearing_fingerprint_sha256",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=False) | Q(undone_by__isnull=True),
                name="clearing_undone_has_time",
            ),
            known("clearing", "row_kind", ScreenedRow),
            known("clearing", "kind", HitKind),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason}"
