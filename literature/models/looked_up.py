"""What look-ups leave behind: answers kept, turns taken, what was taken over from them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from literature.models.reference import Reference


class KeptAnswer(models.Model):
    """One record as a service gave it, or that it knows none. It may be thrown away at any time."""

    service = models.CharField(max_length=10)
    identifier = models.CharField(max_length=510, help_text="Kind and value: doi:10.5555/1")
    body = models.TextField(blank=True, help_text="Empty: not known there")
    fetched_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "identifier"], name="kept_answer_unique")
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.identifier}"


class ServiceTurn(models.Model):
    """When a service may be asked next, by whichever process."""

    service = models.CharField(max_length=10, unique=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.service


class NoticeCheck(models.Model):
    """When a reference was last checked for retractions: what a broken-off check goes on from."""

    reference = models.OneToOneField(Reference, models.CASCADE, related_name="notice_check")
    checked_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.reference_id} at {self.checked_at:%Y-%m-%d}"


class TakenOver(models.Model):
    """What a person took over into a record from a look-up."""

    reference = models.ForeignKey(Reference, models.CASCADE, related_name="taken_over")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changes = models.JSONField(
        help_text='By CSL field: {"from": …, "to": …, "source": …}; null where it was empty'
    )

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{', '.join(self.changes)} of {self.reference_id}"
