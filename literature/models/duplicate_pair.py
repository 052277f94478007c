"""Two records of the library that may be of one work, and what a person said to it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from literature.duplicates.model import Likeness
from literature.models.reference import Reference


class PairLikeness(models.TextChoices):
    """As `compare` found it; two records that differ make no pair."""

    SAME = Likeness.SAME.value, "Certain"
    PROBABLE = Likeness.PROBABLE.value, "Probable"
    RELATED = Likeness.RELATED.value, "Related"


class PairState(models.TextChoices):
    OPEN = "open", "To be decided"
    DISTINCT = "distinct", "Not a duplicate"
    RELATED = "related", "Recorded as related"


class DuplicatePair(models.Model):
    """Each two records once, the one with the lower key first.

    A decided pair is kept as a memory, so that it is not asked about again. A pair that was
    merged goes with the record that went; taking the merge back brings it back.
    """

    first = models.ForeignKey(Reference, models.CASCADE, related_name="+")
    second = models.ForeignKey(Reference, models.CASCADE, related_name="+")
    likeness = models.CharField(max_length=8, choices=PairLikeness)
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=PairState, default=PairState.OPEN)
    found_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_unique"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="duplicate_pair_in_order"
            ),
            models.CheckConstraint(
                condition=Q(likeness__in=PairLikeness.values),
                name="duplicate_pair_likeness_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PairState.values), name="duplicate_pair_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=PairState.OPEN, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=PairState.OPEN) & Q(decided_at__isnull=False)),
                name="duplicate_pair_decided_has_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "likeness"], name="duplicate_pair_queue")]

    def __str__(self) -> str:
        return f"{self.get_likeness_display()}: {self.reason}"
