"""What was done to the working record of a case, one edit after the other."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from patients.models.case import Case

MAX_WORDS = 200


class CaseEdit(models.Model):
    """One edit, with all that is needed to take it back exactly.

    Rows are added, never deleted: an edit that is taken back is marked `undone`, and one that was
    taken back and then edited over is `discarded`, since nothing leads to it any more.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="edits")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    words = models.CharField(max_length=MAX_WORDS)
    changes = models.JSONField(
        help_text="In the order they were made: {model, pk, before, after}; before and after are "
        "column values, or null where the row was not there"
    )
    undone = models.BooleanField(default=False)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    discarded = models.BooleanField(
        default=False, help_text="Taken back and then edited over: it cannot be done again"
    )

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(undone=True, undone_at__isnull=False)
                | Q(undone=False, undone_at__isnull=True, undone_by__isnull=True),
                name="edit_undone_has_time",
            ),
            models.CheckConstraint(
                condition=Q(discarded=False) | Q(undone=True), name="edit_discarded_is_undone"
            ),
        ]

    def __str__(self) -> str:
        return self.words
