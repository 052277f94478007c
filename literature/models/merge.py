"""What was merged into what, with all that is needed to take it back."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from literature.models.reference import Reference


class Merge(models.Model):
    """`gone` was merged into `kept`. Rows are added, never deleted.

    `kept` is the record that answers for `gone` now: when it is merged on, this follows, and
    when the merge is taken back, it is empty. `kept_was` says which record it was at the time.
    """

    kept = models.ForeignKey(Reference, models.PROTECT, null=True, related_name="merges")
    kept_was = models.CharField(max_length=10)
    gone = models.CharField(max_length=10, help_text="The id of the record that went")
    gone_row = models.JSONField(help_text="Its columns")
    kept_before = models.JSONField(help_text="Those columns of the kept record that changed")
    kept_after = models.JSONField()
    steps = models.JSONField(
        help_text="Rows of the library that moved or went, in the order they did"
    )
    citing = models.JSONField(help_text="What moving the citations back needs")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(kept__isnull=False), name="merge_gone_once"
            ),
            models.CheckConstraint(
                condition=Q(kept__isnull=False, undone_at__isnull=True, undone_by__isnull=True)
                | Q(kept__isnull=True, undone_at__isnull=False),
                name="merge_undone_has_time",
            ),
        ]
        indexes = [models.Index(fields=["gone"], name="merge_gone")]

    def __str__(self) -> str:
        return f"{self.gone} into {self.kept_was}"
