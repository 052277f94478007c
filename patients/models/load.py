"""What was brought in in bulk, and how far a file has come."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Load(models.Model):
    """One file of case documents. Its line count moves in the transaction of each batch, so that a
    load that was broken off goes on behind the last whole batch."""

    name = models.CharField(max_length=200, unique=True)
    is_synthetic = models.BooleanField(null=True, help_text="Empty until a line was loaded")
    lines = models.PositiveBigIntegerField(default=0, help_text="Read and dealt with")
    digest = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the file up to there"
    )
    cases = models.PositiveBigIntegerField(default=0)
    skipped = models.PositiveBigIntegerField(default=0)
    without_indexes = models.BooleanField(
        default=False, help_text="Indexes were dropped for it, and are made again at its end"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(cases=0) | Q(is_synthetic__isnull=False), name="load_says_what_it_is"
            ),
            models.CheckConstraint(
                condition=Q(lines__gte=F("cases") + F("skipped")), name="load_counts_its_lines"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(without_indexes=False),
                name="load_ends_with_indexes",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LoadBatch(models.Model):
    """The lines of a load that were written in one transaction. Rows are only added: they stand in
    the history for the rows of the cases, which have none of their own from then."""

    load = models.ForeignKey(Load, models.PROTECT, related_name="batches")
    first_line = models.PositiveBigIntegerField()
    last_line = models.PositiveBigIntegerField()
    cases = models.PositiveIntegerField()
    digest = models.CharField(
        max_length=64, help_text="SHA-256 of the checksums of its versions, one after the other"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("load", "first_line")
        constraints = [
            models.UniqueConstraint(fields=["load", "first_line"], name="load_batch_line_unique"),
            models.CheckConstraint(
                condition=Q(first_line__gte=1, last_line__gte=F("first_line")),
                name="load_batch_lines_in_order",
            ),
            models.CheckConstraint(condition=Q(cases__gte=1), name="load_batch_has_cases"),
        ]

    def __str__(self) -> str:
        return f"Lines {self.first_line} to {self.last_line}"
