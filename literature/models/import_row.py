"""One record of an import: what was read, what it is like, and what became of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from literature.models.imported import Import
from literature.models.reference import Reference
from literature.public_ids import new_public_id


class Verdict(models.TextChoices):
    NEW = "new", "New"
    SAME = "same", "In the library already"
    PROBABLE = "probable", "Probably in the library already"
    TWICE = "twice", "Twice in this import"
    BROKEN = "broken", "Broken"


class Decision(models.TextChoices):
    ADD = "add", "Add as new"
    EXISTING = "existing", "Use the reference we hold"
    FILL = "fill", "Use it, and fill its empty fields"
    LEAVE = "leave", "Leave out"


class Outcome(models.TextChoices):
    ADDED = "added", "Added"
    TIED = "tied", "In the library already"
    FILLED = "filled", "In the library already; empty fields filled"
    LEFT = "left", "Left out"


USUAL_DECISION = {
    Verdict.NEW: Decision.ADD,
    Verdict.SAME: Decision.EXISTING,
    Verdict.PROBABLE: "",
    Verdict.TWICE: Decision.LEAVE,
    Verdict.BROKEN: Decision.LEAVE,
}
"""Only what is probably the same waits for a person."""


class ImportRow(models.Model):
    """`match` is the reference that it is like; or `match_row`, the position of the row it is like.

    `match_keys` are the keys by which records that are like it are found (`literature.duplicates`).
    `new_id` is the public id that the reference will have if it is added. `filled` holds, for the
    fields that were filled in the reference, that reference's `csl` as it was before.
    """

    # The unique constraint's index serves.
    imported = models.ForeignKey(Import, models.CASCADE, related_name="rows", db_index=False)
    position = models.PositiveIntegerField()
    line = models.PositiveIntegerField(default=0)
    number = models.PositiveIntegerField(null=True, blank=True)
    csl = models.JSONField(default=dict)
    original = models.TextField(blank=True)
    problems = models.JSONField(default=list)
    confidence = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    verdict = models.CharField(max_length=8, choices=Verdict)
    match_keys = ArrayField(models.TextField(null=True), default=list, editable=False)
    match = models.ForeignKey(Reference, models.SET_NULL, null=True, blank=True, related_name="+")
    match_row = models.PositiveIntegerField(null=True, blank=True)
    match_reason = models.CharField(max_length=300, blank=True)
    decision = models.CharField(max_length=8, choices=Decision, blank=True)
    decided = models.BooleanField(default=False, help_text="By a person")
    new_id = models.CharField(max_length=10, default=new_public_id)
    result = models.ForeignKey(Reference, models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    outcome_reason = models.CharField(max_length=300, blank=True)
    filled = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(
                fields=["imported", "position"], name="import_row_position_unique"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="import_row_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", *Decision.values]), name="import_row_decision_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *Outcome.values]), name="import_row_outcome_known"
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.BROKEN) | Q(decision=Decision.LEAVE),
                name="import_row_broken_is_left_out",
                violation_error_message="A broken row cannot be brought in: mend it first.",
            ),
            models.CheckConstraint(
                condition=Q(match__isnull=True) | Q(match_row__isnull=True),
                name="import_row_one_match",
            ),
        ]
        indexes = [
            models.Index(fields=["imported", "verdict", "position"], name="import_row_verdict"),
        ]

    def __str__(self) -> str:
        return f"Row {self.position}"
