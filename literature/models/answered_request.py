"""What was answered to a request that a program may send twice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class AnsweredRequest(models.Model):
    """One answer to a request that came with a key (`Idempotency-Key`). It is written in the same
    transaction as what the request did, and may be thrown away after a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255, help_text="As the program chose it; its own")
    fingerprint = models.CharField(
        max_length=64, help_text="SHA-256 of method, address and what was sent"
    )
    at = models.DateTimeField(default=timezone.now, db_index=True)
    status = models.PositiveSmallIntegerField(null=True, help_text="Empty while it is being done")
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True, help_text="JSON; empty where nothing was sent back")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="answered_request_unique")
        ]

    def __str__(self) -> str:
        return f"{self.status} at {self.at:%Y-%m-%d %H:%M}"
