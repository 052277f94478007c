"""What was brought in at once: by whom, from which bytes, and how far it has come."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from literature.models.reference import Reference
from literature.public_ids import PUBLIC_ID_PATTERN, new_public_id

SEE_ALL = "literature.change_import"
"""Who has this permission sees, and may undo, the imports of others."""


class ImportState(models.TextChoices):
    WAITING = "waiting", "Waiting to be read"
    READING = "reading", "Being read"
    READY = "ready", "Read, to be decided"
    SAVING = "saving", "Being brought in"
    DONE = "done", "Brought in"
    UNDOING = "undoing", "Being taken back"
    FAILED = "failed", "Could not be read"
    CANCELLED = "cancelled", "Cancelled"
    UNDONE = "undone", "Undone"


WORKING = (
    ImportState.WAITING,
    ImportState.READING,
    ImportState.SAVING,
    ImportState.UNDOING,
)
"""States in which the machine has something to do."""


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: Any) -> Self:
        """One's own; all of them for those who put others' imports right."""
        if not getattr(user, "is_active", False):
            return self.none()
        return self if user.has_perm(SEE_ALL) else self.filter(by=user)


class Import(models.Model):
    """Its bytes are kept in chunks, its rows in `rows`; nothing is in the library before `DONE`.

    `done` of `total` rows are through the present step (`total` 0: not known yet). While a
    process works on it, it renews `lease_until`; when that has passed, another takes it up.
    """

    public_id = models.CharField(
        max_length=10, unique=True, default=new_public_id, editable=False, verbose_name="id"
    )
    name = models.CharField(max_length=200)
    format = models.CharField(max_length=20)
    size = models.PositiveBigIntegerField(help_text="Bytes")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.WAITING)
    error = models.CharField(max_length=1000, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attach_to = models.ForeignKey(
        Reference, models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="The work whose reference list this is",
    )  # fmt: skip
    licence = models.CharField(
        max_length=100, blank=True, help_text="What allows us to hold the abstracts; empty: none"
    )
    listed = models.JSONField(
        default=dict,
        help_text="Numbers of the list's items that were made, and of those that were tied",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    attempts = models.PositiveSmallIntegerField(
        default=0, help_text="How often a worker began the present step"
    )
    lease_by = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=["state", "lease_until"], name="import_queue")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="import_state_known"
            ),
            models.CheckConstraint(
                condition=Q(public_id__regex=PUBLIC_ID_PATTERN), name="import_public_id_pattern"
            ),
            models.CheckConstraint(
                condition=~Q(state=ImportState.DONE) | Q(saved_at__isnull=False),
                name="import_done_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("literature:import-detail", args=[self.public_id])


class ImportChunk(models.Model):
    """A piece of the bytes that were brought in, as they came."""

    imported = models.ForeignKey(Import, models.CASCADE, related_name="chunks")
    position = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["imported", "position"], name="import_chunk_unique")
        ]

    def __str__(self) -> str:
        return f"{self.position}"


class ImportWorker(models.Model):
    """A process that takes imports up, and when it last said that it was there."""

    name = models.CharField(max_length=40, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
