"""What the database wrote down of each change to a record."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class ChangeKind(models.TextChoices):
    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    REMOVED = "removed", "Removed"


class Change(models.Model):
    """One row that was added, changed or removed. Triggers alone write here (migration 0006).

    `before` and `after` hold columns as the database spells them in JSON: of a changed row those
    that changed, else all but those that are left out (`literature.history.watched`).
    """

    at = models.DateTimeField()
    transaction = models.BigIntegerField(help_text="What was changed at once has the same number")
    table = models.CharField(max_length=63)
    row = models.BigIntegerField()
    part_of = ArrayField(
        models.TextField(), null=True, help_text="`table:row` of the records it belongs to"
    )
    kind = models.CharField(max_length=7, choices=ChangeKind)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    user_id = models.BigIntegerField(null=True, help_text="No key: it outlives the account")
    username = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    way = models.CharField(
        max_length=300, blank=True, help_text="The request's method and path, or the command"
    )
    database_user = models.CharField(max_length=63)

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()
        permissions = [
            ("view_history", "Can see the history of records"),
            ("revert_change", "Can take a change back"),
        ]
        indexes = [
            models.Index(fields=["table", "row"], name="change_row"),
            GinIndex(fields=["part_of"], name="change_part_of"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.table} {self.row}"


class Purge(models.Model):
    """That personal data was removed from records and history, without what it said."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=150, help_text="Who asked for it, in their own words")
    database_user = models.CharField(max_length=63)
    reason = models.CharField(max_length=500)
    places = models.JSONField(help_text="[{table, row, column}], of the history too")

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"Purge {self.pk}"
